import type { Diagnostic } from '../base/index.ts'
import { parseDocument, stringifyDocument } from './document.ts'
import { type Counter, type Samples, type Trace, traceVersion } from './model.ts'
import { countBadReferences } from './references.ts'
import {
  type Column,
  type ColumnRecord,
  counterSchema,
  frameSchema,
  iterationSchema,
  markSchema,
  newTable,
  sampleSchema,
  spanSchema,
  stackSchema,
  tableFrom,
} from './schema.ts'
import { upgradeColumns } from './upgraders.ts'

/** What of a trace is no column, as the JSON in its column `about`. */
interface About {
  readonly origin: number
  readonly counters: ReadonlyArray<{ readonly name: string; readonly unit: Counter['unit'] }>
  /** Interval of the samples, where there are any. */
  readonly interval?: number
}

/** A trace in which nothing was recorded. */
export function emptyTrace(origin = 0): Trace {
  return {
    version: traceVersion,
    origin,
    strings: [''],
    spans: newTable(spanSchema, 0),
    iterations: newTable(iterationSchema, 0),
    counters: [],
    marks: newTable(markSchema, 0),
  }
}

/**
 * A trace as one flat record of columns: `spans.start`, `iterations.cpu`, `counters.0.time`, `marks.time`,
 * `samples.frames.name`, ...; `strings` and `about` are JSON in UTF-8. This is what is stored, in whatever packing.
 */
export function columnsOfTrace(trace: Trace): ColumnRecord {
  const columns: Record<string, Column> = {}
  const add = (prefix: string, table: object) => {
    for (const [name, column] of Object.entries(table)) {
      if (ArrayBuffer.isView(column)) columns[prefix + name] = column as Column
    }
  }
  const about: About = {
    origin: trace.origin,
    counters: trace.counters.map(({ name, unit }) => ({ name, unit })),
    ...(trace.samples ? { interval: trace.samples.interval } : {}),
  }
  const encoder = new TextEncoder()
  columns.about = encoder.encode(stringifyDocument(about))
  columns.strings = encoder.encode(JSON.stringify(trace.strings))
  add('spans.', trace.spans)
  add('iterations.', trace.iterations)
  add('marks.', trace.marks)
  for (const [number, counter] of trace.counters.entries()) add(`counters.${number}.`, counter)
  if (trace.samples) {
    add('samples.', trace.samples)
    add('samples.frames.', trace.samples.frames)
    add('samples.stacks.', trace.samples.stacks)
  }
  return columns
}

/**
 * The trace that `columns` of the given version of the format hold. Columns that are missing or disagree give no trace and
 * a diagnostic that names the first of them; numbers that point outside of their table do too.
 */
export function traceFromColumns(
  columns: ColumnRecord,
  version: number,
): { readonly trace?: Trace; readonly diagnostics: readonly Diagnostic[] } {
  const upgraded = upgradeColumns(columns, version)
  if ('diagnostics' in upgraded) return upgraded
  const current = upgraded.columns
  const about = documentIn(current.about)
  const strings = documentIn(current.strings)
  if (!isAbout(about) || !isStrings(strings)) return broken('its header or its strings cannot be read')
  const spans = tableFrom(spanSchema, current, 'spans.')
  const iterations = tableFrom(iterationSchema, current, 'iterations.')
  const marks = tableFrom(markSchema, current, 'marks.')
  if (!spans || !iterations || !marks) return broken('columns are missing or of unequal length')
  const counters: Counter[] = []
  for (const [number, { name, unit }] of about.counters.entries()) {
    const table = tableFrom(counterSchema, current, `counters.${number}.`)
    if (!table) return broken(`the counter ${name} is missing or torn`)
    counters.push({ name, unit, ...table })
  }
  const samples = about.interval === undefined ? undefined : samplesFrom(current, 'samples.', about.interval)
  if (about.interval !== undefined && !samples) return broken('its samples are missing or torn')
  const trace: Trace = {
    version: traceVersion,
    origin: about.origin,
    strings,
    ...{ spans, iterations, counters, marks },
    ...(samples ? { samples } : {}),
  }
  const bad = countBadReferences(trace)
  return bad > 0 ? broken(`${bad} numbers in it point to nothing`) : { trace, diagnostics: [] }
}

/** The samples in `columns`, whose names begin with `prefix`, or `undefined` where they are not whole. */
export function samplesFrom(columns: ColumnRecord, prefix: string, interval: number): Samples | undefined {
  const frames = tableFrom(frameSchema, columns, `${prefix}frames.`)
  const stacks = tableFrom(stackSchema, columns, `${prefix}stacks.`)
  const samples = tableFrom(sampleSchema, columns, prefix)
  return frames && stacks && samples ? { interval, frames, stacks, ...samples } : undefined
}

function broken(what: string): { readonly diagnostics: readonly Diagnostic[] } {
  return {
    diagnostics: [{ severity: 'error', code: 'trace.damaged', message: `The trace cannot be read: ${what}.` }],
  }
}

function documentIn(column: Column | undefined): unknown {
  if (!(column instanceof Uint8Array)) return undefined
  return parseDocument(new TextDecoder().decode(column))
}

function isAbout(value: unknown): value is About {
  if (typeof value !== 'object' || value === null) return false
  const { origin, counters, interval } = value as Partial<Record<keyof About, unknown>>
  return (
    typeof origin === 'number' &&
    (interval === undefined || typeof interval === 'number') &&
    Array.isArray(counters) &&
    counters.every((counter) => typeof counter?.name === 'string' && typeof counter?.unit === 'string')
  )
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value[0] === '' && value.every((text) => typeof text === 'string')
}
