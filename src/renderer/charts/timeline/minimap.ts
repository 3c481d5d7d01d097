import { linesOf, RowPainter, type RowSurroundings } from './paint-rows.ts'
import { PixelSheet } from './pixel-sheet.ts'
import { firstNotBefore } from './row-walk.ts'
import { hasPath, headHeights, type TimelineState } from './timeline-state.ts'
import { type PixelScale, pixelOf, pixelScale } from './viewport.ts'

/** Scale of the minimap: everything that was recorded, over the whole width. */
export function minimapScale({ model }: Pick<TimelineState, 'model'>, width: number): PixelScale {
  return { ...pixelScale(model.bounds, width), from: model.bounds.from }
}

/**
 * The whole run in one line: what held it up and how busy its thread was, with a window where one looks. What does not depend on where one
 * looks is drawn once.
 */
export class Minimap {
  readonly #canvas = document.createElement('canvas')
  readonly #sheet = new PixelSheet()
  readonly #painter = new RowPainter(this.#sheet)
  #drawnFor: readonly unknown[] = []

  paint(state: TimelineState, around: RowSurroundings): void {
    const { context, density, palette } = around
    const { width } = around.scale
    const scale = minimapScale(state, width)
    const height = Math.round(headHeights.minimap * density)
    this.#paintRun(state, around, scale, height)
    context.drawImage(this.#canvas, 0, 0)
    if (state.range) {
      context.fillStyle = palette.tokens.accent
      const [left, right] = [pixelOf(scale, state.range.from), pixelOf(scale, state.range.to)]
      context.fillRect(left, 0, Math.max(2, right - left), Math.round(3 * density))
    }
    const left = Math.round(pixelOf(scale, state.view.from))
    const right = Math.max(left + 4, Math.round(pixelOf(scale, state.view.to)))
    context.globalAlpha = 0.55
    context.fillStyle = palette.tokens.panel
    context.fillRect(0, 0, left, height)
    context.fillRect(right, 0, width - right, height)
    context.globalAlpha = 1
    context.strokeStyle = palette.tokens['ink-faint']
    const line = Math.max(1, Math.round(density))
    context.lineWidth = line
    const [begin, end] = [Math.max(0, left), Math.min(width, right)]
    context.strokeRect(begin + line / 2, line / 2, end - begin - line, height - line)
  }

  #paintRun(state: TimelineState, around: RowSurroundings, scale: PixelScale, height: number): void {
    const depends = [state.model, state.data.version, state.matches, around.palette, scale.width, height]
    if (depends.every((value, place) => value === this.#drawnFor[place])) return
    this.#drawnFor = depends
    this.#canvas.width = scale.width
    this.#canvas.height = height
    const context = this.#canvas.getContext('2d')!
    context.fillStyle = around.palette.tokens.paper
    context.fillRect(0, 0, scale.width, height)
    const inner: RowSurroundings = { ...around, context, scale }
    paintBusy(state, inner, height)
    const strip = Math.round(8 * around.density)
    const top = height - strip - Math.round(2 * around.density)
    if (hasPath(state.model)) {
      const data = state.data.rows(0)
      this.#sheet.begin(
        scale.width,
        (data?.rows ?? []).reduce((sum, row) => sum + linesOf(row), 0),
      )
      this.#painter.begin()
      const look = { height: strip, hasText: false, quiet: false, showPath: false, matches: null }
      for (const row of data?.rows ?? []) this.#painter.add(row, { keys: data!.keys, top, ...look }, inner)
      this.#sheet.finish(context)
    }
    if (state.matches) markMatches(state, inner, height)
  }
}

function paintBusy(state: TimelineState, { context, palette, density, scale }: RowSurroundings, height: number): void {
  const place = state.model.lanes.findIndex(({ id }) => id === 'counter:event-loop-utilisation')
  const counter = place < 0 ? undefined : state.data.counters(place)?.[0]
  if (!counter) return
  const top = Math.round(3 * density)
  const room = height - top - Math.round(12 * density)
  context.fillStyle = palette.tokens['line-strong']
  let reading = 0
  for (let x = 0; x < scale.width; x++) {
    // A reading says how busy the thread was since the one before it: that of the pixel's end speaks for all of it, and those within it too.
    const next = firstNotBefore(counter.time, scale.from + (x + 1) * scale.perPixel, reading)
    let sum = 0
    for (let one = reading; one <= next; one++) sum += one === 0 ? 0 : (counter.value[one] ?? 0)
    const high = Math.round(Math.min(1, sum / (next - reading + 1)) * room)
    if (high > 0) context.fillRect(x, top + room - high, 1, high)
    reading = next
  }
}

function markMatches(
  state: TimelineState,
  { context, palette, density, scale }: RowSurroundings,
  height: number,
): void {
  const line = Math.max(2, Math.round(2 * density))
  const { marks } = state.matches!.found
  context.fillStyle = palette.tokens.accent
  for (let part = 0; part < marks.length; part++) {
    if (marks[part]) context.fillRect(Math.floor((part / marks.length) * scale.width), height - line, line, line)
  }
}
