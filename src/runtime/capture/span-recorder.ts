import { type SpanColumns, type SpanKind, type SpanStatus, spanKinds, spanStatuses } from '../../trace/index.ts'

/** Takes what the recorder has filled: writes it to the run's log. */
export interface SpanSink {
  /** Rows 0 to `count` of `columns` are the spans `first` to `first + count`. The columns are reused afterwards. */
  writeSpans(columns: SpanColumns, count: number, first: number): void
  /** Ends of spans whose rows were written before they had ended. Rows 0 to `count`; reused afterwards. */
  writeSpanEnds(ends: SpanEnds, count: number): void
}

/** Ends that came after their span's row was written. */
export interface SpanEnds {
  readonly span: Uint32Array
  readonly status: Uint8Array
  readonly duration: Float64Array
  readonly wait: Float64Array
  readonly quantity: Float64Array
  readonly detail: Uint32Array
}

/** Number of each kind of span in its column. */
export const kindNumber = Object.fromEntries(spanKinds.map((kind, number) => [kind, number])) as Record<
  SpanKind,
  number
>
/** Number of each status of a span in its column. */
export const statusNumber = Object.fromEntries(spanStatuses.map((status, number) => [status, number])) as Record<
  SpanStatus,
  number
>

const batchSize = 8192

/**
 * Records spans into typed arrays of a fixed size and hands them to the log whenever they are full, so that memory stays
 * flat however long a run is. A span costs two clock readings and a dozen stores; nothing is allocated.
 */
export class SpanRecorder {
  readonly #sink: SpanSink
  readonly #rows = spanColumns(batchSize)
  readonly #ends: SpanEnds = {
    span: new Uint32Array(batchSize),
    status: new Uint8Array(batchSize),
    duration: new Float64Array(batchSize),
    wait: new Float64Array(batchSize),
    quantity: new Float64Array(batchSize),
    detail: new Uint32Array(batchSize),
  }
  /** Starts of spans that are still open and whose rows were written: needed for their duration. */
  readonly #openStarts = new Map<number, number>()
  #first = 0
  #count = 0
  #endCount = 0

  constructor(sink: SpanSink) {
    this.#sink = sink
  }

  /** Begins a span and gives its row. `name` and `detail` are string ids, `start` is nanoseconds on the trace's clock. */
  begin(kind: number, name: number, parent: number, index: number, detail: number, start: number, thread = 0): number {
    if (this.#count === batchSize) this.flush()
    const row = this.#count++
    openRow(this.#rows, row, kind, name, parent, index, detail, start, thread)
    return this.#first + row
  }

  /** Ends a span. `detail`, where it is not 0, replaces what it began with: the error of a failure. */
  end(span: number, end: number, status: number, quantity = -1, wait = 0, detail = 0): void {
    const row = span - this.#first
    if (row >= 0) {
      const rows = this.#rows
      rows.status[row] = status
      rows.duration[row] = end - rows.start[row]!
      rows.quantity[row] = quantity
      rows.wait[row] = wait
      if (detail !== 0) rows.detail[row] = detail
      return
    }
    const start = this.#openStarts.get(span)
    if (start === undefined) return
    this.#openStarts.delete(span)
    if (this.#endCount === batchSize) this.#flushEnds()
    const ends = this.#ends
    const place = this.#endCount++
    ends.span[place] = span
    ends.status[place] = status
    ends.duration[place] = end - start
    ends.quantity[place] = quantity
    ends.wait[place] = wait
    ends.detail[place] = detail
  }

  /**
   * Moves the start of an open span without a parent: the workflow's, whose row comes before those of its resources and
   * which begins after them. Its row may be in the log already.
   */
  restart(span: number, kind: number, name: number, detail: number, start: number): void {
    const row = span - this.#first
    if (row >= 0) {
      this.#rows.start[row] = start
      return
    }
    this.#openStarts.set(span, start)
    const again = spanColumns(1)
    openRow(again, 0, kind, name, -1, -1, detail, start, 0)
    this.#sink.writeSpans(again, 1, span)
  }

  /** Hands everything recorded so far to the log. */
  flush(): void {
    if (this.#count > 0) {
      const rows = this.#rows
      for (let row = 0; row < this.#count; row++) {
        if (rows.status[row] === statusNumber.open) this.#openStarts.set(this.#first + row, rows.start[row]!)
      }
      this.#sink.writeSpans(rows, this.#count, this.#first)
      this.#first += this.#count
      this.#count = 0
    }
    this.#flushEnds()
  }

  #flushEnds(): void {
    if (this.#endCount === 0) return
    this.#sink.writeSpanEnds(this.#ends, this.#endCount)
    this.#endCount = 0
  }
}

function openRow(
  rows: SpanColumns,
  row: number,
  kind: number,
  name: number,
  parent: number,
  index: number,
  detail: number,
  start: number,
  thread: number,
): void {
  rows.kind[row] = kind
  rows.status[row] = statusNumber.open
  rows.thread[row] = thread
  rows.name[row] = name
  rows.detail[row] = detail
  rows.parent[row] = parent
  rows.index[row] = index
  rows.start[row] = start
  rows.duration[row] = 0
  rows.wait[row] = 0
  rows.quantity[row] = -1
}

function spanColumns(length: number): SpanColumns {
  return {
    kind: new Uint8Array(length),
    status: new Uint8Array(length),
    thread: new Uint8Array(length),
    name: new Uint32Array(length),
    detail: new Uint32Array(length),
    parent: new Int32Array(length),
    index: new Int32Array(length),
    start: new Float64Array(length),
    duration: new Float64Array(length),
    wait: new Float64Array(length),
    quantity: new Float64Array(length),
  }
}
