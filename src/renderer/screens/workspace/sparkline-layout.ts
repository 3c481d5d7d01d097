import { type HistorySeries, historyLevels } from '../../../analysis/index.ts'
import type { TrendTone } from './card-facts.ts'
import { rangeWithIntervals } from './history-value.ts'

/** A point of a sparkline, in pixels. */
interface SparkPoint {
  /** Index into the series' points. */
  readonly index: number
  readonly x: number
  readonly y: number
  /** Ends of its interval; absent where it has none. */
  readonly low?: number
  readonly high?: number
  /** Takes part in the search for changes; the others are only shown. */
  readonly counts: boolean
}

/** A stretch at one level, or of a shift that is not confirmed. */
interface SparkLevel {
  readonly from: number
  readonly to: number
  readonly y: number
  readonly tone: TrendTone
}

/** Everything that a sparkline draws, in pixels from the top left. */
export interface SparkLayout {
  readonly points: readonly SparkPoint[]
  readonly levels: readonly SparkLevel[]
  /** Where a level begins that differs from the one before. */
  readonly changes: ReadonlyArray<{ readonly x: number; readonly tone: TrendTone }>
  /** A shift that must still be confirmed: from where on, and which way it goes. */
  readonly possible: { readonly x: number; readonly tone: TrendTone } | null
}

/** Pixels between two points at most, and from the edges. */
const widestGap = 14
const margin = 4

/** Lays a series out as a small picture: points evenly apart, the latest at the right edge. `null` with fewer than two values. */
export function layOutSparkline(series: HistorySeries, width: number, height: number): SparkLayout | null {
  const range = rangeWithIntervals(series)
  if (range === null) return null
  const { points, findings } = series
  const gap = Math.min(widestGap, (width - 2 * margin) / Math.max(1, points.length - 1))
  const xOf = (index: number) => round(width - margin - (points.length - 1 - index) * gap)
  const yOf = (value: number) => {
    const within = Math.min(range.high, Math.max(range.low, value))
    return round(margin + ((range.high - within) / (range.high - range.low)) * (height - 2 * margin))
  }
  const tone = (ratio: number | null): TrendTone =>
    ratio === null || ratio === 1 ? 'same' : ratio > 1 ? 'slower' : 'faster'
  return {
    points: points.flatMap(({ value, low, high, unused }, index) => {
      if (value === null) return []
      const interval = low === null || high === null ? {} : { low: yOf(low), high: yOf(high) }
      return [{ index, x: xOf(index), y: yOf(value), ...interval, counts: unused === undefined }]
    }),
    levels: historyLevels(series).map(({ from, to, level, ratio }) => ({
      ...{ from: xOf(from), to: xOf(to), y: yOf(level), tone: tone(ratio) },
    })),
    changes: findings.steps.map(({ point, ratio }) => ({ x: round(xOf(point) - gap / 2), tone: tone(ratio) })),
    possible: findings.possible && {
      x: round(xOf(findings.possible.point) - gap / 2),
      tone: tone(findings.possible.ratio),
    },
  }
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10
}
