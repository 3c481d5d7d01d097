// Not by name: on a Node that has no zstd the store must say so, not fail to load.
import zlib from 'node:zlib'
import { type Column, type ColumnRecord, decodeColumns, encodeColumns } from '../trace/index.ts'
import { type Prediction, packColumn, unpackColumn } from './column-packing.ts'

/** Some rows of one table of a trace, as one row of the database. */
export interface Chunk {
  /** Table of the trace: `spans`, `counters.0`, `samples.frames`, …; empty for what belongs to no table. */
  readonly part: string
  /** From 0 within its part. */
  readonly number: number
  readonly bytes: Uint8Array
}

const rowsPerChunk = 65_536
/** Level 3 makes spans 1 % smaller and takes a third longer. The checksum finds bytes that a disk has changed. */
const compression = {
  params: { [zlib.constants.ZSTD_c_compressionLevel]: 1, [zlib.constants.ZSTD_c_checksumFlag]: 1 },
}
/** Bytes of a chunk, decompressed: far beyond what any writer makes, and a bound for what damage can cost. */
const largestChunk = 2 ** 30
/** Columns that are near the row before: times that ascend, rows and numbers that count. */
const nearPrevious: ReadonlySet<string> = new Set(['start', 'time', 'index', 'parent', 'frame', 'line'])
/** Columns that are near the last row of the same kind: items count up while the calls between them do not. */
const nearKind: ReadonlySet<string> = new Set(['index', 'parent', 'name', 'detail'])

/** The columns of a trace as compressed chunks, made one at a time: a large trace is never twice in memory. */
export function* packTrace(columns: ColumnRecord): Generator<Chunk> {
  for (const [part, names] of partsOf(columns)) {
    const rows = columns[names[0]!]!.length
    // What belongs to no table is text, of any length, and stays whole.
    const step = part === '' ? Number.POSITIVE_INFINITY : rowsPerChunk
    for (let from = 0, number = 0; from < rows || number === 0; from += step, number++) {
      yield { part, number, bytes: packChunk(columns, part, names, from, from + step) }
    }
  }
}

/**
 * The columns that {@link packTrace} was given, from its chunks: parts in any order, in order within each. `undefined` where
 * a chunk is damaged or missing before another.
 */
export function unpackTrace(chunks: Iterable<Chunk>): ColumnRecord | undefined {
  const pieces = new Map<string, Column[]>()
  const expected = new Map<string, number>()
  for (const { part, number, bytes } of chunks) {
    if (number !== (expected.get(part) ?? 0)) return undefined
    expected.set(part, number + 1)
    const unpacked = unpackChunk(part, bytes)
    if (!unpacked) return undefined
    for (const [name, column] of Object.entries(unpacked)) {
      const list = pieces.get(name)
      if (list) list.push(column)
      else pieces.set(name, [column])
    }
  }
  return Object.fromEntries([...pieces].map(([name, list]) => [name, joinColumns(list)]))
}

function partsOf(columns: ColumnRecord): Map<string, string[]> {
  const parts = new Map<string, string[]>()
  for (const name in columns) {
    const part = name.slice(0, Math.max(0, name.lastIndexOf('.')))
    const names = parts.get(part)
    if (names) names.push(name)
    else parts.set(part, [name])
  }
  return parts
}

function packChunk(columns: ColumnRecord, part: string, names: readonly string[], from: number, to: number): Buffer {
  const kinds = kindsIn(columns, part)?.subarray(from, to)
  const packed: Record<string, Column> = {}
  for (const name of names) packed[name] = packColumn(columns[name]!.subarray(from, to), predictionFor(name, kinds))
  return zlib.zstdCompressSync(encodeColumns(packed), compression)
}

function unpackChunk(part: string, bytes: Uint8Array): ColumnRecord | undefined {
  const packed = decompress(bytes)
  if (!packed) return undefined
  const kinds = kindsIn(packed, part)
  const groups = kinds && unpackColumn(kinds)
  const columns: Record<string, Column> = {}
  for (const [name, body] of Object.entries(packed)) {
    if (!(body instanceof Uint8Array)) return undefined
    const column = unpackColumn(body, groups instanceof Uint8Array ? groups : undefined)
    if (!column) return undefined
    columns[name] = column
  }
  return columns
}

function kindsIn(columns: ColumnRecord, part: string): Uint8Array | undefined {
  const kinds = columns[`${part}.kind`]
  return kinds instanceof Uint8Array ? kinds : undefined
}

function predictionFor(name: string, kinds: Uint8Array | undefined): Prediction {
  const column = name.slice(name.lastIndexOf('.') + 1)
  if (kinds && nearKind.has(column)) return kinds
  return nearPrevious.has(column) ? 'previous' : 'none'
}

function decompress(bytes: Uint8Array): ColumnRecord | undefined {
  try {
    return decodeColumns(zlib.zstdDecompressSync(bytes, { maxOutputLength: largestChunk }))
  } catch {
    return undefined
  }
}

function joinColumns(list: readonly Column[]): Column {
  if (list.length === 1) return list[0]!
  const whole = new (list[0]!.constructor as new (length: number) => Column)(
    list.reduce((length, column) => length + column.length, 0),
  )
  let row = 0
  for (const column of list) {
    whole.set(column, row)
    row += column.length
  }
  return whole
}
