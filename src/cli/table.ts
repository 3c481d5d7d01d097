import { pad, widthOf, wrap } from './text-width.ts'

export interface TableColumn {
  readonly title: string
  /** Numbers are aligned right. */
  readonly align?: 'left' | 'right'
}

/** How a table's title row looks. */
export interface TableStyle {
  readonly title: (text: string) => string
}

/**
 * Lines of a table with aligned columns, two spaces between them, the titles first. A column in which no row has
 * anything is left out. No rows give no lines.
 */
export function formatTable(
  columns: readonly TableColumn[],
  rows: ReadonlyArray<readonly string[]>,
  style: TableStyle = { title: (text) => text },
): string[] {
  if (rows.length === 0) return []
  const shown = columns
    .map((column, place) => ({ ...column, place }))
    .filter(({ place }) => rows.some((row) => row[place]))
  const widths = shown.map(({ title, place }) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[place] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, shown[index]?.align))
      .join('  ')
      .trimEnd()
  return [
    style.title(line(shown.map(({ title }) => title))),
    ...rows.map((row) => line(shown.map(({ place }) => row[place] ?? ''))),
  ]
}

/** Values longer than this go on on the next line. */
const longestValue = 96

/** Lines of `label  value` with aligned values, long ones wrapped; pairs without a value are left out. */
export function formatPairs(
  pairs: ReadonlyArray<readonly [label: string, value: string | undefined]>,
  style: TableStyle = { title: (text) => text },
): string[] {
  const shown = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined && pair[1] !== '')
  const width = Math.max(0, ...shown.map(([label]) => widthOf(label)))
  return shown.flatMap(([label, value]) =>
    wrap(value, longestValue).map((line, place) => `${style.title(pad(place === 0 ? label : '', width))}  ${line}`),
  )
}
