import { metricLabels } from '../../../analysis/index.ts'
import {
  formatBytes,
  formatChangeWithInterval,
  formatCount,
  formatDuration,
  formatNumber,
} from '../../../base/index.ts'
import type { ExperimentSection } from '../../model.ts'
import { html, type Markup } from './markup.ts'
import { table, twin } from './table.ts'
import { noData, orNone } from './wording.ts'

type Metric = ExperimentSection['secondary'][number]

/** What else was measured of each variant: intervals of 95 % each, and no word of a verdict. */
export function secondaryTable({ secondary, variants }: ExperimentSection): Markup | null {
  if (secondary.length === 0) return null
  const numeric = true
  const rows = secondary.flatMap((metric) =>
    metric.rows.map((row) => [
      metricLabels[metric.metric].label,
      variants[row.variant]?.name ?? '–',
      orNone(row.median, (value) => quantity(value, metric.unit)),
      row.low === null || row.high === null
        ? noData
        : `${quantity(row.low, metric.unit)} to ${quantity(row.high, metric.unit)}`,
      effectOf(row.effect, metric.unit, row.variant === 0),
    ]),
  )
  return twin(
    'Other metrics, without a verdict',
    table(
      [
        ...[{ title: 'Metric' }, { title: 'Variant' }, { title: 'Median', numeric }],
        ...[
          { title: '95\u00a0% interval of the median', numeric },
          { title: 'Against the baseline', numeric },
        ],
      ],
      rows,
      { caption: 'Intervals are of 95\u00a0% each, adjusted neither for the looks nor for how many they are.' },
    ),
  )
}

function effectOf(effect: Metric['rows'][number]['effect'], unit: Metric['unit'], isBaseline: boolean): Markup {
  if (isBaseline) return html`<span class="quiet">baseline</span>`
  if (effect === null) return noData
  const { kind, estimate, low, high } = effect
  if (kind === 'ratio') return html`${formatChangeWithInterval(estimate, low, high)}`
  const signed = (value: number) => `${value < 0 ? '−' : value > 0 ? '+' : ''}${quantity(Math.abs(value), unit)}`
  if (kind === 'exact')
    return html`${estimate === 0 ? 'no difference in any trial' : `${signed(estimate)} in every trial`}`
  return html`${signed(estimate)} [${low === null ? '−∞' : signed(low)}, ${high === null ? '+∞' : signed(high)}]`
}

function quantity(value: number, unit: Metric['unit']): string {
  if (unit === 'ns') return formatDuration(value)
  if (unit === 'bytes') return formatBytes(value)
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value)
}
