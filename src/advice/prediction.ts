import { replay } from '../analysis/index.ts'
import { formatShare } from '../base/index.ts'
import type { IntegerKnob, Patch } from '../workflow/index.ts'
import type { AdviceContext } from './context.ts'
import type { Prediction } from './recommendation.ts'
import { scaleOf, worseCost } from './service-evidence.ts'
import { thresholds } from './thresholds.ts'

/** A change with what the replay says about it, as ratios of the replayed wall time without it. */
export interface Candidate {
  readonly change: Patch
  /** The best case. */
  readonly low: number
  /** The worst case. */
  readonly high: number
}

/** Powers of two within the knob's range, and its largest value. */
export function candidateValues(knob: IntegerKnob, above: number): number[] {
  const values: number[] = []
  for (let value = 1; value < knob.max; value *= 2) if (value >= knob.min && value > above) values.push(value)
  return knob.max > above ? [...values, knob.max] : values
}

/** Replays one change under the best and the worst that the evidence leaves open. */
export function tryChange(context: AdviceContext, change: Patch): Candidate {
  const { schedule, load, replayed } = context
  const optimistic = replay(schedule, { change, serviceScale: scaleOf(load, 'optimistic'), costs: context.costs })
  const worse = new Map(
    [...context.costs].map(([resource, statements]) => {
      const batch = Number(change[resource]?.lookupBatch ?? 1)
      return [resource, new Map([...statements].map(([detail, cost]) => [detail, worseCost(cost, batch)]))]
    }),
  )
  const pessimistic = replay(schedule, { change, serviceScale: scaleOf(load, 'pessimistic'), costs: worse })
  const ends = [optimistic.wall / replayed, pessimistic.wall / replayed]
  return { change, low: Math.min(...ends), high: Math.max(...ends) }
}

/**
 * The knee: of changes in ascending order, the first whose best case is nearly as good as the best of all. `undefined` where
 * even that saves too little to be worth a change.
 */
export function chooseChange(context: AdviceContext, changes: readonly Patch[]): Candidate | undefined {
  const tried = changes.map((change) => tryChange(context, change))
  const best = Math.min(...tried.map(({ low }) => low))
  if (!(best <= 1 - thresholds.leastGain.value)) return undefined
  return tried.find(({ low }) => low <= best * (1 + thresholds.kneeWithin.value))
}

/** The range of a candidate, widened by what the replay misses without a change; unknown where it misses too much. */
export function predictionOf(context: AdviceContext, { low, high }: Candidate, assumptions: string): Prediction {
  const { replayError } = context
  if (replayError > thresholds.mostReplayError.value) {
    return {
      kind: 'unknown',
      why: `The replay of this run misses its own wall time by ${formatShare(replayError)}, so that it cannot tell what another setting would bring.`,
    }
  }
  return {
    kind: 'range',
    low: low * (1 - replayError),
    high: high * (1 + replayError),
    basis: `Replay of the recorded schedule, which without a change gives the recorded wall time to within ${formatShare(replayError)}. ${assumptions}`,
  }
}

/** What the two ends of a range assume about the resources that calls go to, in words. */
export function assumptionsOf(context: AdviceContext): string {
  const sentences: string[] = []
  for (const resource of context.schedule.resources) {
    if (resource.kind === 'thread') continue
    const most = context.load.get(resource.name)?.at(-1)?.inFlight ?? 1
    sentences.push(
      most > 1
        ? `${resource.name} was seen with up to ${most} calls in flight: up to there calls take as long as seen; beyond, the best case lets them take no longer, the worst lets nothing more through.`
        : `${resource.name} was never seen with more than one call in flight: the best case lets calls take no longer side by side, the worst lets ${resource.name} serve one at a time.`,
    )
  }
  return sentences.join(' ')
}
