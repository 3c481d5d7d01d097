import './nodes-tab.css'
import { useMemo } from 'react'
import { cycleSelfNote, type NodeRow, type NodeTable, type TimeSplit } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { ShareCell } from '../../charts/flame/share-cell.tsx'
import { hueOf } from '../../charts/hues.ts'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { useTrace } from '../../workers/use-trace.ts'
import { changeSelection, useSelection } from './use-selection.ts'

/** A node, or the items of a map: their times overlap where they ran at once. */
interface Line {
  readonly node: NodeRow
  readonly items: boolean
  readonly split: TimeSplit
}

/** Where the time went by node, within the stretch that is selected. A node that is chosen filters the other views. */
export function NodesTab({ record }: { readonly record: RunRecord }) {
  const { range, node } = useSelection()
  const table = useTrace(record, 'nodes', 'table', [range])
  const lines = useMemo(() => {
    const rows = table.data?.rows ?? []
    // Without any span nobody knows how often a node ran: a 0 would be made up.
    const isKnown = range !== null || rows.some(({ executions }) => executions > 0)
    return isKnown ? rows.flatMap(linesOf) : []
  }, [table.data, range])
  if (table.error) {
    return <Problem error={table.error} title="The nodes could not be read" onRetry={() => table.refetch()} />
  }
  if (!table.data) return <Loading />
  return (
    <DataTable
      name="run.nodes"
      label="Nodes of the run"
      columns={columns}
      rows={lines}
      keyOf={keyOf}
      selected={node}
      onSelect={(line) => changeSelection({ node: line.node.path === node ? null : line.node.path })}
      onOpen={({ node: { slowest } }) => slowest !== null && changeSelection({ span: slowest })}
      emptyText={
        table.data.rows.length === 0 ? 'The workflow has no nodes.' : 'No data: there are no spans of this run.'
      }
      footer={<Footer table={table.data} chosen={node} />}
    />
  )
}

function keyOf({ node, items }: Line): string {
  return items ? `${node.path} items` : node.path
}

function linesOf(node: NodeRow): Line[] {
  return [{ node, items: false, split: node }, ...(node.items ? [{ node, items: true, split: node.items }] : [])]
}

function Footer({ table, chosen }: { readonly table: NodeTable; readonly chosen: string | null }) {
  const lost = table.unattributedCpu
  const known = table.rows.reduce((sum, row) => sum + (row.cpu ?? 0), 0)
  const notes = [
    ...(lost === null
      ? []
      : [
          `CPU time of no node: ${formatDuration(lost)}${known + lost > 0 ? ` (${formatShare(lost / (known + lost))})` : ''}.`,
        ]),
    ...(cycleSelfNote(table.rows) === null ? [] : [cycleSelfNote(table.rows)]),
    chosen === null
      ? 'A click shows only this node in the other views, a double click its slowest execution.'
      : `The other views show ${chosen} only; a click on it shows everything again.`,
  ]
  return <>{notes.join(' ')}</>
}

const noData = <span className="quiet">–</span>

function time(of: (line: Line) => number | null | undefined): Pick<Column<Line>, 'render' | 'value' | 'align'> {
  return {
    align: 'number',
    value: of,
    render: (line) => {
      const value = of(line)
      return value === null || value === undefined ? noData : formatDuration(value)
    },
  }
}

function count(of: (line: Line) => number | null): Pick<Column<Line>, 'render' | 'value' | 'align'> {
  return { align: 'number', value: of, render: (line) => countText(of(line)) }
}

function countText(value: number | null) {
  return value === null ? '' : formatCount(value)
}

const columns: readonly Column<Line>[] = [
  {
    ...{ id: 'node', title: 'Node', width: 180, grow: 1 },
    render: (line) => <NodeName {...line} />,
    value: ({ node }) => node.path,
    hint: ({ node }) => node.path,
  },
  {
    ...{ id: 'critical', title: 'Critical path', width: 120, align: 'number' },
    meaning: 'How much of the run’s time this node held up: its share of the critical path',
    render: ({ node, items }) => {
      if (items) return ''
      if (node.critical === null) return noData
      return <ShareCell share={node.critical.share}>{formatShare(node.critical.share)}</ShareCell>
    },
    value: ({ node }) => node.critical?.share,
    hint: ({ node, items }) => (items || !node.critical ? undefined : formatDuration(node.critical.time)),
  },
  {
    ...{
      id: 'runs',
      title: 'Runs',
      width: 70,
      meaning: 'Executions of the node; of a map’s items, how many there were',
    },
    ...count(({ node, items, split }) => (items ? (split.durations?.count ?? 0) : node.executions)),
  },
  {
    id: 'time',
    title: 'Time',
    width: 84,
    meaning: 'Summed over all executions',
    ...time(({ split }) => split.durations?.total),
  },
  {
    ...{ id: 'self', title: 'Self', width: 84, meaning: 'Own code, or waiting that nothing recorded' },
    ...time(({ split }) => split.self),
  },
  {
    ...{ id: 'wait', title: 'Wait', width: 84, meaning: 'While at least one call was under way' },
    ...time(({ split }) => split.wait),
  },
  {
    ...{ id: 'queueing', title: 'Queueing', width: 88 },
    meaning: 'The part of the waiting in which a call stood in the queue of a resource',
    ...time(({ split }) => (split.queueing === 0 ? null : split.queueing)),
  },
  {
    ...{ id: 'cpu', title: 'CPU', width: 84, meaning: 'CPU time by samples that belong to the node' },
    ...time(({ node, items }) => (items ? null : node.cpu)),
  },
  { id: 'p50', title: 'p50', width: 80, ...time(({ split }) => split.durations?.p50) },
  { id: 'p95', title: 'p95', width: 80, ...time(({ split }) => split.durations?.p95) },
  { id: 'max', title: 'Max', width: 80, ...time(({ split }) => split.durations?.max) },
  {
    ...{ id: 'failures', title: 'Failed', width: 66, align: 'number', value: ({ split }) => split.failures },
    render: ({ split: { failures } }) => (failures > 0 ? <span className="failed">{formatCount(failures)}</span> : ''),
  },
]

function NodeName({ node, items }: Line) {
  const depth = node.path.split('/').length - 1
  const name = node.path.slice(node.path.lastIndexOf('/') + 1)
  return (
    <span className="nodes-tab-name" style={{ paddingInlineStart: depth * 16 + (items ? 15 : 0) }}>
      {items ? (
        <span className="quiet">its items</span>
      ) : (
        <>
          <span
            className="nodes-tab-colour"
            data-hued=""
            style={{ '--hue': hueOf(node.path) } as React.CSSProperties}
          />
          {name} <span className="quiet">{node.kind}</span>
        </>
      )}
    </span>
  )
}
