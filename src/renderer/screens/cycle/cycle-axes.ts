import { formatCount, formatNumber } from '../../../base/index.ts'
import type { ChartOption } from '../../charts/chart/echarts.ts'
import type { CycleColumns } from '../../workers/topics/cycles.ts'

/** More iterations than this are a line: bars and dots would be thinner than a pixel. */
const mostBars = 400

/** Whether there are so few iterations that each has a mark of its own. */
export function isFew({ index }: CycleColumns): boolean {
  return index.length <= mostBars
}

/** What all charts of a cycle share: the axis of iterations, counted from 0, its zoom, and tips that find the nearest one. */
export function iterationFrame(columns: CycleColumns): Pick<ChartOption, 'grid' | 'dataZoom' | 'tooltip'> & {
  readonly xAxis: ReturnType<typeof iterationAxis>
} {
  return {
    grid: { top: 8, bottom: 8, left: 12, right: 16 },
    xAxis: iterationAxis(columns),
    dataZoom: [{ type: 'inside', xAxisIndex: 0, filterMode: isFew(columns) ? 'none' : 'filter', minValueSpan: 4 }],
    ...(isFew(columns) ? {} : { tooltip: { trigger: 'axis' } }),
  }
}

function iterationAxis(columns: CycleColumns) {
  const { index } = columns
  const [first, last] = [index[0] ?? 0, index.at(-1) ?? 1]
  // Half an iteration at each end, so that the first and the last bar are whole.
  const room = isFew(columns) ? 0.5 : 0
  return {
    type: 'value' as const,
    name: 'iteration',
    nameLocation: 'middle' as const,
    nameGap: 22,
    min: first - room,
    max: Math.max(first + 1, last) + room,
    minInterval: 1,
    splitLine: { show: false },
    axisLabel: {
      showMinLabel: room === 0,
      showMaxLabel: false,
      formatter: (at: number) => formatCount(Math.round(at)),
    },
  }
}

/** Points as one column that ECharts takes as it is: x, y, x, y; what was not measured is a gap. */
export function pointsOf(x: Float64Array, y: Float64Array): Float64Array {
  const points = new Float64Array(2 * x.length)
  for (let place = 0; place < x.length; place++) {
    points[2 * place] = x[place]!
    points[2 * place + 1] = y[place] ?? Number.NaN
  }
  return points
}

/** The part of a series that holds such points. ECharts' types know typed arrays only in datasets. */
export function seriesData(points: Float64Array) {
  // What is pointed at is found on the axis: drawing it larger means drawing all of it again.
  const isMany = points.length > 2 * mostBars
  return {
    ...(isMany ? { emphasis: { disabled: true } } : {}),
    dimensions: ['iteration', 'value'],
    data: points as unknown as number[][],
  }
}

/** A logarithmic axis, its numbers as everywhere else. */
export function logAxis(name: string) {
  return {
    type: 'log' as const,
    name: `${name} (logarithmic)`,
    nameTextStyle: { align: 'left' as const },
    axisLabel: { formatter: formatNumber },
  }
}

/** Smallest and largest number of a column, and of more that must be in sight. */
export function rangeOf(column: Float64Array, more: readonly number[] = []): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const values of [column, more]) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low > high ? [0, 1] : [low, high]
}
