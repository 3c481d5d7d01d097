import type { CpuProfile, CpuProfileFrame } from '../../formats/index.ts'
import type { FunctionExtent } from './node-functions.ts'

/** A node that began or ended, on the trace's clock. */
export interface NodeEvent {
  readonly time: number
  readonly path: string
  readonly open: boolean
}

/**
 * Says which node a sample belongs to: the one whose function holds the outermost user frame; else, where only one
 * node was open, that one; else none, and '' is the answer. Never a guess from overlapping time.
 *
 * `events` are in order of time, and so must be the calls of the returned function.
 */
export function attributeSamples(
  profile: CpuProfile,
  isUserFrame: (frame: CpuProfileFrame) => boolean,
  extents: readonly FunctionExtent[],
  events: readonly NodeEvent[],
): (leaf: number, time: number) => string {
  const owners = ownersOfRows(profile, isUserFrame, extents)
  const openCounts = new Map<string, number>()
  let seen = 0
  let only = ''
  return (leaf, time) => {
    const before = seen
    for (let event = events[seen]; event && event.time <= time; event = events[seen]) {
      const count = (openCounts.get(event.path) ?? 0) + (event.open ? 1 : -1)
      if (count > 0) openCounts.set(event.path, count)
      else openCounts.delete(event.path)
      seen++
    }
    if (seen !== before) only = onlyOpenNode([...openCounts.keys()])
    return owners[leaf] || only
  }
}

/** The one node that is open, where all others that are open only surround it; '' where there are several or none. */
function onlyOpenNode(open: readonly string[]): string {
  const innermost = open.filter((path) => !open.some((other) => other.startsWith(`${path}/`)))
  return innermost.length === 1 ? innermost[0]! : ''
}

/** For each row of the profile's tree, the node that its outermost user frame lies in; '' where there is none. */
function ownersOfRows(
  profile: CpuProfile,
  isUserFrame: (frame: CpuProfileFrame) => boolean,
  extents: readonly FunctionExtent[],
): string[] {
  const rowOf = new Map(profile.nodes.map((node, row) => [node.id, row]))
  const owners = new Array<string>(profile.nodes.length).fill('')
  const pending: Array<{ row: number; decided: string | undefined }> =
    profile.nodes.length > 0 ? [{ row: 0, decided: undefined }] : []
  const visited = new Uint8Array(profile.nodes.length)
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (visited[next.row]) continue
    visited[next.row] = 1
    const { callFrame, children } = profile.nodes[next.row]!
    const decided = next.decided ?? (isUserFrame(callFrame) ? ownerOf(callFrame, extents) : undefined)
    owners[next.row] = decided ?? ''
    for (const child of children ?? []) {
      const row = rowOf.get(child)
      if (row !== undefined) pending.push({ row, decided })
    }
  }
  return owners
}

/** The innermost function of a node that holds the frame; '' where none does, which settles the matter for its callees too. */
function ownerOf(frame: CpuProfileFrame, extents: readonly FunctionExtent[]): string {
  let best: FunctionExtent | undefined
  for (const extent of extents) {
    if (extent.scriptId !== frame.scriptId || !holds(extent, frame.lineNumber, frame.columnNumber)) continue
    if (!best || isAfter(extent, best)) best = extent
  }
  return best?.path ?? ''
}

function holds(extent: FunctionExtent, line: number, column: number): boolean {
  const afterStart = line > extent.startLine || (line === extent.startLine && column >= extent.startColumn)
  const beforeEnd = line < extent.endLine || (line === extent.endLine && column <= extent.endColumn)
  return afterStart && beforeEnd
}

function isAfter(extent: FunctionExtent, other: FunctionExtent): boolean {
  if (extent.startLine !== other.startLine) return extent.startLine > other.startLine
  return extent.startColumn > other.startColumn
}
