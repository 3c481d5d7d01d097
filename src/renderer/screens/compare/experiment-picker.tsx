import { useCall } from '../../app/studio-context.tsx'
import { openDialog } from '../../state/dialogs.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Link } from '../../widgets/link.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Section } from '../../widgets/section.tsx'

/** Where no experiment was chosen: the latest ones. */
export function ExperimentPicker() {
  const experiments = useCall('experiments.list', { limit: 50 })
  if (experiments.error) {
    return <Problem title="The experiments could not be read" error={experiments.error} onRetry={experiments.refetch} />
  }
  if (!experiments.data) return <Loading />
  const start = <Button onClick={() => openDialog({ kind: 'compare' })}>New experiment…</Button>
  if (experiments.data.rows.length === 0) {
    return (
      <EmptyState
        sentence="No experiment yet. One compares variants of a workflow and says which is faster."
        action={start}
      />
    )
  }
  return (
    <Section fill title="Experiments" detail="latest first" toolbar={start}>
      <ul className="experiment-picker">
        {experiments.data.rows.map(({ id, workflow, variants, status, startedAt, sentence, blocks }) => (
          <li key={id}>
            <Link to={{ screen: 'compare', id }} className="experiment-picker-item">
              <span>
                <strong>{workflow}</strong> <span className="quiet">{variants.join(', ')}</span>
              </span>
              <span>{sentence ?? 'no verdict yet'}</span>
              <span className="quiet">
                {status !== 'finished' && <Badge>{status}</Badge>} {blocks} blocks · <Moment at={startedAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
