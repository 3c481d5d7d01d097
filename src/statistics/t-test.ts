import { mean, variance } from './location.ts'
import { refuseInfinite } from './refuse.ts'
import type { Numbers } from './scale.ts'
import { studentQuantile, studentTwoSided } from './student.ts'

/** A t-test of a mean, or of a difference of two, with its interval. */
export interface TTest {
  readonly estimate: number
  readonly standardError: number
  readonly t: number
  readonly df: number
  readonly p: number
  readonly low: number
  readonly high: number
}

/**
 * Student's t-test of differences around zero. `null` under two differences. Without any spread: t = ±∞ and p = 0, or p
 * = 1 where all are zero.
 */
export function pairedTTest(differences: Numbers, alpha = 0.05): TTest | null {
  refuseInfinite(differences)
  const n = differences.length
  if (n < 2) return null
  return testOf(mean(differences), Math.sqrt(variance(differences) / n), n - 1, alpha)
}

/**
 * Welch's t-test of mean(candidate) − mean(baseline) with unequal variances (Welch 1947, Satterthwaite 1946). `null`
 * where a side has under two values.
 */
export function welchTTest(baseline: Numbers, candidate: Numbers, alpha = 0.05): TTest | null {
  refuseInfinite(baseline)
  refuseInfinite(candidate)
  if (baseline.length < 2 || candidate.length < 2) return null
  const shareA = variance(baseline) / baseline.length
  const shareB = variance(candidate) / candidate.length
  const both = shareA + shareB
  const spread = shareA ** 2 / (baseline.length - 1) + shareB ** 2 / (candidate.length - 1)
  const df = spread === 0 ? baseline.length + candidate.length - 2 : both ** 2 / spread
  return testOf(mean(candidate) - mean(baseline), Math.sqrt(both), df, alpha)
}

function testOf(estimate: number, standardError: number, df: number, alpha: number): TTest {
  const t = standardError === 0 && estimate === 0 ? 0 : estimate / standardError
  const p = Number.isFinite(t) ? studentTwoSided(t, df) : 0
  const reach = standardError === 0 ? 0 : studentQuantile(1 - alpha / 2, df) * standardError
  return { estimate, standardError, t, df, p, low: estimate - reach, high: estimate + reach }
}
