// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not there, which a table element cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and says which row is active
import { memo } from 'react'
import type { Column } from './column.ts'

interface RowProps<Row> {
  readonly id: string
  readonly row: Row | undefined
  readonly index: number
  /** Pixels from the top of the body. */
  readonly start: number
  readonly columns: readonly Column<Row>[]
  readonly selected: boolean
  readonly active: boolean
  readonly onPress: (index: number, times: number) => void
}

function PlainRow<Row>({ id, row, index, start, columns, selected, active, onPress }: RowProps<Row>) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the focus and takes the keys
    <div
      id={id}
      role="row"
      tabIndex={-1}
      className="data-table-row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-active={active || undefined}
      data-odd={index % 2 === 1 || undefined}
      style={{ transform: `translateY(${start}px)` }}
      onClick={(event) => onPress(index, event.detail)}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={column.align === 'number' ? 'data-table-cell number' : 'data-table-cell'}
          title={row === undefined ? undefined : column.hint?.(row)}
        >
          {row === undefined ? <span className="data-table-placeholder" /> : column.render(row, index)}
        </div>
      ))}
    </div>
  )
}

/** One row. It is drawn again only where something of it changed, so that scrolling costs what comes into sight. */
export const TableRow = memo(PlainRow) as typeof PlainRow
