import type { CounterColumns, DensityColumns, LaneRows } from './model.ts'

/** Where a timeline gets what it draws: the trace worker, or a test. */
export interface TimelineSource {
  rows(place: number): Promise<LaneRows>
  density(place: number): Promise<DensityColumns>
  /** Of the spans that a search finds. */
  foundDensity(place: number, text: string): Promise<DensityColumns>
  counters(place: number): Promise<readonly CounterColumns[]>
}

/** What is drawn in lanes, fetched when a lane is first in sight, and kept. */
export class LaneData {
  readonly #source: TimelineSource
  readonly #changed: () => void
  readonly #failed: (error: unknown) => void
  readonly #rows = new Map<number, LaneRows | null>()
  readonly #density = new Map<number, DensityColumns | null>()
  readonly #found = new Map<string, DensityColumns | null>()
  #foundText = ''
  readonly #counters = new Map<number, readonly CounterColumns[] | null>()
  #version = 0

  /** `changed` is told when something has come, `failed` when it will not. */
  constructor(source: TimelineSource, changed: () => void, failed: (error: unknown) => void) {
    this.#source = source
    this.#changed = changed
    this.#failed = failed
  }

  /** Grows whenever something has come. */
  get version(): number {
    return this.#version
  }

  /** What a lane is drawn from, or `undefined` while it is being fetched. */
  rows(place: number): LaneRows | undefined {
    return this.#get(this.#rows, place, () => this.#source.rows(place))
  }

  density(place: number): DensityColumns | undefined {
    return this.#get(this.#density, place, () => this.#source.density(place))
  }

  foundDensity(place: number, text: string): DensityColumns | undefined {
    if (text !== this.#foundText) this.#found.clear()
    this.#foundText = text
    return this.#get(this.#found, `${place} ${text}`, () => this.#source.foundDensity(place, text))
  }

  counters(place: number): readonly CounterColumns[] | undefined {
    return this.#get(this.#counters, place, () => this.#source.counters(place))
  }

  #get<Key, Data>(kept: Map<Key, Data | null>, place: Key, fetch: () => Promise<Data>): Data | undefined {
    const known = kept.get(place)
    if (known !== undefined) return known ?? undefined
    kept.set(place, null)
    fetch().then(
      (data) => {
        // What was looked for may be something else by now.
        if (!kept.has(place)) return
        kept.set(place, data)
        this.#version++
        this.#changed()
      },
      (error) => this.#failed(error),
    )
    return undefined
  }
}
