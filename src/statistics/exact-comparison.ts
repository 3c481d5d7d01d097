import { refuseNaN } from './refuse.ts'
import type { Numbers } from './scale.ts'

/** A comparison of counts that should not vary: instructions, allocations, bytes, nodes. */
export type ExactComparison =
  | {
      readonly kind: 'exact'
      readonly baseline: number
      readonly candidate: number
      readonly difference: number
      readonly ratio: number | null
    }
  /** `varies`: compare with `evaluateLook` instead, and warn that the metric is not deterministic. */
  | {
      readonly kind: 'unknown'
      readonly reason: 'no-values' | 'varies'
      readonly varying: readonly ('baseline' | 'candidate')[]
    }

/**
 * Reports the plain difference where all trials of each side agree to the last digit; there is nothing to test then.
 * `ratio` is `null` over a baseline of 0. Throws `statistics.invalid-value` for NaN.
 */
export function compareExact(baseline: Numbers, candidate: Numbers): ExactComparison {
  refuseNaN(baseline)
  refuseNaN(candidate)
  if (baseline.length === 0 || candidate.length === 0) return { kind: 'unknown', reason: 'no-values', varying: [] }
  const varying: ('baseline' | 'candidate')[] = []
  if (!isConstant(baseline)) varying.push('baseline')
  if (!isConstant(candidate)) varying.push('candidate')
  if (varying.length > 0) return { kind: 'unknown', reason: 'varies', varying }
  const from = baseline[0] as number
  const to = candidate[0] as number
  return { kind: 'exact', baseline: from, candidate: to, difference: to - from, ratio: from === 0 ? null : to / from }
}

/** Failures (Infinity) agree with nothing. */
function isConstant(values: Numbers): boolean {
  const first = values[0]
  if (!Number.isFinite(first)) return false
  for (let index = 1; index < values.length; index++) if (values[index] !== first) return false
  return true
}
