import type { Trace } from '../trace/index.ts'
import type { CallTree } from './call-tree.ts'
import type { FlameRectangles } from './flame-rectangles.ts'
import { isIdle } from './sample-times.ts'

/**
 * Lays the samples out on the clock: a rectangle is a stretch in which the thread was in one stack, wide as it took. A
 * sample stands for the stretch that ends at its time. Where the thread was idle there is a rectangle of row 0 on the first
 * level; where samples are left out or were never taken there is nothing. O(samples + rectangles), whatever the depth.
 */
export function arrangeByTime(trace: Trace, tree: CallTree): FlameRectangles {
  const { samples } = trace
  const rows = new GrowingRows()
  if (!samples) return rows.finish(0, 0)
  const depthOf = depthsOf(tree)
  const { time, weight } = samples
  /** Row and rectangle that are open at each depth. */
  const openRow: number[] = []
  const openRectangle: number[] = []
  const path: number[] = []
  let depth = 0
  let clock = time.length > 0 ? time[0]! - weight[0]! : 0
  const from = clock
  const close = (to: number) => {
    while (depth > to) rows.end[openRectangle[--depth]!] = clock
  }
  for (let sample = 0; sample < time.length; sample++) {
    const row = tree.rowOfSample[sample]!
    const idle = row < 0 && isIdle(samples, sample)
    const end = time[sample]!
    const start = Math.max(clock, end - weight[sample]!)
    // Half an interval without a sample is a hole, not the same function going on.
    if (start - clock > samples.interval / 2) close(0)
    const leaf = row > 0 ? row : idle ? 0 : -1
    const levels = leaf > 0 ? depthOf[leaf]! : leaf + 1
    // Up from the leaf until what is open already: equal rows stand on equal rows.
    let same = levels
    for (let current = leaf; same > 0 && !(same <= depth && openRow[same - 1] === current); same--) {
      path[same - 1] = current
      current = tree.parent[current]!
    }
    close(same)
    for (let level = same; level < levels; level++) {
      openRow[level] = path[level]!
      openRectangle[level] = rows.add(path[level]!, level, start)
    }
    depth = levels
    clock = Math.max(clock, end)
  }
  close(0)
  return rows.finish(from, clock)
}

/** Callers of each row, itself counted: 0 for the root. */
function depthsOf({ parent }: CallTree): Uint32Array {
  const depths = new Uint32Array(parent.length)
  for (let row = 1; row < parent.length; row++) depths[row] = depths[parent[row]!]! + 1
  return depths
}

/** Rectangles in the order in which they began, in arrays that grow: millions would not fit into lists of numbers. */
class GrowingRows {
  #row = new Uint32Array(1024)
  #level = new Uint16Array(1024)
  #start = new Float64Array(1024)
  end = new Float64Array(1024)
  #count = 0
  #levels = 0

  add(row: number, level: number, start: number): number {
    if (this.#count === this.#row.length) this.#grow()
    this.#row[this.#count] = row
    this.#level[this.#count] = level
    this.#start[this.#count] = start
    this.#levels = Math.max(this.#levels, level + 1)
    return this.#count++
  }

  #grow(): void {
    const length = this.#row.length * 2
    const grown = <Column extends Uint16Array | Uint32Array | Float64Array>(column: Column, into: Column): Column => {
      into.set(column)
      return into
    }
    this.#row = grown(this.#row, new Uint32Array(length))
    this.#level = grown(this.#level, new Uint16Array(length))
    this.#start = grown(this.#start, new Float64Array(length))
    this.end = grown(this.end, new Float64Array(length))
  }

  /** Sorted by level; within one they are in the order of time already. */
  finish(from: number, to: number): FlameRectangles {
    const offsets = new Uint32Array(this.#levels + 1)
    for (let index = 0; index < this.#count; index++) offsets[this.#level[index]! + 1]!++
    for (let level = 0; level < this.#levels; level++) offsets[level + 1]! += offsets[level]!
    const next = offsets.slice()
    const row = new Uint32Array(this.#count)
    const start = new Float64Array(this.#count)
    const end = new Float64Array(this.#count)
    for (let index = 0; index < this.#count; index++) {
      const place = next[this.#level[index]!]!++
      row[place] = this.#row[index]!
      start[place] = this.#start[index]!
      end[place] = this.end[index]!
    }
    return { offsets, start, end, row, from, to }
  }
}
