import { medianIntervalText, quantityText, secondaryEffectText, secondaryName } from '../../../analysis/index.ts'
import type { ExperimentSection } from '../../../report/index.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { armName } from './trial-table.tsx'

/** What else was measured: with intervals, and without a word of a verdict. */
export function MetricsTab({ section }: { readonly section: ExperimentSection }) {
  if (section.secondary.length === 0) return <EmptyState sentence="Nothing else was measured of these trials." />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing else that takes the focus.
    <section className="metrics-tab" aria-label="Other metrics" tabIndex={0}>
      <p className="quiet">
        Intervals of 95 % each, adjusted neither for looks nor for their number: they show where to look, and decide
        nothing.
      </p>
      <table className="facts-table">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Variant</th>
            <th scope="col" className="number">
              Median
            </th>
            <th scope="col" className="number">
              Interval
            </th>
            <th scope="col" className="number">
              Against the baseline
            </th>
          </tr>
        </thead>
        <tbody>
          {section.secondary.flatMap((metric) =>
            metric.rows.map((row, place) => (
              <tr key={`${metric.metric} ${row.variant}`}>
                {place === 0 && (
                  <th scope="rowgroup" rowSpan={metric.rows.length}>
                    {secondaryName(metric)}
                  </th>
                )}
                <td>{armName(section, row.variant)}</td>
                <td className="number">{row.median === null ? 'no data' : quantityText(row.median, metric.unit)}</td>
                <td className="number">{medianIntervalText(row, metric) ?? 'none'}</td>
                <td className="number">
                  {row.effect ? secondaryEffectText(row.effect, metric) : row.variant === 0 ? 'baseline' : 'none'}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  )
}
