import './calls-tab.css'
import type { CallGroup } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatNumber } from '../../../base/index.ts'
import { ShareCell } from '../../charts/flame/share-cell.tsx'
import { quantityOf } from '../../charts/timeline/quantity.ts'
import { Badge } from '../../widgets/badge.tsx'
import type { Column } from '../../widgets/data-table.tsx'
import { callKey, costText, repeatedText } from './call-words.ts'

/** What the table says of groups of calls. Columns in which nothing would stand are not there. */
export function columnsFor(groups: readonly CallGroup[]): Column<CallGroup>[] {
  const total = groups.reduce((sum, { durations }) => sum + durations.total, 0)
  return [
    callColumn,
    ...(groups.some(({ repeated }) => repeated) ? [repeatedColumn] : []),
    {
      ...{ id: 'count', title: 'Count', width: 62, align: 'number' },
      render: ({ durations }) => formatCount(durations.count),
      value: ({ durations }) => durations.count,
    },
    {
      ...{ id: 'total', title: 'Total', width: 100, align: 'number' },
      meaning: 'Summed over all calls; those at once count each',
      render: ({ durations }) => (
        <ShareCell share={total > 0 ? durations.total / total : 0}>{formatDuration(durations.total)}</ShareCell>
      ),
      value: ({ durations }) => durations.total,
    },
    ...durationColumns,
    ...(groups.some(({ queueing }) => queueing > 0) ? [queueingColumn] : []),
    atOnceColumn,
    quantityColumn,
    ...(groups.some(({ executions }) => executions) ? [costColumn] : []),
    ...(groups.some(({ failures }) => failures > 0) ? [failedColumn] : []),
  ]
}

const none = <span className="quiet">–</span>

const callColumn: Column<CallGroup> = {
  ...{ id: 'call', title: 'Call', width: 200, grow: 1, value: callKey, hint: callKey },
  render: (group) => (
    <>
      {group.name} <code className="calls-tab-detail">{group.detail}</code>
      {group.failures > 0 && group.detail === '' && <span className="failed"> failed</span>}
    </>
  ),
}

const repeatedColumn: Column<CallGroup> = {
  ...{ id: 'hint', title: 'Identical', width: 116, value: ({ repeated }) => repeated?.most },
  meaning: 'Identical calls within one item, turn or execution: they could often be one',
  render: ({ repeated }) =>
    repeated && (
      <Badge
        kind="attention"
        title={`In ${formatCount(repeated.places)} of ${formatCount(repeated.of)} the same call was made more than once`}
      >
        {repeatedText(repeated)}
      </Badge>
    ),
}

const durationColumns = (['mean', 'p95'] as const).map(
  (id): Column<CallGroup> => ({
    ...{ id, title: id === 'mean' ? 'Mean' : id, width: 78, align: 'number' },
    render: ({ durations }) => formatDuration(durations[id]),
    value: ({ durations }) => durations[id],
  }),
)

const queueingColumn: Column<CallGroup> = {
  ...{ id: 'queueing', title: 'Queueing', width: 86, align: 'number' },
  meaning: 'Summed over all calls: in the queue of the resource',
  render: ({ queueing }) => (queueing > 0 ? formatDuration(queueing) : none),
  value: ({ queueing }) => queueing,
}

const atOnceColumn: Column<CallGroup> = {
  ...{ id: 'once', title: 'At once', width: 78, align: 'number' },
  meaning: 'Calls under way at the same time: on average while any was, and at most',
  render: ({ atOnce }) => `${formatNumber(atOnce.mean)} / ${formatCount(atOnce.most)}`,
  value: ({ atOnce }) => atOnce.mean,
}

const quantityColumn: Column<CallGroup> = {
  ...{ id: 'rows', title: 'Rows', width: 78, align: 'number' },
  meaning: 'Rows or keys of statements, bytes of answers',
  render: ({ detail, quantity }) => (quantity === null ? none : quantityOf(detail, quantity).value),
  value: ({ quantity }) => quantity,
}

const costColumn: Column<CallGroup> = {
  ...{ id: 'cost', title: 'Statement costs', width: 160, align: 'number' },
  meaning: 'What an execution of the statement costs the resource, fitted: a fixed part and one per row',
  render: ({ executions }) => (executions ? costText(executions.cost) : none),
  value: ({ executions }) => executions?.cost.fixed,
  hint: ({ executions }) => (executions ? `${formatCount(executions.count)} executions` : undefined),
}

const failedColumn: Column<CallGroup> = {
  ...{ id: 'failures', title: 'Failed', width: 66, align: 'number', value: ({ failures }) => failures },
  render: ({ failures }) => (failures > 0 ? <span className="failed">{formatCount(failures)}</span> : ''),
}
