import { hasText, lanePadding, type StackLane } from './lane-stack.ts'
import { paintCounters } from './paint-counters.ts'
import { paintDensity } from './paint-density.ts'
import { linesOf, type RowPainter, type RowSurroundings } from './paint-rows.ts'
import type { Palette } from './palette.ts'
import type { PixelSheet } from './pixel-sheet.ts'
import { rulerFor } from './ticks.ts'
import { type Spot, type TimelineState, zeroOf } from './timeline-state.ts'
import { type PixelScale, pixelOf } from './viewport.ts'

/** What lanes are drawn with. */
export interface BodyPainters {
  readonly sheet: PixelSheet
  readonly rows: RowPainter
}

/** Draws all lanes that are in sight. */
export function paintBody(state: TimelineState, { sheet, rows: painter }: BodyPainters, around: RowSurroundings): void {
  const { context, scale, density, palette } = around
  const height = Math.round(state.bodyHeight * density)
  context.fillStyle = palette.tokens.paper
  context.fillRect(0, 0, scale.width, height)
  paintGrid(state, around, height)
  const visible = state.stack.lines.filter(
    ({ top, height: own }) => top + own > state.scrollTop && top < state.scrollTop + state.bodyHeight,
  )
  const lanes = visible.filter((line): line is StackLane => line.type === 'lane')
  sheet.begin(
    scale.width,
    lanes.reduce((sum, line) => sum + linesOfLane(state, line, density), 0),
  )
  painter.begin()
  for (const line of visible) {
    const top = Math.round((line.top - state.scrollTop) * density)
    if (line.type === 'heading') {
      context.fillStyle = palette.tokens.panel
      context.fillRect(0, top, scale.width, Math.round(line.height * density))
    } else paintLane(state, line, top, sheet, painter, around)
  }
  sheet.finish(context)
  painter.finish(around)
  for (const spot of [state.hovered, state.selected]) {
    if (spot) outlineSpot(state, spot, around, spot === state.selected)
  }
  paintRange(state, scale, context, palette, density, height)
}

function innerHeight(line: StackLane, density: number): number {
  return Math.round((line.height - 2 * lanePadding) * density)
}

/** Lines of the sheet that a lane takes; twice as many where what was found is drawn over it. */
function linesOfLane(state: TimelineState, line: StackLane, density: number): number {
  if (line.mode !== 'rows') return innerHeight(line, density) * (state.matches ? 2 : 1)
  return (state.data.rows(line.place)?.rows ?? []).reduce((sum, row) => sum + linesOf(row), 0)
}

function paintLane(
  state: TimelineState,
  line: StackLane,
  top: number,
  sheet: PixelSheet,
  painter: RowPainter,
  around: RowSurroundings,
): void {
  const { density, palette, scale } = around
  const { lane, place, mode } = line
  const begin = top + Math.round(lanePadding * density)
  const inner = { top: begin, height: innerHeight(line, density) }
  if (lane.type === 'counters') {
    const counters = state.data.counters(place)
    const { highest, backward } = lane
    const colours = lane.counters.map(({ name }) => palette.of(name))
    if (counters) paintCounters(sheet, counters, { ...inner, highest, backward, colours }, scale, density)
  } else if (mode === 'density') {
    const columns = state.data.density(place)
    const look = { ...inner, most: Math.max(1, lane.mostAtOnce), colours: palette.of(hueOfLane(line)) }
    const text = state.matches?.found.text
    if (columns) paintDensity(sheet, columns, { ...look, faint: text !== undefined }, scale, density)
    const found = text === undefined ? undefined : state.data.foundDensity(place, text)
    if (found) paintDensity(sheet, found, { ...look, faint: false }, scale, density)
  } else {
    const data = state.data.rows(place)
    const height = Math.max(2, Math.round(line.rowHeight * density) - Math.max(1, Math.round(2 * density)))
    for (const [row, columns] of (data?.rows ?? []).entries()) {
      const at = begin + Math.round(row * line.rowHeight * density)
      painter.add(
        columns,
        {
          ...{ keys: data!.keys, top: at, height, hasText: hasText(line) },
          quiet: lane.kind === 'item' || lane.kind === 'iteration' || lane.kind === 'workflow',
          showPath: lane.kind !== 'path' && lane.kind !== 'gc' && lane.kind !== 'workflow',
          matches: lane.kind === 'gc' ? null : state.matches,
        },
        around,
      )
    }
  }
}

