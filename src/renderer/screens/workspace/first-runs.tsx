import { useStore } from 'zustand'
import type { WorkflowCard } from '../../../protocol/index.ts'
import { openDialog } from '../../state/dialogs.ts'
import { activeJob, sessionStore } from '../../state/session.ts'
import { Button } from '../../widgets/button.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { cardName } from './card-facts.ts'
import { useStartedJob } from './start-job.ts'

interface FirstRunsProps {
  readonly cards: readonly WorkflowCard[]
  /** Why nothing can be run now. */
  readonly blocked: string | undefined
}

/** The first thing to do where nothing was ever measured; nothing elsewhere. */
export function FirstRuns({ cards, blocked }: FirstRunsProps) {
  const isSamples = useStore(sessionStore, ({ studio }) => studio?.workspace?.samples ?? false)
  const trusted = useStore(sessionStore, ({ studio }) => studio?.workspace?.trusted ?? false)
  const active = useStore(sessionStore, (session) => activeJob(session)?.request.kind)
  const { start, starting, error } = useStartedJob(() => {})
  if (cards.some(({ runs, lastRun }) => runs > 0 || lastRun !== undefined)) return null
  if (error) {
    return <Problem title="No sample runs were made" error={error} onRetry={() => start({ kind: 'samples' })} />
  }
  const says = !trusted
    ? 'Nothing was measured here yet, and this folder is not trusted, so that nothing of it is run.'
    : !isSamples
      ? 'Nothing was measured here yet. A first run shows where the time goes.'
      : active === 'samples'
        ? 'Sample runs are being made. They appear here one by one; the bar above shows how far they are.'
        : 'Nothing was measured here yet. Sample runs, an experiment and advice take about a minute on this machine.'
  const only = cards.length === 1 ? cards[0] : undefined
  return (
    <div className="workspace-first">
      <p>{says}</p>
      {!trusted ? (
        <Button onClick={() => openDialog({ kind: 'trust' })}>Trust this folder…</Button>
      ) : isSamples ? (
        <Button
          kind="primary"
          disabled={blocked !== undefined || starting}
          title={blocked}
          onClick={() => void start({ kind: 'samples' })}
        >
          Make sample runs
        </Button>
      ) : (
        <Button
          kind="primary"
          disabled={blocked !== undefined}
          title={blocked}
          onClick={() => openDialog(only ? { kind: 'run', file: only.file } : { kind: 'run' })}
        >
          Run {only ? cardName(only) : 'a workflow'}…
        </Button>
      )}
    </div>
  )
}
