import { type HistoryPoint, type HistorySeries, historyLevels, historyMarks } from '../../../analysis/index.ts'
import { valueAxis } from '../../charts/chart/axis.ts'
import type { ChartOption } from '../../charts/chart/echarts.ts'
import type { ChartMarks } from '../../charts/chart/marks.ts'
import type { Palette } from '../../charts/chart/palette.ts'
import { commitText, historyValue, rangeWithIntervals } from './history-value.ts'

/** The points of a series as marks: what each is, in words. */
export function historyChartMarks({ points, unit }: HistorySeries): readonly ChartMarks<HistoryPoint>[] {
  return [
    {
      series: 'points',
      count: points.length,
      datum: (index) => points[index]!,
      sentence: (index) => {
        const point = points[index]!
        const { value, low, high, kind, ids, count, startedAt, changes } = point
        if (value === null) return undefined
        const interval =
          low === null || high === null
            ? ''
            : `, 95 % between ${historyValue(low, unit)} and ${historyValue(high, unit)}`
        const what =
          kind === 'experiment' ? `experiment ${ids[0]}` : `${ids.length} ${ids.length === 1 ? 'run' : 'runs'}`
        const commit = commitText(point)
        return [
          `${historyValue(value, unit)}${interval}`,
          `${what}, ${count} ${kind === 'experiment' ? 'blocks' : 'with a result'}, ${new Date(startedAt).toLocaleString()}`,
          ...(commit === '' ? [] : [`commit ${commit}`]),
          ...(changes.length === 0 ? [] : [`changed: ${changes.join(', ')}`]),
          ...(point.unused === undefined ? [] : ['only shown, takes no part in the search for changes']),
        ].join('\n')
      },
    },
  ]
}

/** The chart of a series: points with their intervals over the level of each stretch, changes with their numbers. */
export function historyChartOption(series: HistorySeries, palette: Palette): ChartOption {
  const { points, unit, findings } = series
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
  const { low, high } = rangeWithIntervals(series) ?? { low: Math.min(...values), high: Math.max(...values) }
  const axis = valueAxis({
    name: unit === 'ratio' ? 'ratio' : 'median',
    unit: unit === 'ratio' ? 'number' : 'duration',
    low,
    high,
  })
  const tone = (ratio: number | null) => (ratio === null ? palette.same : ratio > 1 ? palette.slower : palette.faster)
  const marks = historyMarks(series)
  const within = (value: number) => Math.min(axis.max, Math.max(axis.min, value))
  // A tick for each point, and for every n-th where there are many.
  const every = Math.max(1, Math.ceil(points.length / 12))
  const labelled = Array.from({ length: Math.ceil(points.length / every) }, (_, place) => place * every)
  return {
    xAxis: {
      type: 'value',
      name: 'session, oldest first',
      nameLocation: 'middle',
      nameGap: 24,
      min: -0.5,
      max: points.length - 0.5,
      splitLine: { show: false },
      axisTick: { customValues: labelled },
      axisLabel: { customValues: labelled, formatter: (at: number) => labelOf(points[at], at) },
    },
    yAxis: axis,
    series: [
      {
        type: 'custom',
        silent: true,
        z: 1,
        data: points.map((point, index) => [index, point.low ?? Number.NaN, point.high ?? Number.NaN]),
        renderItem: (_, api) => {
          const [index, bottom, top] = [api.value(0) as number, api.value(1) as number, api.value(2) as number]
          if (!(bottom <= top)) return null
          const [x, y1] = api.coord([index, within(bottom)]) as [number, number]
          const [, y2] = api.coord([index, within(top)]) as [number, number]
          return {
            type: 'line',
            shape: { x1: x, y1, x2: x, y2 },
            style: { stroke: palette.lineStrong, lineWidth: 1.5 },
          }
        },
      },
      ...historyLevels(series).map(({ from, to, level, ratio }) => ({
        type: 'line' as const,
        silent: true,
        symbol: 'none',
        z: 2,
        lineStyle: { color: tone(ratio), width: 2 },
        data: [
          [from - 0.3, level],
          [to + 0.3, level],
        ],
      })),
      {
        id: 'points',
        type: 'scatter',
        z: 3,
        symbolSize: 7,
        cursor: 'pointer',
        data: points.map(({ value, unused }, index) => {
          if (value === null) return { value: [index, Number.NaN] }
          const beyond = value > axis.max ? 'triangle' : value < axis.min ? 'path://M0 0L10 0L5 10Z' : undefined
          return {
            value: [index, within(value)],
            ...(beyond === undefined ? {} : { symbol: beyond }),
            itemStyle:
              unused === undefined
                ? { color: palette.accent }
                : { color: palette.raised, borderColor: palette.inkFaint, borderWidth: 1.5 },
          }
        }),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { position: 'end', color: palette.inkQuiet },
          data: [...marks].map(([point, mark]) => {
            const step = findings.steps.find((known) => known.point === point)
            const ratio = step?.ratio ?? (mark === '?' ? (findings.possible?.ratio ?? null) : null)
            return {
              xAxis: point - 0.5,
              lineStyle: { color: tone(ratio), type: step ? 'solid' : 'dashed' },
              label: { formatter: mark },
            }
          }),
        },
        markArea: {
          silent: true,
          itemStyle: { color: palette.hover },
          data: findings.steps
            .filter(({ from, to }) => from < to)
            .map(({ from, to }) => [{ xAxis: from - 0.5 }, { xAxis: to + 0.5 }]),
        },
      },
    ],
  }
}

/** A session's commit where it has one, else its day. */
function labelOf(point: HistoryPoint | undefined, at: number): string {
  if (!point || !Number.isInteger(at)) return ''
  const commit = commitText(point)
  if (commit !== '') return commit
  const day = new Date(point.startedAt)
  return `${day.getDate()}.${day.getMonth() + 1}.`
}
