import type { LaneData } from './lane-data.ts'
import type { LaneStack } from './lane-stack.ts'
import type { TimelineModel, TimeSpan } from './model.ts'
import type { SpanSet } from './span-set.ts'

/** Everything that a drawing of the timeline depends on. Sizes in CSS pixels. */
export interface TimelineState {
  readonly model: TimelineModel
  readonly stack: LaneStack
  readonly data: LaneData
  readonly view: TimeSpan
  readonly width: number
  readonly bodyHeight: number
  readonly scrollTop: number
  /** Device pixels for one of CSS. */
  readonly density: number
  /** What is selected, and what is being selected by a mouse that is still down. */
  readonly range: TimeSpan | null
  readonly selected: Spot | null
  readonly hovered: Spot | null
  /** Where the pointer is in time. */
  readonly pointer: number | null
  readonly matches: SpanSet | null
}

/** A bar somewhere in the timeline: in a lane that is drawn as rows, or the place of a span that is not. */
export interface Spot {
  readonly span: number
  readonly lane: number
  readonly start: number
  readonly end: number
  /** Row in the lane, −1 where it is drawn as density. */
  readonly row: number
}

/** Heights of what is always in sight, above the lanes. */
export const headHeights = { minimap: 34, ruler: 22, path: 24 } as const

/** Height of the head: without a critical path it is lower. */
export function headHeight(model: TimelineModel): number {
  return headHeights.minimap + headHeights.ruler + (hasPath(model) ? headHeights.path : 0)
}

/** Whether the run has a critical path: it is the first lane then. */
export function hasPath(model: TimelineModel): boolean {
  return model.lanes[0]?.section === 'path'
}

/** Where the ruler counts from. */
export function zeroOf(model: TimelineModel): number {
  return model.workflow?.from ?? model.bounds.from
}
