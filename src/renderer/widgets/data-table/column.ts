import type { ReactNode } from 'react'
import type { SortValue } from './sorting.ts'

/** A column of a table. */
export interface Column<Row> {
  readonly id: string
  /** May be empty where the cells need none (ticks, buttons); then `meaning` is what is heard. */
  readonly title: string
  /** Stands behind the title, smaller: `ms`. Cells that carry their own unit leave it out. */
  readonly unit?: string
  /** What the column means, shown where the pointer rests on its title. */
  readonly meaning?: string
  /** `number`: set flush right. */
  readonly align?: 'number'
  /** Pixels; the least where it grows. */
  readonly width: number
  /** Its part of the room that is left over; where no column grows, the first does. */
  readonly grow?: number
  /** Whether it can be sorted by. Default: whether it has a `value`. */
  readonly sortable?: boolean
  /** The cell. */
  readonly render: (row: Row, index: number) => ReactNode
  /** What it is sorted by. */
  readonly value?: (row: Row) => SortValue
  /** The cell in full, shown where the pointer rests on it. */
  readonly hint?: (row: Row) => string | undefined
}

/** Whether a column's title is a button that sorts. */
export function isSortable<Row>({ sortable, value }: Column<Row>): boolean {
  return sortable ?? value !== undefined
}

const narrowest = 40

/** Columns of the grid and their least width together in pixels; `widths` are those that the user set. */
export function layOutColumns<Row>(
  columns: readonly Column<Row>[],
  widths: Readonly<Record<string, number>>,
): { readonly template: string; readonly least: number } {
  const grows = columns.some(({ grow }) => grow)
  const sizes = columns.map(({ id, width, grow }, place) => ({
    width: Math.max(narrowest, Math.round(widths[id] ?? width)),
    grow: grow ?? (!grows && place === 0 ? 1 : 0),
  }))
  return {
    template: sizes.map(({ width, grow }) => (grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`)).join(' '),
    least: sizes.reduce((sum, { width }) => sum + width, 0),
  }
}
