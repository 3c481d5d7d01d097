import { StrobeError } from '../base/index.ts'
import { bootstrap, percentileInterval, ratioOfMeans } from './bootstrap.ts'
import { median } from './location.ts'
import type { Numbers } from './scale.ts'
import { signTest } from './sign-tests.ts'

/** A trial slower than this many times the median of all trials is a slow one. */
export const slowFactor = 1.5
/** Slow trials are mentioned when the two counts differ by this many. */
const notableDifference = 3

/** What the typical times do not show. A warning, never a verdict. */
export interface TailComparison {
  /** mean(candidate)/mean(baseline) with a percentile bootstrap interval over blocks; `null` where no block has two finished trials. */
  readonly meanRatio: number | null
  readonly low: number | null
  readonly high: number | null
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
 * Compares the tails of block-aligned times (failed = +Infinity): the ratio of means with blocks resampled as a whole (2 000 times, fewer for very long series), and
 * the trials slower than 1.5 × the pooled median. Throws `statistics.not-paired`.
 */
export function compareTails(baseline: Numbers, candidate: Numbers, seed: number): TailComparison {
  if (baseline.length !== candidate.length) {
    throw new StrobeError(
      'statistics.not-paired',
      'Tails are compared over blocks: one value of each variant per block.',
    )
  }
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
  const resamples = Math.max(200, Math.min(2000, Math.floor(2e7 / baseline.length)))
  const drawn = bootstrap(baseline, candidate, { statistic: ratioOfMeans, seed, resamples, unit: 'blocks' })
  if (!Number.isFinite(drawn.estimate)) return { meanRatio: null, low: null, high: null, resamples }
  const { low, high } = percentileInterval(drawn.distribution)
  // One block resamples to itself: an interval without width would be invented.
  const known = baseline.length > 1 && Number.isFinite(low) && Number.isFinite(high)
  return { meanRatio: drawn.estimate, low: known ? low : null, high: known ? high : null, resamples }
}
