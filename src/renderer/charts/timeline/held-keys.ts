import type { TimelineView } from './timeline-view.ts'

/** What a held key does, per second: zooms by a factor, or pans by a share of what is shown. */
const held: Readonly<Record<string, { readonly zoom?: number; readonly pan?: number }>> = {
  w: { zoom: 1 / 6 },
  ArrowUp: { zoom: 1 / 6 },
  s: { zoom: 6 },
  ArrowDown: { zoom: 6 },
  a: { pan: -0.9 },
  ArrowLeft: { pan: -0.9 },
  d: { pan: 0.9 },
  ArrowRight: { pan: 0.9 },
}

/** A press that is shorter than a frame moves as much as this long a one, in seconds. */
const tap = 0.09

/**
 * Moves the timeline as long as a key is held, evenly, whatever the keyboard's repetition is. `press` says whether the key is one of its
 * own.
 */
export class HeldKeys {
  readonly #view: TimelineView
  readonly #down = new Map<string, number>()
  #frame = 0
  #last = 0

  constructor(view: TimelineView) {
    this.#view = view
  }

  press(key: string): boolean {
    const name = nameOf(key)
    if (!held[name]) return false
    if (this.#down.has(name)) return true
    this.#down.set(name, performance.now())
    this.#move(name, tap)
    if (this.#frame === 0) {
      this.#last = performance.now()
      this.#frame = requestAnimationFrame((now) => this.#step(now))
    }
    return true
  }

  release(key: string): void {
    this.#down.delete(nameOf(key))
  }

  releaseAll(): void {
    this.#down.clear()
  }

  #step(now: number): void {
    this.#frame = 0
    if (this.#down.size === 0) return
    const seconds = Math.min(0.05, Math.max(0, (now - this.#last) / 1000))
    this.#last = now
    for (const [name, since] of this.#down) {
      // What the first tap moved is not moved again.
      if (performance.now() - since > tap * 1000) this.#move(name, seconds)
    }
    this.#frame = requestAnimationFrame((next) => this.#step(next))
  }

  #move(name: string, seconds: number): void {
    const { zoom, pan } = held[name]!
    if (zoom !== undefined) {
      const { pointer, view } = this.#view.state
      const anchor = pointer === null ? 0.5 : (pointer - view.from) / (view.to - view.from)
      this.#view.zoom(zoom ** seconds, Math.min(1, Math.max(0, anchor)))
    }
    if (pan !== undefined) this.#view.pan(pan * seconds)
  }
}

function nameOf(key: string): string {
  return key.length === 1 ? key.toLowerCase() : key
}
