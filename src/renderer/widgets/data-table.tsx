// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not there, which a table element cannot say
import './data-table.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { choose, preferencesStore, rememberWidth } from '../state/preferences.ts'
import { type Column, layOutColumns } from './data-table/column.ts'
import { TableHead } from './data-table/head.tsx'
import { TableRow } from './data-table/row.tsx'
import { type Sort, sortedOrder, sortFrom, sortText } from './data-table/sorting.ts'

export type { Column } from './data-table/column.ts'
export type { Sort } from './data-table/sorting.ts'

/** All rows: the table sorts them itself. Keep the array the same while its content is. */
interface AllRows<Row> {
  readonly rows: readonly Row[]
}

/** Rows that come page by page: whoever fetches them sorts them. `undefined` is a row that is not there yet. */
interface FetchedRows<Row> {
  readonly count: number
  readonly rowAt: (index: number) => Row | undefined
  /** Told which rows are in sight, both included. */
  readonly onVisible?: (first: number, last: number) => void
  readonly sort?: Sort | null
  readonly onSort?: (sort: Sort) => void
}

interface TableProps<Row> {
  /** Under this name the sort order and the widths of the columns are remembered. */
  readonly name: string
  /** What the table holds, for whoever hears it. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row, index: number) => string
  /** Key of the selected row. */
  readonly selected?: string | null | undefined
  /** A click, or the arrow keys. */
  readonly onSelect?: (row: Row, index: number) => void
  /** A double click or Enter; where nothing selects, a click. */
  readonly onOpen?: (row: Row, index: number) => void
  /** Until the user sorts. */
  readonly defaultSort?: Sort
  /** What is said where there are no rows: one sentence, perhaps an action. */
  readonly emptyText: ReactNode
  readonly footer?: ReactNode
}

export type DataTableProps<Row> = TableProps<Row> & (AllRows<Row> | FetchedRows<Row>)

/** Pixels; `--row` in the tokens. */
const rowHeight = 28

