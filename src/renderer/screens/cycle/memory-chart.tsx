import { useCallback, useMemo } from 'react'
import { valueAxis } from '../../charts/chart/axis.ts'
import { Chart } from '../../charts/chart/chart.tsx'
import type { ChartOption } from '../../charts/chart/echarts.ts'
import type { Palette } from '../../charts/chart/palette.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Figure } from '../../widgets/figure.tsx'
import { iterationFrame, pointsOf, rangeOf, seriesData } from './cycle-axes.ts'
import { iterationSentence, memorySentence } from './cycle-wording.ts'
import { type CycleViewProps, type DrawnCycle, IterationTable } from './iteration-table.tsx'

/** How the heap went over the iterations. */
export function MemoryChart(props: CycleViewProps) {
  const { head, columns, onChoose, chart } = props
  const marks = useMemo(
    () => [
      {
        series: 'heap',
        count: columns.index.length,
        sentence: (place: number) => iterationSentence(columns, place, head.metric?.name),
        datum: (place: number) => place,
      },
    ],
    [columns, head],
  )
  const points = useMemo(() => pointsOf(columns.index, columns.heapSum), [columns])
  const option = useCallback((palette: Palette) => memoryOption({ columns }, points, palette), [columns, points])
  return (
    <Figure
      name="cycle.memory"
      title="Memory"
      caption={`Heap in use after each iteration, less that before the first. ${memorySentence(head) ?? ''}`}
      picture={
        head.heap ? (
          <Chart
            label={`Heap after each iteration of ${head.path}`}
            option={option}
            marks={marks}
            onPick={onChoose}
            {...chart}
          />
        ) : (
          <EmptyState sentence="Memory was not measured: the run was made with capture off." />
        )
      }
      table={<IterationTable {...props} only={['heap', 'heapSum', 'gc']} />}
    />
  )
}

function memoryOption({ columns }: Omit<DrawnCycle, 'head'>, points: Float64Array, palette: Palette): ChartOption {
  const [low, high] = rangeOf(columns.heapSum, [0])
  return {
    ...iterationFrame(columns),
    yAxis: valueAxis({ name: 'heap', unit: 'bytes', low, high }),
    series: [
      {
        id: 'heap',
        type: 'line',
        step: 'end',
        ...seriesData(points),
        sampling: 'minmax',
        showSymbol: false,
        itemStyle: { color: palette.inkQuiet },
        lineStyle: { color: palette.inkQuiet },
      },
    ],
  }
}
