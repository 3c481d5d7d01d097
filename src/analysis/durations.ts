/**
 * A distribution of durations in nanoseconds. A percentile is the nearest rank: the smallest observed duration that at
 * least that share of all durations does not exceed; so each is the duration of a span that can be opened.
 */
export interface DurationSummary {
  readonly count: number
  readonly total: number
  readonly mean: number
  readonly min: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** Summary of `durations` in nanoseconds, or `null` where there are none. */
export function summariseDurations(durations: Iterable<number>): DurationSummary | null {
  const sorted = Float64Array.from(durations).sort()
  if (sorted.length === 0) return null
  const total = sorted.reduce((sum, value) => sum + value, 0)
  return {
    count: sorted.length,
    total,
    mean: total / sorted.length,
    min: sorted[0]!,
    p50: nearestRank(sorted, 0.5),
    p95: nearestRank(sorted, 0.95),
    p99: nearestRank(sorted, 0.99),
    max: sorted.at(-1)!,
  }
}

/** The nearest-rank percentile of ascending values: `share` in (0, 1]. At least one value must be there. */
export function nearestRank(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
}
