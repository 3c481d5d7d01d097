import { median, mediansOfGroups } from './location.ts'
import { normalTwoSided } from './normal.ts'
import { doubledMidranks, tieSum } from './ranks.ts'
import { refuseInfinite } from './refuse.ts'
import type { Numbers } from './scale.ts'

/** The Mann–Kendall test for a monotone trend. */
export interface MannKendall {
  /** Pairs that rise less pairs that fall. */
  readonly s: number
  readonly variance: number
  readonly z: number
  /** Two-sided, by the normal approximation with continuity and tie correction. */
  readonly p: number
  /** Kendall's τ_b with time. */
  readonly tau: number
}

/**
 * The Mann–Kendall test (Mann 1945, Kendall 1975) of values in time order. `null` under 2 values; all equal → s = 0, p
 * = 1. O(n log n).
 */
export function mannKendall(series: Numbers): MannKendall | null {
  const n = series.length
  if (n < 2) return null
  const s = kendallScore(series)
  const sizes = tieSizes(series)
  let ties = 0
  for (const size of sizes) ties += size * (size - 1) * (2 * size + 5)
  const variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
  const z = variance === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance)
  const pairs = (n * (n - 1)) / 2
  let tiedPairs = 0
  for (const size of sizes) tiedPairs += (size * (size - 1)) / 2
  const tau = pairs === tiedPairs ? 0 : s / Math.sqrt(pairs * (pairs - tiedPairs))
  return { s, variance, z, p: normalTwoSided(z), tau }
}

/** The longest series whose pairs are all compared for a slope: half a million pairs. */
const longestForSlope = 1000

/**
 * The Theil–Sen slope per step (Sen 1968): the median slope of all pairs; longer series are thinned to medians of
 * neighbours. `null` under 2 values.
 */
export function theilSenSlope(series: Numbers): number | null {
  if (series.length < 2) return null
  refuseInfinite(series)
  const size = Math.ceil(series.length / longestForSlope)
  const values = mediansOfGroups(series, size)
  const slopes = new Float64Array((values.length * (values.length - 1)) / 2)
  let count = 0
  for (let later = 1; later < values.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      slopes[count++] = ((values[later] as number) - (values[earlier] as number)) / (later - earlier)
    }
  }
  return median(slopes) / size
}

/** Counts, for each value, the earlier ones below and above it, with a Fenwick tree over ranks. */
function kendallScore(series: Numbers): number {
  const ranks = doubledMidranks(series)
  const tree = new Float64Array(2 * series.length + 2)
  const countUpTo = (rank: number) => {
    let count = 0
    for (let node = rank; node > 0; node -= node & -node) count += tree[node] as number
    return count
  }
  let score = 0
  for (let index = 0; index < ranks.length; index++) {
    const rank = ranks[index] as number
    score += countUpTo(rank - 1) - (index - countUpTo(rank))
    for (let node = rank; node < tree.length; node += node & -node) tree[node] = (tree[node] as number) + 1
  }
  return score
}

function tieSizes(series: Numbers): number[] {
  if (tieSum(series) === 0) return []
  const counts = new Map<number, number>()
  for (let index = 0; index < series.length; index++) {
    const value = series[index] as number
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts.values()].filter((size) => size > 1)
}
