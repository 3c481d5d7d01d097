import type { RunSummary, WorkflowCard } from '../../../protocol/index.ts'
import { openDialog } from '../../state/dialogs.ts'
import { Button } from '../../widgets/button.tsx'
import { type PickedAdvice, pickedAdvice } from './picked-advice.ts'

interface PickedRunsProps {
  readonly picked: readonly RunSummary[]
  readonly cards: readonly WorkflowCard[]
  readonly onClear: () => void
}

/** What can be said of the runs that were ticked, and what to do to know more: one run of each proves nothing. */
export function PickedRuns({ picked, cards, onClear }: PickedRunsProps) {
  const advice = pickedAdvice(picked, cards)
  if (!advice) return null
  return (
    <div className="activity-hint" role="status">
      <p>{advice.sentence}</p>
      <Action advice={advice} />
      <Button kind="quiet" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}

function Action({ advice }: { readonly advice: PickedAdvice }) {
  const { file, variants } = advice
  if (file === undefined || variants === undefined) return null
  return (
    <Button onClick={() => openDialog({ kind: 'compare', file, variants })}>Compare {variants.join(' with ')}…</Button>
  )
}
