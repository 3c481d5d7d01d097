/** Nesting that a preview shows. */
const deepest = 6

/** Items of a list that a preview shows, at most. */
const mostItems = 50

class Full extends Error {}

/**
 * The beginning of a value as text for people, at most `limit` characters: `{ rows: [1, 2, … 998 more] }`. It looks only
 * at as much of the value as it shows, and never throws, whatever the value is.
 */
export function previewCanonical(value: unknown, limit: number): string {
  let text = ''
  const add = (piece: string) => {
    text += piece
    if (text.length > limit) throw new Full()
  }
  try {
    preview(value, add, 0, limit)
  } catch (thrown) {
    if (!(thrown instanceof Full)) return `${text.slice(0, Math.max(0, limit - 1))}…`
  }
  return text.length > limit ? `${text.slice(0, Math.max(0, limit - 1))}…` : text
}

function preview(value: unknown, add: (text: string) => void, depth: number, limit: number): void {
  const leaf = leafText(value, limit) ?? (depth >= deepest ? '…' : undefined)
  if (leaf !== undefined) {
    add(leaf)
    return
  }
  const inner = (part: unknown) => preview(part, add, depth + 1, limit)
  const { open, items, count, close, label } = listOf(value as object)
  const gap = open.endsWith('{') && count > 0 ? ' ' : ''
  add(open + gap)
  for (let index = 0; index < Math.min(count, mostItems); index++) {
    if (index > 0) add(', ')
    const item = items[index]
    if (label) {
      label(item, add, inner)
    } else {
      inner(item)
    }
  }
  if (count > mostItems) add(`, … ${count - mostItems} more`)
  add(gap + close)
}

/** The text of what has no parts to show. */
function leafText(value: unknown, limit: number): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, limit))
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
  if (value instanceof RegExp) return String(value)
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (value instanceof ArrayBuffer) return `ArrayBuffer of ${value.byteLength} bytes`
  return undefined
}

interface List {
  readonly open: string
  readonly items: ArrayLike<unknown>
  readonly count: number
  readonly close: string
  /** Shows an item that is more than a value: an entry of a Map, a property. */
  readonly label?: (item: unknown, add: (text: string) => void, inner: (part: unknown) => void) => void
}

function listOf(value: object): List {
  if (Array.isArray(value)) return { open: '[', items: value, count: value.length, close: ']' }
  if (ArrayBuffer.isView(value) && 'length' in value) {
    const items = value as unknown as ArrayLike<unknown>
    return { open: `${value.constructor.name} [`, items, count: items.length, close: ']' }
  }
  if (value instanceof Set) return { open: 'Set {', items: takeFirst(value), count: value.size, close: '}' }
  if (value instanceof Map) {
    return { open: 'Map {', items: takeFirst(value), count: value.size, close: '}', label: showEntry }
  }
  const keys = Object.keys(value)
  const label: List['label'] = (key, add, inner) => {
    add(`${/^[\w$]+$/.test(String(key)) ? String(key) : JSON.stringify(key)}: `)
    inner(Reflect.get(value, String(key)))
  }
  return { open: '{', items: keys, count: keys.length, close: '}', label }
}

const showEntry: NonNullable<List['label']> = (entry, add, inner) => {
  const [key, value] = entry as [unknown, unknown]
  inner(key)
  add(' => ')
  inner(value)
}

function takeFirst(values: Iterable<unknown>): unknown[] {
  const first: unknown[] = []
  for (const value of values) {
    if (first.length === mostItems) break
    first.push(value)
  }
  return first
}
