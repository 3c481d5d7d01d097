import { iterationCpuText } from '../../../analysis/index.ts'
import { formatBytes, formatCount, formatDuration, formatNumber, formatShare } from '../../../base/index.ts'
import type { CycleHead } from '../../workers/topics/cycles.ts'

/** A line that explains less of how the heap went (R²) is no trend. */
const leastFit = 0.5

/** Why a cycle ended, as a sentence. `null`: the run ended without saying so. */
export function reasonSentence(reason: CycleHead['reason'], iterations: number): string {
  const after = `after ${countOf(iterations)}`
  switch (reason) {
    case 'converged':
      return `Converged ${after}.`
    case 'max-iterations':
      return `Reached its limit of iterations ${after}, without converging.`
    case 'timeout':
      return `Ran out of time ${after}.`
    case 'memory-limit':
      return `Reached its memory limit ${after}.`
    case 'stalled':
      return `Stalled: the metric got no better any more, ${after}.`
    case 'stopped':
      return `Its own condition ended it ${after}.`
    case 'cancelled':
      return `Was cancelled ${after}.`
    case 'failed':
      return `Failed ${after}; what was done until then is here.`
    case null:
      return `The run ended without a reason for this cycle, ${after}.`
  }
}

/** How the metric went, as a sentence; `null` where the cycle has none. */
export function metricSentence({ metric }: CycleHead): string | null {
  if (!metric) return null
  const { name, goal, first, last, best, bestAt, direction, convergence } = metric
  const aim = goal.goal === 'reach' ? `should reach ${formatNumber(goal.target)}` : `${goal.goal}d`
  const text = numberFormat(Math.min(first, last, best), Math.max(first, last, best))
  const went = `${name} (${aim}) went from ${text(first)} to ${text(last)}`
  const how = direction === 'same' ? 'no better than at first' : direction
  const bestSeen = best === last ? '' : `, best was ${text(best)} in iteration ${formatCount(bestAt)}`
  const rate = convergence
    ? ` Each iteration ${rateText(convergence.rate)} the rest (R² ${formatNumber(convergence.fit)}).`
    : ''
  return `${went}: ${how}${bestSeen}.${rate}`
}

/** What an iteration does to the way that is left; where it leaves nearly all, what it takes off says more. */
export function rateText(rate: number): string {
  return rate > 0.99 && rate < 1 ? `takes ${formatShare(1 - rate)} off` : `leaves ${formatNumber(rate)} of`
}

/** How numbers from `low` to `high` are written so that they can be told apart: three digits, or more where all begin alike. */
export function numberFormat(low: number, high: number): (value: number) => string {
  const largest = Math.max(Math.abs(low), Math.abs(high))
  const digits = Math.ceil(Math.log10(largest / (high - low))) + 3
  if (!Number.isFinite(digits) || digits <= 4) return formatNumber
  const decimals = Math.min(12, Math.max(0, digits - 1 - Math.floor(Math.log10(largest))))
  return (value) => {
    if (!Number.isFinite(value) || largest >= 1e15) return formatNumber(value)
    const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.')
    return `${value < 0 ? '−' : ''}${formatCount(Number(whole))}${fraction === undefined ? '' : `.${fraction}`}`
  }
}

/** What memory did, as a sentence; `null` where it was not measured. */
export function memorySentence({ heap, memoryTrend }: CycleHead): string | null {
  if (!heap) return null
  const total = `The heap ${heap.total < 0 ? 'shrank' : 'grew'} by ${formatBytes(Math.abs(heap.total))} in all`
  if (!memoryTrend || memoryTrend.fit < leastFit) return `${total}, without a trend.`
  // The first iteration may free or take more than all others together: what the line says is of those.
  const isOpposite = Math.sign(memoryTrend.perIteration) !== Math.sign(heap.total)
  const each = `${signedBytes(memoryTrend.perIteration)} an iteration${isOpposite ? ' after the first' : ''}`
  return `${total}: ${each} (R² ${formatNumber(memoryTrend.fit)}).`
}

/** Which iterations took longer than the others by far, as a sentence. */
export function outlierSentence({ outliers, duration, iterations }: CycleHead): string | null {
  if (!duration || iterations < 5) return null
  if (outliers === 0) return 'No iteration took longer than the others by far.'
  const verb = outliers === 1 ? 'iteration took' : 'iterations took'
  return `${formatCount(outliers)} ${verb} longer than the others by far.`
}

/** A change of memory with its sign. */
export function signedBytes(bytes: number): string {
  return Number.isFinite(bytes) && bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes)
}

/** One iteration in lines, for tooltips and for whoever hears it. */
export function iterationSentence(
  columns: { readonly [Name in 'index' | 'duration' | 'cpu' | 'gc' | 'metric' | 'heap']: Float64Array },
  place: number,
  metric: string | undefined,
): string {
  const at = (column: Float64Array) => column[place] ?? Number.NaN
  return [
    `iteration ${formatCount(at(columns.index))}`,
    ...(metric === undefined || Number.isNaN(at(columns.metric))
      ? []
      : [`${metric} ${formatNumber(at(columns.metric))}`]),
    `wall time ${formatDuration(at(columns.duration))}`,
    ...(Number.isNaN(at(columns.cpu))
      ? []
      : [`CPU ${iterationCpuText(at(columns.cpu))}, GC ${formatDuration(at(columns.gc))}`]),
    ...(Number.isNaN(at(columns.heap)) ? [] : [`heap ${signedBytes(at(columns.heap))}`]),
  ].join('\n')
}

function countOf(iterations: number): string {
  return `${formatCount(iterations)} ${iterations === 1 ? 'iteration' : 'iterations'}`
}
