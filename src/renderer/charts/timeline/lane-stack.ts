import type { Lane, LaneSection, TimelineModel } from './model.ts'

/** How a lane is drawn. */
export type LaneMode = 'rows' | 'density' | 'counters'

/** A line of the stack: a heading or a lane, with its place from the top in CSS pixels. */
export type StackLine = StackHeading | StackLane

export interface StackHeading {
  readonly type: 'heading'
  readonly id: string
  readonly section: LaneSection
  readonly title: string
  readonly top: number
  readonly height: number
  readonly collapsed: boolean
}

export interface StackLane {
  readonly type: 'lane'
  readonly lane: Lane
  /** Place of the lane in the model. */
  readonly place: number
  readonly top: number
  readonly height: number
  readonly mode: LaneMode
  /** Height of one row of bars, with the gap below it. */
  readonly rowHeight: number
  /** What its button does: hides what is inside it, or draws its rows as one. `null`: it has none. */
  readonly folds: 'children' | 'rows' | null
  readonly collapsed: boolean
}

/** What is shown below each other, and how high that is. */
export interface LaneStack {
  readonly lines: readonly StackLine[]
  readonly height: number
}

/** Lanes that were folded or unfolded by hand, by id. */
export type Folding = Readonly<Record<string, boolean>>

const sectionTitles: Readonly<Record<Exclude<LaneSection, 'path'>, string>> = {
  nodes: 'Nodes',
  resources: 'Resources',
  process: 'Process',
}

const headingHeight = 22
/** Room above and below what is drawn in a lane. */
export const lanePadding = 2
/** With more rows a lane is at first drawn as how many spans were under way. */
const rowsAtFirst = 8

/** Stacks the lanes of a model; the critical path is not among them: it stands in the head, always in sight. */
export function stackLanes(model: TimelineModel, folding: Folding): LaneStack {
  const lines: StackLine[] = []
  const parents = new Set(model.lanes.map(({ parent }) => parent))
  /** Lanes whose children are not shown. */
  const hidden = new Set<number>()
  let top = 0
  let section: LaneSection = 'path'
  for (const [place, lane] of model.lanes.entries()) {
    if (lane.section === 'path') continue
    const heading = `section:${lane.section}`
    if (lane.section !== section) {
      section = lane.section
      const collapsed = folding[heading] ?? false
      const title = sectionTitles[lane.section]
      lines.push({ type: 'heading', id: heading, section, title, top, height: headingHeight, collapsed })
      top += headingHeight
    }
    if (folding[heading] || hidden.has(lane.parent)) {
      hidden.add(place)
      continue
    }
    const line = lineOf(lane, place, top, parents.has(place), folding[lane.id])
    if (line.folds === 'children' && line.collapsed) hidden.add(place)
    lines.push(line)
    top += line.height
  }
  return { lines, height: top }
}

function lineOf(lane: Lane, place: number, top: number, isParent: boolean, byHand: boolean | undefined): StackLane {
  if (lane.type === 'counters') {
    const height = lane.section === 'resources' || lane.unit === 'ns' ? 30 : 38
    return {
      type: 'lane',
      ...{ lane, place, top, height },
      mode: 'counters',
      rowHeight: 0,
      folds: null,
      collapsed: false,
    }
  }
  const many = lane.rows !== 1
  const folds = isParent ? 'children' : lane.rows > 1 ? 'rows' : null
  const collapsed = byHand ?? (folds === 'rows' && lane.rows > rowsAtFirst)
  const asDensity = lane.rows === 0 || (folds === 'rows' ? collapsed : lane.rows > rowsAtFirst)
  const mode: LaneMode = many && asDensity ? 'density' : 'rows'
  const rowHeight = rowHeightOf(lane.rows)
  const height = mode === 'density' ? 34 : rowHeight * lane.rows + 2 * lanePadding
  return { type: 'lane', ...{ lane, place, top, height, mode, rowHeight, folds, collapsed } }
}

function rowHeightOf(rows: number): number {
  if (rows <= 1) return 18
  if (rows <= 4) return 15
  if (rows <= 16) return 9
  return 5
}

/** Whether a lane's bars are high enough to be written in. */
export function hasText(line: StackLane): boolean {
  return line.rowHeight >= 14
}

/** Lanes that have to be unfolded so that a lane is in sight. */
export function foldedAbove(model: TimelineModel, place: number, folding: Folding): string[] {
  const folded: string[] = []
  const lane = model.lanes[place]
  if (lane && folding[`section:${lane.section}`]) folded.push(`section:${lane.section}`)
  for (let above = lane?.parent ?? -1; above >= 0; above = model.lanes[above]!.parent) {
    if (folding[model.lanes[above]!.id]) folded.push(model.lanes[above]!.id)
  }
  return folded
}

/** The line at a height; `undefined` below the last. */
export function lineAt(stack: LaneStack, y: number): StackLine | undefined {
  return stack.lines.find(({ top, height }) => y >= top && y < top + height)
}
