import { StrobeError } from '../base/index.ts'

/** Any sequence of numbers: an array or a typed array. */
export type Numbers = ArrayLike<number>

/**
 * How measured values become the integers that all ranks, ties and intervals are computed on. `log`: nano-nepers,
 * round(ln x · 10⁹), for values above zero; effects are ratios. `raw`: whole steps of `resolution`, for metrics that
 * can be zero or negative; effects are differences in the metric's unit. Integers make ties exact and every engine
 * agree.
 */
export type Scale = { readonly kind: 'log' } | { readonly kind: 'raw'; readonly resolution: number }

/** The scale of durations and everything else that is above zero. */
export const logScale: Scale = { kind: 'log' }

/**
 * What stands for the value of a failed trial (+Infinity) on either scale: it ranks worst and ties with other failures.
 * 2⁵⁰ leaves room for doubling and for sums of two within the integers that a double holds exactly.
 */
export const failedValue = 2 ** 50

/** Beyond this size a difference involves a failure and is no number: `null` in results. */
const infiniteFrom = 2 ** 48

/**
 * Values in units of the scale, as integers. Throws `statistics.invalid-value` for NaN, −Infinity, and on the log scale
 * for zero and below.
 */
export function toScale(values: Numbers, scale: Scale = logScale): Float64Array {
  const scaled = new Float64Array(values.length)
  for (let index = 0; index < values.length; index++) scaled[index] = scaleValue(values[index] as number, scale, index)
  return scaled
}

function scaleValue(value: number, scale: Scale, index: number): number {
  if (value === Number.POSITIVE_INFINITY) return failedValue
  if (Number.isNaN(value) || value === Number.NEGATIVE_INFINITY || typeof value !== 'number') {
    throw new StrobeError('statistics.invalid-value', `Value ${index} is ${String(value)}, which is no measurement.`, {
      data: { index, value },
    })
  }
  if (scale.kind === 'log') {
    if (value <= 0) {
      const message = `Value ${index} is ${value}: ratios need values above zero. Use the raw scale for this metric.`
      throw new StrobeError('statistics.invalid-value', message, { data: { index, value } })
    }
    return Math.round(Math.log(value) * 1e9)
  }
  if (!(scale.resolution > 0) || !Number.isFinite(scale.resolution)) {
    throw new StrobeError('statistics.invalid-resolution', 'The resolution of a metric is a number above zero.', {
      data: { resolution: scale.resolution },
    })
  }
  const steps = Math.round(value / scale.resolution)
  if (Math.abs(steps) >= infiniteFrom / 2) {
    const message = `Value ${index} is ${value}, too large for steps of ${scale.resolution}. Give a coarser resolution.`
    throw new StrobeError('statistics.invalid-value', message, { data: { index, value } })
  }
  return steps === 0 ? 0 : steps
}

/** Nano-nepers of values above zero: round(ln x · 10⁹); a failed trial (+Infinity) becomes `failedValue`. */
export function toNanoLogs(values: Numbers): Float64Array {
  return toScale(values, logScale)
}

/**
 * candidate − baseline on a scale. A failure against a number is ±`failedValue` whatever the number, two failures are
 * 0.
 */
export function differenceOf(candidate: number, baseline: number): number {
  if (candidate === failedValue) return baseline === failedValue ? 0 : failedValue
  return baseline === failedValue ? -failedValue : candidate - baseline
}

/** Below this a double has fewer digits, down to none. */
const smallestRatio = 2 ** -1022

/**
 * A difference on a scale as an effect: a ratio (log) or a difference (raw); `null` where it is unbounded, or beyond
 * what a double holds.
 */
export function effectOf(difference: number | null, scale: Scale = logScale): number | null {
  if (difference === null || Math.abs(difference) >= infiniteFrom) return null
  const effect = scale.kind === 'log' ? Math.exp(difference / 1e9) : difference * scale.resolution
  const lost = scale.kind === 'log' && effect < smallestRatio
  return lost || !Number.isFinite(effect) ? null : effect
}

/** True where a difference on a scale is a number and not the mark of failed trials. */
export function isFiniteDifference(difference: number): boolean {
  return Math.abs(difference) < infiniteFrom
}
