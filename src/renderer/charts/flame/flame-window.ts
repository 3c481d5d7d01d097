import type { FlameRectangles } from '../../../analysis/index.ts'
import { type FlameWindow, firstAfter } from './flame-picture.ts'

type Whole = Pick<FlameRectangles, 'from' | 'to'>

/** The narrowest window: a hundredth of a microsecond is less than anything that was measured. */
const narrowest = 10

/** All of a picture. One without any time has a window all the same. */
export function wholeWindow({ from, to }: Whole): FlameWindow {
  return to > from ? { from, to } : { from, to: from + 1 }
}

/** A window moved and shrunk to where there is something to see. */
export function clampWindow(window: FlameWindow, whole: Whole): FlameWindow {
  const { from, to } = wholeWindow(whole)
  const width = Math.min(to - from, Math.max(window.to - window.from, Math.min(narrowest, to - from)))
  const left = Math.min(Math.max(window.from, from), to - width)
  return { from: left, to: left + width }
}

/** The window `factor` times as wide (below 1: nearer) with `at`, a share of the width, staying where it is. */
export function zoomWindow(window: FlameWindow, factor: number, at: number, whole: Whole): FlameWindow {
  const width = window.to - window.from
  const kept = window.from + width * at
  const wider = Math.max(narrowest, width * factor)
  return clampWindow({ from: kept - wider * at, to: kept + wider * (1 - at) }, whole)
}

/** The window moved by a share of its own width. */
export function panWindow(window: FlameWindow, share: number, whole: Whole): FlameWindow {
  const by = (window.to - window.from) * share
  return clampWindow({ from: window.from + by, to: window.to + by }, whole)
}

/** Index of the rectangle of a level at a place, −1 for none. */
export function rectangleAt(rectangles: FlameRectangles, level: number, value: number): number {
  if (level < 0 || level + 1 >= rectangles.offsets.length) return -1
  const index = firstAfter(rectangles, level, value)
  return index < rectangles.offsets[level + 1]! && rectangles.start[index]! <= value ? index : -1
}

/**
 * The widest rectangle of a level that is at least partly between two places, −1 for none. Looks at so many at most: in a
 * column of pixels with more of them no one is meant.
 */
export function widestBetween(rectangles: FlameRectangles, level: number, from: number, to: number): number {
  if (level < 0 || level + 1 >= rectangles.offsets.length) return -1
  let widest = -1
  let width = 0
  const last = rectangles.offsets[level + 1]!
  const first = firstAfter(rectangles, level, from)
  for (let index = first; index < last && index < first + 1000 && rectangles.start[index]! < to; index++) {
    const own = rectangles.end[index]! - rectangles.start[index]!
    if (own <= width) continue
    width = own
    widest = index
  }
  return widest
}

/** The level that a rectangle is on. */
export function levelOf({ offsets }: FlameRectangles, index: number): number {
  let level = 0
  while (level + 2 < offsets.length && offsets[level + 1]! <= index) level++
  return level
}

/** The rectangle that one stands on, −1 on the first level. */
export function baseOf(rectangles: FlameRectangles, index: number): number {
  const middle = (rectangles.start[index]! + rectangles.end[index]!) / 2
  return rectangleAt(rectangles, levelOf(rectangles, index) - 1, middle)
}

/** A rectangle and all that it stands on, the lowest first. */
export function pathTo(rectangles: FlameRectangles, index: number): number[] {
  const path: number[] = []
  for (let current = index; current >= 0; current = baseOf(rectangles, current)) path.push(current)
  return path.reverse()
}

/** The rectangles that are wider than the window, the lowest first: where one is when one has zoomed in. */
export function pathAround(rectangles: FlameRectangles, { from, to }: FlameWindow): number[] {
  const path: number[] = []
  // Windows are computed: they may miss an edge by a rounding.
  const slack = (to - from) * 1e-6
  for (let level = 0; level + 1 < rectangles.offsets.length; level++) {
    const index = rectangleAt(rectangles, level, (from + to) / 2)
    if (index < 0 || rectangles.start[index]! > from + slack || rectangles.end[index]! < to - slack) break
    path.push(index)
  }
  return path
}

/** What an arrow key leads to from a rectangle: below or above it, or beside it on its level; −1 where there is nothing. */
export function neighbourOf(
  rectangles: FlameRectangles,
  index: number,
  way: 'caller' | 'callee' | 'before' | 'after',
): number {
  const level = levelOf(rectangles, index)
  if (way === 'caller') return baseOf(rectangles, index)
  if (way === 'callee') {
    // The widest one: that is where the time went.
    return widestBetween(rectangles, level + 1, rectangles.start[index]!, rectangles.end[index]!)
  }
  const next = index + (way === 'before' ? -1 : 1)
  return next >= rectangles.offsets[level]! && next < rectangles.offsets[level + 1]! ? next : -1
}
