import {
  buildCallTree,
  buildSpanTree,
  type CallTree,
  type CriticalPath,
  findCriticalPath,
  type SpanTree,
} from '../../analysis/index.ts'
import type { RunRecord, Trace } from '../../trace/index.ts'
import { clipTrace, type TimeRange } from './clip-trace.ts'

/** A trace, or the part of it that lies in a range, with what is computed from it once and read by many. */
export class TraceView {
  readonly trace: Trace
  readonly record: RunRecord
  /** `null`: all of the run. */
  readonly range: TimeRange | null
  readonly #spanOf: Uint32Array | null
  #tree: SpanTree | undefined
  #path: CriticalPath | null | undefined
  #calls: CallTree | null | undefined

  constructor(record: RunRecord, trace: Trace, range: TimeRange | null, spanOf: Uint32Array | null) {
    this.record = record
    this.trace = trace
    this.range = range
    this.#spanOf = spanOf
  }

  /** Row in the whole trace of a span of this view: the span's id for everyone else. */
  spanOf(row: number): number {
    return this.#spanOf ? this.#spanOf[row]! : row
  }

  /** Children of every span of this view. */
  get tree(): SpanTree {
    this.#tree ??= buildSpanTree(this.trace)
    return this.#tree
  }

  /** The critical path of this view's own spans; `null` without a workflow span. */
  get path(): CriticalPath | null {
    if (this.#path === undefined) this.#path = findCriticalPath(this.trace, this.tree)
    return this.#path
  }

  /** Merged stacks of all CPU samples in this view; `null` where none were taken. */
  get calls(): CallTree | null {
    if (this.#calls === undefined) this.#calls = buildCallTree(this.trace)
    return this.#calls
  }
}

/** Parts that are kept besides the whole: going back to the last range costs nothing. */
const mostParts = 3

/** A run's trace as the worker keeps it. */
export class LoadedTrace {
  readonly record: RunRecord
  readonly whole: TraceView
  readonly #parts: TraceView[] = []

  constructor(record: RunRecord, trace: Trace) {
    this.record = record
    this.whole = new TraceView(record, trace, null, null)
  }

  get trace(): Trace {
    return this.whole.trace
  }

  /** The part in `range`; `null` gives the whole. */
  within(range: TimeRange | null): TraceView {
    if (range === null) return this.whole
    const known = this.#parts.findIndex((part) => part.range?.from === range.from && part.range.to === range.to)
    const { trace, spanOf } = known < 0 ? clipTrace(this.trace, range) : { trace: null, spanOf: null }
    const part = trace ? new TraceView(this.record, trace, range, spanOf) : this.#parts.splice(known, 1)[0]!
    this.#parts.unshift(part)
    this.#parts.length = Math.min(this.#parts.length, mostParts)
    return part
  }
}
