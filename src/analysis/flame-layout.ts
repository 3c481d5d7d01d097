import type { FrameOrigin, SpanKind, Trace } from '../trace/index.ts'
import { spanKinds } from '../trace/index.ts'
import type { CallTree } from './call-tree.ts'
import { childrenOf, kindIndex, type SpanTree, textOf } from './span-tree.ts'

/** What a rectangle of a flame graph stands for. */
export interface FlameFrame {
  readonly name: string
  /** File of a function, statement or URL pattern of a call; empty where there is none. */
  readonly detail: string
  /** Line where the function begins, 0 where unknown or no function. */
  readonly line: number
  /** Origin of a function, or kind of a span: what the colour says. */
  readonly category: FrameOrigin | SpanKind
}

/** Rectangles of a flame graph as columns of equal length, callers before what they call. */
export interface FlameLayout {
  readonly frames: readonly FlameFrame[]
  /** Index into `frames`. */
  readonly frame: Uint32Array
  /** Left edge and width as fractions of the whole (0 to 1). */
  readonly x: Float64Array
  readonly width: Float64Array
  /** 0 at the root's callees. */
  readonly depth: Uint32Array
  /** Rectangle that it stands on, −1 at depth 0. */
  readonly parent: Int32Array
  /** Time of the rectangle without what stands on it, in nanoseconds. */
  readonly self: Float64Array
  /** What a width of 1 stands for, in nanoseconds. */
  readonly total: number
  /** Number of levels; 0 where there is nothing to draw. */
  readonly levels: number
  /** `cpu`: time on the CPU by samples. `spans`: time by spans, where those at the same time count each. */
  readonly measure: 'cpu' | 'spans'
  /** Share of the CPU time that belongs to no node; `null` for spans and where there was none. */
  readonly unattributed: number | null
}

/** Lays the call tree out with the heaviest callee on the left: equal stacks are one rectangle. */
export function layOutLeftHeavy(tree: CallTree): FlameLayout {
  return layOut(tree, tree.frames.map(frameOfFunction), 'cpu', tree.unattributed)
}

/**
 * Lays the samples out in the order of time: neighbours with the same caller and frame are one rectangle. Idle time is
 * left out, so the axis is CPU time, not wall time.
 */
export function layOutByTime(trace: Trace, tree: CallTree): FlameLayout {
  const rows = newRows()
  /** Rectangles that the last sample left open, by depth. */
  let open: number[] = []
  let elapsed = 0
  for (let sample = 0; sample < tree.rowOfSample.length; sample++) {
    const weight = trace.samples!.weight[sample]!
    const path: number[] = []
    for (let row = tree.rowOfSample[sample]!; row > 0; row = tree.parent[row]!) path.push(tree.frame[row]!)
    if (path.length === 0) continue
    const next: number[] = []
    for (const frame of path.reverse()) {
      const depth = next.length
      const above = next.at(-1) ?? -1
      const last = open[depth]
      // A rectangle goes on only where the one that it stands on goes on too.
      const same = last !== undefined && rows.parent[last] === above && rows.frame[last] === frame
      next.push(same ? last : addRow(rows, above, frame, elapsed, depth))
      rows.width[next.at(-1)!]! += weight
    }
    rows.self[next.at(-1)!]! += weight
    elapsed += weight
    open = next
  }
  return finish(rows, tree.frames.map(frameOfFunction), elapsed, 'cpu', tree.unattributed)
}

/**
 * The merged span tree as a flame graph, for runs without CPU samples: spans with the same kind, name and place are one
 * rectangle whose width is the sum of their durations. Children that ran at the same time may sum to more than their
 * parent; the parent then is as wide as they are together, so widths are time summed over spans, not wall time.
 */
export function layOutSpans(trace: Trace, tree: SpanTree): FlameLayout {
  const frames: FlameFrame[] = []
  const known = new Map<string, number>()
  const merged = { parent: [-1], frame: [-1], whole: [0] }
  const rowsByFrame = [new Map<number, number>()]
  const stack: Array<{ span: number; row: number }> = tree.root < 0 ? [] : [{ span: tree.root, row: 0 }]
  while (stack.length > 0) {
    const { span, row } = stack.pop()!
    const frame = frameOfSpan(trace, span, frames, known)
    let below = rowsByFrame[row]!.get(frame)
    if (below === undefined) {
      below = merged.parent.length
      rowsByFrame[row]!.set(frame, below)
      rowsByFrame.push(new Map())
      merged.parent.push(row)
      merged.frame.push(frame)
      merged.whole.push(0)
    }
    merged.whole[below]! += trace.spans.duration[span]!
    for (const child of childrenOf(tree, span)) {
      // What a resource did for a call is in the call already: shown again it would count twice.
      if (trace.spans.kind[child] !== kindIndex.work) stack.push({ span: child, row: below })
    }
  }
  const self = Float64Array.from(merged.whole)
  for (let row = 1; row < self.length; row++) self[merged.parent[row]!]! -= merged.whole[row]!
  for (let row = 0; row < self.length; row++) self[row] = Math.max(0, self[row]!)
  return layOut({ ...merged, self }, frames, 'spans', null)
}

