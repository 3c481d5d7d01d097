import './calls-tab.css'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { CallGroup } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatNumber } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { ShareCell } from '../../charts/flame/share-cell.tsx'
import { quantityOf } from '../../charts/timeline/quantity.ts'
import { routeStore, select } from '../../state/route.ts'
import { Badge } from '../../widgets/badge.tsx'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Panes } from '../../widgets/panes.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { useTrace } from '../../workers/use-trace.ts'
import { CallDetails } from './call-details.tsx'
import { callKey, costText, repeatedText } from './call-words.ts'
import { useSelection } from './use-selection.ts'

/** Calls into libraries and resources by statement or URL pattern, within what is selected. */
export function CallsTab({ record }: { readonly record: RunRecord }) {
  const { range, node } = useSelection()
  const chosen = useStore(routeStore, ({ route }) => route.query.call)
  const groups = useTrace(record, 'calls', 'groups', [range, node])
  const columns = useMemo(() => columnsFor(groups.data ?? []), [groups.data])
  if (groups.error) {
    return <Problem error={groups.error} title="The calls could not be read" onRetry={() => groups.refetch()} />
  }
  if (!groups.data) return <Loading />
  const group = groups.data.find((one) => callKey(one) === chosen)
  const table = (
    <DataTable
      name="run.calls"
      label="Calls by statement or URL pattern"
      columns={columns}
      rows={groups.data}
      keyOf={callKey}
      selected={group ? callKey(group) : null}
      onSelect={(row) => select({ call: callKey(row) === chosen ? undefined : callKey(row) })}
      emptyText={emptyText(range !== null, node)}
    />
  )
  if (!group) return table
  return (
    <Panes name="run.calls" direction="horizontal" sizes={[66, 34]} least={[320, 260]}>
      {table}
      <CallDetails key={callKey(group)} record={record} group={group} onClose={() => select({ call: undefined })} />
    </Panes>
  )
}

function emptyText(inRange: boolean, node: string | null): string {
  if (node !== null) return `${node} made no calls${inRange ? ' in this stretch' : ''}.`
  return inRange ? 'No call was under way in this stretch.' : 'No call into a library or resource was recorded.'
}

/** There only where there is something to say, as is the next one. */
const costColumn: Column<CallGroup> = {
  ...{ id: 'cost', title: 'Statement costs', width: 176, align: 'number' },
  meaning: 'What an execution of the statement costs the resource, fitted: a fixed part and one per row',
  render: ({ executions }) => (executions ? costText(executions.cost) : <span className="quiet">–</span>),
  value: ({ executions }) => executions?.cost.fixed,
  hint: ({ executions }) => (executions ? `${formatCount(executions.count)} executions` : undefined),
}

const hintColumn: Column<CallGroup> = {
  ...{ id: 'hint', title: 'Identical', width: 116, sortable: true, value: ({ repeated }) => repeated?.most },
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

function columnsFor(groups: readonly CallGroup[]): Column<CallGroup>[] {
  const total = groups.reduce((sum, { durations }) => sum + durations.total, 0)
  return [
    {
      ...{ id: 'call', title: 'Call', width: 240, grow: 1, value: callKey, hint: callKey },
      render: (group) => (
        <>
          {group.name} <code className="calls-tab-detail">{group.detail}</code>
          {group.failures > 0 && group.detail === '' && <span className="failed"> failed</span>}
        </>
      ),
    },
    ...(groups.some(({ repeated }) => repeated) ? [hintColumn] : []),
    {
      ...{ id: 'count', title: 'Count', width: 68, align: 'number' },
      render: ({ durations }) => formatCount(durations.count),
      value: ({ durations }) => durations.count,
    },
    {
      ...{
        id: 'total',
        title: 'Total',
        width: 100,
        align: 'number',
        meaning: 'Summed over all calls; those at once count each',
      },
      render: ({ durations }) => (
        <ShareCell share={total > 0 ? durations.total / total : 0}>{formatDuration(durations.total)}</ShareCell>
      ),
      value: ({ durations }) => durations.total,
    },
    {
      ...{ id: 'mean', title: 'Mean', width: 84, align: 'number' },
      render: ({ durations }) => formatDuration(durations.mean),
      value: ({ durations }) => durations.mean,
    },
    {
      ...{ id: 'p95', title: 'p95', width: 84, align: 'number' },
      render: ({ durations }) => formatDuration(durations.p95),
      value: ({ durations }) => durations.p95,
    },
    {
      ...{ id: 'queueing', title: 'Queueing', width: 88, align: 'number' },
      meaning: 'Summed over all calls: in the queue of the resource',
      render: ({ queueing }) => (queueing > 0 ? formatDuration(queueing) : <span className="quiet">–</span>),
      value: ({ queueing }) => queueing,
    },
    {
      ...{ id: 'once', title: 'At once', width: 84, align: 'number' },
      meaning: 'Calls under way at the same time: on average while any was, and at most',
      render: ({ atOnce }) => `${formatNumber(atOnce.mean)} / ${formatCount(atOnce.most)}`,
      value: ({ atOnce }) => atOnce.mean,
    },
    {
      ...{
        id: 'rows',
        title: 'Rows',
        width: 84,
        align: 'number',
        meaning: 'Rows or keys of statements, bytes of answers',
      },
      render: ({ detail, quantity }) =>
        quantity === null ? <span className="quiet">–</span> : quantityOf(detail, quantity).value,
      value: ({ quantity }) => quantity,
    },
    ...(groups.some(({ executions }) => executions) ? [costColumn] : []),
    {
      ...{ id: 'failures', title: 'Failed', width: 66, align: 'number', value: ({ failures }) => failures },
      render: ({ failures }) => (failures > 0 ? <span className="failed">{formatCount(failures)}</span> : ''),
    },
  ]
}
