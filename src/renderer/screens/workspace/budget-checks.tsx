import { type BudgetCheck, describeBudgetCheck } from '../../../analysis/index.ts'
import { Badge } from '../../widgets/badge.tsx'

/** Whether a run held its budget, one word for each target, with the whole sentence where the pointer rests on it. */
export function BudgetChecks({ checks }: { readonly checks: readonly BudgetCheck[] }) {
  return (
    <ul className="budget-checks">
      {checks.map((check) => {
        const sentence = describeBudgetCheck(check)
        return (
          <li key={check.target}>
            <Badge {...(check.held === false ? { kind: 'slower' as const } : {})} title={sentence}>
              {words[check.target]} {check.held === null ? 'no data' : check.held ? 'held' : 'broken'}
            </Badge>
          </li>
        )
      })}
    </ul>
  )
}

const words: Readonly<Record<BudgetCheck['target'], string>> = { wall: 'wall', cpu: 'CPU', gc: 'GC', peakHeap: 'heap' }