/** Rows with self times, row 0 the root, parents before children. */
interface Merged {
  readonly parent: ArrayLike<number>
  readonly frame: ArrayLike<number>
  readonly self: Float64Array
}

/** Rectangles while they are placed; x and width in nanoseconds. */
interface Rows {
  readonly frame: number[]
  readonly x: number[]
  readonly width: number[]
  readonly depth: number[]
  readonly parent: number[]
  readonly self: number[]
}

function newRows(): Rows {
  return { frame: [], x: [], width: [], depth: [], parent: [], self: [] }
}

function addRow(rows: Rows, parent: number, frame: number, x: number, depth: number): number {
  rows.frame.push(frame)
  rows.x.push(x)
  rows.width.push(0)
  rows.depth.push(depth)
  rows.parent.push(parent)
  return rows.self.push(0) - 1
}

function finish(
  rows: Rows,
  frames: readonly FlameFrame[],
  total: number,
  measure: FlameLayout['measure'],
  unattributed: number | null,
): FlameLayout {
  const fraction = (time: number) => (total > 0 ? time / total : 0)
  return {
    frames,
    frame: Uint32Array.from(rows.frame),
    x: Float64Array.from(rows.x, fraction),
    width: Float64Array.from(rows.width, fraction),
    depth: Uint32Array.from(rows.depth),
    parent: Int32Array.from(rows.parent),
    self: Float64Array.from(rows.self),
    total,
    levels: rows.depth.reduce((levels, depth) => Math.max(levels, depth + 1), 0),
    measure,
    unattributed,
  }
}

function layOut(
  merged: Merged,
  frames: readonly FlameFrame[],
  measure: FlameLayout['measure'],
  unattributed: number | null,
): FlameLayout {
  const inclusive = merged.self.slice()
  const above: number[][] = Array.from(inclusive, () => [])
  for (let row = inclusive.length - 1; row > 0; row--) {
    inclusive[merged.parent[row]!]! += inclusive[row]!
    above[merged.parent[row]!]!.push(row)
  }
  const rows = newRows()
  const stack = [{ row: 0, x: 0, base: -1, depth: -1 }]
  while (stack.length > 0) {
    const { row, x, base, depth } = stack.pop()!
    let place = -1
    if (row > 0) {
      place = addRow(rows, base, merged.frame[row]!, x, depth)
      rows.width[place] = inclusive[row]!
      rows.self[place] = merged.self[row]!
    }
    let left = x
    const next = above[row]!.sort((a, b) => inclusive[b]! - inclusive[a]! || a - b).map((callee) => {
      left += inclusive[callee]!
      return { row: callee, x: left - inclusive[callee]!, base: place, depth: depth + 1 }
    })
    // Popped in reverse, so that rectangles come out from left to right.
    for (let position = next.length - 1; position >= 0; position--) stack.push(next[position]!)
  }
  return finish(rows, frames, inclusive[0]!, measure, unattributed)
}

/** What a rectangle of a function says. */
export function frameOfFunction({ name, file, line, origin }: CallTree['frames'][number]): FlameFrame {
  return { name, detail: file, line, category: origin }
}

function frameOfSpan(trace: Trace, span: number, frames: FlameFrame[], known: Map<string, number>): number {
  const kind = spanKinds[trace.spans.kind[span]!]!
  const name = kind === 'item' || kind === 'iteration' ? `each ${kind}` : textOf(trace, trace.spans.name[span]!)
  // A failed span's detail is its error, which would split what belongs together.
  const detail = kind === 'call' && trace.spans.status[span] === 0 ? textOf(trace, trace.spans.detail[span]!) : ''
  const key = `${kind}\0${name}\0${detail}`
  let index = known.get(key)
  if (index === undefined) {
    index = frames.length
    known.set(key, index)
    frames.push({ name, detail, line: 0, category: kind })
  }
  return index
}
