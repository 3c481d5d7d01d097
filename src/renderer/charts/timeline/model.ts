import type { Counter, SpanKind } from '../../../trace/index.ts'

/** A stretch of a run in nanoseconds since the trace's origin, as are all times here. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

/** What a run looks like over time: lanes, without what is drawn in them, which is asked for lane by lane. */
export interface TimelineModel {
  /** From the workflow's start to its end; `null` where it never started. The ruler counts from its start. */
  readonly workflow: TimeSpan | null
  /** Everything that was recorded. */
  readonly bounds: TimeSpan
  /** Parents before their children. */
  readonly lanes: readonly Lane[]
  /** Spans in all lanes. */
  readonly spans: number
}

/** Where a lane stands: what held up the end, the nodes, what resources did, what the process did. */
export type LaneSection = 'path' | 'nodes' | 'resources' | 'process'

interface LaneHead {
  /** The same in every run of the workflow. */
  readonly id: string
  readonly section: LaneSection
  readonly label: string
  /** Nesting, from 0. */
  readonly level: number
  /** Place in the list of the lane that hides this one when it is collapsed, −1 for none. */
  readonly parent: number
}

/** Spans of one kind and name. */
export interface SpanLane extends LaneHead {
  readonly type: 'spans'
  readonly kind: SpanKind | 'path' | 'gc'
  /** Path of the node that it belongs to; empty where it belongs to none. */
  readonly node: string
  readonly spans: number
  readonly failures: number
  /** The most under way at one moment. */
  readonly mostAtOnce: number
  /** Rows in which the spans lie without overlapping; 0 where they are too many, so that only their number can be drawn. */
  readonly rows: number
}

/** One or several counters that share a scale. */
export interface CounterLane extends LaneHead {
  readonly type: 'counters'
  readonly unit: Counter['unit']
  readonly counters: ReadonlyArray<{ readonly name: string; readonly label: string }>
  /** The highest value in the run: the top of the scale. */
  readonly highest: number
  /** A reading says what was since the one before it, not what is from now on. */
  readonly backward: boolean
}

export type Lane = SpanLane | CounterLane

/** What bars are called and coloured by. */
export interface BarKey {
  /** What stands in the bar. */
  readonly text: string
  /** What the hue is made from; empty for neutral ones. */
  readonly hue: string
}

/** What is drawn in a lane of spans whose rows are shown. */
export interface LaneRows {
  readonly keys: readonly BarKey[]
  readonly rows: readonly RowColumns[]
}

/**
 * Spans of one row, ascending and without overlaps, as columns of equal length. `coveredBefore`, `failedBefore`, `waitBefore` and
 * `pathBefore` are running sums with one element more, so that what a pixel holds costs two look-ups however many spans are in it.
 */
export interface RowColumns {
  readonly start: Float64Array
  readonly end: Float64Array
  readonly coveredBefore: Float64Array
  /** Time in the queue of a resource, at each span's beginning; `null` where none queued. */
  readonly wait: Float64Array | null
  readonly waitBefore: Float64Array | null
  /** `null` where none failed, or none is on the critical path. */
  readonly failedBefore: Uint32Array | null
  readonly pathBefore: Uint32Array | null
  /** Index into the lane's keys. */
  readonly key: Uint16Array
  /** Number of an item or iteration, `null` in other lanes. */
  readonly index: Int32Array | null
  /** Bits of {@link barFlags}. */
  readonly flags: Uint8Array
  /** Row in the trace's spans; for collections, in its marks. */
  readonly span: Uint32Array
  /** `null` where all bars have one hue. */
  readonly mix: HueMix | null
}

/** Bars of several hues in one row, and what each hue covers of any stretch of it. */
export interface HueMix {
  /** What the hues are made from, the one that covers most first; the last stands for all others where there are too many. */
  readonly hues: readonly string[]
  /** Index into `hues`, by bar. */
  readonly hue: Uint8Array
  /** What each hue covers of all bars before every {@link mixStep}th: for each of these places one number per hue. */
  readonly coveredBefore: Float64Array
}

/** Bars between two places at which a mix knows its sums. */
export const mixStep = 64

/** Facts of a bar that change how it is drawn. */
export const barFlags = { failed: 1, cancelled: 2, open: 4, onPath: 8 } as const

/** How many spans of a lane were under way: the area under that number up to each moment at which it changes. */
export interface DensityColumns {
  readonly time: Float64Array
  readonly area: Float64Array
  /** The same for those that were queueing; `null` where none did. */
  readonly queueing: { readonly time: Float64Array; readonly area: Float64Array } | null
}

/** A counter with the highest of every 8, 64, 512 … readings. */
export interface CounterColumns {
  readonly time: Float64Array
  readonly value: Float64Array
  readonly highest: readonly Float64Array[]
}

/** What a search found. */
export interface FoundSpans {
  /** What was looked for. */
  readonly text: string
  /** Ascending. */
  readonly spans: Uint32Array
  /** One bit for each span of the trace. */
  readonly bits: Uint8Array
  /** The bounds of the run in equal parts: 1 where something was found that begins there. */
  readonly marks: Uint8Array
}
