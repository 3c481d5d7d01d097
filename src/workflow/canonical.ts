import {
  bytesOf,
  type CanonicalOutput,
  type CanonicalRefusal,
  formatCanonicalNumber,
  type NumberArray,
  textOutput,
  walkCanonical,
} from './canonical-walk.ts'

export type { CanonicalRefusal } from './canonical-walk.ts'

/** Takes the canonical form of a value piece by piece, to be hashed or counted. Bytes are valid only during the call. */
export interface CanonicalSink {
  text(text: string): void
  bytes(bytes: Uint8Array): void
}

/** Text is handed on in pieces of about this many characters. */
const pieceLength = 8192

/**
 * Writes the canonical form of a value: equal values give the same sequence of text and bytes, in whatever order their
 * keys were made, and different values different ones. Long arrays of numbers and typed arrays go out as bytes (in the
 * machine's byte order), each NaN as the same one. A value without a canonical form is returned as a refusal, with its
 * path; what was written until then means nothing. What the sink throws comes through.
 */
export function writeCanonical(value: unknown, sink: CanonicalSink, root = 'result'): CanonicalRefusal | undefined {
  let pending = ''
  const flush = () => {
    if (pending !== '') sink.text(pending)
    pending = ''
  }
  const text = (piece: string) => {
    pending += piece
    if (pending.length >= pieceLength) flush()
  }
  const bytes = (piece: Uint8Array) => {
    flush()
    sink.bytes(piece)
  }
  const refusal = walkCanonical(
    value,
    {
      text,
      bytes,
      number: (number) => text(formatCanonicalNumber(number)),
      numbers: (values) => bytes(bytesOf(withOneNaN(values))),
    },
    root,
  )
  if (!refusal) flush()
  return refusal
}

/** A value without its numbers, and the numbers by themselves, so that results can be compared within a tolerance. */
export interface CanonicalShape {
  /** The canonical text with `#` in place of every number; empty where the value was refused. */
  readonly shape: string
  /** The numbers in the order of the text. */
  readonly numbers: Float64Array
  readonly refusal?: CanonicalRefusal
}

/**
 * Parts the canonical form of a value into shape and numbers. Dates and bigints belong to the shape. Of Maps and Sets,
 * numbers that are nearly equal may change their order; their other elements do not.
 */
export function canonicalShape(value: unknown, root = 'result'): CanonicalShape {
  const parts: string[] = []
  let numbers = new Float64Array(1024)
  let count = 0
  const reserve = (more: number) => {
    if (count + more <= numbers.length) return
    const grown = new Float64Array(Math.max(numbers.length * 2, count + more))
    grown.set(numbers)
    numbers = grown
  }
  const output: CanonicalOutput = {
    ...textOutput(parts),
    number(number) {
      reserve(1)
      numbers[count++] = number
      parts.push('#')
    },
    numbers(values) {
      reserve(values.length)
      numbers.set(values, count)
      count += values.length
      parts.push('#')
    },
  }
  const refusal = walkCanonical(value, output, root)
  if (refusal) return { shape: '', numbers: new Float64Array(0), refusal }
  return { shape: parts.join(''), numbers: numbers.slice(0, count) }
}

/** A result as far as it is kept for comparison. */
export interface ComparableResult {
  /** Digest of the canonical form. Equal digests are equal results. */
  readonly digest?: string
  /** The shape, or a digest of it. */
  readonly shape: string
  readonly numbers?: ArrayLike<number>
}

/**
 * Whether two results are the same: equal digests or, with a tolerance above 0, equal shapes and numbers of which each
 * pair holds |x − y| ≤ tolerance · max(1, |x|, |y|). NaN agrees with NaN, an infinity with itself. Without digests and
 * tolerance, the numbers must be equal.
 */
export function resultsAgree(a: ComparableResult, b: ComparableResult, tolerance = 0): boolean {
  if (a.digest !== undefined && b.digest !== undefined) {
    if (a.digest === b.digest) return true
    if (tolerance === 0) return false
  }
  if (a.shape !== b.shape || !a.numbers || !b.numbers || a.numbers.length !== b.numbers.length) return false
  for (let index = 0; index < a.numbers.length; index++) {
    if (!numbersAgree(a.numbers[index]!, b.numbers[index]!, tolerance)) return false
  }
  return true
}

function numbersAgree(x: number, y: number, tolerance: number): boolean {
  if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return true
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false
  return Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(x), Math.abs(y))
}

/** NaN has many bit patterns, and which one an operation gives depends on the machine: each becomes the same one. */
function withOneNaN(values: NumberArray): NumberArray {
  let copy: Float64Array | Float32Array | undefined
  for (let index = 0; index < values.length; index++) {
    if (!Number.isNaN(values[index]!)) continue
    copy ??= (values as Float64Array).slice()
    copy[index] = Number.NaN
  }
  return copy ?? values
}
