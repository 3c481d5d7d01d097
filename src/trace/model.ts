/** Version of the trace model. Raise it with every change to what is stored, and write the upgrader from the old one. */
export const traceVersion = 1

/**
 * What a span stands for; the column holds the index into this list, so the order is part of the format.
 * - `workflow`: the whole run, from the first node's start to the result. Always span 0.
 * - `resource`: opening or closing a resource (before and after the workflow span).
 * - `node`: one execution of a task, map or cycle. `name` is its path.
 * - `item`: one item of a map; `index` is its position in the list.
 * - `iteration`: one turn of a cycle; `index` counts from 0.
 * - `call`: a call into a library or resource as its caller sees it (`db.lookup`, `api.json`, `fetch`); `detail` is the statement or URL pattern.
 * - `work`: what a resource really did, possibly for several calls at once (one batched statement). Its parent is the workflow span,
 *    its `name` the resource's, `detail` the statement, `quantity` the rows or keys of the batch.
 * - `step`: a part that user code named.
 */
export const spanKinds = ['workflow', 'resource', 'node', 'item', 'iteration', 'call', 'work', 'step'] as const
export type SpanKind = (typeof spanKinds)[number]

/** How a span ended; `open` when the run ended before it did. The column holds the index into this list. */
export const spanStatuses = ['ok', 'failed', 'cancelled', 'open'] as const
export type SpanStatus = (typeof spanStatuses)[number]

/** Spans as columns of equal length, in order of their start. A span's id is its row. Times are whole nanoseconds since the trace's origin. */
export interface SpanColumns {
  readonly kind: Uint8Array
  readonly status: Uint8Array
  /** Thread: 0 is the trial's own, others are those of `thread: true` nodes and resources. */
  readonly thread: Uint8Array
  /** String id. */
  readonly name: Uint32Array
  /** String id of the statement, URL pattern or, for failures, error code and message; 0 is the empty string. */
  readonly detail: Uint32Array
  /** Row of the enclosing span, −1 for none. */
  readonly parent: Int32Array
  /** Item or iteration number, −1 where it is neither. */
  readonly index: Int32Array
  readonly start: Float64Array
  /** Of an open span: up to the end of what was recorded. */
  readonly duration: Float64Array
  /** How much of the duration, at its beginning, was queueing for a slot of a resource. */
  readonly wait: Float64Array
  /** Rows, keys or bytes, as the call's kind has it; −1 where unknown. */
  readonly quantity: Float64Array
}

/** Iterations of all cycles as columns, in the order in which they ended. */
export interface IterationColumns {
  /** String id of the cycle's path. */
  readonly cycle: Uint32Array
  readonly index: Uint32Array
  /** Nanoseconds since the trace's origin. */
  readonly start: Float64Array
  /** Wall time in nanoseconds. */
  readonly duration: Float64Array
  /** CPU time of the thread in nanoseconds; NaN, as the two that follow, at level `off`, where it is not measured. */
  readonly cpu: Float64Array
  /** Change of the used heap in bytes. */
  readonly heap: Float64Array
  /** Time in garbage collection in nanoseconds. */
  readonly gc: Float64Array
  /** NaN where the cycle has no metric. */
  readonly metric: Float64Array
  /** 64-bit digest of the canonical state, upper and lower half; both 0 where the state could not be digested. */
  readonly digestHigh: Uint32Array
  readonly digestLow: Uint32Array
}

/** One measured quantity over time. */
export interface Counter {
  /** `heap`, `rss`, `event-loop-utilisation`, `event-loop-delay`, `waiting:db`, ... */
  readonly name: string
  readonly unit: 'bytes' | 'share' | 'ns' | 'count'
  /** Nanoseconds since the trace's origin, ascending. */
  readonly time: Float64Array
  readonly value: Float64Array
}

/** Moments and short stretches: garbage collections, alerts, log lines. */
export const markKinds = ['gc', 'alert', 'log'] as const

export interface MarkColumns {
  readonly kind: Uint8Array
  /** String id: kind of collection, code of the alert, level of the log line. */
  readonly name: Uint32Array
  /** String id of the text; 0 for none. */
  readonly detail: Uint32Array
  readonly time: Float64Array
  readonly duration: Float64Array
}

/** Where a function comes from. The column holds the index into this list. */
export const frameOrigins = ['user', 'package', 'strobe', 'node', 'native', 'idle', 'gc'] as const
export type FrameOrigin = (typeof frameOrigins)[number]

/** CPU samples of the trial's thread, with stacks as a tree from the root. */
export interface Samples {
  /** Interval asked for, in nanoseconds. */
  readonly interval: number
  readonly frames: {
    /** String id; `(anonymous)` where the function has none. */
    readonly name: Uint32Array
    /** String id of the file as the user knows it (their .ts), 0 where it has none. */
    readonly file: Uint32Array
    /** Line and column where the function begins, from 1; 0 where unknown. */
    readonly line: Uint32Array
    readonly column: Uint32Array
    readonly origin: Uint8Array
  }
  readonly stacks: {
    /** Row of the caller's stack, −1 at the root. Always smaller than the own row. */
    readonly parent: Int32Array
    /** Row in `frames` of the innermost function. */
    readonly frame: Uint32Array
  }
  /** End of the stretch that the sample stands for, in nanoseconds since the trace's origin. */
  readonly time: Float64Array
  /** Row in `stacks`. */
  readonly stack: Uint32Array
  /** Time that the sample stands for, in nanoseconds. */
  readonly weight: Float64Array
  /** Line that was executing, from 1, in the file of the stack's innermost frame; 0 where unknown. */
  readonly line: Uint32Array
  /** String id of the path of the node that it belongs to; 0 is unattributed. */
  readonly node: Uint32Array
}

/** What a run recorded. Columns are read-only by convention: a trace that was decoded is never changed. */
export interface Trace {
  readonly version: number
  /** Wall clock at the trace's origin, milliseconds since 1970. */
  readonly origin: number
  /** String 0 is the empty string. */
  readonly strings: readonly string[]
  readonly spans: SpanColumns
  readonly iterations: IterationColumns
  readonly counters: readonly Counter[]
  readonly marks: MarkColumns
  readonly samples?: Samples
}
