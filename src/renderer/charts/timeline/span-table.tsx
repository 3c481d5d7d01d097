import { useCallback, useMemo, useState } from 'react'
import { formatCount, formatDuration } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { type Column, DataTable, type Sort } from '../../widgets/data-table.tsx'
import { Problem } from '../../widgets/problem.tsx'
import type { SpanOrder } from '../../workers/timeline/find-spans.ts'
import type { SpanFacts } from '../../workers/timeline/span-details.ts'
import { askTrace } from '../../workers/trace-client.ts'
import { useTrace } from '../../workers/use-trace.ts'
import type { TimeSpan } from './model.ts'
import { quantityOf } from './quantity.ts'
import { momentText } from './ticks.ts'

interface SpanTableProps {
  readonly record: RunRecord
  /** Spans that reach into it are listed. */
  readonly between: TimeSpan
  readonly zero: number
  readonly selected: number | null
  readonly onSelect: (span: number) => void
  readonly onOpen: (facts: SpanFacts) => void
}

/** Spans that are asked for at once. */
const pageSize = 200

/** The timeline as a table: the spans of the stretch that is looked at. */
export function SpanTable({ record, between, zero, selected, onSelect, onOpen }: SpanTableProps) {
  const [sort, setSort] = useState<Sort>({ column: 'start', descending: false })
  const order = sort.column as SpanOrder
  const found = useTrace(record, 'timeline', 'between', [between, order, sort.descending])
  const spans = found.data
  const { factsAt, want } = usePages(record, spans)
  const columns = useMemo(() => columnsFor(zero), [zero])
  if (found.error) return <Problem error={found.error} onRetry={found.refetch} />
  return (
    <DataTable<SpanFacts>
      name="run.spans"
      label="Spans"
      columns={columns}
      count={spans?.length ?? 0}
      rowAt={factsAt}
      onVisible={want}
      keyOf={({ span }) => String(span)}
      selected={selected === null ? null : String(selected)}
      onSelect={({ span }) => onSelect(span)}
      onOpen={onOpen}
      sort={sort}
      onSort={setSort}
      emptyText={found.isPending ? 'Reading the trace…' : 'Nothing was recorded in this stretch.'}
      footer={spans && `${formatCount(spans.length)} spans reach into the stretch that is looked at`}
    />
  )
}

function columnsFor(zero: number): readonly Column<SpanFacts>[] {
  const sortable = true
  return [
    { id: 'name', title: 'Span', width: 260, grow: 2, sortable, render: (row) => row.title, hint: (row) => row.title },
    { id: 'kind', title: 'Kind', width: 80, render: ({ kind }) => kind },
    { id: 'node', title: 'Node', width: 120, grow: 1, render: ({ node }) => node },
    {
      id: 'start',
      title: 'Begins',
      width: 100,
      align: 'number',
      sortable,
      render: ({ start }) => momentText(start - zero),
    },
    {
      id: 'duration',
      title: 'Time',
      width: 90,
      align: 'number',
      sortable,
      render: (row) => formatDuration(row.duration),
    },
    {
      ...{ id: 'self', title: 'Self', width: 90, align: 'number' },
      meaning: 'Not covered by anything inside it: own code, or waiting that nothing recorded',
      render: ({ self }) => (self === null ? '' : formatDuration(self)),
    },
    {
      ...{ id: 'wait', title: 'Queueing', width: 90, align: 'number', sortable },
      meaning: 'Waiting for a slot of a resource, at its beginning',
      render: ({ wait }) => (wait > 0 ? formatDuration(wait) : ''),
    },
    {
      ...{ id: 'path', title: 'Critical', width: 90, align: 'number' },
      meaning: 'Time in which it, or something inside it, held up the end of the run',
      render: ({ onPath }) => (onPath ? formatDuration(onPath) : ''),
    },
    {
      ...{ id: 'quantity', title: 'Moved', width: 90, align: 'number', sortable },
      meaning: 'Rows or keys of a statement, bytes of an answer',
      render: ({ quantity, detail }) => (quantity === null ? '' : quantityOf(detail, quantity).value),
    },
    {
      ...{ id: 'status', title: 'Ended', width: 80 },
      render: ({ status, error }) =>
        status === 'ok' ? '' : <span className={status === 'failed' ? 'failed' : 'quiet'}>{error || status}</span>,
      hint: ({ error }) => error || undefined,
    },
  ]
}

/** Facts of spans, fetched page by page as they come into sight. */
function usePages(record: RunRecord, spans: Uint32Array | undefined) {
  const [, setArrived] = useState(0)
  // A list of its own for each answer: what is still on its way for another one is not shown.
  const pages = useMemo(
    () => (spans ? { spans, facts: new Map<number, readonly SpanFacts[] | null>() } : null),
    [spans],
  )
  const want = useCallback(
    (first: number, last: number) => {
      if (!pages) return
      const { facts } = pages
      for (let page = Math.floor(first / pageSize); page * pageSize <= last; page++) {
        if (facts.has(page)) continue
        facts.set(page, null)
        const wanted = [...pages.spans.subarray(page * pageSize, (page + 1) * pageSize)]
        askTrace(record, 'timeline', 'facts', [wanted]).then(
          (found) => {
            facts.set(page, found)
            setArrived((count) => count + 1)
          },
          () => facts.delete(page),
        )
      }
    },
    [record, pages],
  )
  const factsAt = (index: number) => pages?.facts.get(Math.floor(index / pageSize))?.[index % pageSize]
  return { factsAt, want }
}
