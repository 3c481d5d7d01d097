import type { Diagnostic, Place } from '../base/index.ts'
import { type Knob, type KnobDeclarations, refuseKnobValue } from './knob.ts'
import type { CycleLimits, CycleModel, NodeModel } from './model.ts'
import { problemAt } from './problem.ts'

/** The longest time that timers of JavaScript engines hold: 2^31 − 1 milliseconds, 24.8 days. Longer ones would fire at once. */
const longestTimeout = 2 ** 31 - 1

/** What is wrong with a node itself: its timeout, limits, goal and knobs. Its names are checked elsewhere. */
export function checkNode(node: NodeModel): Diagnostic[] {
  const title = `${node.kind} '${node.path}'`
  const problem = (code: string, message: string, mend: string) => problemAt(node.place, code, message, mend)
  const found: Diagnostic[] = []
  if ('timeout' in node && node.timeout !== undefined && node.timeout > longestTimeout) {
    found.push(
      problem('workflow.limit-range', `The ${title} has a timeout of more than 24.8 days.`, 'Choose a shorter one.'),
    )
  }
  const { concurrency } = node.knobs
  if (node.kind === 'map' && concurrency && (concurrency.type !== 'integer' || concurrency.min < 1)) {
    const message = `The knob 'concurrency' of the ${title} is no whole number from 1.`
    found.push(problem('workflow.knob-range', message, 'Write concurrency: knob.integer(1, { min: 1, max: 64 }).'))
  }
  if (node.kind === 'cycle') found.push(...checkCycle(node, title))
  return [...found, ...checkKnobs(node.knobs, title, node.place)]
}

function checkCycle(node: CycleModel, title: string): Diagnostic[] {
  const problem = (code: string, message: string, mend: string) => problemAt(node.place, code, message, mend)
  const { limits, metric } = node
  const found: Diagnostic[] = []
  if (Object.values(limits).every((limit) => limit === undefined)) {
    const message = `The ${title} has no limit: it might never end.`
    found.push(
      problem('workflow.no-limit', message, 'Add .limits({ maxIterations: 100 }), or timeout, memory or patience.'),
    )
  }
  for (const refusal of refuseLimits(limits)) {
    found.push(
      problem('workflow.limit-range', `The ${title} has the limit ${refusal}.`, 'Choose a limit in that range.'),
    )
  }
  if (limits.patience !== undefined && !metric) {
    const message = `The ${title} has patience, and no metric that could get better.`
    found.push(problem('workflow.patience-without-metric', message, "Add .metric('name', …, { goal: 'minimise' })."))
  }
  if (metric) {
    const { goal } = metric
    const valid =
      goal.goal === 'minimise' || goal.goal === 'maximise' || (goal.goal === 'reach' && Number.isFinite(goal.target))
    const mend = "Write { goal: 'minimise' }, { goal: 'maximise' } or { goal: 'reach', target: 0.5 }."
    if (!valid)
      found.push(problem('workflow.invalid-goal', `The metric of the ${title} has no goal that there is.`, mend))
  }
  return found
}

function refuseLimits(limits: CycleLimits): string[] {
  const refusals: string[] = []
  for (const name of ['maxIterations', 'patience'] as const) {
    const limit = limits[name]
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1)) {
      refusals.push(`${name}: ${String(limit)}, which must be a whole number from 1`)
    }
  }
  if ((limits.timeout ?? 0) > longestTimeout) refusals.push('timeout, which must be at most 24.8 days')
  return refusals
}

/** What is wrong with knobs as they are declared: ranges that hold nothing, defaults out of their range. */
export function checkKnobs(knobs: KnobDeclarations, title: string, place?: Place): Diagnostic[] {
  return Object.entries(knobs).flatMap(([name, knob]) => {
    const refusal = refuseRange(knob) ?? refuseDefault(knob)
    if (refusal === undefined) return []
    const mend = 'Mend the range or the default.'
    return [problemAt(place, 'workflow.knob-range', `The knob '${name}' of the ${title} ${refusal}.`, mend)]
  })
}

function refuseRange(knob: Knob): string | undefined {
  if (knob.type === 'choice') {
    const strings = Array.isArray(knob.choices) && knob.choices.every((choice) => typeof choice === 'string')
    return strings && knob.choices.length > 0 ? undefined : 'has no choices'
  }
  if (knob.type === 'boolean') return undefined
  const { min, max } = knob
  if (!Number.isFinite(min) || !Number.isFinite(max)) return 'needs a finite min and max'
  return min <= max ? undefined : `has min ${min} above max ${max}`
}

function refuseDefault(knob: Knob): string | undefined {
  const refusal = refuseKnobValue(knob, knob.default)
  return refusal === undefined ? undefined : `has the default ${String(knob.default)}; it ${refusal}`
}
