import { formatDuration } from '../../../base/index.ts'
import type { Minimap } from './minimap.ts'
import { type BodyPainters, outline, paintRange, tickCount } from './paint-body.ts'
import { linesOf, type RowSurroundings } from './paint-rows.ts'
import { momentText, rulerFor } from './ticks.ts'
import { hasPath, headHeights, type TimelineState, zeroOf } from './timeline-state.ts'
import { pixelOf } from './viewport.ts'

/** Draws what is always in sight: the whole run with the window into it, the ruler, and the critical path. */
export function paintHead(
  state: TimelineState,
  painters: { readonly minimap: Minimap; readonly path: BodyPainters },
  around: RowSurroundings,
  height: number,
): void {
  const { context, scale, density, palette } = around
  context.fillStyle = palette.tokens.paper
  context.fillRect(0, 0, scale.width, height)
  const rulerTop = Math.round(headHeights.minimap * density)
  const pathTop = rulerTop + Math.round(headHeights.ruler * density)
  if (hasPath(state.model)) paintPath(state, painters.path, around, pathTop)
  paintRange(state, scale, context, palette, density, height)
  paintRuler(state, around, rulerTop)
  painters.minimap.paint(state, around)
}

function paintPath(
  state: TimelineState,
  { sheet, rows: painter }: BodyPainters,
  around: RowSurroundings,
  top: number,
): void {
  const data = state.data.rows(0)
  const { context, density, palette } = around
  const height = Math.round((headHeights.path - 6) * density)
  const begin = top + Math.round(3 * density)
  sheet.begin(
    around.scale.width,
    (data?.rows ?? []).reduce((sum, row) => sum + linesOf(row), 0),
  )
  painter.begin()
  for (const columns of data?.rows ?? []) {
    const place = {
      keys: data!.keys,
      top: begin,
      height,
      hasText: true,
      quiet: false,
      showPath: false,
      matches: state.matches,
    }
    painter.add(columns, place, around)
  }
  sheet.finish(context)
  painter.finish(around)
  for (const spot of [state.hovered, state.selected]) {
    if (spot?.lane !== 0) continue
    const colour = spot === state.selected ? palette.tokens.accent : palette.tokens.ink
    outline(context, around.scale, spot, begin, height, density, colour)
  }
}

function paintRuler(
  state: TimelineState,
  { context, scale, density, palette, fitter }: RowSurroundings,
  top: number,
): void {
  const height = Math.round(headHeights.ruler * density)
  const zero = zeroOf(state.model)
  const { ticks, base } = rulerFor(state.view.from - zero, state.view.to - zero, tickCount(scale.width, density))
  context.fillStyle = palette.tokens.panel
  context.fillRect(0, top, scale.width, height)
  context.fillStyle = palette.tokens.line
  context.fillRect(0, top, scale.width, 1)
  context.fillRect(0, top + height - 1, scale.width, 1)
  const middle = top + height / 2 + 0.5 * density
  const baseRoom = base === '' ? 0 : context.measureText(base).width + 16 * density
  const [selectedFrom, selectedTo] = state.range
    ? [pixelOf(scale, state.range.from), pixelOf(scale, state.range.to)]
    : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { time, label } of ticks) {
    const x = Math.round(pixelOf(scale, time + zero))
    context.fillStyle = palette.tokens['line-strong']
    context.fillRect(x, top + Math.round(height * 0.45), 1, Math.round(height * 0.55))
    const end = x + 4 * density + context.measureText(label).width
    // No label is cut by the base, the selected stretch or the edge.
    if (x < baseRoom || end > scale.width || (end > selectedFrom && x < selectedTo)) continue
    context.fillStyle = palette.tokens['ink-quiet']
    context.fillText(label, x + 4 * density, middle)
  }
  if (base !== '') {
    context.fillStyle = palette.tokens.ink
    context.fillText(base, 6 * density, middle)
  }
  if (state.range) labelRange(state, { context, scale, density, palette, fitter }, top, height)
  else if (state.pointer !== null) labelPointer(state, { context, scale, density, palette, fitter }, top, height)
}

/** How long the selected stretch is, above it. */
function labelRange(state: TimelineState, around: RowSurroundings, top: number, height: number): void {
  const { from, to } = state.range!
  const { context, scale, palette } = around
  const [left, right] = [pixelOf(scale, from), pixelOf(scale, to)]
  if (right < 0 || left > scale.width) return
  context.fillStyle = palette.tokens.selected
  const begin = Math.max(0, left)
  context.fillRect(begin, top + 1, Math.min(scale.width, right) - begin, height - 2)
  labelAt(
    around,
    (Math.max(0, left) + Math.min(scale.width, right)) / 2,
    formatDuration(to - from),
    top,
    height,
    palette.tokens.ink,
  )
}

function labelPointer(state: TimelineState, around: RowSurroundings, top: number, height: number): void {
  const { context, scale, palette, density } = around
  const text = momentText(state.pointer! - zeroOf(state.model))
  const x = pixelOf(scale, state.pointer!)
  const room = context.measureText(text).width / 2 + 5 * density
  const centre = Math.min(scale.width - room, Math.max(room, x))
  context.fillStyle = palette.tokens.ink
  context.fillRect(centre - room, top + Math.round(2 * density), room * 2, height - Math.round(4 * density))
  labelAt(around, centre, text, top, height, palette.tokens.paper)
}

function labelAt(
  { context, density }: RowSurroundings,
  centre: number,
  text: string,
  top: number,
  height: number,
  colour: string,
) {
  const width = context.measureText(text).width
  context.fillStyle = colour
  context.fillText(text, Math.round(centre - width / 2), top + height / 2 + 0.5 * density)
}
