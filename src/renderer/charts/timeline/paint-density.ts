import type { DensityColumns } from './model.ts'
import type { Palette } from './palette.ts'
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
  readonly hue: string
  readonly faint: boolean
}

/** Draws how many spans were under way, as an area; the part of them that was queueing is hatched at its top. */
export function paintDensity(
  context: CanvasRenderingContext2D,
  columns: DensityColumns,
  place: DensityPlace,
  scale: PixelScale,
  palette: Palette,
  density: number,
): void {
  const active = heightsOf(columns, scale, place)
  const queueing = columns.queueing ? heightsOf(columns.queueing, scale, place) : null
  const { bar, edge } = palette.of(place.hue)
  const bottom = place.top + place.height
  context.globalAlpha = place.faint ? 0.3 : 1
  fillRuns(context, active, bar, (height) => [bottom - height, height])
  fillRuns(context, active, edge, (height) => [bottom - height, Math.max(1, Math.round(density))])
  if (queueing) {
    // From the top of the area down: those that queue are a part of those under way.
    const tops = queueing.map((height, x) => (height === 0 ? 0 : (active[x]! << 12) | Math.min(height, active[x]!)))
    const pattern = palette.hatch(context, density)
    fillRuns(context, tops, pattern, (packed) => [bottom - (packed >> 12), packed & 0xfff])
  }
  context.globalAlpha = 1
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

/** Fills neighbouring pixels of the same value as one rectangle. */
function fillRuns(
  context: CanvasRenderingContext2D,
  values: Uint32Array,
  style: string | CanvasPattern,
  extentOf: (value: number) => readonly [top: number, height: number],
): void {
  context.fillStyle = style
  for (let x = 0; x < values.length; ) {
    const value = values[x]!
    let end = x + 1
    while (end < values.length && values[end] === value) end++
    if (value > 0) {
      const [top, height] = extentOf(value)
      context.fillRect(x, top, end - x, height)
    }
    x = end
  }
}
