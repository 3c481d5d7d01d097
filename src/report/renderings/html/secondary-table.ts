import { medianIntervalText, quantityText, secondaryEffectText, secondaryName } from '../../../analysis/index.ts'
import type { ExperimentSection } from '../../model.ts'
import { html, type Markup } from './markup.ts'
import { table, twin } from './table.ts'
import { noData, orNone } from './wording.ts'

/** What else was measured of each variant: intervals of 95 % each, and no word of a verdict. */
export function secondaryTable({ secondary, variants }: ExperimentSection): Markup | null {
  if (secondary.length === 0) return null
  const numeric = true
  const rows = secondary.flatMap((metric) =>
    metric.rows.map((row) => [
      secondaryName(metric),
      variants[row.variant]?.name ?? '–',
      orNone(row.median, (value) => quantityText(value, metric.unit)),
      medianIntervalText(row, metric) ?? noData,
      row.variant === 0
        ? html`<span class="quiet">baseline</span>`
        : orNone(row.effect, (effect) => secondaryEffectText(effect, metric)),
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
    'printed',
  )
}
