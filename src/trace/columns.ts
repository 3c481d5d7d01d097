import { type Column, type ColumnRecord, elementTypes } from './schema.ts'

/*
 * Bytes of a record of columns, little-endian:
 *
 *   u32 number of columns
 *   per column: u8 type, u8 length of the name in bytes, u32 number of elements, the name in UTF-8
 *   zeros up to a multiple of 8
 *   per column: its elements, then zeros up to a multiple of 8
 *
 * Elements are copied as they lie in memory: every machine that Strobe runs on is little-endian.
 */

const types = Object.values(elementTypes)
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })
const names = new Map<string, Uint8Array>()

/** Where everything of a record goes when it is encoded: made once, so that the size is known before the copy. */
export interface ColumnsLayout {
  readonly byteLength: number
  readonly dataOffset: number
}

/** Size of {@link writeColumns} for `columns`, where each column has as many elements as it holds. */
export function layoutColumns(columns: ColumnRecord): ColumnsLayout {
  let head = 4
  let data = 0
  for (const name in columns) {
    head += 6 + nameBytes(name).length
    data += roundUp(columns[name]!.byteLength)
  }
  const dataOffset = roundUp(head)
  return { byteLength: dataOffset + data, dataOffset }
}

/** Writes `columns` into `target` from `offset`: one copy of each column's memory. `target` must be zero there. */
export function writeColumns(columns: ColumnRecord, layout: ColumnsLayout, target: Uint8Array, offset: number): void {
  const view = new DataView(target.buffer, target.byteOffset)
  let head = offset
  let data = offset + layout.dataOffset
  let count = 0
  for (const name in columns) {
    const column = columns[name]!
    const text = nameBytes(name)
    if (head === offset) head += 4
    view.setUint8(head, typeNumber(column))
    view.setUint8(head + 1, text.length)
    view.setUint32(head + 2, column.length, true)
    target.set(text, head + 6)
    target.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), data)
    head += 6 + text.length
    data += roundUp(column.byteLength)
    count++
  }
  view.setUint32(offset, count, true)
}

/** Encodes a record of columns into bytes that say themselves what they hold. Names have at most 255 bytes. */
export function encodeColumns(columns: ColumnRecord): Uint8Array<ArrayBuffer> {
  const layout = layoutColumns(columns)
  const bytes = new Uint8Array(layout.byteLength)
  writeColumns(columns, layout, bytes, 0)
  return bytes
}

/**
 * Decodes what {@link encodeColumns} made, or gives `undefined` for any other bytes. Columns are views onto `bytes` where
 * its alignment allows and copies elsewhere, so nothing is allocated that the input does not hold: do not write to them.
 */
export function decodeColumns(bytes: Uint8Array): ColumnRecord | undefined {
  if (bytes.byteLength < 4) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint32(0, true)
  const entries: { name: string; type: (typeof types)[number]; length: number }[] = []
  let head = 4
  for (let number = 0; number < count; number++) {
    if (head + 6 > bytes.byteLength) return undefined
    const type = types[view.getUint8(head)]
    const end = head + 6 + view.getUint8(head + 1)
    if (!type || end > bytes.byteLength) return undefined
    const name = decodeName(bytes.subarray(head + 6, end))
    if (name === undefined) return undefined
    entries.push({ name, type, length: view.getUint32(head + 2, true) })
    head = end
  }
  const columns: Record<string, Column> = Object.create(null)
  let offset = roundUp(head)
  for (const { name, type, length } of entries) {
    const byteLength = length * type.BYTES_PER_ELEMENT
    if (offset + byteLength > bytes.byteLength || name in columns) return undefined
    const at = bytes.byteOffset + offset
    columns[name] =
      at % type.BYTES_PER_ELEMENT === 0
        ? new type(bytes.buffer as ArrayBuffer, at, length)
        : new type(copyOf(bytes.subarray(offset, offset + byteLength)).buffer)
    offset += roundUp(byteLength)
  }
  return columns
}

function typeNumber(column: Column): number {
  const number = types.findIndex((type) => column instanceof type)
  if (number < 0) throw new TypeError('A column must be a Uint8Array, Uint32Array, Int32Array or Float64Array.')
  return number
}

function nameBytes(name: string): Uint8Array {
  let bytes = names.get(name)
  if (!bytes) {
    bytes = encoder.encode(name)
    if (bytes.length > 255) throw new RangeError(`The column name ${JSON.stringify(name)} is longer than 255 bytes.`)
    if (names.size < 1000) names.set(name, bytes)
  }
  return bytes
}

function decodeName(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** The same bytes in memory of their own. (`slice` would not do: a Node `Buffer`'s gives a view.) */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

function roundUp(size: number): number {
  return Math.ceil(size / 8) * 8
}
