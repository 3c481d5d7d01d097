import {
  type BusyTime,
  buildSchedule,
  buildSpanTree,
  busyTimeOf,
  fitStatementCost,
  type HiddenWaits,
  replay,
  type Schedule,
  type SpanTree,
  type StatementCost,
  type StatementWork,
  statementWorks,
  wholePatchOf,
} from '../analysis/index.ts'
import type { Patch, WorkflowDescription } from '../workflow/index.ts'
import type { AdviceInput, TracedRun } from './recommendation.ts'
import { collectLoad, type LoadEvidence } from './service-evidence.ts'
import { thresholds } from './thresholds.ts'

/** What rules get: one run to look at, and what all runs together say. */
export interface AdviceContext {
  readonly description: WorkflowDescription
  /** The run that is looked at: of the variant's runs the one with the median time. */
  readonly run: TracedRun
  /** All that the run had set. */
  readonly patch: Patch
  readonly tree: SpanTree
  readonly schedule: Schedule
  /** How busy the thread was, where the run recorded it. */
  readonly busy: BusyTime | null
  /** Wall time that the replay gives without a change, in nanoseconds. */
  readonly replayed: number
  /** What the replay without a change waited for that no call recorded. */
  readonly hiddenWaits: HiddenWaits
  /** By how much the replay misses the recorded wall time, as a share. */
  readonly replayError: number
  readonly load: LoadEvidence
  /** Costs of statements fitted over all runs, by resource and statement. */
  readonly costs: ReadonlyMap<string, ReadonlyMap<string, StatementCost>>
  /** The evidence: finished runs of any variant, of the same experiment where there is one, the run that is looked at included. */
  readonly runs: readonly TracedRun[]
}

/** Everything that rules look at, or `null` where no run of the variant can be looked at. */
export function buildContext({ description, runs, variant = 'baseline' }: AdviceInput): AdviceContext | null {
  const usable = runs.filter(({ record }) => record.reason === 'finished' && record.value !== null)
  const own = usable.filter(({ record }) => record.variant === variant)
  for (const run of medianFirst(own)) {
    const patch = wholePatchOf(run.record, description)
    const schedule = buildSchedule(run.trace, description, patch)
    if (!schedule || schedule.duration <= 0) continue
    const { wall: replayed, hiddenWaits } = replay(schedule)
    const evidence = sameSession(usable, run)
    const traces = evidence.map(({ trace }) => trace)
    return {
      ...{ description, run, patch, schedule, replayed, hiddenWaits },
      tree: buildSpanTree(run.trace),
      busy: busyTimeOf(run.trace),
      replayError: Math.abs(replayed / schedule.duration - 1),
      load: collectLoad(run.trace, schedule, traces, description),
      costs: fitAll(statementWorks(traces)),
      runs: evidence,
    }
  }
  return null
}

/** Whether enough executions of different sizes were seen for a fit to tell what a statement of another size costs. */
export function tellsSizes(cost: StatementCost | undefined): cost is StatementCost {
  if (!cost || cost.fit === null || cost.leastRows <= 0) return false
  return Math.min(cost.larger, cost.count - cost.larger) >= thresholds.leastExecutions.value
}

/**
 * The runs of the same experiment, where the run is of one that ran other variants too: trials that were made side by side
 * saw the same machine. All runs otherwise.
 */
function sameSession(runs: readonly TracedRun[], run: TracedRun): readonly TracedRun[] {
  const { trial, variant } = run.record
  const together = runs.filter(({ record }) => trial && record.trial?.experiment === trial.experiment)
  return together.some(({ record }) => record.variant !== variant) ? together : runs
}

function medianFirst(runs: readonly TracedRun[]): TracedRun[] {
  const sorted = runs.toSorted((a, b) => a.record.value! - b.record.value!)
  const middle = (sorted.length - 1) >> 1
  return sorted.length === 0 ? [] : [sorted[middle]!, ...sorted.toSpliced(middle, 1)]
}

function fitAll(works: ReadonlyMap<string, ReadonlyMap<string, readonly StatementWork[]>>) {
  const costs = new Map<string, Map<string, StatementCost>>()
  for (const [resource, statements] of works) {
    const fitted = new Map<string, StatementCost>()
    for (const [detail, executions] of statements) {
      const cost = fitStatementCost(executions)
      if (cost) fitted.set(detail, cost)
    }
    costs.set(resource, fitted)
  }
  return costs
}
