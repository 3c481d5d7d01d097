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
  /** Stretches in which at least one was open. */
  readonly #busy: readonly Interval[]
  readonly #busyStarts: Float64Array

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
    this.#busy = unionOf(selfTimes)
    this.#busyStarts = Float64Array.from(this.#busy, ({ start }) => start)
  }

  /** The part of the stretch that its owner had the thread for, in nanoseconds. */
  within({ start, end }: Interval): number {
    return this.#areaAt(end) - this.#areaAt(start)
  }

  /** Length of the stretch without a break, up to `time`, in which some self time was open. */
  busyBefore(time: number): number {
    const stretch = this.#busy[countUpTo(this.#busyStarts, time) - 1]
    return stretch && stretch.end >= time ? time - stretch.start : 0
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

/** What `span` did itself: the stretches of it that no child covers, ascending. */
export function selfTimesOf(trace: Trace, tree: SpanTree, span: number): Interval[] {
  const children = [...childrenOf(tree, span)].filter((child) => !isAside(trace, child))
  const covered = unionOf(children.map((child) => ({ start: trace.spans.start[child]!, end: endOf(trace, child) })))
  return gapsIn({ start: trace.spans.start[span]!, end: endOf(trace, span) }, covered)
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

/** How the time of one node at the top level divides over the thread. */
export interface NodeBusyness {
  /** Part of its self time in which the thread really ran, 0 to 1; 1 where nothing tells. */
  readonly ranShare: number
  /** Work on the thread per call, besides self time, in nanoseconds; 0 where nothing tells. */
  readonly cpuPerCall: number
}

/**
 * Divides the thread's busy time in the windows of a node: first to self time (what is more self time than busy time was
 * waiting for something unrecorded), and what is left to the calls, in equal parts.
 */
export function busynessOf(
  busy: BusyTime | null,
  windows: readonly Interval[],
  selfTimes: readonly Interval[],
  calls: number,
): NodeBusyness {
  const self = coverageOf(selfTimes)
  if (!busy) return { ranShare: 1, cpuPerCall: 0 }
  const ran = busy(windows)
  return {
    ranShare: self > 0 ? Math.min(1, ran / self) : 1,
    cpuPerCall: calls > 0 ? Math.max(0, ran - self) / calls : 0,
  }
}
