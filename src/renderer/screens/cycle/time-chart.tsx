import { useCallback, useMemo } from 'react'
import { formatCount, formatDuration } from '../../../base/index.ts'
import { valueAxis } from '../../charts/chart/axis.ts'
import { Chart } from '../../charts/chart/chart.tsx'
import type { ChartOption } from '../../charts/chart/echarts.ts'
import type { Palette } from '../../charts/chart/palette.ts'
import { hueOf } from '../../charts/hues.ts'
import { Figure } from '../../widgets/figure.tsx'
import { isFew, iterationFrame, pointsOf, rangeOf, seriesData } from './cycle-axes.ts'
import { iterationSentence } from './cycle-wording.ts'
import { type CycleViewProps, type DrawnCycle, IterationTable } from './iteration-table.tsx'

/** What each iteration took, and which took longer than the others by far. */
export function TimeChart(props: CycleViewProps) {
  const { head, columns, onChoose, chart } = props
  const outliers = useMemo(() => markedOutliers(columns), [columns])
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
  const points = useMemo(() => pointsOf(columns.index, columns.duration), [columns])
  const option = useCallback(
    (palette: Palette) => timeOption({ head, columns }, { outliers, points }, palette),
    [columns, head, outliers, points],
  )
  const median = head.duration
    ? ` The dashed line is the median, ${formatDuration(head.duration.median)}; 95 % took at most ${formatDuration(head.duration.p95)}.`
    : ''
  const which =
    outliers.length < head.outliers ? `the ${formatCount(outliers.length)} slowest of those that were` : 'was'
  const marked =
    outliers.length > 0
      ? ` Marked: ${which} slower than the others by far, by more than 3.5 robust standard deviations from the median.`
      : ''
  return (
    <Figure
      name="cycle.time"
      title="Time of each iteration"
      caption={`Wall time by iteration.${median}${marked}`}
      picture={
        <Chart
          label={`Wall time of each iteration of ${head.path}`}
          option={option}
          marks={marks}
          onPick={onChoose}
          {...chart}
        />
      }
      table={<IterationTable {...props} only={['duration', 'cpu', 'gc']} />}
    />
  )
}

/** Outliers are marked up to so many, the slowest: more would hide what they are marks of. */
const mostMarks = 200

function markedOutliers({ outlier, duration }: DrawnCycle['columns']): number[] {
  const all = Array.from(outlier.keys()).filter((place) => outlier[place] === 1)
  if (all.length <= mostMarks) return all
  return all
    .sort((a, b) => duration[b]! - duration[a]!)
    .slice(0, mostMarks)
    .sort((a, b) => a - b)
}

function timeOption(
  { head, columns }: DrawnCycle,
  { outliers, points }: { readonly outliers: readonly number[]; readonly points: Float64Array },
  palette: Palette,
): ChartOption {
  const hue = hueOf(head.path)
  const data = seriesData(points)
  const [, high] = rangeOf(columns.duration)
  const markLine = {
    data: [
      ...(head.duration
        ? [{ yAxis: head.duration.median, lineStyle: { color: palette.inkQuiet, type: 'dashed' as const } }]
        : []),
    ],
    label: { show: false },
  }
  const look = { color: palette.barEdge(hue) }
  return {
    ...iterationFrame(columns),
    yAxis: valueAxis({ name: 'wall time', unit: 'duration', low: 0, high, zero: true }),
    series: [
      isFew(columns)
        ? { id: 'wall', type: 'bar', ...data, barMaxWidth: 24, itemStyle: { color: palette.bar(hue) }, markLine }
        : {
            id: 'wall',
            type: 'line',
            ...data,
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
