import type { TimeSpan } from './model.ts'

/** Nothing is shown finer than this: nanoseconds across the whole width. */
const finest = 200
/** How far one can look beyond what was recorded, as a share of what is shown. */
const beyond = 0.08

/** Keeps a viewport within what was recorded and a little beyond, and not finer than can be told apart. */
export function clampView(view: TimeSpan, bounds: TimeSpan): TimeSpan {
  const whole = bounds.to - bounds.from
  const length = Math.min(Math.max(view.to - view.from, finest), Math.max(whole * (1 + 2 * beyond), finest))
  const margin = length * beyond
  const centre = (view.from + view.to) / 2
  const lowest = bounds.from - margin
  const highest = bounds.to + margin - length
  const from = highest < lowest ? (bounds.from + bounds.to - length) / 2 : clamp(centre - length / 2, lowest, highest)
  return { from, to: from + length }
}

/** Makes what is shown `factor` times as long, and keeps what is at `anchor` (0 left, 1 right) where it is. */
export function zoomView(view: TimeSpan, factor: number, anchor: number, bounds: TimeSpan): TimeSpan {
  const length = view.to - view.from
  const least = Math.max(length * factor, finest)
  const from = view.from + (length - least) * anchor
  return clampView({ from, to: from + least }, bounds)
}

/** Moves by a share of what is shown; positive is later. */
export function panView(view: TimeSpan, share: number, bounds: TimeSpan): TimeSpan {
  const move = (view.to - view.from) * share
  return clampView({ from: view.from + move, to: view.to + move }, bounds)
}

/** A viewport around a stretch, with some room on both sides so that one sees what is around it. */
export function viewAround(stretch: TimeSpan, bounds: TimeSpan, room = 0.1): TimeSpan {
  const length = Math.max(stretch.to - stretch.from, finest / 2)
  return clampView({ from: stretch.from - length * room, to: stretch.from + length * (1 + room) }, bounds)
}

/** The view with which a run is first seen: the workflow, or all there is. */
export function firstView(workflow: TimeSpan | null, bounds: TimeSpan): TimeSpan {
  return viewAround(workflow ?? bounds, bounds, 0.015)
}

/** The viewport moved as little as it takes to show a stretch; as it is where it shows a part of it already. */
export function viewShowing(view: TimeSpan, stretch: TimeSpan, bounds: TimeSpan): TimeSpan {
  const isInside = stretch.from >= view.from && stretch.to <= view.to
  const isAround = stretch.from <= view.from && stretch.to >= view.to
  if (isInside || isAround) return view
  const length = view.to - view.from
  if (stretch.to - stretch.from > length * 0.8) return viewAround(stretch, bounds)
  // With some of what is around it: a stretch at the very edge would be hard to see.
  const margin = Math.min(length * 0.2, (length - (stretch.to - stretch.from)) / 2)
  const from = stretch.from < view.from ? stretch.from - margin : stretch.to + margin - length
  return clampView({ from, to: from + length }, bounds)
}

/** Time from pixel to pixel, snapped so that what is merged into a pixel does not flicker while one pans. */
export interface PixelScale {
  /** Time at the left edge of the first pixel. */
  readonly from: number
  readonly perPixel: number
  readonly width: number
}

/** The scale of a viewport on so many device pixels. */
export function pixelScale(view: TimeSpan, width: number): PixelScale {
  const perPixel = (view.to - view.from) / Math.max(1, width)
  return { from: Math.floor(view.from / perPixel) * perPixel, perPixel, width }
}

/** Place of a time on a scale, in pixels. */
export function pixelOf({ from, perPixel }: PixelScale, time: number): number {
  return (time - from) / perPixel
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
