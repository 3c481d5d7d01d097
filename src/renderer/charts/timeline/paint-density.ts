import type { DensityColumns } from './model.ts'
import type { BarColours } from './palette.ts'
import { type PixelSheet, touch } from './pixel-sheet.ts'
import { firstNotBefore } from './row-walk.ts'
import type { PixelScale } from './viewport.ts'

/** Moments at which a number changes, with the area under it up to there. */
export interface Area {
  readonly time: Float64Array
  readonly area: Float64Array
}

/** The area up to a moment; `after` is the first place whose time is not before it. */
function areaAt(time: Float64Array, area: Float64Array, after: number, moment: number): number {
  if (after === 0) return 0
  if (after >= time.length) return area[time.length - 1] ?? 0
  const [left, right] = [time[after - 1]!, time[after]!]
  const share = right > left ? (moment - left) / (right - left) : 1
  return area[after - 1]! + (area[after]! - area[after - 1]!) * share
}

/** Mean number under way between two moments. */
export function meanBetween({ time, area }: Area, from: number, to: number): number {
  if (to <= from) return 0
  const upTo = (moment: number) => areaAt(time, area, firstNotBefore(time, moment), moment)
  return (upTo(to) - upTo(from)) / (to - from)
}

interface DensityPlace {
  readonly top: number
  readonly height: number
  /** What the top of the lane stands for. */
  readonly most: number
  readonly colours: BarColours
  /** Quieter, because a search found something else. */
  readonly faint: boolean
}

/** Draws how many spans were under way, as an area; the part of them that was queueing is hatched at its top. */
export function paintDensity(
  sheet: PixelSheet,
  columns: DensityColumns,
  place: DensityPlace,
  scale: PixelScale,
  density: number,
): void {
  const active = heightsOf(columns, scale, place)
  const queueing = columns.queueing ? heightsOf(columns.queueing, scale, place) : null
  const { pixels, faint } = place.colours
  const [bar, edge, hatched] = place.faint
    ? [faint[8]!, faint[8]!, faint[4]!]
    : [pixels.bar, pixels.edge, pixels.hatched]
  const part = sheet.take(place.height, place.top, place.height)
  const line = Math.max(1, Math.round(density))
  const step = Math.max(4, Math.round(5 * density))
  for (let x = 0; x < scale.width; x++) {
    const height = active[x]!
    if (height === 0) continue
    touch(part, x)
    // From the top of the area down: those that queue are a part of those under way.
    const queued = height - Math.min(height, queueing?.[x] ?? 0)
    for (let y = 0; y < height; y++) {
      const isHatched = y >= queued && (x + y) % step < line
      const pixel = isHatched ? hatched : y >= height - line ? edge : bar
      sheet.pixels[(part.line + place.height - 1 - y) * sheet.width + x] = pixel
    }
  }
}

/** Mean number under way in each pixel, as whole pixels of height; at least one where there were any. */
function heightsOf({ time, area }: Area, { from, perPixel, width }: PixelScale, place: DensityPlace): Uint32Array {
  const heights = new Uint32Array(width)
  let after = firstNotBefore(time, from)
  let before = areaAt(time, area, after, from)
  for (let x = 0; x < width; x++) {
    const edge = from + (x + 1) * perPixel
    after = firstNotBefore(time, edge, after)
    const upTo = areaAt(time, area, after, edge)
    const mean = (upTo - before) / perPixel
    heights[x] = mean <= 1e-9 ? 0 : Math.max(1, Math.round((mean / place.most) * (place.height - 1)))
    before = upTo
  }
  return heights
}
