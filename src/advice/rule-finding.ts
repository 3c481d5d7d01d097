import { endOf, type Interval } from '../analysis/index.ts'
import type { Patch } from '../workflow/index.ts'
import type { AdviceContext } from './context.ts'
import type { Evidence, EvidenceNumber, Finding, Prediction } from './recommendation.ts'

/** What a rule gives; `advise` makes recommendations of it. */
export interface RuleFinding extends Omit<Finding, 'fingerprint'> {
  /** Tells findings of one rule at one place apart. */
  readonly part?: string
  readonly action: string
  /** Knobs to turn on top of the run's patch; absent where no knob can do it. */
  readonly change?: Patch
  readonly prediction: Prediction
  /** Share of the wall time that the finding is about: orders what has no predicted range. */
  readonly weight: number
}

const spansKept = 1000

/** Evidence of the run that is looked at. The first spans are kept: put those first that say most. */
export function evidenceFrom(
  { run }: AdviceContext,
  spans: readonly number[],
  numbers: readonly EvidenceNumber[],
): Evidence {
  return { runId: run.record.id, spanIds: spans.slice(0, spansKept), spanCount: spans.length, numbers }
}

export function intervalsOf({ run: { trace } }: AdviceContext, spans: readonly number[]): Interval[] {
  return spans.map((span) => ({ start: trace.spans.start[span]!, end: endOf(trace, span) }))
}

/** Sum of the spans' durations in nanoseconds; those at the same time count each. */
export function sumOf({ run }: AdviceContext, spans: readonly number[]): number {
  let total = 0
  for (const span of spans) total += run.trace.spans.duration[span]!
  return total
}
