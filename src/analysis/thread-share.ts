import type { Trace } from '../trace/index.ts'
import { isIdle } from './sample-times.ts'
import { childrenOf, coverageOf, endOf, gapsIn, type Interval, kindIndex, type SpanTree, unionOf } from './span-tree.ts'

/**
 * How the trial's thread was shared by code that ran "at the same time". Spans of several items may be open without any
 * child at one moment, though one thread runs one of them: each then counts for an equal part of that moment, so that the parts add up
 * to what the thread can do.
 */
export class ThreadShare {
  /** Moments at which the number of open self times changes, with the area under 1/number up to there. */
  readonly #times: Float64Array
  readonly #areas: Float64Array
  constructor(selfTimes: readonly Interval[]) {
    const starts = Float64Array.from(selfTimes, ({ start }) => start).sort()
    const ends = Float64Array.from(selfTimes, ({ end }) => end).sort()
    const times = new Float64Array(starts.length * 2)
    const areas = new Float64Array(starts.length * 2)
    let open = 0
    let area = 0
    let last = 0
    let s = 0
    let e = 0
    for (let point = 0; point < times.length; point++) {
      const isStart = s < starts.length && starts[s]! <= ends[e]!
      const time = isStart ? starts[s++]! : ends[e++]!
      if (open > 0) area += (time - last) / open
      open += isStart ? 1 : -1
      last = time
      times[point] = time
      areas[point] = area
    }
    this.#times = times
    this.#areas = areas
  }

  /** The part of the stretch that its owner had the thread for, in nanoseconds. */
  within({ start, end }: Interval): number {
    return this.#areaAt(end) - this.#areaAt(start)
  }

