import {
  blockSwapInterval,
  compareExact,
  effectOf,
  median,
  medianInterval,
  type Scale,
  toScale,
} from '../statistics/index.ts'
import { metricLabels, valuesByArm } from './experiment-arms.ts'
import type { ExperimentRecord, MetricName } from './experiment-record.ts'

/** A metric that the experiment was not about: shown with intervals, and with no word of a verdict. */
export interface SecondaryMetric {
  readonly metric: MetricName
  readonly unit: 'ns' | 'bytes' | 'count'
  /**
   * The step in which it moves, in its unit: a clock's tick, a page of memory, one call. Seen from the trials: the smallest
   * difference between two, where at most half of those that are not zero differ. `null` where it moves freely.
   */
  readonly step: number | null
  readonly rows: readonly SecondaryRow[]
}

/** What was measured of one variant. Intervals are of 95 % each, adjusted neither for looks nor for their number. */
export interface SecondaryRow {
  /** Index into the settings' variants. */
  readonly variant: number
  /** Counted trials in which it was measured. */
  readonly trials: number
  readonly median: number | null
  readonly low: number | null
  readonly high: number | null
  /** So many trials are equal that the interval would be narrower than the metric's step: there is none. */
  readonly ties: boolean
  /**
   * Against the baseline, over blocks in which both were measured; `null` for the baseline, where there is none, and of a
   * variant with another result.
   */
  readonly effect: SecondaryEffect | null
}

/**
 * - `ratio`: variant ÷ baseline. `difference`: variant − baseline in the metric's unit, where it can be zero.
 * - `exact`: the difference, where all trials of each side agree to the last digit, so that there is no interval. Of what is
 *   read from a clock or looked at now and then, only where that difference is zero: equal readings are no equal times.
 * - `ties`: the difference, where so many trials are equal that its interval would be narrower than the metric's step. Inverting
 *   a rank test gives ends that are observed differences; all of them lie on the metric's steps, and a shift of less than one
 *   moves no reading. Such an interval would tell the step and not how surely the difference is known, so there is none.
 */
export interface SecondaryEffect {
  readonly kind: 'ratio' | 'difference' | 'exact' | 'ties'
  readonly estimate: number
  readonly low: number | null
  readonly high: number | null
}

const order: readonly MetricName[] = ['wall', 'cpu', 'user', 'system', 'gc', 'peak-heap', 'peak-memory', 'calls']
const level = 0.95
/** Steps of differences: what the clocks tell, a byte, a call. */
const resolution = { ns: 1000, bytes: 1, count: 1 } as const

/** All metrics that were measured besides the primary one, in a fixed order. */
export function secondaryMetricsOf(record: ExperimentRecord): SecondaryMetric[] {
  const primary = record.settings.metric ?? 'wall'
  const different = new Set(record.results.differences.map(({ variant }) => variant))
  return order.flatMap((metric) => {
    if (metric === primary) return []
    const values = valuesByArm(record, ({ metrics }) => metrics?.[metric]).slice(0, record.settings.variants.length)
    if (values.every((ofArm) => ofArm.every((value) => value === undefined))) return []
    const { unit } = metricLabels[metric]
    const step = unit === 'count' ? 1 : stepOf(values.flat().filter((value) => value !== undefined))
    const rows = values.map((_, variant) => {
      const row = rowOf(values, variant, { unit, step })
      return different.has(variant) ? { ...row, effect: null } : row
    })
    return [{ metric, unit, step, rows }]
  })
}

/** How a metric can move. */
interface Grain {
  readonly unit: SecondaryMetric['unit']
  readonly step: number | null
}

/** See `SecondaryMetric.step`. Zero is not a reading of a clock: it is what many trials have where nothing happened. */
function stepOf(values: readonly number[]): number | null {
  const readings = values.filter((value) => value !== 0)
  if (new Set(readings).size > readings.length / 2) return null
  const distinct = [...new Set(values)].sort((a, b) => a - b)
  const differences = distinct.slice(1).map((value, place) => value - distinct[place]!)
  return differences.length === 0 ? null : Math.min(...differences)
}

/** Whether an interval is narrower than what the metric can tell. An unbounded side is not. */
function isTooNarrow(low: number | null, high: number | null, step: number | null): boolean {
  if (low === null || high === null) return false
  return step === null ? high === low : high - low < step * (1 - 1e-9)
}

type Values = ReadonlyArray<ReadonlyArray<number | undefined>>

function rowOf(values: Values, variant: number, grain: Grain): SecondaryRow {
  const own = values[variant]!.filter((value) => value !== undefined)
  const interval = medianInterval(own, level)
  // What was counted, or did not happen, and is the same in every trial, is known exactly.
  const isKnown = own.every((value) => value === own[0]) && (grain.unit === 'count' || own[0] === 0)
  const ties = interval !== null && !isKnown && isTooNarrow(interval.low, interval.high, grain.step)
  return {
    ...{ variant, trials: own.length, median: own.length === 0 ? null : median(own), ties },
    ...(ties ? { low: null, high: null } : { low: interval?.low ?? null, high: interval?.high ?? null }),
    effect: variant === 0 ? null : effectBetween(values[0]!, values[variant]!, grain),
  }
}

function effectBetween(
  baseline: ReadonlyArray<number | undefined>,
  candidate: ReadonlyArray<number | undefined>,
  { unit, step }: Grain,
): SecondaryEffect | null {
  const both = baseline.flatMap((from, block) => {
    const to = candidate[block]
    return from === undefined || to === undefined ? [] : [[from, to] as const]
  })
  const from = both.map(([value]) => value)
  const to = both.map(([, value]) => value)
  const none = { low: null, high: null }
  const exact = compareExact(from, to)
  if (exact.kind === 'exact' && both.length > 1 && (unit === 'count' || exact.difference === 0)) {
    return { kind: 'exact', estimate: exact.difference, ...none }
  }
  const difference = shiftBetween(from, to, { kind: 'raw', resolution: resolution[unit] })
  if (difference.estimate !== null && isTooNarrow(difference.low, difference.high, step)) {
    return { kind: 'ties', estimate: difference.estimate, ...none }
  }
  const canBeZero = Math.min(...from, ...to) <= 0
  const { estimate, low, high } = canBeZero ? difference : shiftBetween(from, to, { kind: 'log' })
  return estimate === null ? null : { kind: canBeZero ? 'difference' : 'ratio', estimate, low, high }
}

/** How far `to` lies from `from`, with an interval: a ratio on the logarithmic scale, else a difference. */
function shiftBetween(from: readonly number[], to: readonly number[], scale: Scale) {
  const found = blockSwapInterval(toScale(from, scale), toScale(to, scale), 1 - level)
  return {
    estimate: effectOf(found.estimate, scale),
    low: effectOf(found.low, scale),
    high: effectOf(found.high, scale),
  }
}
