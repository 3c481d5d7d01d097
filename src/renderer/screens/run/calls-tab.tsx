import './calls-tab.css'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { RunRecord } from '../../../trace/index.ts'
import { routeStore, select } from '../../state/route.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Panes } from '../../widgets/panes.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { useTrace } from '../../workers/use-trace.ts'
import { columnsFor } from './call-columns.tsx'
import { CallDetails } from './call-details.tsx'
import { callKey } from './call-words.ts'
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
  return (
    <Panes name="run.calls" direction="horizontal" sizes={group ? [66, 34] : [100]} least={[320, 260]}>
      {table}
      {group && (
        <CallDetails key={callKey(group)} record={record} group={group} onClose={() => select({ call: undefined })} />
      )}
    </Panes>
  )
}

function emptyText(inRange: boolean, node: string | null): string {
  if (node !== null) return `${node} made no calls${inRange ? ' in this stretch' : ''}.`
  return inRange ? 'No call was under way in this stretch.' : 'No call into a library or resource was recorded.'
}
