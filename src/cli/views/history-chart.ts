import type { Colors } from 'picocolors/types.js'
import { formatDuration, formatNumber } from '../../base/index.ts'
import { type HistorySeries, historyLevels, historyMarks, historyRange } from '../../engine/index.ts'
import { pad, widthOf } from '../text-width.ts'

/** Columns and rows of the plot, without its axes. */
const plotWidth = 72
const plotHeight = 9
/** Columns between two points, at most. */
const widestGap = 4

/** A value of a series with its unit: a duration, or `×0.534` of the reference. */
export function formatValue(value: number, unit: HistorySeries['unit']): string {
  return unit === 'ratio' ? `×${formatNumber(value)}` : formatDuration(value)
}

/**
 * A series as a plot of characters, which needs no colour: a dot for each point over the level of its segment, changes marked
 * below. The axis does not start at zero, and says where it starts. With fewer than two values there is nothing to plot.
 */
export function historyChart(series: HistorySeries, colours: Colors): string[] {
  const { points, unit } = series
  const range = historyRange(series)
  if (range === null) return []
  const scale = scaleOf(range)
  const columns = columnsOf(points.length)
  const width = columns.at(-1)! + 2
  const canvas = Array.from({ length: plotHeight }, () => Array.from({ length: width }, () => ' '))
  const put = (row: number, column: number, mark: string) => {
    canvas[row]![column] = mark
  }
  for (const { from, to, level } of historyLevels(series)) {
    for (let column = columns[from]!; column <= columns[to]!; column++)
      put(scale.rowOf(level), column, colours.dim('─'))
  }
  for (const { point } of series.findings.steps) {
    const between = Math.floor((columns[point - 1]! + columns[point]!) / 2)
    for (let row = 0; row < plotHeight; row++) put(row, between, colours.yellow('┊'))
  }
  for (const [place, { value, unused }] of points.entries()) {
    if (value === null) continue
    put(scale.rowOf(value), columns[place]!, unused ? (scale.beyond(value) ?? '○') : colours.cyan('●'))
  }
  const labels = labelsOf(scale, unit)
  const margin = Math.max(...labels.map(widthOf))
  const rows = canvas.map((row, place) => {
    const label = labels[place]!
    return `${pad(label, margin, 'right')} ${label === '' ? '│' : '┤'}${row.join('').trimEnd()}`
  })
  const indent = ' '.repeat(margin + 2)
  const marks = markLine(historyMarks(series), columns)
  return [
    ...rows,
    `${' '.repeat(margin)} └${'─'.repeat(width)}`,
    ...(marks === '' ? [] : [indent + colours.yellow(marks)]),
    indent + colours.dim(legendOf(series)),
  ]
}

interface Scale {
  readonly rowOf: (value: number) => number
  readonly valueOf: (row: number) => number
  /** An arrow for a value beyond the axis. */
  readonly beyond: (value: number) => string | undefined
}

function scaleOf({ low, high }: { readonly low: number; readonly high: number }): Scale {
  return {
    rowOf: (value) => {
      const within = Math.min(high, Math.max(low, value))
      return Math.round(((high - within) / (high - low)) * (plotHeight - 1))
    },
    valueOf: (row) => high - (row / (plotHeight - 1)) * (high - low),
    beyond: (value) => (value > high ? '↑' : value < low ? '↓' : undefined),
  }
}

/** The column of each point: evenly apart, closer together the more there are. */
function columnsOf(count: number): number[] {
  const gap = Math.min(widestGap, (plotWidth - 2) / Math.max(1, count - 1))
  return Array.from({ length: count }, (_, place) => 1 + Math.round(place * gap))
}

/** The text beside each row: at the top, in the middle and at the bottom. */
function labelsOf(scale: Scale, unit: HistorySeries['unit']): string[] {
  const labelled = [0, plotHeight >> 1, plotHeight - 1]
  return Array.from({ length: plotHeight }, (_, row) =>
    labelled.includes(row) ? formatValue(scale.valueOf(row), unit) : '',
  )
}

function markLine(marks: ReadonlyMap<number, string>, columns: readonly number[]): string {
  let line = ''
  for (const [point, mark] of [...marks].sort(([left], [right]) => left - right)) {
    line = line.padEnd(columns[point]!) + mark
  }
  return line
}

function legendOf({ points, findings }: HistorySeries): string {
  return [
    ...(points.some(({ unused }) => !unused) ? ['● experiment'] : []),
    ...(points.some(({ unused }) => unused) ? ['○ ↑ ↓ only shown'] : []),
    ...(findings.steps.length > 0 ? ['1 … change of level, numbered'] : []),
    ...(findings.possible ? ['? possible shift'] : []),
    ...(findings.trend ? ['~ start of a gradual trend'] : []),
    'oldest first; the axis does not start at 0',
  ].join('   ')
}
