import { useCallback, useMemo } from 'react'
import { formatDuration } from '../../../base/index.ts'
import { valueAxis } from '../../charts/chart/axis.ts'
import { Chart } from '../../charts/chart/chart.tsx'
import type { ChartOption } from '../../charts/chart/echarts.ts'
import type { Palette } from '../../charts/chart/palette.ts'
import { hueOf } from '../../charts/hues.ts'
import { Figure } from '../../widgets/figure.tsx'
import { drawnSelection, iterationAxis, pointsOf, rangeOf } from './cycle-axes.ts'
import { iterationSentence } from './cycle-wording.ts'
import { type CycleViewProps, type DrawnCycle, IterationTable } from './iteration-table.tsx'

/** More iterations than this are a line: bars would be thinner than a pixel. */
const mostBars = 400

/** What each iteration took, and which took longer than the others by far. */
export function TimeChart(props: CycleViewProps) {
  const { head, columns, selected, onChoose } = props
  const outliers = useMemo(
    () => Array.from(columns.outlier.keys()).filter((place) => columns.outlier[place] === 1),
    [columns],
  )
  const marks = useMemo(() => {
    const sentence = (place: number) => iterationSentence(columns, place, head.metric?.name)
    return [
      { series: 'wall', count: columns.index.length, sentence, datum: (place: number) => place },
      {
        series: 'outliers',
        count: outliers.length,
        sentence: (at: number) => `slower than the others by far\n${sentence(outliers[at]!)}`,
        datum: (at: number) => outliers[at]!,
      },
    ]
  }, [columns, head, outliers])
  const option = useCallback(
    (palette: Palette) => timeOption({ head, columns, selected }, outliers, palette),
    [columns, head, outliers, selected],
  )
  const median = head.duration ? ` The dashed line is the median, ${formatDuration(head.duration.median)}.` : ''
  const marked = outliers.length > 0 ? ' Marked: slower than the others by far.' : ''
  return (
    <Figure
      name="cycle.time"
      title="Time of each iteration"
      caption={`Wall time by iteration.${median}${marked}`}
      picture={
        <Chart label={`Wall time of each iteration of ${head.path}`} option={option} marks={marks} onPick={onChoose} />
      }
      table={<IterationTable {...props} only={['duration', 'cpu', 'gc']} />}
    />
  )
}

function timeOption(
  { head, columns, selected }: DrawnCycle,
  outliers: readonly number[],
  palette: Palette,
): ChartOption {
  const hue = hueOf(head.path)
  const [, high] = rangeOf(columns.duration)
  const data = pointsOf(columns.index, columns.duration)
  const markLine = {
    data: [
      ...(head.duration
        ? [{ yAxis: head.duration.median, lineStyle: { color: palette.inkQuiet, type: 'dashed' as const } }]
        : []),
      ...drawnSelection(columns, selected, palette),
    ],
    label: { show: false },
  }
  const look = { color: palette.barEdge(hue) }
  return {
    grid: { bottom: 26 },
    xAxis: { ...iterationAxis(columns), ...(columns.index.length <= mostBars ? barRoom(columns.index) : {}) },
    yAxis: valueAxis({ name: 'wall time', unit: 'duration', low: 0, high, zero: true }),
    series: [
      columns.index.length <= mostBars
        ? { id: 'wall', type: 'bar', data, barMaxWidth: 24, itemStyle: { color: palette.bar(hue) }, markLine }
        : {
            id: 'wall',
            type: 'line',
            data,
            sampling: 'minmax',
            showSymbol: false,
            itemStyle: look,
            lineStyle: look,
            markLine,
          },
      {
        id: 'outliers',
        type: 'scatter',
        data: outliers.map((place) => [columns.index[place]!, columns.duration[place]!]),
        symbol: 'triangle',
        symbolSize: 8,
        symbolOffset: [0, -7],
        itemStyle: { color: palette.slower },
      },
    ],
  }
}

/** Half an iteration at each end, so that the first and the last bar are whole. */
function barRoom(index: Float64Array) {
  return {
    min: (index[0] ?? 0) - 0.5,
    max: (index.at(-1) ?? 0) + 0.5,
    axisLabel: { showMinLabel: false, showMaxLabel: false },
  }
}
