import { kthDifference, sorted } from './order-statistics.ts'
import { refuseInfinite } from './refuse.ts'
import type { Numbers } from './scale.ts'

/**
 * The two-sample shift of Hodges & Lehmann (1963): the median of all differences candidate − baseline. `null` where a
 * side is empty. On nano-logs, exp(shift/10⁹) is the ratio.
 */
export function hodgesLehmannShift(baseline: Numbers, candidate: Numbers): number | null {
  if (baseline.length === 0 || candidate.length === 0) return null
  refuseInfinite(baseline)
  refuseInfinite(candidate)
  const a = sorted(baseline)
  const b = sorted(candidate)
  const pairs = a.length * b.length
  const upper = kthDifference(a, b, Math.floor(pairs / 2) + 1)
  return pairs % 2 === 1 ? upper : (kthDifference(a, b, pairs / 2) + upper) / 2
}
