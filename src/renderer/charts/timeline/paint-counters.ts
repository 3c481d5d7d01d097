import type { CounterColumns } from './model.ts'
import type { BarColours } from './palette.ts'
import { type PixelSheet, touch } from './pixel-sheet.ts'
import { extremeIn } from './pyramid.ts'
import { firstNotBefore } from './row-walk.ts'
import { type PixelScale, pixelOf } from './viewport.ts'

interface CounterPlace {
  readonly top: number
  readonly height: number
  readonly highest: number
  /** A reading says what was since the one before it. */
  readonly backward: boolean
  /** One per counter. */
  readonly colours: readonly BarColours[]
}

/** Draws counters over each other: each an area of its highest reading in every pixel, with a line on top. */
export function paintCounters(
  sheet: PixelSheet,
  counters: readonly CounterColumns[],
  place: CounterPlace,
  scale: PixelScale,
  density: number,
): void {
  const part = sheet.take(place.height, place.top, place.height)
  const line = Math.max(1, Math.round(density))
  const bottom = part.line + place.height - 1
  for (const [order, counter] of counters.entries()) {
    const heights = heightsOf(counter, place, scale)
    const { soft, edge } = place.colours[order]!.pixels
    for (let x = 0; x < scale.width; x++) {
      const height = heights[x]!
      if (height < 0) continue
      touch(part, x)
      // The step from one height to the next is a part of the line.
      const before = x > 0 && heights[x - 1]! >= 0 ? heights[x - 1]! : height
      const lineFrom = Math.min(Math.max(0, Math.min(height, before) - (height === before ? line : 0)), height)
      for (let y = 0; y < Math.max(height, before, line); y++) {
        const onLine = y >= lineFrom
        if (!onLine && y >= height) continue
        sheet.pixels[(bottom - y) * sheet.width + x] = onLine ? edge : soft
      }
    }
  }
}

/** What a counter was at a moment: the reading that speaks of it; `null` before the first and where there is none. */
export function readingAt(counter: CounterColumns, time: number, backward: boolean): number | null {
  const after = firstNotBefore(counter.time, time)
  if (backward) return after === 0 ? null : (counter.value[after] ?? null)
  const place = counter.time[after] === time ? after : after - 1
  return counter.value[place] ?? null
}

/** Pixels of height by pixel; −1 where nothing was measured. */
function heightsOf(counter: CounterColumns, place: CounterPlace, { from, perPixel, width }: PixelScale): Int32Array {
  const { time, value, highest } = counter
  const heights = new Int32Array(width).fill(-1)
  const scale = { from, perPixel, width }
  const heightOf = (reading: number) =>
    place.highest > 0 ? Math.round((Math.max(0, reading) / place.highest) * (place.height - 1)) : 0
  let first = Math.max(0, firstNotBefore(time, from) - 1)
  for (let x = 0; x < width && first < time.length; x++) {
    const edge = from + (x + 1) * perPixel
    const next = firstNotBefore(time, edge, first)
    const begins = firstNotBefore(time, edge - perPixel, first)
    if (next > begins) {
      heights[x] = heightOf(extremeIn(value, highest, Math.max, begins, next))
    } else {
      // Between two readings: what the one before said, or what the one after says of the time before it.
      const speaks = place.backward ? next : next - 1
      const isMeasured = next > 0 && next < time.length
      if (isMeasured) heights[x] = heightOf(value[speaks]!)
    }
    first = Math.max(0, next - 1)
  }
  // A single reading is a point, which must be seen.
  if (time.length === 1) {
    const x = Math.round(pixelOf(scale, time[0]!))
    if (x >= 0 && x < width) heights[x] = heightOf(value[0]!)
  }
  return heights
}
