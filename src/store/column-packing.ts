import { type Column, type ElementType, elementTypes } from '../trace/index.ts'

/*
 * One column, packed so that zstd finds little left to say:
 *
 *   u8 element type, u8 form, u8 number of byte planes, u8 zero, u32 number of elements, f64 base, byte planes
 *
 * Forms:
 * - `constant`: all elements are the base; no planes.
 * - `bytes`: one plane, the elements as they are (columns of u8).
 * - `values`: whole numbers; plane p holds byte p of the zigzagged element minus the base.
 * - `deltas`: whole numbers; the same of each element minus the one before it, which for the first is the base.
 * - `group-deltas`: whole numbers; the same of each element minus the one before it in its group, the first of each minus the base.
 * - `words`: any numbers; plane p holds byte p of the element's 8 bytes.
 *
 * Zigzag maps 0, −1, 1, −2, … to 0, 1, 2, 3, …; planes that would be all zeros are left out.
 */

const forms = ['constant', 'bytes', 'values', 'deltas', 'words', 'group-deltas'] as const
const typeNames = Object.keys(elementTypes) as ElementType[]
const headerLength = 16
/** Whole numbers beyond this, doubled and with a sign, would not be exact in a double. */
const largestWhole = 2 ** 51
const word = 2 ** 32

/**
 * What foretells an element: nothing, the element before it, or, given the group of each row, the last one of its group.
 * It is a hint for the size; any column survives with any of them.
 */
export type Prediction = 'none' | 'previous' | Uint8Array

/** Memory to work in, kept between columns: making half a megabyte for each costs more than filling it. */
let scratch = new Float64Array(0)

/** The elements as doubles, in memory that the next call uses again: packing is synchronous. */
function numbersOf(column: Column): Float64Array {
  if (scratch.length < column.length) scratch = new Float64Array(column.length)
  const numbers = scratch.subarray(0, column.length)
  numbers.set(column)
  return numbers
}

/** Packs a column. A prediction by groups must be given again to unpack it. */
export function packColumn(column: Column, prediction: Prediction): Uint8Array {
  const type = typeNames.findIndex((name) => column instanceof elementTypes[name])
  if (column instanceof Uint8Array) return packBytes(column, type)
  // One type of array from here on, so that each loop stays fast for all columns.
  const numbers = numbersOf(column)
  if (isConstant(numbers)) return newPacked(type, 'constant', 0, numbers.length, numbers[0] ?? 0)
  return column instanceof Float64Array && !isWhole(numbers)
    ? packWords(column, type)
    : packWhole(numbers, type, prediction)
}

function packBytes(column: Uint8Array, type: number): Uint8Array {
  if (column.length <= longestConstant && isOneByte(column)) {
    return newPacked(type, 'constant', 0, column.length, column[0] ?? 0)
  }
  const packed = newPacked(type, 'bytes', 1, column.length, 0)
  packed.set(column, headerLength)
  return packed
}

function packWords(column: Float64Array, type: number): Uint8Array {
  const packed = newPacked(type, 'words', 8, column.length, 0)
  splitBytes(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), 8, packed.subarray(headerLength))
  return packed
}

/** Packs whole numbers; overwrites them. */
function packWhole(numbers: Float64Array, type: number, prediction: Prediction): Uint8Array {
  const count = numbers.length
  const base = prediction === 'none' ? 0 : numbers[0]!
  if (prediction === 'previous') takeDeltas(numbers)
  else if (prediction !== 'none') takeGroupDeltas(numbers, prediction, base)
  const planes = bytesOf(zigzag(numbers))
  const form = prediction === 'none' ? 'values' : prediction === 'previous' ? 'deltas' : 'group-deltas'
  const packed = newPacked(type, form, planes, count, base)
  splitPlanes(numbers, planes, packed.subarray(headerLength))
  return packed
}

