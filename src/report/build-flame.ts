import type { FlameLayout } from '../analysis/index.ts'
import type { Flame } from './model.ts'

/** Rectangles that a report draws at most. */
const mostRectangles = 1000
/** Share of the width that is drawn at least: below it is less than a pixel. */
const narrowest = 1 / 1200

/** A flame graph small enough to print: rectangles too narrow to draw are merged with such neighbours, or left out below a pixel. */
export function buildFlame(layout: FlameLayout): Flame {
  let width = narrowest
  let rows = mergeNarrow(layout, width)
  while (rows.length > mostRectangles) {
    width *= 1.5
    rows = mergeNarrow(layout, width)
  }
  const used = [...new Set(rows.map(({ frame }) => frame))].filter((frame) => frame >= 0).sort((a, b) => a - b)
  const place = new Map(used.map((frame, index) => [frame, index]))
  return {
    measure: layout.measure,
    total: layout.total,
    levels: rows.reduce((levels, { depth }) => Math.max(levels, depth + 1), 0),
    unattributed: layout.unattributed,
    frames: used.map((frame) => layout.frames[frame]!),
    frame: rows.map(({ frame }) => place.get(frame) ?? -1),
    x: rows.map(({ x }) => x),
    width: rows.map(({ width: wide }) => wide),
    depth: rows.map(({ depth }) => depth),
    self: rows.map(({ self }) => self),
    merged: rows.map(({ merged }) => merged),
  }
}

interface Row {
  readonly frame: number
  readonly x: number
  width: number
  readonly depth: number
  self: number
  merged: number
}

function mergeNarrow(layout: FlameLayout, least: number): Row[] {
  const rows: Row[] = []
  /** The last merged rectangle upon each base: `base` may be −1. */
  const narrow = new Map<number, Row>()
  for (let index = 0; index < layout.frame.length; index++) {
    const [x, width, depth] = [layout.x[index]!, layout.width[index]!, layout.depth[index]!]
    const self = layout.self[index]!
    if (width >= least) {
      rows.push({ frame: layout.frame[index]!, x, width, depth, self, merged: 1 })
      continue
    }
    const base = layout.parent[index]!
    // What stands on a rectangle that is not drawn is not drawn either.
    if (base >= 0 && layout.width[base]! < least) continue
    const last = narrow.get(base)
    if (last && Math.abs(last.x + last.width - x) < least / 100) {
      last.width += width
      last.self += self
      last.merged++
      continue
    }
    const row = { frame: -1, x, width, depth, self, merged: 1 }
    narrow.set(base, row)
    rows.push(row)
  }
  return rows.filter(({ frame, width }) => frame >= 0 || width >= least)
}
