import type { SecondaryMetric, SecondaryRow } from '../../../analysis/index.ts'
import { metricLabels } from '../../../analysis/index.ts'
import { formatBytes, formatChangeWithInterval, formatCount, formatDuration } from '../../../base/index.ts'
import type { ExperimentSection } from '../../../report/index.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { armName } from './trial-table.tsx'

/** What else was measured: with intervals, and without a word of a verdict. */
export function MetricsTab({ section }: { readonly section: ExperimentSection }) {
  if (section.secondary.length === 0) return <EmptyState sentence="Nothing else was measured of these trials." />
  return (
    <div className="metrics-tab">
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
                <th scope="row">{place === 0 ? metricLabels[metric.metric].label : ''}</th>
                <td>{armName(section, row.variant)}</td>
                <td className="number">{valueText(metric, row.median)}</td>
                <td className="number">{intervalText(metric, row)}</td>
                <td className="number">{effectText(metric, row)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  )
}

function valueText({ unit }: SecondaryMetric, value: number | null): string {
  if (value === null) return 'no data'
  return unit === 'ns' ? formatDuration(value) : unit === 'bytes' ? formatBytes(value) : formatCount(value)
}

function intervalText(metric: SecondaryMetric, { low, high, ties, trials }: SecondaryRow): string {
  if (ties && metric.step !== null) return `none: it moves in steps of ${valueText(metric, metric.step)}`
  if (low === null || high === null) return `none: ${formatCount(trials)} trials`
  return `${valueText(metric, low)} to ${valueText(metric, high)}`
}

function effectText(metric: SecondaryMetric, { effect }: SecondaryRow): string {
  if (!effect) return ''
  if (effect.kind === 'ratio') return formatChangeWithInterval(effect.estimate, effect.low, effect.high)
  const text = valueText(metric, effect.estimate)
  const signed = effect.estimate > 0 ? `+${text}` : text
  if (effect.kind === 'exact') return `${signed}, exactly`
  if (effect.kind === 'ties') return `${signed}, less than its step is not seen`
  const side = (value: number | null) => (value === null ? '∞' : valueText(metric, value))
  return `${signed} [${side(effect.low)}, ${side(effect.high)}]`
}
