import { copyOf, decodeColumns } from './columns.ts'
import type { LogStrings, SpanEnds } from './log-format.ts'
import type { LogFrame } from './log-walk.ts'
import { type Counter, type Samples, spanStatuses, type Trace, traceVersion } from './model.ts'
import { countBadSampleReferences, mendReferences } from './references.ts'
import {
  type ColumnRecord,
  counterSchema,
  type ElementType,
  iterationSchema,
  joinTables,
  markSchema,
  spanSchema,
  type Table,
  tableFrom,
} from './schema.ts'
import { samplesFrom } from './trace-columns.ts'

const endSchema = {
  span: 'u32',
  status: 'u8',
  duration: 'f64',
  wait: 'f64',
  quantity: 'f64',
  detail: 'u32',
} as const satisfies Record<keyof SpanEnds, ElementType>

const counterUnits: readonly Counter['unit'][] = ['bytes', 'share', 'ns', 'count']
const openStatus = spanStatuses.indexOf('open')

/** Puts a trace together from the pieces that a log holds. Keeps views onto the log until `finish` copies them once. */
export class TraceAssembly {
  readonly #strings: string[] = ['']
  readonly #spans: Table<typeof spanSchema>[] = []
  /** Rows that were written once more, to stand in place of the earlier. */
  readonly #rewritten: Array<{ readonly first: number; readonly spans: Table<typeof spanSchema> }> = []
  readonly #ends: SpanEnds[] = []
  readonly #iterations: Table<typeof iterationSchema>[] = []
  readonly #marks: Table<typeof markSchema>[] = []
  readonly #counters = new Map<string, { name: string; unit: Counter['unit']; parts: CounterPart[] }>()
  #samples: Samples | undefined
  #spanCount = 0

  /** Appends strings. Those that begin elsewhere than at the table's end follow a lost frame: their ids would lie. */
  takeStrings({ first, strings }: LogStrings): void {
    if (first !== this.#strings.length) return
    for (const text of strings) this.#strings.push(text)
  }

  /** Takes a frame of columns, and says whether it could be read. */
  takeColumns({ kind, payload }: LogFrame): boolean {
    // Samples are kept as they are: they get memory of their own, so that the trace does not hold on to the log.
    const columns = decodeColumns(kind === 'samples' ? copyOf(payload) : payload)
    if (!columns) return false
    switch (kind) {
      case 'spans':
        return this.#takeSpans(columns)
      case 'span-ends':
        return keep(tableFrom(endSchema, columns), this.#ends)
      case 'iterations':
        return keep(tableFrom(iterationSchema, columns), this.#iterations)
      case 'marks':
        return keep(tableFrom(markSchema, columns), this.#marks)
      case 'counter':
        return this.#takeCounter(columns)
      case 'samples':
        return this.#takeSamples(columns)
      default:
        return false
    }
  }

  /** The trace, and how many references in it led nowhere. `lastInstant` is the latest that was recorded outside of it. */
  finish(origin: number, lastInstant: number): { readonly trace: Trace; readonly mended: number } {
    const trace = {
      version: traceVersion,
      origin,
      strings: this.#strings,
      spans: joinTables(spanSchema, this.#spans),
      iterations: joinTables(iterationSchema, this.#iterations),
      counters: [...this.#counters.values()].map(({ name, unit, parts }) => ({
        ...{ name, unit },
        ...joinTables(counterSchema, parts),
      })),
      marks: joinTables(markSchema, this.#marks),
    }
    for (const { first, spans } of this.#rewritten) {
      const to: Table<typeof spanSchema> = trace.spans
      for (const column of Object.keys(spanSchema) as Array<keyof typeof spanSchema>)
        to[column].set(spans[column], first)
    }
    for (const ends of this.#ends) applyEnds(trace, ends)
    const mended = mendReferences(trace)
    const badInSamples = this.#samples ? countBadSampleReferences(this.#samples, this.#strings.length) : 0
    const samples = badInSamples === 0 ? this.#samples : undefined
    closeOpenSpans(trace, Math.max(lastInstant, lastInstantOf(trace), lastOf(samples?.time)))
    return { trace: samples ? { ...trace, samples } : trace, mended: mended + badInSamples }
  }

  #takeSpans(columns: ColumnRecord): boolean {
    const spans = tableFrom(spanSchema, columns)
    const first = columns.first?.[0]
    if (!spans || first === undefined) return false
    if (first >= 0 && first + spans.start.length <= this.#spanCount) {
      this.#rewritten.push({ first, spans })
      return true
    }
    // After a lost batch all rows would be other spans than their children say: nothing further can be taken.
    if (first !== this.#spanCount) return false
    this.#spans.push(spans)
    this.#spanCount += spans.start.length
    return true
  }

  #takeCounter(columns: ColumnRecord): boolean {
    const table = tableFrom(counterSchema, columns)
    const unit = counterUnits.find((known) => known === textIn(columns.unit))
    const name = textIn(columns.name)
    if (!table || !unit || name === undefined) return false
    const key = `${unit} ${name}`
    const counter = this.#counters.get(key)
    if (counter) counter.parts.push(table)
    else this.#counters.set(key, { name, unit, parts: [table] })
    return true
  }

  #takeSamples(columns: ColumnRecord): boolean {
    const interval = columns.interval?.[0]
    const samples = interval === undefined ? undefined : samplesFrom(columns, '', interval)
    if (!samples) return false
    this.#samples = samples
    return true
  }
}

type CounterPart = Table<typeof counterSchema>

function keep<T>(table: T | undefined, list: T[]): boolean {
  if (table) list.push(table)
  return table !== undefined
}

function textIn(column: ColumnRecord[string] | undefined): string | undefined {
  return column instanceof Uint8Array ? new TextDecoder().decode(column) : undefined
}

function applyEnds({ spans }: Pick<Trace, 'spans'>, ends: SpanEnds): void {
  for (let place = 0; place < ends.span.length; place++) {
    // Ends of spans that were lost change nothing: a typed array ignores what is written past its end.
    const row = ends.span[place]!
    spans.status[row] = ends.status[place]!
    spans.duration[row] = ends.duration[place]!
    spans.wait[row] = ends.wait[place]!
    spans.quantity[row] = ends.quantity[place]!
    if (ends.detail[place] !== 0) spans.detail[row] = ends.detail[place]!
  }
}

function closeOpenSpans({ spans }: Pick<Trace, 'spans'>, lastInstant: number): void {
  for (let row = 0; row < spans.start.length; row++) {
    if (spans.status[row] === openStatus) spans.duration[row] = Math.max(0, lastInstant - spans.start[row]!)
  }
}

/** The latest instant in a trace: of spans that have ended their end, of others their start. */
function lastInstantOf({ spans, iterations, marks, counters }: Trace): number {
  let last = 0
  for (let row = 0; row < spans.start.length; row++) last = Math.max(last, spans.start[row]! + spans.duration[row]!)
  for (let row = 0; row < iterations.start.length; row++) {
    last = Math.max(last, iterations.start[row]! + iterations.duration[row]!)
  }
  for (let row = 0; row < marks.time.length; row++) last = Math.max(last, marks.time[row]! + marks.duration[row]!)
  return counters.reduce((latest, { time }) => Math.max(latest, lastOf(time)), last)
}

function lastOf(times: Float64Array | undefined): number {
  return times?.at(-1) ?? 0
}