/** The header, and room for the planes: not zeroed, every byte of it is written. */
function newPacked(
  type: number,
  form: (typeof forms)[number],
  planes: number,
  count: number,
  base: number,
): Uint8Array {
  const buffer = Buffer.allocUnsafe(headerLength + planes * count)
  buffer[0] = type
  buffer[1] = forms.indexOf(form)
  buffer[2] = planes
  buffer[3] = 0
  buffer.writeUInt32LE(count, 4)
  buffer.writeDoubleLE(base, 8)
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

/** The column that {@link packColumn} packed, or `undefined` where the bytes are none or the groups are not its own. */
export function unpackColumn(packed: Uint8Array, groups?: Uint8Array): Column | undefined {
  if (packed.length < headerLength) return undefined
  const head = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const type = typeNames[head.getUint8(0)]
  const form = forms[head.getUint8(1)]
  const planes = head.getUint8(2)
  const count = head.getUint32(4, true)
  const base = head.getFloat64(8, true)
  const body = packed.subarray(headerLength)
  if (!type || !form || planes > 8 || body.length !== planes * count) return undefined
  switch (form) {
    case 'constant':
      return planes === 0 && count <= longestConstant ? new elementTypes[type](count).fill(base) : undefined
    case 'bytes':
      return planes === 1 && type === 'u8' ? Uint8Array.from(body) : undefined
    case 'words':
      return planes === 8 && type === 'f64' ? joinBytes(body, count) : undefined
    case 'values':
    case 'deltas':
    case 'group-deltas': {
      // Without planes nothing would bound the number of elements.
      if (planes === 0) return undefined
      const numbers = joinPlanes(body, planes, count)
      if (form === 'deltas') sumDeltas(numbers, base)
      if (form === 'group-deltas') {
        if (groups?.length !== count) return undefined
        sumGroupDeltas(numbers, groups, base)
      }
      return type === 'f64' ? numbers : elementTypes[type].from(numbers)
    }
  }
}

/** A longer constant column is packed as any other: few damaged bytes must not make a reader allocate without end. */
const longestConstant = 65_536

function isOneByte(column: Uint8Array): boolean {
  for (let row = 1; row < column.length; row++) if (column[row] !== column[0]) return false
  return true
}

function isConstant(numbers: Float64Array): boolean {
  if (numbers.length > longestConstant) return false
  const first = numbers[0]!
  for (let row = 1; row < numbers.length; row++) if (!Object.is(numbers[row], first)) return false
  return true
}

function isWhole(numbers: Float64Array): boolean {
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row]!
    if (Math.floor(value) !== value || value > largestWhole || value < -largestWhole) return false
    if (value === 0 && 1 / value < 0) return false
  }
  return true
}

/** The first becomes 0: its value is the base. Differences of whole numbers of this size are exact. */
function takeDeltas(numbers: Float64Array): void {
  for (let row = numbers.length - 1; row > 0; row--) numbers[row] = numbers[row]! - numbers[row - 1]!
  numbers[0] = 0
}

function sumDeltas(numbers: Float64Array, base: number): void {
  let sum = base
  for (let row = 0; row < numbers.length; row++) {
    sum += numbers[row]!
    numbers[row] = sum
  }
}

function takeGroupDeltas(numbers: Float64Array, groups: Uint8Array, base: number): void {
  const last = new Float64Array(256).fill(base)
  for (let row = 0; row < numbers.length; row++) {
    const group = groups[row]!
    const value = numbers[row]!
    numbers[row] = value - last[group]!
    last[group] = value
  }
}

function sumGroupDeltas(numbers: Float64Array, groups: Uint8Array, base: number): void {
  const last = new Float64Array(256).fill(base)
  for (let row = 0; row < numbers.length; row++) {
    const group = groups[row]!
    numbers[row] = last[group]! + numbers[row]!
    last[group] = numbers[row]!
  }
}

/** Zigzags in place, and returns the largest. */
function zigzag(numbers: Float64Array): number {
  let largest = 0
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row]!
    const code = value < 0 ? -2 * value - 1 : 2 * value
    if (code > largest) largest = code
    numbers[row] = code
  }
  return largest
}

/** How many bytes a whole number takes, at least one. */
function bytesOf(largest: number): number {
  let bytes = 1
  while (largest >= 256 ** bytes) bytes++
  return bytes
}

/** One loop for all planes, and not one each: V8 copies small loops into their caller, where they stay half as fast for long. */
function splitPlanes(codes: Float64Array, planes: number, target: Uint8Array): void {
  const count = codes.length
  for (let row = 0; row < count; row++) {
    const code = codes[row]!
    const low = code >>> 0
    target[row] = low
    if (planes === 1) continue
    target[row + count] = low >>> 8
    if (planes === 2) continue
    target[row + 2 * count] = low >>> 16
    if (planes === 3) continue
    target[row + 3 * count] = low >>> 24
    if (planes === 4) continue
    const high = (code - low) / word
    for (let plane = 4; plane < planes; plane++) target[row + plane * count] = high >>> (8 * (plane - 4))
  }
}

function joinPlanes(body: Uint8Array, planes: number, count: number): Float64Array {
  const low = joinWord(body, 0, Math.min(planes, 4), count)
  const high = planes > 4 ? joinWord(body, 4, planes, count) : undefined
  const numbers = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const code = low[row]! + (high ? high[row]! * word : 0)
    numbers[row] = (low[row]! & 1) === 0 ? code / 2 : -(code + 1) / 2
  }
  return numbers
}

function joinWord(body: Uint8Array, from: number, to: number, count: number): Uint32Array {
  const words = new Uint32Array(count)
  for (let plane = from; plane < to; plane++) {
    const shift = (plane - from) * 8
    const offset = plane * count
    for (let row = 0; row < count; row++) words[row] = words[row]! | (body[offset + row]! << shift)
  }
  return words
}

function splitBytes(bytes: Uint8Array, size: number, target: Uint8Array): void {
  const count = bytes.length / size
  for (let plane = 0; plane < size; plane++) {
    for (let row = 0; row < count; row++) target[plane * count + row] = bytes[row * size + plane]!
  }
}

function joinBytes(body: Uint8Array, count: number): Float64Array {
  const bytes = new Uint8Array(body.length)
  for (let plane = 0; plane < 8; plane++) {
    for (let row = 0; row < count; row++) bytes[row * 8 + plane] = body[plane * count + row]!
  }
  return new Float64Array(bytes.buffer)
}
