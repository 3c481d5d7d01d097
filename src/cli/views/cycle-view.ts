import type { Colors } from 'picocolors/types.js'
import { formatBytes, formatCount, formatDuration, formatNumber } from '../../base/index.ts'
import { type CycleReport, coarseCpuText, type MetricTrajectory } from '../../engine/index.ts'
import { formatPairs } from '../table.ts'

/** A line that explains less of how the heap went (R²) is no trend. */
const leastFit = 0.5

/** How a cycle went: why it ended, its metric, what its iterations cost. */
export function cycleLines(cycle: CycleReport, colours: Colors): string[] {
  const { duration, cpu, cpuClock, heap, gc, iterations, memoryTrend } = cycle
  const outliers = iterations.filter(({ outlier }) => outlier)
  const slowest = cycle.slowest.map((place) => iterations[place]).filter((row) => row !== undefined)
  const pairs: Array<readonly [string, string | undefined]> = [
    ['metric', cycle.metric ? metricText(cycle.metric) : 'none'],
    ['shape', cycle.metric && iterations.length > 1 ? sparkline(cycle.metric.values, 60) : undefined],
    ['time', duration ? measured(duration, formatDuration) : 'no data'],
    ['cpu', cpu ? measured(cpu, formatDuration) : cpuClock ? coarseCpuText(cpuClock) : 'no data'],
    ['gc', gc ? `${formatDuration(gc.total)} in all` : 'no data'],
    ['heap', heap ? `${formatBytes(heap.total)} in all` : 'no data'],
    [
      'heap trend',
      memoryTrend && memoryTrend.fit >= leastFit
        ? `${formatBytes(memoryTrend.perIteration)} an iteration (R² ${formatNumber(memoryTrend.fit)})`
        : undefined,
    ],
    ['slowest', slowest.map(({ index, duration }) => `${index} (${formatDuration(duration)})`).join(', ')],
    ['outliers', outliers.length > 0 ? `${outliers.length} slower than the others by far` : undefined],
  ]
  const head = `${colours.bold(cycle.path)}  ${cycle.reason ?? 'no reason recorded'} after ${countOf(iterations.length)}`
  return [head, ...formatPairs(pairs, { title: colours.dim }).map((line) => `  ${line}`)]
}

function countOf(iterations: number): string {
  return `${formatCount(iterations)} ${iterations === 1 ? 'iteration' : 'iterations'}`
}

function metricText({ name, goal, first, last, best, bestAt, direction, convergence }: MetricTrajectory): string {
  const target = goal.goal === 'reach' ? `reach ${formatNumber(goal.target)}` : goal.goal
  const rate = convergence ? `, each iteration leaves ${formatNumber(convergence.rate)} of the rest` : ''
  const bestSeen = `best ${formatNumber(best)} at iteration ${bestAt}`
  return `${name} (${target})  ${formatNumber(first)} → ${formatNumber(last)}, ${direction}, ${bestSeen}${rate}`
}

function measured(
  summary: { readonly total: number; readonly median: number; readonly p95: number },
  format: (value: number) => string,
): string {
  return `${format(summary.total)} in all, median ${format(summary.median)}, p95 ${format(summary.p95)}`
}

const levels = [...'▁▂▃▄▅▆▇█']

/** Values as a row of bars of at most `width`, lowest to highest; where there are more, the last of each stretch. A value that is no number is a gap. */
export function sparkline(values: ArrayLike<number>, width: number): string {
  const count = Math.min(width, values.length)
  const picked = Array.from(
    { length: count },
    (_, place) => values[Math.ceil(((place + 1) * values.length) / count) - 1]!,
  )
  const numbers = picked.filter(Number.isFinite)
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  return picked
    .map((value) => {
      if (!Number.isFinite(value)) return ' '
      return levels[high > low ? Math.round(((value - low) / (high - low)) * (levels.length - 1)) : 0]
    })
    .join('')
}
