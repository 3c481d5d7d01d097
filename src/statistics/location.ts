import { normalCdf, normalQuantile } from './normal.ts'
import { sorted } from './order-statistics.ts'
import { refuseNaN } from './refuse.ts'
import type { Numbers } from './scale.ts'

/** 1.4826 × the median absolute deviation estimates the standard deviation of normal data. */
export const madToSigma = 1.4826

/**
 * The median; of an even number of values the mean of the middle two. No values → NaN. NaN among them throws
 * `statistics.invalid-value`, as in all of this file.
 */
export function median(values: Numbers): number {
  return medianOfSorted(sorted(values))
}

/** The median of values that are already in ascending order. */
export function medianOfSorted(values: Numbers): number {
  const { length } = values
  if (length === 0) return Number.NaN
  const middle = length >> 1
  const upper = values[middle] as number
  return length % 2 === 1 ? upper : ((values[middle - 1] as number) + upper) / 2
}

/** The medians of groups of so many neighbours; values that fill no last group are left out. */
export function mediansOfGroups(values: Numbers, size: number): Float64Array {
  const copy = Float64Array.from(values)
  if (size === 1) return copy
  return Float64Array.from({ length: Math.floor(copy.length / size) }, (_, group) =>
    median(copy.subarray(group * size, (group + 1) * size)),
  )
}

/** The arithmetic mean. No values → NaN. */
export function mean(values: Numbers): number {
  refuseNaN(values)
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index] as number
  return sum / values.length
}

/** The sample variance (denominator n − 1). Fewer than two values → NaN. */
export function variance(values: Numbers): number {
  if (values.length < 2) return Number.NaN
  const centre = mean(values)
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += ((values[index] as number) - centre) ** 2
  return sum / (values.length - 1)
}

/** The median absolute deviation from the median, not scaled; equal infinities do not deviate. No values → NaN. */
export function medianAbsoluteDeviation(values: Numbers): number {
  const centre = median(values)
  return median(Float64Array.from(values, (value) => (value === centre ? 0 : Math.abs(value - centre))))
}

/** A linearly interpolated quantile (Hyndman & Fan 1996, type 7) of values in ascending order; `share` in [0, 1]. */
export function quantileOfSorted(values: Numbers, share: number): number {
  const position = share * (values.length - 1)
  const index = Math.min(Math.floor(position), values.length - 2)
  if (values.length < 2) return values.length === 1 ? (values[0] as number) : Number.NaN
  const fraction = position - index
  const low = values[index] as number
  const high = values[index + 1] as number
  // Interpolates from the nearer end, so that both ends are met exactly.
  return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction)
}

/** An interval for a median: the values at two ranks (from 1) and the confidence that they really give. */
export interface MedianInterval {
  readonly low: number
  readonly high: number
  readonly lowRank: number
  readonly highRank: number
  readonly confidence: number
}

/**
 * The symmetric order-statistics interval for the median: the largest k with P(Bin(n, ½) ≤ k − 1) ≤ (1 − level)/2 gives
 * [x₍ₖ₎, x₍ₙ₊₁₋ₖ₎] (Hahn & Meeker 1991, §5.2). `null` where the level cannot be reached (95 %: n < 6). Assumes
 * independent values: for plots.
 */
export function medianInterval(values: Numbers, level = 0.95): MedianInterval | null {
  const ranks = medianIntervalRanks(values.length, level)
  if (ranks === null) return null
  const ordered = sorted(values)
  return { low: ordered[ranks.lowRank - 1] as number, high: ordered[ranks.highRank - 1] as number, ...ranks }
}

/** The ranks of `medianInterval` for n values. */
export function medianIntervalRanks(n: number, level = 0.95): Omit<MedianInterval, 'low' | 'high'> | null {
  const allowed = (1 - level) / 2
  if (n > 1000) return approximateRanks(n, allowed)
  // Relative slack for the rounding of the sum, so that a tail that equals the allowance exactly is allowed.
  const limit = allowed * (1 + 1e-12)
  let term = 2 ** -n
  let below = 0
  let k = 0
  while (below + term <= limit) {
    below += term
    k++
    term = (term * (n - k + 1)) / k
  }
  return k === 0 ? null : { lowRank: k, highRank: n + 1 - k, confidence: 1 - 2 * below }
}

/**
 * For n > 1000, where 2⁻ⁿ underflows: the binomial as a normal with continuity correction (error of the tail < 0.1 %).
 */
function approximateRanks(n: number, allowed: number): Omit<MedianInterval, 'low' | 'high'> {
  const spread = Math.sqrt(n) / 2
  const tail = (k: number) => normalCdf((k - 0.5 - n / 2) / spread)
  const k = Math.max(1, Math.floor(n / 2 + 0.5 + spread * normalQuantile(allowed)))
  return { lowRank: k, highRank: n + 1 - k, confidence: 1 - 2 * tail(k) }
}
