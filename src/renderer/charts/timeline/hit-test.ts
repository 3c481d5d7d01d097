import { lanePadding, lineAt, type StackLane } from './lane-stack.ts'
import type { CounterLane, RowColumns, SpanLane } from './model.ts'
import { readingAt } from './paint-counters.ts'
import { meanBetween } from './paint-density.ts'
import { firstNotBefore, placeAt } from './row-walk.ts'
import { hasPath, headHeights, type Spot, type TimelineState } from './timeline-state.ts'

/** What is under the pointer. */
export type Hit =
  | {
      readonly type: 'span'
      readonly spot: Spot
      readonly lane: SpanLane
      readonly near: number
      readonly bar: BarFacts
    }
  | { readonly type: 'density'; readonly lane: SpanLane; readonly active: number; readonly queueing: number }
  | { readonly type: 'counter'; readonly lane: CounterLane; readonly readings: ReadonlyArray<number | null> }

/** What a bar says of itself before anybody is asked. */
export interface BarFacts {
  readonly text: string
  readonly hue: string
  readonly duration: number
  readonly wait: number
  readonly index: number
  readonly flags: number
}

/** Pixels around a bar in which it is still hit. */
const reach = 3

/** What is at a point of the lanes: `y` in CSS pixels from the top of the lanes that are in sight. */
export function hitBody(state: TimelineState, time: number, y: number): Hit | null {
  const line = lineAt(state.stack, y + state.scrollTop)
  if (line?.type !== 'lane') return null
  const { lane, place } = line
  if (lane.type === 'counters') {
    const counters = state.data.counters(place) ?? []
    return { type: 'counter', lane, readings: counters.map((counter) => readingAt(counter, time, lane.backward)) }
  }
  if (line.mode === 'density') return hitDensity(state, lane, place, time)
  const row = Math.floor((y + state.scrollTop - line.top - lanePadding) / line.rowHeight)
  return hitRow(state, lane, place, row, time)
}

/** What is at a point of the head: the critical path, or nothing. */
export function hitHead(state: TimelineState, time: number, y: number): Hit | null {
  const lane = state.model.lanes[0]
  const top = headHeights.minimap + headHeights.ruler
  if (!hasPath(state.model) || lane?.type !== 'spans' || y < top) return null
  return hitRow(state, lane, 0, 0, time)
}

function hitRow(state: TimelineState, lane: SpanLane, place: number, row: number, time: number): Hit | null {
  const data = state.data.rows(place)
  const columns = data?.rows[row]
  if (!columns) return null
  const perPixel = (state.view.to - state.view.from) / Math.max(1, state.width)
  const at = placeAt(columns, time, perPixel * reach)
  if (at < 0) return null
  const key = data!.keys[columns.key[at]!]!
  const index = columns.index?.[at] ?? -1
  const bar: BarFacts = {
    text: key.text,
    hue: key.hue,
    duration: columns.end[at]! - columns.start[at]!,
    wait: columns.wait?.[at] ?? 0,
    index,
    flags: columns.flags[at]!,
  }
  return { type: 'span', lane, spot: spotOf(columns, place, row, at), near: countNear(columns, time, perPixel), bar }
}

/** How many bars begin in the pixel. */
function countNear({ start }: RowColumns, time: number, perPixel: number): number {
  const left = Math.floor(time / perPixel) * perPixel
  return firstNotBefore(start, left + perPixel) - firstNotBefore(start, left)
}

/** A bar as a spot. */
function spotOf(row: RowColumns, lane: number, rowNumber: number, place: number): Spot {
  return { span: row.span[place]!, lane, start: row.start[place]!, end: row.end[place]!, row: rowNumber }
}

function hitDensity(state: TimelineState, lane: SpanLane, place: number, time: number): Hit | null {
  const columns = state.data.density(place)
  if (!columns) return null
  const perPixel = (state.view.to - state.view.from) / Math.max(1, state.width)
  const active = meanBetween(columns, time - perPixel / 2, time + perPixel / 2)
  const queueing = columns.queueing ? meanBetween(columns.queueing, time - perPixel / 2, time + perPixel / 2) : 0
  return { type: 'density', lane, active, queueing }
}

/** Where the keys begin while nothing is selected: the bar of the uppermost lane that is nearest to the left end of what is shown. */
export function firstSpot({ stack, data, view }: TimelineState): Spot | null {
  for (const line of stack.lines) {
    if (line.type !== 'lane' || line.mode !== 'rows') continue
    const columns = data.rows(line.place)?.rows[0]
    if (!columns || columns.start.length === 0) continue
    const place = placeAt(columns, view.from, Number.POSITIVE_INFINITY)
    if (place >= 0) return spotOf(columns, line.place, 0, place)
  }
  return null
}

/** The bar before or after a spot in its row; `null` at the end of it. */
export function neighbourOf(state: TimelineState, spot: Spot, step: 1 | -1): Spot | null {
  const line = state.stack.lines.find((candidate): candidate is StackLane => {
    return candidate.type === 'lane' && candidate.place === spot.lane
  })
  const row = Math.max(0, spot.row)
  const columns = line?.mode === 'rows' || spot.lane === 0 ? state.data.rows(spot.lane)?.rows[row] : undefined
  if (!columns) return null
  const place = placeAt(columns, spot.start, 0) + step
  return place >= 0 && place < columns.start.length ? spotOf(columns, spot.lane, row, place) : null
}

/** Where a span is drawn, as far as the columns of its lane are there. */
export function spotInLane(state: TimelineState, lane: number, span: number, start: number, end: number): Spot {
  const data = state.data.rows(lane)
  for (const [row, columns] of (data?.rows ?? []).entries()) {
    const place = placeAt(columns, start, 0)
    for (let at = Math.max(0, place - 1); place >= 0 && at <= place + 1 && at < columns.span.length; at++) {
      if (columns.span[at] === span) return spotOf(columns, lane, row, at)
    }
  }
  return { span, lane, start, end, row: -1 }
}
