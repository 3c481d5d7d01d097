import { median } from './location.ts'
import { normalQuantile, normalSf } from './normal.ts'
import { kthPairSum, sorted } from './order-statistics.ts'
import { doubledMidranks, tieSum } from './ranks.ts'
import { refuseInfinite, refuseNaN } from './refuse.ts'
import { isFiniteDifference, type Numbers } from './scale.ts'
import { signFlipTail, subsetSumTail } from './sign-flips.ts'

/** Up to this many differences the null distribution is enumerated exactly; beyond, the normal approximation. */
export const largestExactSignedRank = 400

/** Wilcoxon's signed-rank test of differences around zero. */
export interface SignedRankTest {
  /** Differences that are not zero: zeros are dropped. */
  readonly n: number
  readonly zeros: number
  /** Sum of the midranks of |d| over positive and over negative differences. */
  readonly positive: number
  readonly negative: number
  /** Two-sided p; `pLess` is for differences below zero, `pGreater` for above. */
  readonly p: number
  readonly pLess: number
  readonly pGreater: number
  /** Two-sided p by the tie-corrected normal approximation, without and with continuity correction. */
  readonly pNormal: number
  readonly pNormalCorrected: number
  readonly ties: boolean
  readonly method: 'exact' | 'normal'
}

/**
 * Wilcoxon's signed-rank test (Wilcoxon 1945), exact conditional on ties: midranks of |d|, zeros dropped, all 2ⁿ signs
 * equally likely. No differences other than zero → p = 1. Differences are numbers without NaN; integers make ties
 * exact.
 */
export function signedRankTest(differences: Numbers): SignedRankTest {
  refuseNaN(differences)
  const nonZero = Array.from(differences).filter((difference) => difference !== 0)
  const n = nonZero.length
  const zeros = differences.length - n
  if (n === 0) {
    const one = { p: 1, pLess: 1, pGreater: 1, pNormal: 1, pNormalCorrected: 1 }
    return { n, zeros, positive: 0, negative: 0, ...one, ties: false, method: 'exact' }
  }
  const sizes = nonZero.map(Math.abs)
  const ranks = doubledMidranks(sizes)
  const total = n * (n + 1)
  let positive = 0
  for (let index = 0; index < n; index++) if ((nonZero[index] as number) > 0) positive += ranks[index] as number
  const statistic = 2 * positive - total
  const tied = tieSum(sizes)
  const spread = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - tied / 48)
  const deviation = positive / 2 - total / 4
  const pNormal = Math.min(1, 2 * normalSf(Math.abs(deviation) / spread))
  const pNormalCorrected = Math.min(1, 2 * normalSf(Math.max(0, Math.abs(deviation) - 0.5) / spread))
  const shape = { n, zeros, positive: positive / 2, negative: (total - positive) / 2, pNormal, pNormalCorrected }
  if (n > largestExactSignedRank) {
    const pGreater = normalSf((deviation - 0.5) / spread)
    const pLess = normalSf((-deviation - 0.5) / spread)
    const p = Math.max(pNormalCorrected, 2 ** Math.max(1 - n, -1074))
    return { ...shape, p, pLess, pGreater, ties: tied > 0, method: 'normal' }
  }
  const pLess = subsetSumTail(ranks, positive)
  const pGreater = subsetSumTail(ranks, total - positive)
  return { ...shape, p: signFlipTail(ranks, statistic), pLess, pGreater, ties: tied > 0, method: 'exact' }
}

/** P(T ≤ t) for t = 0 … n(n+1)/2 of the untied signed-rank statistic of n differences. n ≤ 1 000. */
export function signedRankDistribution(n: number): Float64Array {
  const largest = (n * (n + 1)) / 2
  const chances = new Float64Array(largest + 1)
  chances[0] = 1
  let highest = 0
  for (let rank = 1; rank <= n; rank++) {
    highest += rank
    for (let sum = highest; sum >= 0; sum--) {
      chances[sum] = ((chances[sum] as number) + (sum >= rank ? (chances[sum - rank] as number) : 0)) / 2
    }
  }
  for (let sum = 1; sum <= largest; sum++) chances[sum] = (chances[sum] as number) + (chances[sum - 1] as number)
  return chances
}

/**
 * The smallest k with P(T ≤ k) ≥ p for n untied differences (R's `qsignrank`); beyond the exact sizes by the normal
 * approximation.
 */
export function signedRankQuantile(p: number, n: number): number {
  if (n > largestExactSignedRank) {
    const spread = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24)
    return Math.max(0, Math.ceil((n * (n + 1)) / 4 + normalQuantile(p) * spread - 0.5))
  }
  // Relative slack for rounding, so that a chance that equals p exactly counts as reached.
  return signedRankDistribution(n).findIndex((chance) => chance >= p * (1 - 1e-12))
}

/** A confidence interval on a scale. `null` is unbounded: the level cannot be reached on that side. */
export interface Interval {
  readonly low: number | null
  readonly high: number | null
}

/** The interval that says nothing. */
export const unbounded: Interval = { low: null, high: null }

/**
 * The Hodges–Lehmann pseudomedian: the median of all Walsh averages (dᵢ + dⱼ)/2 with i ≤ j (Hodges & Lehmann 1963).
 * `null` without differences.
 */
export function pseudomedian(differences: Numbers): number | null {
  const { length } = differences
  if (length === 0) return null
  refuseInfinite(differences)
  if (length <= 2) return median(differences)
  const ordered = sorted(differences)
  const pairs = (length * (length + 1)) / 2
  const upper = kthPairSum(ordered, Math.floor(pairs / 2) + 1)
  const doubled = pairs % 2 === 1 ? upper : (kthPairSum(ordered, pairs / 2) + upper) / 2
  return doubled / 2
}

/** The Walsh interval with the rank it was read at; rank 0 means that the level cannot be reached. */
export interface WalshInterval extends Interval {
  readonly rank: number
  /**
   * The confidence that the interval really gives without ties; `null` where it was not attainable or not enumerated.
   */
  readonly confidence: number | null
}

/**
 * The interval of level 1 − γ that the signed-rank test inverts to: the Walsh averages of ranks k and M + 1 − k with k
 * = qsignrank(γ/2, n), M = n(n+1)/2 (Bauer 1972). Where k is 0 it is unbounded; R and others return the range there,
 * which covers less than asked.
 */
export function walshInterval(differences: Numbers, gamma: number): WalshInterval {
  const { length } = differences
  refuseInfinite(differences)
  const rank = length === 0 ? 0 : signedRankQuantile(gamma / 2, length)
  if (rank <= 0) return { ...unbounded, rank: 0, confidence: null }
  const ordered = sorted(differences)
  const pairs = (length * (length + 1)) / 2
  const bound = (k: number) => {
    const average = kthPairSum(ordered, k) / 2
    return isFiniteDifference(average) ? average : null
  }
  const confidence =
    length > largestExactSignedRank ? null : 1 - 2 * (signedRankDistribution(length)[rank - 1] as number)
  return { low: bound(rank), high: bound(pairs + 1 - rank), rank, confidence }
}
