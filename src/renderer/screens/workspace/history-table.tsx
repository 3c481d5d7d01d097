import { useMemo } from 'react'
import { type HistoryPoint, type HistorySeries, historyMarks } from '../../../analysis/index.ts'
import { formatCount } from '../../../base/index.ts'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { commitText, historyValue } from './history-value.ts'

interface HistoryTableProps {
  readonly series: HistorySeries
  readonly onOpen: (point: HistoryPoint) => void
}

interface Row {
  readonly point: HistoryPoint
  readonly place: number
}

/** The points of a history, the latest first, with the same columns as in the terminal. */
export function HistoryTable({ series, onOpen }: HistoryTableProps) {
  const rows = useMemo(() => series.points.map((point, place): Row => ({ point, place })).toReversed(), [series])
  const columns = useMemo(() => columnsOf(series), [series])
  return (
    <DataTable
      name="workspace.history"
      label="Sessions of the history"
      columns={columns}
      rows={rows}
      keyOf={({ place }) => String(place)}
      onOpen={({ point }) => onOpen(point)}
      emptyText="No sessions."
    />
  )
}

function columnsOf(series: HistorySeries): Column<Row>[] {
  const { unit } = series
  const marks = historyMarks(series)
  return [
    {
      id: 'mark',
      title: '',
      width: 40,
      render: ({ place }) => marks.get(place) ?? '',
      meaning: 'Number of the change that begins here',
    },
    {
      id: 'started',
      title: 'Started',
      width: 130,
      render: ({ point }) => <Moment at={point.startedAt} />,
      value: ({ point }) => point.startedAt,
    },
    {
      id: 'session',
      title: 'Session',
      width: 150,
      grow: 1,
      render: ({ point }) => (point.kind === 'experiment' ? point.ids[0] : `${point.ids.length} plain runs`),
    },
    { id: 'commit', title: 'Commit', width: 84, render: ({ point }) => <code>{commitText(point)}</code> },
    {
      id: 'value',
      title: unit === 'ratio' ? 'Ratio' : 'Median',
      width: 90,
      align: 'number',
      render: ({ point }) => historyValue(point.value, unit),
      value: ({ point }) => point.value,
    },
    {
      id: 'interval',
      title: '95 % interval',
      width: 150,
      align: 'number',
      render: ({ point: { low, high } }) =>
        low === null || high === null ? '' : `${historyValue(low, unit)} – ${historyValue(high, unit)}`,
    },
    {
      id: 'count',
      title: 'Trials',
      width: 66,
      align: 'number',
      render: ({ point }) => formatCount(point.count),
      value: ({ point }) => point.count,
    },
    {
      id: 'failed',
      title: 'Failed',
      width: 66,
      align: 'number',
      render: ({ point }) => (point.failed > 0 ? formatCount(point.failed) : ''),
      value: ({ point }) => point.failed,
    },
    { id: 'changed', title: 'Changed', width: 120, render: ({ point }) => point.changes.join(', ') },
    { id: 'unused', title: 'Only shown', width: 120, render: ({ point }) => unusedText[point.unused ?? 'used'] },
  ]
}

const unusedText: Readonly<Record<NonNullable<HistoryPoint['unused']> | 'used', string>> = {
  used: '',
  'few-blocks': 'few blocks',
  'plain-runs': 'plain runs',
  'failed-trials': 'failed trials',
  'different-result': 'different result',
  'unknown-machine': 'unknown machine',
}
