import { mean, mediansOfGroups } from './location.ts'
import { refuseInfinite } from './refuse.ts'
import type { Numbers } from './scale.ts'

export interface SegmentationOptions {
  /** Added to the cost for each change point. */
  readonly penalty: number
  /** The shortest segment, in values; in groups where the series is long. */
  readonly minimumLength: number
}

/** The best partition of a series into segments. */
export interface Segmentation {
  /** The first index of each segment but the first. */
  readonly changePoints: readonly number[]
  /** Cost of the segments plus penalties. */
  readonly objective: number
  /** How many neighbouring values were taken together by their median: 1 up to 4 000 values. */
  readonly group: number
}

/** Longer series are cut into this many groups of neighbours, at most, because the search is quadratic. */
const longestSegmented = 4000

/** Below this a variance counts as this: constant segments must not cost −∞. */
const smallestVariance = 1e-11

/**
 * The partition of least cost under Gaussian segments that differ in mean and variance: cost len·(ln 2π + ln max(var,
 * 10⁻¹¹) + 1), a penalty per change point. Optimal partitioning (Jackson et al. 2005; PELT, Killick et al. 2012, finds
 * the same); quadratic in the length, so that beyond 4 000 values the medians of `group` neighbours are segmented instead: change
 * points are then multiples of `group`, cost and shortest segment are those of the medians.
 */
export function segmentSeries(series: Numbers, { penalty, minimumLength }: SegmentationOptions): Segmentation {
  const n = series.length
  if (n === 0) return { changePoints: [], objective: 0, group: 1 }
  refuseInfinite(series)
  if (n > longestSegmented) {
    const group = Math.ceil(n / longestSegmented)
    const found = segmentSeries(mediansOfGroups(series, group), { penalty, minimumLength })
    return { ...found, changePoints: found.changePoints.map((point) => point * group), group }
  }
  const costOf = segmentCost(series)
  const shortest = Math.max(1, minimumLength)
  if (n < 2 * shortest) return { changePoints: [], objective: costOf(0, n), group: 1 }
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY)
  const previous = new Int32Array(n + 1).fill(-1)
  best[0] = -penalty
  for (let end = shortest; end <= n; end++) {
    for (let start = 0; start <= end - shortest; start++) {
      const before = best[start] as number
      if (before === Number.POSITIVE_INFINITY) continue
      const cost = before + penalty + costOf(start, end)
      if (cost < (best[end] as number)) {
        best[end] = cost
        previous[end] = start
      }
    }
  }
  const changePoints: number[] = []
  for (let start = previous[n] as number; start > 0; start = previous[start] as number) changePoints.unshift(start)
  return { changePoints, objective: best[n] as number, group: 1 }
}

/** Costs from prefix sums of the centred series; centring keeps the difference of squares from cancelling. */
function segmentCost(series: Numbers): (start: number, end: number) => number {
  const centre = mean(series)
  const sums = new Float64Array(series.length + 1)
  const squares = new Float64Array(series.length + 1)
  for (let index = 0; index < series.length; index++) {
    const value = (series[index] as number) - centre
    sums[index + 1] = (sums[index] as number) + value
    squares[index + 1] = (squares[index] as number) + value * value
  }
  const constant = Math.log(2 * Math.PI) + 1
  return (start, end) => {
    const length = end - start
    const average = ((sums[end] as number) - (sums[start] as number)) / length
    const variance = ((squares[end] as number) - (squares[start] as number)) / length - average * average
    return length * (constant + Math.log(Math.max(variance, smallestVariance)))
  }
}
