/** Anything JSON can hold. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain }

const deepest = 12
const longestList = 1000

/**
 * A user's value as plain data, whatever it is: what JSON has no word for becomes text or `null`, lists end after 1000 entries,
 * what nests deeper than 12 levels (or into itself) becomes `…`. Never throws on getters either: what cannot be read is `null`.
 */
export function toPlain(value: unknown, depth = 0): Plain {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object') return null
  if (depth >= deepest) return '…'
  try {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return Array.from((value as Float64Array).subarray(0, longestList), (item) => toPlain(item, depth + 1))
    }
    if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
      return [...value].slice(0, longestList).map((item) => toPlain(item, depth + 1))
    }
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function')
    return Object.fromEntries(entries.slice(0, longestList).map(([key, item]) => [key, toPlain(item, depth + 1)]))
  } catch {
    return null
  }
}

/** An object of the user's as plain data. */
export function toPlainObject(value: Readonly<Record<string, unknown>>): { readonly [key: string]: Plain } {
  const plain = toPlain(value)
  return plain !== null && typeof plain === 'object' && !Array.isArray(plain)
    ? (plain as { readonly [key: string]: Plain })
    : {}
}

/** A patch as plain data. */
export function toPlainPatch(
  patch: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Readonly<Record<string, Readonly<Record<string, Plain>>>> {
  return Object.fromEntries(Object.entries(patch).map(([address, knobs]) => [address, toPlainObject(knobs)]))
}
