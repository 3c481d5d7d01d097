import { formatBytes, formatChangeWithInterval, formatCount, formatDuration, formatNumber } from '../base/index.ts'
import { metricLabels } from './experiment-arms.ts'
import type { SecondaryEffect, SecondaryMetric, SecondaryRow } from './secondary-metrics.ts'

type Kind = Pick<SecondaryMetric, 'unit' | 'step'>

/** What a metric is called, with its step where it has one: `CPU time, in steps of 4.00 ms`. A count has no need to say it. */
export function secondaryName({ metric, unit, step }: SecondaryMetric): string {
  const { label } = metricLabels[metric]
  return step === null || unit === 'count' ? label : `${label}, in steps of ${quantityText(step, unit)}`
}

/** An amount in the unit of its metric: `4.20 ms`, `12.4 MiB`, `442`. */
export function quantityText(value: number, unit: SecondaryMetric['unit']): string {
  if (unit === 'ns') return value === 0 ? '0' : formatDuration(value)
  if (unit === 'bytes') return formatBytes(value)
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value)
}

/** The interval of a median, or why there is none; `null` where too little was measured for one. */
export function medianIntervalText(row: SecondaryRow, kind: Kind): string | null {
  if (row.ties) return noIntervalText(kind)
  if (row.low === null || row.high === null) return null
  if (row.low === row.high) return 'the same in every trial'
  return `${quantityText(row.low, kind.unit)} to ${quantityText(row.high, kind.unit)}`
}

/** How a variant compares with the baseline, never without its interval or why there is none. */
export function secondaryEffectText({ kind, estimate, low, high }: SecondaryEffect, of: Kind): string {
  if (kind === 'ratio') return formatChangeWithInterval(estimate, low, high)
  if (kind === 'exact') return estimate === 0 ? 'no difference in any trial' : `${signed(estimate, of)} in every trial`
  if (kind === 'ties') return `${signed(estimate, of)}, ${noIntervalText(of)}`
  const side = (value: number | null, unbounded: string) => (value === null ? unbounded : signed(value, of))
  return `${signed(estimate, of)} [${side(low, '−∞')}, ${side(high, '+∞')}]`
}

function noIntervalText({ unit, step }: Kind): string {
  if (step === null) return 'most trials are equal: no interval'
  return `in steps of ${quantityText(step, unit)}: no interval`
}

function signed(value: number, { unit }: Kind): string {
  return `${value < 0 ? '−' : value > 0 ? '+' : ''}${quantityText(Math.abs(value), unit)}`
}
