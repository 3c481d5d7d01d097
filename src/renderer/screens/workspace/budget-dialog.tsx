import './budget-dialog.css'
import { type FormEvent, useId, useState } from 'react'
import {
  type Budget,
  type BudgetTarget,
  budgetTargets,
  formatBudgetValue,
  parseBudgetValue,
  printBudgetValue,
} from '../../../analysis/index.ts'
import type { RunSummary } from '../../../protocol/index.ts'
import { useClient } from '../../app/studio-context.tsx'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { TextField } from '../../widgets/field.tsx'
import { Problem } from '../../widgets/problem.tsx'

interface BudgetDialogProps {
  readonly workflow: string
  readonly budget: Budget
  /** What it took last is shown beside each target. */
  readonly lastRun: RunSummary | undefined
  readonly onClose: () => void
}

/** Sets what the runs of a workflow may take at most. */
export function BudgetDialog({ workflow, budget, lastRun, onClose }: BudgetDialogProps) {
  const client = useClient()
  const form = useId()
  const [texts, setTexts] = useState<Readonly<Partial<Record<BudgetTarget, string>>>>(() =>
    Object.fromEntries(
      budgetTargets.flatMap(({ target }) => {
        const limit = budget[target]
        return limit === undefined ? [] : [[target, printBudgetValue(target, limit)]]
      }),
    ),
  )
  const [shown, setShown] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const errors = new Map(
    budgetTargets.flatMap(({ target, unit }) => {
      const text = texts[target]?.trim() ?? ''
      if (text === '' || parseBudgetValue(target, text) !== undefined) return []
      return [[target, `Write a value with its unit, such as ${unit === 'ns' ? '200ms' : '64MiB'}.`] as const]
    }),
  )
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setShown(true)
    if (errors.size > 0) return
    const next = Object.fromEntries(
      budgetTargets.flatMap(({ target }) => {
        const value = parseBudgetValue(target, texts[target] ?? '')
        return value === undefined ? [] : [[target, value]]
      }),
    )
    try {
      await client.call('budgets.set', { workflow, budget: next })
      onClose()
    } catch (thrown) {
      setError(thrown)
    }
  }
  const lastOf = (target: BudgetTarget) => (target === 'wall' ? lastRun?.value : lastRun?.metrics?.[target])
  return (
    <Dialog
      title={`Budget of ${workflow}`}
      description="Each run is held to it. It is kept in strobe.budgets.json beside the source, for everybody who shares it."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={form}>
            Keep
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void save(event)}>
        <div className="budget-dialog-fields">
          {budgetTargets.map(({ target, label, unit }) => {
            const last = lastOf(target)
            return (
              <TextField
                key={target}
                label={`${label.charAt(0).toUpperCase()}${label.slice(1)} at most`}
                placeholder={unit === 'ns' ? 'no limit, or 200ms' : 'no limit, or 64MiB'}
                hint={`Last run: ${last === undefined || last === null ? 'no data' : formatBudgetValue(target, last)}`}
                value={texts[target] ?? ''}
                error={shown ? errors.get(target) : undefined}
                onChange={(text) => setTexts({ ...texts, [target]: text })}
              />
            )
          })}
        </div>
      </form>
      {error !== null && <Problem title="The budget was not kept" error={error} />}
    </Dialog>
  )
}
