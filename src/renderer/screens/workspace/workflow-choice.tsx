import { type ReactNode, useState } from 'react'
import type { WorkflowCard } from '../../../protocol/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { Button } from '../../widgets/button.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Select } from '../../widgets/select.tsx'
import { cardName } from './card-facts.ts'
import { DiagnosticsList } from './diagnostics-list.tsx'
import { type KnownWorkflow, useWorkflow } from './use-workflow.ts'

/** The workflow that is about to be measured, and how another one is chosen. */
interface WorkflowChoice {
  readonly card: WorkflowCard | undefined
  readonly known: KnownWorkflow
  /** Stands at the top of the dialog: which workflow, and what is wrong with it. */
  readonly head: ReactNode
  /** Whether what is wrong keeps it from being measured. */
  readonly broken: boolean
}

/** Chooses a workflow: the one that was asked for, else the one that was measured last. */
export function useWorkflowChoice(asked: string | undefined): WorkflowChoice {
  const cards = useCall('workflows.list', {})
  const [chosen, setChosen] = useState(asked)
  const all = cards.data ?? []
  const latest = all.toSorted((a, b) => (b.lastRun?.startedAt ?? 0) - (a.lastRun?.startedAt ?? 0))[0]
  const card = all.find(({ file }) => file === chosen) ?? latest
  const known = useWorkflow(card)
  const broken = known.diagnostics.some(({ severity }) => severity === 'error')
  const head = (
    <>
      {all.length > 1 && (
        <Select
          label="Workflow"
          options={all.map((one) => ({ value: one.file, title: cardName(one), hint: one.file }))}
          value={card?.file ?? null}
          onChange={setChosen}
        />
      )}
      {cards.error && <Problem title="The workflows could not be listed" error={cards.error} onRetry={cards.refetch} />}
      {known.error && <Problem title="The workflow could not be loaded" error={known.error} onRetry={known.retry} />}
      <DiagnosticsList diagnostics={known.diagnostics} />
      {broken && (
        <div>
          <Button disabled={known.loading} onClick={known.retry}>
            Look again
          </Button>
        </div>
      )}
      {!known.description && known.loading && <Loading label="Loading the workflow…" />}
      {cards.data?.length === 0 && (
        <p>There is no workflow in this folder: files that end in .workflow.ts are found by themselves.</p>
      )}
    </>
  )
  return { card, known, head, broken }
}
