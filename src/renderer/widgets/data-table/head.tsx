// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not there, which a table element cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and says which row is active
import type { KeyboardEvent, PointerEvent } from 'react'
import { type Column, isSortable } from './column.ts'
import type { Sort } from './sorting.ts'

interface HeadProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly sort: Sort | null
  readonly onSort: (column: Column<Row>) => void
  /** Told while a column is resized; `undefined` takes it back to its own width. */
  readonly onResize: (id: string, width: number | undefined) => void
}

/** The titles, which stay in sight: each sorts by its column, and can be made wider by its edge or Shift and an arrow. */
export function TableHead<Row>({ columns, sort, onSort, onResize }: HeadProps<Row>) {
  return (
    <div role="rowgroup" className="data-table-head">
      <div role="row" className="data-table-row data-table-titles" aria-rowindex={1}>
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            className={column.align === 'number' ? 'data-table-title number' : 'data-table-title'}
            aria-sort={sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined}
            title={column.meaning}
          >
            <Title column={column} sort={sort} onSort={onSort} onResize={onResize} />
            <span
              className="data-table-edge"
              aria-hidden="true"
              onPointerDown={(event) => followEdge(event, column.id, onResize)}
              onDoubleClick={() => onResize(column.id, undefined)}
            />
          </div>
        ))}
      </div>
    </div>
  )
}

function Title<Row>({ column, sort, onSort, onResize }: Omit<HeadProps<Row>, 'columns'> & { column: Column<Row> }) {
  const { id, title, unit, meaning } = column
  const text = (
    <>
      {title || <span className="visually-hidden">{meaning}</span>}
      {unit && <span className="data-table-unit"> {unit}</span>}
    </>
  )
  if (!isSortable(column)) return <span className="data-table-title-text">{text}</span>
  const resize = (event: KeyboardEvent<HTMLButtonElement>) => {
    const step = event.shiftKey ? ({ ArrowLeft: -16, ArrowRight: 16 }[event.key] ?? 0) : 0
    if (step === 0) return
    event.preventDefault()
    onResize(id, widthAround(event.currentTarget) + step)
  }
  const mark = sort?.column === id ? (sort.descending ? '▾' : '▴') : ''
  return (
    <button type="button" className="data-table-title-text" onClick={() => onSort(column)} onKeyDown={resize}>
      {text}
      <span className="data-table-mark" aria-hidden="true">
        {mark}
      </span>
    </button>
  )
}

/** Resizes a column with the pointer until it is let go. */
function followEdge(
  event: PointerEvent<HTMLSpanElement>,
  id: string,
  onResize: (id: string, width: number | undefined) => void,
): void {
  const edge = event.currentTarget
  const start = event.clientX
  const width = widthAround(edge)
  const move = ({ clientX }: globalThis.PointerEvent) => onResize(id, width + clientX - start)
  edge.setPointerCapture(event.pointerId)
  edge.addEventListener('pointermove', move)
  edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true })
  event.preventDefault()
}

function widthAround(element: HTMLElement): number {
  return element.closest<HTMLElement>('[role=columnheader]')?.offsetWidth ?? 0
}
