import { formatBytes, formatChange, formatDuration } from '../base/index.ts'
import type { RunRecord } from '../trace/index.ts'

/** Targets that the runs of a workflow are held to. Times in nanoseconds, sizes in bytes; what is absent has no target. */
export interface Budget {
  readonly wall?: number
  readonly cpu?: number
  readonly gc?: number
  readonly peakHeap?: number
}

export type BudgetTarget = keyof Budget

/** What can have a target, in the order in which it is shown. */
export const budgetTargets: ReadonlyArray<{
  readonly target: BudgetTarget
  readonly label: string
  readonly unit: 'ns' | 'bytes'
}> = [
  { target: 'wall', label: 'wall time', unit: 'ns' },
  { target: 'cpu', label: 'CPU time', unit: 'ns' },
  { target: 'gc', label: 'garbage collection', unit: 'ns' },
  { target: 'peakHeap', label: 'highest heap seen', unit: 'bytes' },
]

/** One target held against one run. */
export interface BudgetCheck {
  readonly target: BudgetTarget
  readonly limit: number
  /** `null` where the run has no such number: it has no result, or its capture level did not measure it. */
  readonly actual: number | null
  /** Reaching the limit exactly holds it; `null` where there is no number. */
  readonly held: boolean | null
}

/** Holds a run against a budget: one check for each target that the budget has. */
export function checkBudget(budget: Budget, run: Pick<RunRecord, 'value' | 'metrics'>): BudgetCheck[] {
  return budgetTargets.flatMap(({ target }) => {
    const limit = budget[target]
    if (limit === undefined) return []
    // A run without a result stopped somewhere: what it used until then says nothing of what it would have used.
    const actual = run.value === null ? null : target === 'wall' ? run.value : (run.metrics?.[target] ?? null)
    return [{ target, limit, actual, held: actual === null ? null : actual <= limit }]
  })
}

/** What a check says, in one sentence without a full stop: `wall time 212 ms is over its budget of 200 ms by 6.0 %`. */
export function describeBudgetCheck({ target, limit, actual, held }: BudgetCheck): string {
  const { label } = targetOf(target)
  const allowed = formatBudgetValue(target, limit)
  if (actual === null || held === null) return `${label} has no data to hold against its budget of ${allowed}`
  const measured = formatBudgetValue(target, actual)
  return held
    ? `${label} ${measured} is within its budget of ${allowed}`
    : `${label} ${measured} is over its budget of ${allowed} by ${formatChange(actual / limit).replace('+', '')}`
}

/** A target's value with its unit. */
export function formatBudgetValue(target: BudgetTarget, value: number): string {
  return targetOf(target).unit === 'ns' ? formatDuration(value) : formatBytes(value)
}

function targetOf(target: BudgetTarget): (typeof budgetTargets)[number] {
  return budgetTargets.find((known) => known.target === target)!
}
