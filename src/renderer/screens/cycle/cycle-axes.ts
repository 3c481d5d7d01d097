import type { Palette } from '../../charts/chart/palette.ts'
import type { CycleColumns } from '../../workers/topics/cycles.ts'

/** The axis that all charts of a cycle share: iterations, counted from 0. */
export function iterationAxis({ index }: CycleColumns) {
  return {
    type: 'value' as const,
    name: 'iteration',
    nameLocation: 'middle' as const,
    nameGap: 24,
    min: index[0] ?? 0,
    max: Math.max((index[0] ?? 0) + 1, index.at(-1) ?? 1),
    minInterval: 1,
    splitLine: { show: false },
  }
}

/** Points as ECharts takes them; what was not measured is a gap. */
export function pointsOf(x: ArrayLike<number>, y: ArrayLike<number>): Array<[number, number | null]> {
  return Array.from(x as ArrayLike<number> & Iterable<number>, (value, place): [number, number | null] => [
    value,
    Number.isFinite(y[place]) ? y[place]! : null,
  ])
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

/** The line that stands where the selected iteration is, as an ECharts mark line. */
export function drawnSelection({ index }: CycleColumns, selected: number | null, palette: Palette) {
  if (selected === null) return []
  return [{ xAxis: index[selected]!, lineStyle: { color: palette.accent, type: 'solid' as const, width: 1 } }]
}
