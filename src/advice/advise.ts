import { knobsAt } from '../analysis/index.ts'
import { formatCount } from '../base/index.ts'
import { mergePatches, type Patch } from '../workflow/index.ts'
import { type AdviceContext, buildContext } from './context.ts'
import type { AdviceInput, KnobChange, Recommendation } from './recommendation.ts'
import type { RuleFinding } from './rule-finding.ts'
import { rules } from './rules/index.ts'

/**
 * Recommendations for a variant of a workflow, by predicted gain: ranges first (by their geometric middle, smallest ratio first),
 * then those whose gain is unknown, by the share of the time that they are about. Empty where nothing was found or no
 * run of the variant finished with a trace of level `standard`.
 */
export function advise(input: AdviceInput): Recommendation[] {
  const context = buildContext(input)
  if (!context) return []
  const findings = rules.flatMap((rule) => rule(context)).filter(({ evidence }) => evidence.spanIds.length > 0)
  const ranked = findings.toSorted((a, b) => rankOf(a) - rankOf(b) || b.weight - a.weight)
  const recommendations = ranked.map((finding) => recommend(context, finding))
  return recommendations.map((recommendation) => ({
    ...recommendation,
    includes: recommendations
      .filter((other) => other !== recommendation && contains(recommendation.changes, other.changes))
      .map(({ fingerprint }) => fingerprint),
  }))
}

/** Below 1 for what is predicted to gain; more for what is unknown. */
function rankOf({ prediction, change }: RuleFinding): number {
  if (prediction.kind === 'range') return Math.min(2, Math.sqrt(prediction.low * prediction.high))
  return change ? 3 : 4
}

function recommend(context: AdviceContext, finding: RuleFinding): Recommendation {
  const { part, change, weight: _weight, ...rest } = finding
  const { record } = context.run
  return {
    ...rest,
    fingerprint: [finding.rule, context.description.name, finding.place, ...(part === undefined ? [] : [part])].join(
      ':',
    ),
    base: { variant: record.variant, patch: context.patch },
    ...(change ? { patch: mergePatches(context.patch, change) } : {}),
    changes: change ? changesOf(context, change) : [],
    scope: scopeOf(context),
    includes: [],
    status: 'open',
  }
}

function changesOf(context: AdviceContext, change: Patch): KnobChange[] {
  return Object.entries(change).flatMap(([address, values]) =>
    Object.entries(values).map(([knob, to]) => {
      const from = context.patch[address]?.[knob] ?? knobsAt(context.description, address)?.[knob]?.default
      return { address, knob, from, to }
    }),
  )
}

function scopeOf({ run, runs }: AdviceContext): string {
  const evidence = runs.length === 1 ? 'this run only' : `${formatCount(runs.length)} runs`
  const params = Object.keys(run.record.params).length > 0 ? ` with ${JSON.stringify(run.record.params)}` : ''
  return `Found in run ${run.record.id} of ${run.record.variant}${params}, with ${evidence} as evidence. Other inputs, machines and loads of the services may answer otherwise: measure it.`
}

/** Whether the first turns every knob that the second turns, and more. */
function contains(changes: readonly KnobChange[], others: readonly KnobChange[]): boolean {
  if (others.length === 0 || others.length >= changes.length) return false
  return others.every(({ address, knob }) => changes.some((own) => own.address === address && own.knob === knob))
}
