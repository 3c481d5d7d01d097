import type { Colors } from 'picocolors/types.js'
import {
  type BudgetCheck,
  type Budgets,
  budgetTargets,
  describeBudgetCheck,
  formatBudgetValue,
} from '../../engine/index.ts'
import { formatTable } from '../table.ts'

/** What budgets say of a run, a line each; one that is broken stands out by a word too, not by its colour alone. */
export function budgetLines(checks: readonly BudgetCheck[], colours: Colors): string[] {
  return checks.map((check) => {
    const sentence = describeBudgetCheck(check)
    if (check.held === null) return `budget no data  ${sentence}`
    return check.held ? `budget held     ${sentence}` : colours.yellow(`budget broken   ${sentence}`)
  })
}

/** Budgets of workflows, a column for each target. */
export function budgetTable(budgets: Budgets, colours: Colors): string[] {
  const rows = Object.entries(budgets).map(([workflow, budget]) => [
    workflow,
    ...budgetTargets.map(({ target }) => {
      const limit = budget[target]
      return limit === undefined ? '' : formatBudgetValue(target, limit)
    }),
  ])
  const columns = [
    { title: 'workflow' },
    ...budgetTargets.map(({ label }) => ({ title: label, align: 'right' as const })),
  ]
  return formatTable(columns, rows, { title: colours.dim })
}
