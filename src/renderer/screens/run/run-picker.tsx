import { formatDuration } from '../../../base/index.ts'
import type { RunSummary } from '../../../protocol/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { openDialog } from '../../state/dialogs.ts'
import { goTo } from '../../state/route.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Section } from '../../widgets/section.tsx'

/** Where no run was chosen: the latest ones that are no trials. */
export function RunPicker() {
  const runs = useCall('runs.list', { experiment: null, limit: 200 })
  if (runs.error) return <Problem title="The runs could not be read" error={runs.error} onRetry={runs.refetch} />
  if (!runs.data) return <Loading />
  const start = <Button onClick={() => openDialog({ kind: 'run' })}>Run a workflow…</Button>
  if (runs.data.rows.length === 0) {
    return <EmptyState sentence="No run yet. A run shows where a workflow’s time went." action={start} />
  }
  return (
    <Section fill title="Choose a run" detail="latest first; trials are with their experiments" toolbar={start}>
      <DataTable
        name="run.picker"
        label="Latest runs"
        columns={columns}
        rows={runs.data.rows}
        keyOf={({ id }) => id}
        onOpen={({ id }) => goTo({ screen: 'run', id })}
        emptyText="No run yet."
      />
    </Section>
  )
}

const columns: readonly Column<RunSummary>[] = [
  {
    id: 'workflow',
    title: 'Workflow',
    width: 160,
    grow: 1,
    render: ({ workflow }) => workflow,
    value: (row) => row.workflow,
  },
  {
    id: 'variant',
    title: 'Variant',
    width: 140,
    grow: 1,
    render: ({ variant }) => variant,
    value: (row) => row.variant,
  },
  {
    ...{ id: 'value', title: 'Time', width: 110, align: 'number' },
    render: ({ value }) => (value === null ? <span className="quiet">no data</span> : formatDuration(value)),
    value: ({ value }) => value,
  },
  {
    ...{ id: 'reason', title: 'Ended', width: 120 },
    render: ({ reason, problem }) =>
      reason === 'finished' ? (
        'finished'
      ) : (
        <Badge {...(reason === 'running' ? {} : { kind: 'failed' as const })} title={problem}>
          {reason}
        </Badge>
      ),
    value: ({ reason }) => reason,
  },
  {
    ...{ id: 'started', title: 'Started', width: 150 },
    render: ({ startedAt }) => <Moment at={startedAt} />,
    value: ({ startedAt }) => startedAt,
  },
  { id: 'id', title: 'Run', width: 150, render: ({ id }) => <code>{id}</code>, value: ({ id }) => id },
]