function hueOfLane({ lane }: StackLane): string {
  if (lane.type !== 'spans') return ''
  return lane.kind === 'call' || lane.kind === 'work' ? lane.label : lane.node
}

function paintGrid(state: TimelineState, { context, scale, density, palette }: RowSurroundings, height: number): void {
  context.fillStyle = palette.tokens.line
  for (const x of gridOf(state, scale, density)) context.fillRect(x, 0, 1, height)
}

/** Pixels at which the ruler has its lines. */
function gridOf(state: TimelineState, scale: PixelScale, density: number): number[] {
  const zero = zeroOf(state.model)
  const ruler = rulerFor(state.view.from - zero, state.view.to - zero, tickCount(scale.width, density))
  return ruler.ticks.map(({ time }) => Math.round(pixelOf(scale, time + zero)))
}

/** As many ticks as have room for their labels. */
export function tickCount(width: number, density: number): number {
  return Math.max(2, Math.floor(width / density / 96))
}

function outlineSpot(state: TimelineState, spot: Spot, around: RowSurroundings, isSelected: boolean): void {
  const line = state.stack.lines.find((candidate) => candidate.type === 'lane' && candidate.place === spot.lane)
  if (line?.type !== 'lane') return
  const { context, density, palette } = around
  const isRow = line.mode === 'rows' && spot.row >= 0
  const top = (line.top - state.scrollTop + lanePadding + (isRow ? spot.row * line.rowHeight : 0)) * density
  const height = (isRow ? line.rowHeight - 2 : line.height - 2 * lanePadding) * density
  outline(context, around.scale, spot, top, height, density, isSelected ? palette.tokens.accent : palette.tokens.ink)
}

/** A frame around a bar; one that is narrower than the frame still gets one. */
export function outline(
  context: CanvasRenderingContext2D,
  scale: PixelScale,
  spot: Spot,
  top: number,
  height: number,
  density: number,
  colour: string,
): void {
  const line = Math.max(1, Math.round(1.5 * density))
  const left = Math.max(-line, Math.round(pixelOf(scale, spot.start)))
  const right = Math.min(scale.width + line, Math.max(left + 2, Math.round(pixelOf(scale, spot.end))))
  context.strokeStyle = colour
  context.lineWidth = line
  context.strokeRect(left - line / 2, Math.round(top) - line / 2, right - left + line - 1, Math.round(height) + line)
}

/** Veils what is outside of the selected range. */
export function paintRange(
  state: TimelineState,
  scale: PixelScale,
  context: CanvasRenderingContext2D,
  palette: Palette,
  density: number,
  height: number,
): void {
  const { range, pointer } = state
  if (range) {
    const left = Math.min(scale.width, Math.max(0, Math.round(pixelOf(scale, range.from))))
    const right = Math.min(scale.width, Math.max(0, Math.round(pixelOf(scale, range.to))))
    context.globalAlpha = 0.62
    context.fillStyle = palette.tokens.panel
    context.fillRect(0, 0, left, height)
    context.fillRect(right, 0, scale.width - right, height)
    context.globalAlpha = 1
    context.fillStyle = palette.tokens.accent
    const line = Math.max(1, Math.round(density))
    if (left > 0) context.fillRect(left - line, 0, line, height)
    if (right < scale.width) context.fillRect(right, 0, line, height)
  }
  if (pointer !== null) {
    context.globalAlpha = 0.5
    context.fillStyle = palette.tokens['ink-faint']
    context.fillRect(Math.round(pixelOf(scale, pointer)), 0, Math.max(1, Math.round(density / 2)), height)
    context.globalAlpha = 1
  }
}
