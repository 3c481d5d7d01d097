import { endOf } from '../../../analysis/index.ts'
import { spanStatuses, type Trace } from '../../../trace/index.ts'
import { type BarKey, barFlags, type LaneRows, type RowColumns } from '../../charts/timeline/model.ts'
import { mixHues } from './hue-mix.ts'
import type { Packing } from './pack-rows.ts'

/** Bits of `barFlags` by the status of a span. */
const flagOfStatus = spanStatuses.map((status) => (status === 'ok' ? 0 : barFlags[status]))

/** What a bar is made from: where its texts come from differs from lane to lane. */
export interface BarSource {
  readonly start: number
  readonly end: number
  readonly wait: number
  readonly flags: number
  readonly key: number
  readonly index: number
  readonly span: number
}

/** One lane's spans as rows of bars. `keyOf` names the key of a span; `keys` are told after all were asked for. */
export function buildRows(
  trace: Trace,
  spans: readonly number[],
  packing: Packing,
  onPath: Uint8Array,
  keys: KeyTable,
  keyOf: (span: number) => number,
  hasIndex: boolean,
): LaneRows {
  const counts = new Uint32Array(packing.rows)
  for (const row of packing.rowOf) counts[row]!++
  const builders = Array.from(counts, (count) => new RowBuilder(count, hasIndex))
  for (let place = 0; place < spans.length; place++) {
    const span = spans[place]!
    builders[packing.rowOf[place]!]!.add({
      start: trace.spans.start[span]!,
      end: endOf(trace, span),
      wait: trace.spans.wait[span]!,
      flags: flagOfStatus[trace.spans.status[span]!]! | (onPath[span] ? barFlags.onPath : 0),
      key: keyOf(span),
      index: trace.spans.index[span]!,
      span,
    })
  }
  return { keys: keys.list, rows: builders.map((builder) => builder.finish(keys.list)) }
}

/** Fills the columns of one row, in the order of time. */
export class RowBuilder {
  readonly #start: Float64Array
  readonly #end: Float64Array
  readonly #coveredBefore: Float64Array
  readonly #wait: Float64Array
  readonly #key: Uint16Array
  readonly #index: Int32Array | null
  readonly #flags: Uint8Array
  readonly #span: Uint32Array
  #filled = 0

  constructor(count: number, hasIndex: boolean) {
    this.#start = new Float64Array(count)
    this.#end = new Float64Array(count)
    this.#coveredBefore = new Float64Array(count + 1)
    this.#wait = new Float64Array(count)
    this.#key = new Uint16Array(count)
    this.#index = hasIndex ? new Int32Array(count) : null
    this.#flags = new Uint8Array(count)
    this.#span = new Uint32Array(count)
  }

  add({ start, end, wait, flags, key, index, span }: BarSource): void {
    const place = this.#filled++
    this.#start[place] = start
    this.#end[place] = end
    this.#coveredBefore[place + 1] = this.#coveredBefore[place]! + end - start
    this.#wait[place] = Math.min(wait, end - start)
    this.#key[place] = key
    this.#flags[place] = flags
    this.#span[place] = span
    if (this.#index) this.#index[place] = index
  }

  /** `keys`: what the bars' keys stand for. */
  finish(keys: readonly BarKey[]): RowColumns {
    const [start, end, wait, flags] = [this.#start, this.#end, this.#wait, this.#flags]
    const waits = wait.some((value) => value > 0)
    return {
      ...{ start, end, flags },
      coveredBefore: this.#coveredBefore,
      wait: waits ? wait : null,
      waitBefore: waits ? runningSum(new Float64Array(wait.length + 1), (place) => wait[place]!) : null,
      failedBefore: countBefore(flags, barFlags.failed),
      pathBefore: countBefore(flags, barFlags.onPath),
      key: this.#key,
      index: this.#index,
      span: this.#span,
      mix: mixHues(keys, this.#key, start, end),
    }
  }
}

/** How many before each place have the flag; `null` where none has it. */
function countBefore(flags: Uint8Array, flag: number): Uint32Array | null {
  if (!flags.some((value) => value & flag)) return null
  return runningSum(new Uint32Array(flags.length + 1), (place) => (flags[place]! & flag ? 1 : 0))
}

function runningSum<Sums extends Float64Array | Uint32Array>(sums: Sums, valueAt: (place: number) => number): Sums {
  for (let place = 0; place + 1 < sums.length; place++) sums[place + 1] = sums[place]! + valueAt(place)
  return sums
}

/** Keys of a lane, each once. What does not fit into the column of keys shares the last one, which says so. */
export class KeyTable {
  readonly list: BarKey[] = []
  readonly #places = new Map<string, number>()

  /** Place of a key, which `make` makes where it is new; `name` tells keys apart. */
  place(name: string, make: () => BarKey): number {
    const known = this.#places.get(name)
    if (known !== undefined) return known
    if (this.list.length > mostKeys) return mostKeys
    const place = this.list.push(this.list.length === mostKeys ? others : make()) - 1
    this.#places.set(name, place)
    return place
  }
}

const mostKeys = 65_535
const others: BarKey = { text: '…', hue: '' }
