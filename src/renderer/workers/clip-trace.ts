import { endOf } from '../../analysis/index.ts'
import type { Counter, IterationColumns, MarkColumns, Samples, SpanColumns, Trace } from '../../trace/index.ts'

/** A stretch of a run in nanoseconds since the trace's origin; `from < to`. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** The part of a trace that lies in a range, as a trace of its own, so that everything that reads traces reads it too. */
export interface ClippedTrace {
  readonly trace: Trace
  /** Row in the whole trace of each of its spans. */
  readonly spanOf: Uint32Array
}

/**
 * What of a trace lies in `range`: spans that reach beyond it end at its edges, with the part of their queueing that is inside; a parent
 * that is outside is replaced by what is around it. Iterations that touch the range are kept whole: what they cost cannot be divided.
 */
export function clipTrace(trace: Trace, range: TimeRange): ClippedTrace {
  const spanOf = spansIn(trace, range)
  return {
    spanOf,
    trace: {
      ...trace,
      spans: clipSpans(trace, spanOf, range),
      iterations: clipIterations(trace.iterations, range),
      counters: trace.counters.map((counter) => clipCounter(counter, range)),
      marks: clipMarks(trace.marks, range),
      ...(trace.samples ? { samples: clipSamples(trace.samples, range) } : {}),
    },
  }
}

function spansIn(trace: Trace, { from, to }: TimeRange): Uint32Array {
  const { start } = trace.spans
  const rows = new Uint32Array(start.length)
  let count = 0
  for (let span = 0; span < start.length; span++) {
    const begins = start[span]!
    // A span without length belongs to the moment in which it was.
    if (begins < to && (endOf(trace, span) > from || begins >= from)) rows[count++] = span
  }
  return rows.slice(0, count)
}

function clipSpans(trace: Trace, rows: Uint32Array, { from, to }: TimeRange): SpanColumns {
  const { kind, status, thread, name, detail, parent, index, start, duration, wait, quantity } = trace.spans
  const rowOf = new Int32Array(kind.length).fill(-1)
  for (let row = 0; row < rows.length; row++) rowOf[rows[row]!] = row
  const parentOf = (span: number) => {
    let above = parent[span]!
    while (above >= 0 && rowOf[above] === -1) above = parent[above]!
    return above < 0 ? -1 : rowOf[above]!
  }
  const begin = Float64Array.from(rows, (span) => Math.max(from, start[span]!))
  return {
    kind: Uint8Array.from(rows, (span) => kind[span]!),
    status: Uint8Array.from(rows, (span) => status[span]!),
    thread: Uint8Array.from(rows, (span) => thread[span]!),
    name: Uint32Array.from(rows, (span) => name[span]!),
    detail: Uint32Array.from(rows, (span) => detail[span]!),
    parent: Int32Array.from(rows, parentOf),
    index: Int32Array.from(rows, (span) => index[span]!),
    start: begin,
    duration: Float64Array.from(rows, (span, row) => Math.min(to, start[span]! + duration[span]!) - begin[row]!),
    wait: Float64Array.from(rows, (span, row) => {
      return Math.max(0, Math.min(to, start[span]! + wait[span]!) - begin[row]!)
    }),
    quantity: Float64Array.from(rows, (span) => quantity[span]!),
  }
}

function clipIterations(iterations: IterationColumns, { from, to }: TimeRange): IterationColumns {
  const { start, duration } = iterations
  return pick(iterations, (row) => start[row]! < to && start[row]! + duration[row]! > from)
}

function clipMarks(marks: MarkColumns, { from, to }: TimeRange): MarkColumns {
  return pick(marks, (row) => marks.time[row]! < to && marks.time[row]! + marks.duration[row]! >= from)
}

function clipCounter(counter: Counter, { from, to }: TimeRange): Counter {
  const { time, value } = pick({ time: counter.time, value: counter.value }, (row) => {
    return counter.time[row]! >= from && counter.time[row]! <= to
  })
  return { ...counter, time, value }
}

/** A sample stands for the stretch that ends at its time; stacks and frames stay, as samples refer to them. */
function clipSamples(samples: Samples, { from, to }: TimeRange): Samples {
  const { time, stack, weight, line, node } = samples
  const columns = pick({ time, stack, weight, line, node }, (row) => time[row]! > from && time[row]! <= to)
  return { ...samples, ...columns }
}

type Columns = { readonly [name: string]: Uint8Array | Uint32Array | Int32Array | Float64Array }

/** The rows of a table that `keep` wants. */
function pick<Table extends object>(table: Table, keep: (row: number) => boolean): Table {
  const columns = Object.entries(table as Columns)
  const kept = columns.map(([name, column]) => {
    return [name, (column as Float64Array).filter((_value, row) => keep(row))]
  })
  return Object.fromEntries(kept) as Table
}
