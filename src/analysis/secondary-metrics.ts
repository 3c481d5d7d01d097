import { blockSwapInterval, compareExact, effectOf, median, medianInterval, toScale } from '../statistics/index.ts'
import { metricLabels, valuesByArm } from './experiment-arms.ts'
import type { ExperimentRecord, MetricName } from './experiment-record.ts'

/** A metric that the experiment was not about: shown with intervals, and with no word of a verdict. */
export interface SecondaryMetric {
  readonly metric: MetricName
  readonly unit: 'ns' | 'bytes' | 'count'
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
  /**
   * Against the baseline, over blocks in which both were measured; `null` for the baseline, where there is none, and of a
   * variant with another result.
   */
  readonly effect: SecondaryEffect | null
}

/**
 * `ratio`: variant ÷ baseline. `difference`: variant − baseline in the metric's unit, where it can be zero. `exact`: the
 * difference, where all trials of each side agree to the last digit, so that there is no interval.
 */
export interface SecondaryEffect {
  readonly kind: 'ratio' | 'difference' | 'exact'
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
    const rows = values.map((_, variant) => {
      const row = rowOf(values, variant, resolution[unit])
      return different.has(variant) ? { ...row, effect: null } : row
    })
    return [{ metric, unit, rows }]
  })
}

type Values = ReadonlyArray<ReadonlyArray<number | undefined>>

function rowOf(values: Values, variant: number, step: number): SecondaryRow {
  const own = values[variant]!.filter((value) => value !== undefined)
  const interval = medianInterval(own, level)
  return {
    ...{ variant, trials: own.length, median: own.length === 0 ? null : median(own) },
    ...{ low: interval?.low ?? null, high: interval?.high ?? null },
    effect: variant === 0 ? null : effectBetween(values[0]!, values[variant]!, step),
  }
}

function effectBetween(
  baseline: ReadonlyArray<number | undefined>,
  candidate: ReadonlyArray<number | undefined>,
  step: number,
): SecondaryEffect | null {
  const both = baseline.flatMap((from, block) => {
    const to = candidate[block]
    return from === undefined || to === undefined ? [] : [[from, to] as const]
  })
  const from = both.map(([value]) => value)
  const to = both.map(([, value]) => value)
  const exact = compareExact(from, to)
  if (exact.kind === 'exact' && both.length > 1) {
    return { kind: 'exact', estimate: exact.difference, low: null, high: null }
  }
  const scale = Math.min(...from, ...to) > 0 ? ({ kind: 'log' } as const) : ({ kind: 'raw', resolution: step } as const)
  const found = blockSwapInterval(toScale(from, scale), toScale(to, scale), 1 - level)
  const estimate = effectOf(found.estimate, scale)
  if (estimate === null) return null
  const kind = scale.kind === 'log' ? 'ratio' : 'difference'
  return { kind, estimate, low: effectOf(found.low, scale), high: effectOf(found.high, scale) }
}
