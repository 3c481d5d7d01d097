import type { DensityColumns } from './model.ts'
import type { Palette } from './palette.ts'
import { firstNotBefore } from './row-walk.ts'
import type { PixelScale } from './viewport.ts'

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
function heightsOf(columns: { time: Float64Array; area: Float64Array }, scale: PixelScale, place: DensityPlace) {
  const { from, perPixel, width } = scale
  const heights = new Uint32Array(width)
  let cursor = 0
  let before = areaAt(columns, from, 0).area
  for (let x = 0; x < width; x++) {
    const next = areaAt(columns, from + (x + 1) * perPixel, cursor)
    const mean = (next.area - before) / perPixel
    heights[x] = mean <= 1e-9 ? 0 : Math.max(1, Math.round((mean / place.most) * (place.height - 1)))
    before = next.area
    cursor = next.cursor
  }
  return heights
}

/** The area up to a moment, looked for from `cursor` on. */
function areaAt({ time, area }: { time: Float64Array; area: Float64Array }, moment: number, cursor: number) {
  const after = firstNotBefore(time, moment, cursor)
  if (after === 0) return { area: 0, cursor: 0 }
  if (after >= time.length) return { area: area[time.length - 1] ?? 0, cursor: Math.max(0, time.length - 1) }
  const [left, right] = [time[after - 1]!, time[after]!]
  const share = right > left ? (moment - left) / (right - left) : 1
  return { area: area[after - 1]! + (area[after]! - area[after - 1]!) * share, cursor: after - 1 }
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