  #areaAt(time: number): number {
    const passed = countUpTo(this.#times, time)
    if (passed === 0) return 0
    if (passed === this.#times.length) return this.#areas[passed - 1]!
    const [from, to] = [this.#times[passed - 1]!, this.#times[passed]!]
    const [below, above] = [this.#areas[passed - 1]!, this.#areas[passed]!]
    return to > from ? below + ((above - below) * (time - from)) / (to - from) : above
  }
}

/** How long the thread ran, up to any moment: own code by self times, and work for calls at their ends. */
export class RunningTime {
  readonly #starts: Float64Array
  readonly #ends: Float64Array
  /** Length of all stretches before each. */
  readonly #before: Float64Array
  readonly #callEnds: Float64Array
  /** Sum of the work for the first so many calls. */
  readonly #callWork: Float64Array

  /** `calls`: when each call ended, and the thread's work for it, in nanoseconds. */
  constructor(selfTimes: readonly Interval[], calls: ReadonlyArray<{ readonly end: number; readonly cpu: number }>) {
    const stretches = unionOf(selfTimes)
    this.#starts = Float64Array.from(stretches, ({ start }) => start)
    this.#ends = Float64Array.from(stretches, ({ end }) => end)
    this.#before = new Float64Array(stretches.length)
    for (const [place, { start, end }] of stretches.slice(0, -1).entries()) {
      this.#before[place + 1] = this.#before[place]! + end - start
    }
    const sorted = calls.toSorted((a, b) => a.end - b.end)
    this.#callEnds = Float64Array.from(sorted, ({ end }) => end)
    this.#callWork = new Float64Array(sorted.length + 1)
    for (const [place, { cpu }] of sorted.entries()) this.#callWork[place + 1] = this.#callWork[place]! + cpu
  }

  /** Nanoseconds within the stretch in which the thread ran; work for calls that ended at its very end is left out. */
  within({ start, end }: Interval): number {
    return end > start ? Math.min(end - start, this.#upTo(end) - this.#upTo(start)) : 0
  }

  #upTo(time: number): number {
    const place = countUpTo(this.#starts, time) - 1
    const own = place < 0 ? 0 : this.#before[place]! + Math.min(time, this.#ends[place]!) - this.#starts[place]!
    return own + this.#callWork[countBefore(this.#callEnds, time)]!
  }
}

/**
 * What `span` did itself: the stretches of it that no child covers, ascending. Children that went on when it had ended were
 * not waited for, and cover nothing.
 */
export function selfTimesOf(trace: Trace, tree: SpanTree, span: number): Interval[] {
  const whole = { start: trace.spans.start[span]!, end: endOf(trace, span) }
  const covered: Interval[] = []
  for (const child of childrenOf(tree, span)) {
    const end = endOf(trace, child)
    if (!isAside(trace, child) && end <= whole.end) covered.push({ start: trace.spans.start[child]!, end })
  }
  return gapsIn(whole, unionOf(covered))
}

/** Spans beside the tree of what waited for what: what a resource did, and its opening and closing. */
export function isAside(trace: Trace, span: number): boolean {
  return trace.spans.kind[span] === kindIndex.work || trace.spans.kind[span] === kindIndex.resource
}

/** Nanoseconds that the trial's thread was busy within the stretches, by CPU samples or else by the event loop's utilisation. */
export type BusyTime = (stretches: readonly Interval[]) => number

/** How busy the thread was, or `null` where the trace has neither samples nor the counter. */
export function busyTimeOf(trace: Trace): BusyTime | null {
  const pieces = trace.samples ? busyBySamples(trace) : busyByCounter(trace)
  if (pieces.length === 0) return null
  const starts = Float64Array.from(pieces, ({ start }) => start)
  return (stretches) => {
    let busy = 0
    for (const { start, end } of unionOf(stretches)) {
      for (let piece = Math.max(0, countUpTo(starts, start) - 1); piece < pieces.length; piece++) {
        const { start: from, end: to, share } = pieces[piece]!
        if (from >= end) break
        busy += Math.max(0, Math.min(end, to) - Math.max(start, from)) * share
      }
    }
    return busy
  }
}

interface Piece extends Interval {
  /** How much of the piece the thread was busy, 0 to 1. */
  readonly share: number
}

function busyBySamples(trace: Trace): Piece[] {
  const samples = trace.samples!
  return Array.from(samples.time, (time, sample) => {
    return { start: time - samples.weight[sample]!, end: time, share: isIdle(samples, sample) ? 0 : 1 }
  })
}

function busyByCounter(trace: Trace): Piece[] {
  const counter = trace.counters.find(({ name }) => name === 'event-loop-utilisation')
  if (!counter) return []
  // A reading says how busy the loop was since the one before it.
  return Array.from(counter.time.subarray(1), (end, place) => {
    return { start: counter.time[place]!, end, share: Math.min(1, Math.max(0, counter.value[place + 1]!)) }
  })
}

/** How many of the ascending `times` are not after `time`. */
function countUpTo(times: Float64Array, time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! <= time) low = middle + 1
    else high = middle
  }
  return low
}

/** How many of the ascending `times` are before `time`. */
function countBefore(times: Float64Array, time: number): number {
  let count = countUpTo(times, time)
  while (count > 0 && times[count - 1] === time) count--
  return count
}

/** How the time of one node at the top level divides over the thread. */
export interface NodeBusyness {
  /** Part of its self time in which the thread really ran, 0 to 1; 1 where nothing tells. */
  readonly ranShare: number
  /** Work on the thread per unit of `callWork`, in nanoseconds; 0 where nothing tells. */
  readonly cpuPerUnit: number
}

/**
 * Divides the thread's busy time in the windows of a node: first to self time (what is more self time than busy time was
 * waiting for something unrecorded), and what is left to its calls, in proportion to their `units`.
 */
export function busynessOf(
  busy: BusyTime | null,
  windows: readonly Interval[],
  selfTimes: readonly Interval[],
  units: number,
): NodeBusyness {
  const self = coverageOf(selfTimes)
  if (!busy) return { ranShare: 1, cpuPerUnit: 0 }
  const ran = busy(windows)
  return {
    ranShare: self > 0 ? Math.min(1, ran / self) : 1,
    cpuPerUnit: units > 0 ? Math.max(0, ran - self) / units : 0,
  }
}
