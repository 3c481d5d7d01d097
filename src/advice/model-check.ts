import { knobsAt, wholePatchOf } from '../analysis/index.ts'
import { median } from '../statistics/index.ts'
import type { Patch } from '../workflow/index.ts'
import type { AdviceContext } from './context.ts'
import type { TracedRun } from './recommendation.ts'
import { tryChange } from './try-change.ts'

/** How a prediction for a variant that was run compares with what it took. */
export interface ModelCheck {
  readonly variant: string
  /** Measured ÷ the nearer end of the predicted range; 1 where the measured ratio is inside it. */
  readonly miss: number
}

/**
 * Predicts every other variant that was run with the same params from the run that is looked at, and compares with
 * the measured times: what the model missed there, it may miss elsewhere.
 */
export function checkModel(context: AdviceContext): ModelCheck[] {
  const { description, run, patch, runs } = context
  const sameParams = runs.filter(({ record }) => JSON.stringify(record.params) === JSON.stringify(run.record.params))
  const byVariant = Map.groupBy(sameParams, ({ record }) => record.variant)
  const own = byVariant.get(run.record.variant) ?? [run]
  const checks: ModelCheck[] = []
  for (const [variant, others] of byVariant) {
    if (variant === run.record.variant) continue
    const change = changeTo(context, wholePatchOf(others[0]!.record, description), patch)
    const { low, high, passedOver } = tryChange(context, change)
    // A variant that turns knobs that the model does not know says nothing about the model.
    if (passedOver.length > 0) continue
    const measured = measuredRatio(own, others)
    checks.push({ variant, miss: measured / Math.min(high, Math.max(low, measured)) })
  }
  return checks
}

/** The median over blocks that have both; without such blocks, the ratio of the medians. */
function measuredRatio(own: readonly TracedRun[], others: readonly TracedRun[]): number {
  const timeOf = ({ record }: TracedRun) => record.value!
  const paired = others.flatMap((other) => {
    const { trial } = other.record
    const partner = own.find(({ record }) => {
      return trial && record.trial?.experiment === trial.experiment && record.trial.block === trial.block
    })
    return partner ? [timeOf(other) / timeOf(partner)] : []
  })
  return paired.length > 0 ? median(paired) : median(others.map(timeOf)) / median(own.map(timeOf))
}

/** What to set to come from one patch to another: knobs of the first that the second does not set go back to their defaults. */
function changeTo({ description }: AdviceContext, to: Patch, from: Patch): Patch {
  const change: Record<string, Record<string, unknown>> = {}
  for (const [address, values] of Object.entries(from)) {
    for (const knob of Object.keys(values)) {
      change[address] = { ...change[address], [knob]: knobsAt(description, address)?.[knob]?.default }
    }
  }
  for (const [address, values] of Object.entries(to)) change[address] = { ...change[address], ...values }
  return change
}
