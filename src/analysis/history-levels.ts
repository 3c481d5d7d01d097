import { median } from '../statistics/index.ts'
import type { HistoryPoint, HistorySeries } from './history-model.ts'

/** A stretch between two changes, and where its points lie. */
export interface HistoryLevel {
  /** Indexes of its first and last point that take part. */
  readonly from: number
  readonly to: number
  /** Median of its points that take part, in the series' unit. */
  readonly level: number
  /** Against the level before, where the change is confirmed; `null` for the first. */
  readonly ratio: number | null
}

/** The levels that a series went through, oldest first; none under a gradual trend, and none where points are too few to tell. */
export function historyLevels({ points, findings }: Pick<HistorySeries, 'points' | 'findings'>): HistoryLevel[] {
  if (findings.trend || findings.missing > 0) return []
  const starts = [{ point: 0, ratio: null }, ...findings.steps]
  return starts.flatMap(({ point: start, ratio }, place) => {
    const end = starts[place + 1]?.point ?? findings.possible?.point ?? points.length
    const used = Array.from({ length: end - start }, (_, offset) => start + offset).filter((at) => !points[at]!.unused)
    const from = used[0]
    const to = used.at(-1)
    if (from === undefined || to === undefined) return []
    return [{ from, to, ratio, level: median(used.map((at) => points[at]!.value!)) }]
  })
}

/**
 * The range of values that a picture of a series shows: from the lowest to the highest value that counts, and at least twice
 * the region of indifference, so that noise fills no picture. What is only shown may lie beyond. `null` with fewer than two
 * values.
 */
export function historyRange({ points, rope }: Pick<HistorySeries, 'points' | 'rope'>): {
  readonly low: number
  readonly high: number
} | null {
  const valuesOf = (chosen: readonly HistoryPoint[]) => chosen.flatMap(({ value }) => (value === null ? [] : [value]))
  const counted = valuesOf(points.filter(({ unused }) => !unused))
  const values = counted.length < 2 ? valuesOf(points) : counted
  if (values.length < 2) return null
  const low = Math.min(...values)
  const high = Math.max(...values)
  const missing = Math.max(0, 4 * rope * median(values) - (high - low)) / 2
  return { low: low - missing, high: high + missing }
}

/** What stands at a point of a series and beside its row: the number of a change, `?` for a possible shift, `~` where a trend begins. */
export function historyMarks({
  findings: { steps, possible, trend },
}: Pick<HistorySeries, 'findings'>): Map<number, string> {
  const marks = new Map<number, string>()
  if (trend) marks.set(trend.point, '~')
  if (possible) marks.set(possible.point, '?')
  for (const [place, { point }] of steps.entries()) marks.set(point, String(place + 1))
  return marks
}
