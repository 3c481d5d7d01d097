import { hodgesLehmannShift } from './hodges-lehmann.ts'
import { type MannWhitneyTest, mannWhitneyTest, shiftInterval } from './mann-whitney.ts'
import { effectOf, logScale, type Numbers, type Scale, toScale } from './scale.ts'
import { decideOnScale, type StatisticalVerdict } from './verdict.ts'

/** Fewer sessions on a side allow no inference. */
export const fewestSessions = 5

/** A comparison of values that were not measured side by side. */
export interface UnpairedComparison {
  /** Always true: to be said wherever the result is shown. */
  readonly notSideBySide: true
  /** Why there is no verdict. */
  readonly reason: 'not-enough-sessions' | 'different-machines' | null
  readonly sessions: { readonly baseline: number; readonly candidate: number }
  /** candidate ÷ baseline, or candidate − baseline on the raw scale. */
  readonly estimate: number | null
  readonly low: number | null
  readonly high: number | null
  readonly p: number | null
  readonly test: MannWhitneyTest | null
  readonly verdict: StatisticalVerdict
}

export interface UnpairedOptions {
  readonly rope: number
  readonly alpha?: number
  readonly scale?: Scale
  /**
   * Whether both sides come from the same machine, by a fingerprint of stable fields. Across machines there is no
   * verdict.
   */
  readonly sameMachine: boolean
}

/**
 * Compares two sets of session medians without blocks (imported results, other days): exact Mann–Whitney,
 * Hodges–Lehmann ratio and its exact interval. The unit is the session: never pass iterations, and never pair by
 * position. Under five sessions a side the estimate is descriptive only.
 */
export function compareUnpaired(baseline: Numbers, candidate: Numbers, options: UnpairedOptions): UnpairedComparison {
  const { rope, alpha = 0.05, scale = logScale, sameMachine } = options
  const a = toScale(baseline, scale)
  const b = toScale(candidate, scale)
  const sessions = { baseline: a.length, candidate: b.length }
  const shift = hodgesLehmannShift(a, b)
  const estimate = effectOf(shift, scale)
  const few = Math.min(a.length, b.length) < fewestSessions
  const reason = sameMachine ? (few ? 'not-enough-sessions' : null) : 'different-machines'
  if (reason !== null) {
    const nothing = { low: null, high: null, p: null, test: null, verdict: 'inconclusive' } as const
    return { notSideBySide: true, reason, sessions, estimate, ...nothing }
  }
  const test = mannWhitneyTest(a, b)
  const interval = shiftInterval(a, b, alpha)
  const low = effectOf(interval.low, scale)
  const high = effectOf(interval.high, scale)
  const p = test?.p ?? null
  const significant = p !== null && p <= alpha
  const { verdict } = decideOnScale(
    { significant, estimate: shift, low: interval.low, high: interval.high },
    rope,
    scale,
  )
  return { notSideBySide: true, reason, sessions, estimate, low, high, p, test, verdict }
}
