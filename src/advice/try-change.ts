import { replay } from '../analysis/index.ts'
import type { Patch } from '../workflow/index.ts'
import type { AdviceContext } from './context.ts'
import { scaleOf, worseCost } from './service-evidence.ts'

/** A change with what the replay says about it, as ratios of the replayed wall time without it. */
export interface Candidate {
  readonly change: Patch
  /** The best case. */
  readonly low: number
  /** The worst case. */
  readonly high: number
  /** Settings of the change that the replay does not know. */
  readonly passedOver: readonly string[]
}

/**
 * Replays one change under the best and the worst that the evidence leaves open. Of waiting that no call recorded nothing
 * is known, it may be for a lock: at best it overlaps, at worst no more of it passes at once than in the run.
 */
export function tryChange(context: AdviceContext, change: Patch): Candidate {
  const { schedule, load, replayed, hiddenWaits } = context
  const optimistic = replay(schedule, { change, serviceScale: scaleOf(load, 'optimistic'), costs: context.costs })
  const worse = new Map(
    [...context.costs].map(([resource, statements]) => {
      const batch = Number(change[resource]?.lookupBatch ?? 1)
      return [resource, new Map([...statements].map(([detail, cost]) => [detail, worseCost(cost, batch)]))]
    }),
  )
  const serviceScale = scaleOf(load, 'pessimistic')
  const pessimistic = replay(schedule, { change, serviceScale, costs: worse, hiddenWaits })
  const ends = [optimistic.wall / replayed, pessimistic.wall / replayed]
  return { change, low: Math.min(...ends), high: Math.max(...ends), passedOver: optimistic.passedOver }
}
