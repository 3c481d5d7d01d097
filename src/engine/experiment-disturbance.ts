import type { BlockDisturbance, ExperimentSettings, TrialTelemetry } from '../analysis/index.ts'
import { formatShare } from '../base/index.ts'

/*
 * When a block does not count because the machine was busy with something else. Decided from telemetry alone: nothing
 * here knows what a trial measured, so that the choice of blocks cannot favour a variant.
 */

/** Limits beyond which a trial counts as disturbed. */
export const disturbanceLimits = {
  /** CPU time of other programs, in cores, beyond which a part of a trial is disturbed. */
  foreignCores: 0.2,
  /** Share of a trial that may be disturbed. */
  disturbedShare: 0.1,
  /** Milliseconds that wall clock and monotonic clock may drift apart, and the same as a share of a long trial (slewing). */
  clockJump: 100,
  clockSlew: 0.001,
} as const

/** Share of the plan's cap of blocks that may be discarded before the machine is too noisy; at least so many blocks. */
const discardedShare = 0.2
const leastDiscarded = 2

/** What is known of a trial without looking at what it measured. */
export interface ObservedTrial {
  readonly variant: number
  readonly telemetry: TrialTelemetry
  /** What had to hold before the trial and did not; such a trial measures nothing that could be used. */
  readonly precondition?: string
}

/** Everything that disturbed a block, trial by trial. */
export function disturbancesOf(trials: readonly ObservedTrial[]): BlockDisturbance[] {
  return trials.flatMap(({ variant, telemetry, precondition }) => {
    const found: BlockDisturbance[] = []
    const add = (kind: BlockDisturbance['kind'], how: string) => found.push({ variant, kind, how })
    const { foreignCores, disturbedShare, clockJump, powerChanged, throttles, duration } = telemetry
    if (precondition !== undefined) add('precondition', precondition)
    if (disturbedShare !== null && disturbedShare > disturbanceLimits.disturbedShare) {
      const mean = foreignCores === null ? '' : ` (${formatShare(foreignCores)} of a core over all of it)`
      add('foreign-cpu', `other programs were busy in ${formatShare(disturbedShare)} of the trial${mean}`)
    }
    const jump = Math.max(disturbanceLimits.clockJump, (disturbanceLimits.clockSlew * duration) / 1e6)
    if (Math.abs(clockJump) > jump)
      add('clock-jump', `the clock jumped by ${Math.round(clockJump)} ms, or the machine slept`)
    if (powerChanged) add('power-source', 'the power source changed')
    if ((throttles ?? 0) > 0) add('throttled', `the processor was throttled for its temperature (${throttles} times)`)
    return found
  })
}

/** Why a block does not count, in words; undefined where it does. */
export function invalidationOf(
  disturbances: readonly BlockDisturbance[],
  mode: NonNullable<ExperimentSettings['disturbed']>,
  nameOf: (variant: number) => string,
): string | undefined {
  const reasons = mode === 'discard' ? disturbances : disturbances.filter(({ kind }) => kind === 'precondition')
  if (reasons.length === 0) return undefined
  return reasons.map(({ variant, how }) => `${nameOf(variant)}: ${how}`).join('; ')
}

/** How many blocks of a plan may be discarded; one more, and the experiment ends as too noisy. */
export function discardAllowance(cap: number): number {
  return Math.max(leastDiscarded, Math.floor(cap * discardedShare))
}
