import type { StackTree } from './call-tree.ts'

/**
 * Rectangles of a flame graph as columns, level by level and from left to right within a level: those of level `d` are the
 * rows `offsets[d]` up to, and without, `offsets[d + 1]`, and do not overlap.
 */
export interface FlameRectangles {
  readonly offsets: Uint32Array
  /** Left and right edge in nanoseconds: of time that is summed up, or since the trace's origin. */
  readonly start: Float64Array
  readonly end: Float64Array
  /** Row of the tree that it stands for; in time order 0 is a stretch in which the thread was idle. */
  readonly row: Uint32Array
  /** Edges of the whole picture, in nanoseconds. */
  readonly from: number
  readonly to: number
}

/**
 * Lays a tree out with the heaviest callee on the left, in the same order as `layOutLeftHeavy`: equal ones in the order of
 * their rows. Rows without any time are left out.
 */
export function arrangeByWeight(tree: StackTree<unknown>): FlameRectangles {
  const { parent, inclusive } = tree
  const offsetOf = new Uint32Array(parent.length + 1)
  let count = 0
  for (let row = 1; row < parent.length; row++) {
    if (!(inclusive[row]! > 0)) continue
    offsetOf[parent[row]! + 1]!++
    count++
  }
  for (let row = 0; row < parent.length; row++) offsetOf[row + 1]! += offsetOf[row]!
  const callees = new Uint32Array(count)
  const next = offsetOf.slice()
  for (let row = 1; row < parent.length; row++) {
    if (inclusive[row]! > 0) callees[next[parent[row]!]!++] = row
  }
  const start = new Float64Array(count)
  const end = new Float64Array(count)
  const rows = new Uint32Array(count)
  const offsets = [0]
  let placed = 0
  /** Puts what `row` called beside each other from `left` on. */
  const place = (row: number, left: number) => {
    const own = callees.subarray(offsetOf[row]!, offsetOf[row + 1]!)
    if (own.length > 1) own.sort((a, b) => inclusive[b]! - inclusive[a]! || a - b)
    for (const callee of own) {
      start[placed] = left
      left += inclusive[callee]!
      end[placed] = left
      rows[placed++] = callee
    }
  }
  place(0, 0)
  // Level by level: whoever is called by the rectangles of one level makes the next.
  for (let first = 0; first < placed; ) {
    const last = placed
    offsets.push(last)
    for (; first < last; first++) place(rows[first]!, start[first]!)
  }
  return { offsets: Uint32Array.from(offsets), start, end, row: rows, from: 0, to: inclusive[0] ?? 0 }
}
