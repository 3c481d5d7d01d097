import type { WorkflowCard } from '../../../protocol/index.ts'
import type { NodeDescription } from '../../../workflow/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Link } from '../../widgets/link.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Section } from '../../widgets/section.tsx'

/** Where no run was chosen: the latest run of each workflow that has a cycle. */
export function CyclePicker() {
  const cards = useCall('workflows.list', {})
  if (cards.error)
    return <Problem title="The workflows could not be read" error={cards.error} onRetry={cards.refetch} />
  if (!cards.data) return <Loading />
  const found = cards.data.filter((card) => card.lastRun && hasCycle(card.description?.nodes ?? []))
  if (found.length === 0) {
    return (
      <EmptyState
        sentence="No run with a cycle yet. Run a workflow that has one, then its iterations are here."
        action={<Link to={{ screen: 'workspace' }}>Show the workflows</Link>}
      />
    )
  }
  return (
    <Section title="Cycles" detail="the latest run of each workflow that has one">
      <ul className="cycle-picker">
        {found.map((card) => (
          <li key={card.file}>
            <LatestRun card={card} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function LatestRun({ card }: { readonly card: WorkflowCard }) {
  const run = card.lastRun!
  const cycles = (card.description?.nodes ?? []).filter(({ kind }) => kind === 'cycle').map(({ path }) => path)
  return (
    <Link to={{ screen: 'cycle', id: run.id }} className="cycle-picker-run">
      <strong>{run.workflow}</strong>
      <span className="quiet">{cycles.join(', ')}</span>
      <span className="quiet">
        {run.variant} · <Moment at={run.startedAt} />
      </span>
    </Link>
  )
}

function hasCycle(nodes: readonly NodeDescription[]): boolean {
  return nodes.some(({ kind }) => kind === 'cycle')
}
