import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { formatCount, formatNumber } from '../../../base/index.ts'
import { valueAxis } from '../../charts/chart/axis.ts'
import { Chart } from '../../charts/chart/chart.tsx'
import type { ChartOption } from '../../charts/chart/echarts.ts'
import type { Palette } from '../../charts/chart/palette.ts'
import { choose, preferencesStore } from '../../state/preferences.ts'
import { Figure } from '../../widgets/figure.tsx'
import { Segments } from '../../widgets/segments.tsx'
import { iterationFrame, logAxis, pointsOf, rangeOf, seriesData } from './cycle-axes.ts'
import { iterationSentence, rateText } from './cycle-wording.ts'
import { type CycleViewProps, type DrawnCycle, IterationTable } from './iteration-table.tsx'

/** The metric by iteration, or how far it still was from where it was going, with the fitted rate. */
export function MetricChart(props: CycleViewProps) {
  const { head, columns, onChoose, chart } = props
  const wanted = useStore(preferencesStore, ({ choices }) => choices['cycle.metric'] ?? 'value')
  const { residuals } = columns
  const view = wanted === 'residual' && residuals ? 'residual' : 'value'
  const metric = head.metric!
  const marks = useMemo(
    () => [
      {
        series: 'metric',
        count: columns.index.length,
        sentence: (place: number) => iterationSentence(columns, place, metric.name),
        datum: (place: number) => place,
      },
    ],
    [columns, metric.name],
  )
  const points = useMemo(() => pointsOf(columns.index, columns.metric), [columns])
  const option = useCallback(
    (palette: Palette) =>
      view === 'residual' ? residualOption({ columns }, palette) : valueOption({ head, columns }, points, palette),
    [view, columns, head, points],
  )
  const gaps = useMemo(() => columns.metric.reduce((sum, value) => sum + Number(Number.isNaN(value)), 0), [columns])
  const target = metric.goal.goal === 'reach' ? ' The dashed line is the target.' : ''
  const rate = residuals?.line
  return (
    <Figure
      name="cycle.metric"
      title={view === 'residual' ? `How far ${metric.name} still was` : metric.name}
      caption={
        view === 'residual'
          ? `By iteration, logarithmic: ${metric.goal.goal === 'reach' ? 'distance to the target' : 'size of each step'}.${rate ? ` By the line each iteration ${rateText(rate.rate)} it (R² ${formatNumber(rate.fit)}).` : ' No line fits: it does not converge at one rate.'}`
          : `By iteration, counted from 0.${target}${gaps > 0 ? ` ${gapsText(gaps)}` : ''}`
      }
      toolbar={
        residuals && (
          <Segments
            label="What is shown"
            value={view}
            options={[
              { value: 'value', title: 'Value' },
              { value: 'residual', title: 'Convergence' },
            ]}
            onChange={(value) => choose('cycle.metric', value)}
          />
        )
      }
      picture={
        <Chart label={`${metric.name} by iteration`} option={option} marks={marks} onPick={onChoose} {...chart} />
      }
      table={<IterationTable {...props} only={['metric']} />}
    />
  )
}

function gapsText(gaps: number): string {
  return gaps === 1
    ? 'In 1 iteration it was no number: a gap.'
    : `In ${formatCount(gaps)} iterations it was no number: gaps.`
}

function valueOption({ head, columns }: DrawnCycle, points: Float64Array, palette: Palette): ChartOption {
  const metric = head.metric!
  const target = metric.goal.goal === 'reach' ? metric.goal.target : null
  const [low, high] = rangeOf(columns.metric, target === null ? [] : [target])
  const logarithmic = low > 0 && high / low > 30
  return {
    ...iterationFrame(columns),
    yAxis: logarithmic ? logAxis(metric.name) : valueAxis({ name: metric.name, unit: 'number', low, high }),
    series: [
      {
        id: 'metric',
        type: 'line',
        ...seriesData(points),
        sampling: 'lttb',
        showSymbol: columns.index.length <= 200,
        itemStyle: { color: palette.accent },
        lineStyle: { color: palette.accent },
        markLine: {
          data: [
            ...(target === null
              ? []
              : [{ yAxis: target, lineStyle: { color: palette.inkQuiet, type: 'dashed' as const } }]),
          ],
          label: { show: false },
        },
      },
    ],
  }
}

function residualOption({ columns }: Omit<DrawnCycle, 'head'>, palette: Palette): ChartOption {
  const { first, values, line } = columns.residuals!
  const index = columns.index.subarray(first)
  // A logarithmic axis has no place for nought: the limit was reached exactly.
  const drawn = values.map((value) => (value > 0 ? value : Number.NaN))
  const last = values.indexOf(0) < 0 ? values.length - 1 : values.indexOf(0) - 1
  return {
    ...iterationFrame(columns),
    yAxis: logAxis('distance'),
    series: [
      {
        id: 'residuals',
        type: 'line',
        ...seriesData(pointsOf(index, drawn)),
        sampling: 'lttb',
        showSymbol: values.length <= 200,
        itemStyle: { color: palette.accent },
        lineStyle: { color: palette.accent },
        tooltip: { show: false },
      },
      ...(line
        ? [
            {
              id: 'fit',
              type: 'line' as const,
              data: [
                [index[0]!, line.start],
                [index[last]!, line.start * line.rate ** last],
              ],
              symbol: 'none',
              silent: true,
              lineStyle: { color: palette.inkQuiet, type: 'dashed' as const },
            },
          ]
        : []),
    ],
  }
}
