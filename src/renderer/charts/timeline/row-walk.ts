import { type HueMix, mixStep, type RowColumns } from './model.ts'
import type { PixelScale } from './viewport.ts'

/**
 * What of a row is in sight, as columns: bars that are a pixel wide or more, and pixels in which narrower ones begin. There are at most as
 * many of both as there are pixels, however many spans there are.
 */
export interface RowScene {
  readonly bars: Uint32Array
  barCount: number
  readonly pixels: Uint32Array
  /** Places in the row that begin in the pixel: `[first, last)`. */
  readonly firsts: Uint32Array
  readonly lasts: Uint32Array
  pixelCount: number
}

/** A scene for so many pixels, to be filled again and again. */
export function newScene(width: number): RowScene {
  const most = width + 2
  return {
    bars: new Uint32Array(most),
    barCount: 0,
    pixels: new Uint32Array(most),
    firsts: new Uint32Array(most),
    lasts: new Uint32Array(most),
    pixelCount: 0,
  }
}

/** Fills a scene with what of a row is in sight: O(pixels · log spans). */
export function walkRow(row: RowColumns, { from, perPixel, width }: PixelScale, scene: RowScene): void {
  const { start, end } = row
  const to = from + perPixel * width
  const count = start.length
  scene.barCount = 0
  scene.pixelCount = 0
  let place = firstNotBefore(end, from)
  while (place < count && start[place]! < to) {
    if (end[place]! - start[place]! >= perPixel) {
      scene.bars[scene.barCount++] = place++
      continue
    }
    const pixel = Math.max(0, Math.floor((start[place]! - from) / perPixel))
    if (pixel >= width) return
    let next = gallop(start, place + 1, from + (pixel + 1) * perPixel)
    // Spans do not overlap, so that only the last that begins in a pixel can be as wide as one.
    if (next - 1 > place && end[next - 1]! - start[next - 1]! >= perPixel) next--
    const previous = scene.pixelCount - 1
    if (previous >= 0 && scene.pixels[previous] === pixel) {
      scene.lasts[previous] = next
    } else {
      scene.pixels[scene.pixelCount] = pixel
      scene.firsts[scene.pixelCount] = place
      scene.lasts[scene.pixelCount++] = next
    }
    place = next
  }
}

/** How much of a pixel the spans `[first, last)` cover, 0 to 1. */
export function coverOf({ coveredBefore }: RowColumns, first: number, last: number, perPixel: number): number {
  return Math.min(1, (coveredBefore[last]! - coveredBefore[first]!) / perPixel)
}

/**
 * What each hue covers of the spans `[first, last)`, into `shares`: one number per hue, in nanoseconds. Sums at every 64th span save the
 * way through all of them.
 */
export function mixOf(
  { start, end }: RowColumns,
  mix: HueMix,
  first: number,
  last: number,
  shares: Float64Array,
): void {
  const { hues, hue, coveredBefore } = mix
  shares.fill(0, 0, hues.length)
  const from = Math.ceil(first / mixStep)
  const to = Math.floor(last / mixStep)
  const add = (low: number, high: number) => {
    for (let place = low; place < high; place++) shares[hue[place]!]! += end[place]! - start[place]!
  }
  if (from >= to) {
    add(first, last)
    return
  }
  add(first, from * mixStep)
  add(to * mixStep, last)
  for (let one = 0; one < hues.length; one++) {
    shares[one]! += coveredBefore[to * hues.length + one]! - coveredBefore[from * hues.length + one]!
  }
}

/** The span at a moment, or the nearest whose edge is not further than `reach`; −1 where there is none. */
export function placeAt({ start, end }: RowColumns, time: number, reach: number): number {
  const after = firstNotBefore(end, time)
  const distance = (place: number) =>
    place < 0 || place >= start.length
      ? Number.POSITIVE_INFINITY
      : Math.max(0, start[place]! - time, time - end[place]!)
  const nearest = distance(after - 1) < distance(after) ? after - 1 : after
  return distance(nearest) <= reach ? nearest : -1
}

/** The first place whose value is not before `time`; the values ascend. */
export function firstNotBefore(values: ArrayLike<number>, time: number, from = 0, to = values.length): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle]! < time) low = middle + 1
    else high = middle
  }
  return low
}

/** As {@link firstNotBefore} from `from` on, quick where the answer is near. */
function gallop(values: Float64Array, from: number, time: number): number {
  let low = from
  let step = 1
  while (low + step < values.length && values[low + step]! < time) {
    low += step
    step *= 2
  }
  return firstNotBefore(values, time, low, Math.min(values.length, low + step))
}
