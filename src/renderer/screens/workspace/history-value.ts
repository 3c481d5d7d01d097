import { type HistoryPoint, type HistorySeries, historyRange } from '../../../analysis/index.ts'
import { formatDuration, formatNumber } from '../../../base/index.ts'

/** A value of a series with its unit: a duration, or `×0.534` of the reference. */
export function historyValue(value: number | null, unit: HistorySeries['unit']): string {
  if (value === null) return 'no data'
  return unit === 'ratio' ? `×${formatNumber(value)}` : formatDuration(value)
}

/** `1a2b3c4`, with `+` where there were changes that were not committed; empty where there was no commit. */
export function commitText({ commit, dirty }: HistoryPoint): string {
  return commit === null ? '' : `${commit.slice(0, 7)}${dirty ? '+' : ''}`
}

/** The range of values that a picture shows, with the intervals of what takes part; `null` with fewer than two values. */
export function rangeWithIntervals(series: HistorySeries): { readonly low: number; readonly high: number } | null {
  const range = historyRange(series)
  if (range === null) return null
  const counted = series.points.filter(({ unused }) => unused === undefined)
  const ends = counted.flatMap(({ low, high }) => [low, high]).filter((end) => end !== null)
  return { low: Math.min(range.low, ...ends), high: Math.max(range.high, ...ends) }
}