/**
 * A table of any length: only rows in sight are there. It fills its place and scrolls in it. The arrow keys, Home, End and
 * the page keys move in it, Enter opens, titles sort.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, label, columns, keyOf, selected, onSelect, onOpen, emptyText, footer } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  const widths = useStore(preferencesStore, (preferences) => preferences.widths[name]) ?? noWidths
  const { count, rowAt, sort, sortBy } = useSortedRows(props)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    useFlushSync: false,
  })
  const items = virtual.getVirtualItems()
  const onVisible = 'onVisible' in props ? props.onVisible : undefined
  const [first, last] = [items[0]?.index, items.at(-1)?.index]
  useEffect(() => {
    if (first !== undefined && last !== undefined) onVisible?.(first, last)
  }, [first, last, onVisible])
  useShownSelection({ selected, count, rowAt, keyOf, show: (index) => virtual.scrollToIndex(index), setActive })

  // The handlers change with every drawing of the owner; rows must not, so that they reach them through a box.
  const handlers = useRef({ rowAt, onSelect, onOpen })
  handlers.current = { rowAt, onSelect, onOpen }
  const press = useCallback((index: number, times: number) => {
    const { rowAt, onSelect, onOpen } = handlers.current
    const row = rowAt(index)
    setActive(index)
    if (row === undefined) return
    if (onOpen && (times === 2 || !onSelect)) onOpen(row, index)
    else onSelect?.(row, index)
  }, [])

  const goTo = (index: number) => {
    const target = Math.max(0, Math.min(count - 1, index))
    setActive(target)
    virtual.scrollToIndex(target)
    const row = rowAt(target)
    if (row !== undefined) onSelect?.(row, target)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // A link or button inside a cell has its own keys; a row that was clicked passes them on.
    const target = event.target as HTMLElement
    if ((target !== event.currentTarget && target.role !== 'row') || event.ctrlKey || event.metaKey || event.altKey) {
      return
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active < 0 ? 0 : active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: count - 1,
    }
    const step = steps[event.key]
    if (count === 0 || (step === undefined && event.key !== 'Enter')) return
    event.preventDefault()
    if (step !== undefined) return goTo(step)
    const row = rowAt(active)
    if (row !== undefined) (onOpen ?? onSelect)?.(row, active)
  }

  const { template, least } = useMemo(() => layOutColumns(columns, widths), [columns, widths])
  const activeIsThere = items.some(({ index }) => index === active)
  return (
    <div className="data-table">
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        className="data-table-scroller"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-activedescendant={activeIsThere ? `${id}-${active}` : undefined}
        data-opens={(onOpen ?? onSelect) !== undefined || undefined}
        style={{ '--data-table-columns': template, '--data-table-least': `${least}px` } as React.CSSProperties}
        onKeyDown={onKeyDown}
      >
        <TableHead
          columns={columns}
          sort={sort}
          onSort={sortBy}
          onResize={(column, width) => rememberWidth(name, column, width)}
        />
        <div role="rowgroup" className="data-table-body" style={{ blockSize: count * rowHeight }}>
          {items.map(({ index, start }) => {
            const row = rowAt(index)
            const key = row === undefined ? undefined : keyOf(row, index)
            return (
              <TableRow
                key={index}
                id={`${id}-${index}`}
                row={row}
                index={index}
                start={start - rowHeight}
                columns={columns}
                selected={key !== undefined && key === selected}
                active={index === active}
                onPress={press}
              />
            )
          })}
        </div>
        {count === 0 && <div className="data-table-empty">{emptyText}</div>}
      </div>
      {footer && <div className="data-table-footer">{footer}</div>}
    </div>
  )
}

const noWidths: Readonly<Record<string, number>> = {}

/** The rows in the order that was chosen last, or in that of whoever fetches them. */
function useSortedRows<Row>(props: DataTableProps<Row>) {
  const { name, columns, defaultSort } = props
  const remembered = useStore(preferencesStore, ({ choices }) => choices[`${name}.sort`])
  const own = remembered === undefined ? (defaultSort ?? null) : sortFrom(remembered)
  const fetched = 'rowAt' in props ? props : undefined
  const sort = fetched ? (fetched.sort ?? null) : own
  const rows = 'rows' in props ? props.rows : undefined
  const sortValue = columns.find((column) => column.id === own?.column)?.value
  const valueBox = useRef(sortValue)
  valueBox.current = sortValue
  const [column, descending] = [sortValue ? own?.column : undefined, own?.descending ?? false]
  const order = useMemo(
    () => (rows && column !== undefined && valueBox.current ? sortedOrder(rows, valueBox.current, descending) : null),
    [rows, column, descending],
  )
  const sortBy = (title: Column<Row>) => {
    // Numbers are mostly looked at from the largest.
    const next = {
      column: title.id,
      descending: sort?.column === title.id ? !sort.descending : title.align === 'number',
    }
    if (fetched) fetched.onSort?.(next)
    else choose(`${name}.sort`, sortText(next))
  }
  if (rows === undefined) return { count: fetched?.count ?? 0, rowAt: fetched!.rowAt, sort, sortBy }
  const rowAt = (index: number) => rows[order ? (order[index] ?? -1) : index]
  return { count: rows.length, rowAt, sort, sortBy }
}

/** Brings a row into sight that was selected somewhere else. */
function useShownSelection<Row>(table: {
  readonly selected: string | null | undefined
  readonly count: number
  readonly rowAt: (index: number) => Row | undefined
  readonly keyOf: (row: Row, index: number) => string
  readonly show: (index: number) => void
  readonly setActive: (index: number) => void
}): void {
  const box = useRef(table)
  box.current = table
  const { selected, count } = table
  useEffect(() => {
    if (selected === null || selected === undefined) return
    const { rowAt, keyOf, show, setActive } = box.current
    for (let index = 0; index < count; index++) {
      const row = rowAt(index)
      if (row === undefined || keyOf(row, index) !== selected) continue
      show(index)
      setActive(index)
      return
    }
  }, [selected, count])
}
