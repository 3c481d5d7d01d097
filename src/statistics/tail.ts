import { bootstrap, percentileInterval } from './bootstrap.ts'
import { mean, median, variance } from './location.ts'
import { refuseNegative, refuseUnpaired } from './refuse.ts'
import type { Numbers } from './scale.ts'
import { signTest } from './sign-tests.ts'

/** A trial slower than this many times the median of all trials is a slow one. */
export const slowFactor = 1.5
/** Slow trials are mentioned when the two counts differ by this many. */
const notableDifference = 3
/** Resamples of the bootstrap, and the most blocks that are resampled. */
const resamples = 2000
const largestResampled = 5000

/** What the typical times do not show. A warning, never a verdict. */
export interface TailComparison {
  /**
   * mean(candidate)/mean(baseline) with a percentile bootstrap interval over blocks; `null` where no block has two
   * finished trials.
   */
  readonly meanRatio: number | null
  readonly low: number | null
  readonly high: number | null
  /** 0 where the interval is normal instead: beyond 5 000 blocks. */
  readonly resamples: number
  /** Slow trials of each side, failed ones among them, of so many blocks. */
  readonly slowBaseline: number
  readonly slowCandidate: number
  readonly blocks: number
  /** Exact two-sided sign test of which side was slow in the blocks where one was. */
  readonly p: number
  /** The counts differ by three or more. */
  readonly fires: boolean
}

/**
 * Compares the tails of block-aligned times (failed = +Infinity): the ratio of means with blocks resampled as a whole
 * (2 000 times), and the trials slower than 1.5 × the pooled median. Throws
 * `statistics.not-paired`, and `statistics.invalid-value` for NaN and below zero.
 */
export function compareTails(baseline: Numbers, candidate: Numbers, seed: number): TailComparison {
  refuseUnpaired(baseline, candidate)
  refuseNegative(baseline)
  refuseNegative(candidate)
  const blocks = baseline.length
  const limit = slowFactor * median([...Array.from(baseline), ...Array.from(candidate)])
  const isSlow = (value: number) => (value > limit || value === Number.POSITIVE_INFINITY ? 1 : 0)
  const slowA = Float64Array.from(baseline, isSlow)
  const slowB = Float64Array.from(candidate, isSlow)
  const slowBaseline = slowA.reduce((sum, slow) => sum + slow, 0)
  const slowCandidate = slowB.reduce((sum, slow) => sum + slow, 0)
  const finished: number[] = []
  for (let block = 0; block < blocks; block++) {
    if (Number.isFinite(baseline[block]) && Number.isFinite(candidate[block])) finished.push(block)
  }
  return {
    ...compareMeans(
      finished.map((block) => baseline[block] as number),
      finished.map((block) => candidate[block] as number),
      seed,
    ),
    slowBaseline,
    slowCandidate,
    blocks,
    p: signTest(slowB.map((slow, block) => slow - (slowA[block] as number))),
    fires: Math.abs(slowCandidate - slowBaseline) >= notableDifference,
  }
}

function compareMeans(baseline: readonly number[], candidate: readonly number[], seed: number) {
  if (baseline.length === 0) return { meanRatio: null, low: null, high: null, resamples: 0 }
  if (baseline.length > largestResampled) return compareMeansOfMany(baseline, candidate)
  // Times of zero may give 0 ÷ 0, and then there is no ratio.
  const statistic = (a: Numbers, b: Numbers) => mean(b) / mean(a)
  const options = { statistic, seed, resamples, unit: 'blocks' } as const
  const { estimate, distribution } = bootstrap(baseline, candidate, options)
  if (!Number.isFinite(estimate)) return { meanRatio: null, low: null, high: null, resamples }
  const { low, high } = percentileInterval(distribution)
  // One block resamples to itself: an interval without width would be invented.
  const known = baseline.length > 1 && Number.isFinite(low) && Number.isFinite(high)
  return { meanRatio: estimate, low: known ? low : null, high: known ? high : null, resamples }
}

/** With thousands of blocks a ratio of means is normal on the log scale: var ≈ var(b/mean b − a/mean a)/n (delta method). */
function compareMeansOfMany(baseline: readonly number[], candidate: readonly number[]) {
  const meanA = mean(baseline)
  const meanB = mean(candidate)
  const meanRatio = meanB / meanA
  const relative = baseline.map((value, block) => (candidate[block] as number) / meanB - value / meanA)
  const reach = 1.959964 * Math.sqrt(variance(relative) / baseline.length)
  if (!Number.isFinite(meanRatio) || !Number.isFinite(reach)) {
    return { meanRatio: null, low: null, high: null, resamples: 0 }
  }
  return { meanRatio, low: meanRatio * Math.exp(-reach), high: meanRatio * Math.exp(reach), resamples: 0 }
}
