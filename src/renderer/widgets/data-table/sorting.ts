/** How a table is sorted: by which column, and which way. */
export interface Sort {
  /** Id of the column. */
  readonly column: string
  readonly descending: boolean
}

/** What a cell is sorted by; what has no value comes last, whichever way is sorted. */
export type SortValue = string | number | null | undefined

/** Above so many different texts they are sorted by their code units: a collator would take longer than a frame may. */
const mostCollated = 5000
const collator = new Intl.Collator('en', { numeric: true })

/**
 * The order of rows by a value of theirs: places of rows, first to last. Equal ones stay as they are. Numbers are compared
 * as numbers, all else as text.
 */
export function sortedOrder<Row>(
  rows: readonly Row[],
  sortValue: (row: Row) => SortValue,
  descending: boolean,
): Uint32Array {
  const values = rows.map(sortValue)
  const keys = values.every((value) => typeof value !== 'string') ? Float64Array.from(values, numberOf) : ranks(values)
  const way = descending ? -1 : 1
  return Uint32Array.from(rows.keys()).sort((a, b) => {
    const [left, right] = [keys[a]!, keys[b]!]
    if (left === right) return a - b
    if (Number.isNaN(left)) return Number.isNaN(right) ? a - b : 1
    if (Number.isNaN(right)) return -1
    return left < right ? -way : way
  })
}

/** A sort as it is remembered: `value`, or `-value` for descending. */
export function sortText({ column, descending }: Sort): string {
  return descending ? `-${column}` : column
}

/** What {@link sortText} was made from. */
export function sortFrom(text: string): Sort {
  return text.startsWith('-') ? { column: text.slice(1), descending: true } : { column: text, descending: false }
}

function numberOf(value: SortValue): number {
  return typeof value === 'number' ? value : Number.NaN
}

/** Texts as numbers of the same order, each different text compared once. */
function ranks(values: readonly SortValue[]): Float64Array {
  const texts = [...new Set(values.flatMap((value) => (value === null || value === undefined ? [] : [String(value)])))]
  if (texts.length <= mostCollated) texts.sort(collator.compare)
  else texts.sort()
  const places = new Map(texts.map((text, place) => [text, place]))
  return Float64Array.from(values, (value) => places.get(String(value)) ?? Number.NaN)
}
