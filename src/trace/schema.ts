import type { IterationColumns, MarkColumns, Samples, SpanColumns } from './model.ts'

/** Arrays that a column can be. The position of a type in this list is its number in stored bytes: append only. */
export const elementTypes = {
  u8: Uint8Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
} as const
export type ElementType = keyof typeof elementTypes

interface Arrays {
  readonly u8: Uint8Array
  readonly u32: Uint32Array
  readonly i32: Int32Array
  readonly f64: Float64Array
}
export type Column = Arrays[ElementType]
/** Columns by name, of any lengths. */
export type ColumnRecord = Readonly<Record<string, Column>>

/** Names and types of a table's columns. */
export type Schema = Readonly<Record<string, ElementType>>
/** The table that a schema describes: columns of equal length. */
export type Table<S extends Schema> = { readonly [Name in keyof S]: Arrays[S[Name]] }

export const spanSchema = {
  kind: 'u8',
  status: 'u8',
  thread: 'u8',
  name: 'u32',
  detail: 'u32',
  parent: 'i32',
  index: 'i32',
  start: 'f64',
  duration: 'f64',
  wait: 'f64',
  quantity: 'f64',
} as const satisfies Record<keyof SpanColumns, ElementType>

export const iterationSchema = {
  cycle: 'u32',
  index: 'u32',
  start: 'f64',
  duration: 'f64',
  cpu: 'f64',
  heap: 'f64',
  gc: 'f64',
  metric: 'f64',
  digestHigh: 'u32',
  digestLow: 'u32',
} as const satisfies Record<keyof IterationColumns, ElementType>

export const markSchema = {
  kind: 'u8',
  name: 'u32',
  detail: 'u32',
  time: 'f64',
  duration: 'f64',
} as const satisfies Record<keyof MarkColumns, ElementType>

export const counterSchema = { time: 'f64', value: 'f64' } as const

export const frameSchema = {
  name: 'u32',
  file: 'u32',
  line: 'u32',
  column: 'u32',
  origin: 'u8',
} as const satisfies Record<keyof Samples['frames'], ElementType>

export const stackSchema = { parent: 'i32', frame: 'u32' } as const satisfies Record<
  keyof Samples['stacks'],
  ElementType
>

export const sampleSchema = { time: 'f64', stack: 'u32', weight: 'f64', line: 'u32', node: 'u32' } as const

/** A table with `length` rows of zeros. */
export function newTable<S extends Schema>(schema: S, length: number): Table<S> {
  const columns: Record<string, Column> = {}
  for (const [name, type] of Object.entries(schema)) columns[name] = new elementTypes[type](length)
  return columns as Table<S>
}

/** Number of rows of a table. */
function rowsOf(table: ColumnRecord): number {
  for (const name in table) return table[name]!.length
  return 0
}

/**
 * The table that `columns` hold under names that begin with `prefix`, or `undefined` where a column is missing, is of
 * another type or of another length than the rest.
 */
export function tableFrom<S extends Schema>(schema: S, columns: ColumnRecord, prefix = ''): Table<S> | undefined {
  const table: Record<string, Column> = {}
  let length = -1
  for (const [name, type] of Object.entries(schema)) {
    const column = columns[prefix + name]
    if (!(column instanceof elementTypes[type])) return undefined
    if (length >= 0 && column.length !== length) return undefined
    length = column.length
    table[name] = column
  }
  return table as Table<S>
}

/** One table with the rows of all `parts`, in order and in memory of its own. */
export function joinTables<S extends Schema>(schema: S, parts: ReadonlyArray<Table<S>>): Table<S> {
  let length = 0
  for (const part of parts) length += rowsOf(part as ColumnRecord)
  const whole = newTable(schema, length) as ColumnRecord
  let row = 0
  for (const part of parts as readonly ColumnRecord[]) {
    for (const name in whole) whole[name]!.set(part[name]!, row)
    row += rowsOf(part)
  }
  return whole as Table<S>
}
