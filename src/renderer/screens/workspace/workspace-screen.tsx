import './workspace-screen.css'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { WorkflowCard as WorkflowFacts } from '../../../protocol/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { runCommand } from '../../commands/registry.ts'
import { activeJob, sessionStore } from '../../state/session.ts'
import { Button } from '../../widgets/button.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Panes } from '../../widgets/panes.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Section } from '../../widgets/section.tsx'
import { ActivityList } from './activity-list.tsx'
import { BudgetDialog } from './budget-dialog.tsx'
import { cardName, orderCards, slowerSentence } from './card-facts.ts'
import { FirstRuns } from './first-runs.tsx'
import { isAboutFile } from './start-job.ts'
import { WorkflowCard } from './workflow-card.tsx'

const HistoryDialog = lazy(() => import('./history-dialog.tsx'))

/** What is opened in front of the cards. */
type Opened = { readonly kind: 'history' | 'budget'; readonly workflow: string }

/** What do I have here, and did anything get slower? */
export default function WorkspaceScreen() {
  const { data: cards, error, refetch } = useCall('workflows.list', {})
  if (error) return <Problem title="The workflows could not be listed" error={error} onRetry={refetch} />
  if (!cards) return <Loading />
  if (cards.length === 0) {
    return (
      <EmptyState
        sentence="There is no workflow in this folder. A workflow is a file whose name ends in .workflow.ts; “strobe init” writes a first one."
        action={<Button onClick={() => runCommand('workspace.samples')}>Open the samples</Button>}
      />
    )
  }
  return (
    <Panes name="workspace" direction="vertical" sizes={[44, 56]} least={[200, 160]}>
      <Workflows cards={cards} />
      <ActivityList cards={cards} />
    </Panes>
  )
}

function Workflows({ cards }: { readonly cards: readonly WorkflowFacts[] }) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const budgets = useCall('budgets.list', {})
  const blocked = useBlocked()
  const measured = useStore(sessionStore, (session) => activeJob(session)?.request)
  const ordered = useMemo(() => orderCards(cards), [cards])
  const { sentence, slower } = useMemo(() => slowerSentence(cards), [cards])
  const card = opened && cards.find(({ name }) => name === opened.workflow)
  const close = () => setOpened(null)
  return (
    <Section
      fill
      title="Workflows"
      detail={<span className={slower ? 'workspace-slower' : undefined}>{sentence}</span>}
    >
      <div className="workspace-cards">
        <FirstRuns cards={cards} blocked={blocked} />
        {budgets.error && (
          <Problem title="The budgets could not be read" error={budgets.error} onRetry={budgets.refetch} />
        )}
        <div className="workspace-cards-grid">
          {ordered.map((one) => (
            <WorkflowCard
              key={one.file}
              card={one}
              budget={one.name === undefined ? undefined : budgets.data?.[one.name]}
              blocked={blocked}
              measuring={measured !== undefined && isAboutFile(measured, one.file)}
              onHistory={() => setOpened({ kind: 'history', workflow: cardName(one) })}
              onBudget={() => setOpened({ kind: 'budget', workflow: cardName(one) })}
            />
          ))}
        </div>
      </div>
      {opened?.kind === 'history' && (
        <Suspense fallback={null}>
          <HistoryDialog workflow={opened.workflow} onClose={close} />
        </Suspense>
      )}
      {opened?.kind === 'budget' && (
        <BudgetDialog
          workflow={opened.workflow}
          budget={budgets.data?.[opened.workflow] ?? {}}
          lastRun={card?.lastRun}
          onClose={close}
        />
      )}
    </Section>
  )
}

/** Why nothing can be started now, as a sentence. */
function useBlocked(): string | undefined {
  const trusted = useStore(sessionStore, ({ studio }) => studio?.workspace?.trusted ?? false)
  const active = useStore(sessionStore, (session) => activeJob(session)?.title)
  if (!trusted) return 'This folder is not trusted yet, so that nothing of it is run.'
  return active === undefined ? undefined : `“${active}” is going on: one thing is measured at a time.`
}
