import type { CycleColumns } from '../../workers/topics/cycles.ts'

/** A stretch of the iterations as shares of them all, from 0 to 1. */
export type Zoom = readonly [from: number, to: number]

export const wholeCycle: Zoom = [0, 1]

/** The place of the iteration with the number nearest to `wanted`. Numbers grow with places. */
export function nearestPlace({ index }: Pick<CycleColumns, 'index'>, wanted: number): number {
  let [low, high] = [0, index.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (index[middle]! < wanted) low = middle + 1
    else high = middle
  }
  const below = index[low - 1]
  return below !== undefined && wanted - below <= index[low]! - wanted ? low - 1 : low
}

/** The place of the next outlier on one side of `from`, around the end; `null` where there is none. */
export function nextOutlier(
  { outlier }: Pick<CycleColumns, 'outlier'>,
  from: number | null,
  step: 1 | -1,
): number | null {
  const count = outlier.length
  const start = from ?? (step === 1 ? -1 : count)
  for (let far = 1; far <= count; far++) {
    const place = (((start + step * far) % count) + count) % count
    if (outlier[place] === 1) return place
  }
  return null
}

/** A zoom nearer or further by `factor`, around `centre` (a share of all iterations), which comes into sight. */
export function zoomBy([from, to]: Zoom, factor: number, centre: number): Zoom {
  const width = Math.min(1, (to - from) * factor)
  const start = Math.min(1 - width, Math.max(0, centre - width / 2))
  return width > 0.999 ? wholeCycle : [start, start + width]
}

/** A zoom with `place` in sight: the same where it is, else moved as far as it must. */
export function zoomWith(zoom: Zoom, share: number): Zoom {
  const [from, to] = zoom
  if (share >= from && share <= to) return zoom
  return zoomBy(zoom, 1, share)
}

/** The iteration nearest in time whose duration is the median or next to it. */
export function nearestTypical({ duration }: Pick<CycleColumns, 'duration'>, place: number): number {
  const typical = typicalDuration(duration)
  let nearest = -1
  for (let other = 0; other < duration.length; other++) {
    if (other === place || Math.abs(duration[other]! / typical - 1) > 0.1) continue
    if (nearest < 0 || Math.abs(other - place) < Math.abs(nearest - place)) nearest = other
  }
  return nearest < 0 ? (place === 0 ? 1 : 0) : nearest
}

/** Kept with the column: it is asked for with every selection. */
const typicalDurations = new WeakMap<Float64Array, number>()

function typicalDuration(duration: Float64Array): number {
  const known = typicalDurations.get(duration)
  if (known !== undefined) return known
  const typical = duration.toSorted()[Math.floor((duration.length - 1) / 2)] ?? Number.NaN
  typicalDurations.set(duration, typical)
  return typical
}
