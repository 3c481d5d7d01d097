import { decodeBase64, encodeBase64 } from './base64.ts'

/*
 * JSON that keeps what JSON loses: `{ "$f64": "<base64>" }` is a Float64Array, `{ "$number": "NaN" }` a number that JSON
 * has no word for, `{ "$bigint": "12" }` a bigint. A key of the caller's own that begins with `$` gets a second one.
 */

/** A document as text: JSON in which Float64Arrays, non-finite numbers and bigints survive. Throws where it is cyclic. */
export function stringifyDocument(document: unknown): string {
  return JSON.stringify(document, (_key, value: unknown) => {
    if (typeof value === 'number') return Number.isFinite(value) ? value : { $number: String(value) }
    if (typeof value === 'bigint') return { $bigint: String(value) }
    if (value instanceof Float64Array) {
      return { $f64: encodeBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) }
    }
    return isPlainObject(value) && Object.keys(value).some((key) => key.startsWith('$'))
      ? mapKeys(value, (key) => (key.startsWith('$') ? `$${key}` : key))
      : value
  })
}

/** What {@link stringifyDocument} was given, or `undefined` where the text is no such document. */
export function parseDocument(text: string): unknown {
  try {
    // A reviver costs several times the parsing, and most documents hold nothing for it.
    return text.includes('"$') ? JSON.parse(text, (_key, value: unknown) => revive(value)) : JSON.parse(text)
  } catch {
    return undefined
  }
}

function revive(value: unknown): unknown {
  if (!isPlainObject(value)) return value
  const keys = Object.keys(value)
  if (keys.length === 1 && typeof value[keys[0]!] === 'string') {
    const text = value[keys[0]!] as string
    if (keys[0] === '$number') return Number(text)
    if (keys[0] === '$bigint') return BigInt(text)
    if (keys[0] === '$f64') return floatsFrom(text)
  }
  return keys.some((key) => key.startsWith('$$'))
    ? mapKeys(value, (key) => (key.startsWith('$$') ? key.slice(1) : key))
    : value
}

function floatsFrom(text: string): Float64Array {
  const bytes = decodeBase64(text)
  if (!bytes || bytes.length % 8 !== 0) throw new SyntaxError('These are not the bytes of a Float64Array.')
  return new Float64Array(bytes.buffer)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mapKeys(value: Record<string, unknown>, rename: (key: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [rename(key), part]))
}
