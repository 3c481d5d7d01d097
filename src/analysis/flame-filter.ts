import type { Trace } from '../trace/index.ts'
import type { CallTree, Frame } from './call-tree.ts'
import { textOf } from './span-tree.ts'

/**
 * The tree without some functions: their own time counts for whoever called them, and so does what they called. What is
 * hidden down to the root stays in the total.
 */
export function foldFrames(tree: CallTree, isHidden: (frame: Frame) => boolean): CallTree {
  const hidden = Uint8Array.from(tree.frames, (frame) => Number(isHidden(frame)))
  if (!hidden.includes(1)) return tree
  return rebuild(tree, (row, caller) => (hidden[tree.frame[row]!] ? null : caller))
}

/** Whether a function is of the user's or of a package that they chose, not of what runs them. */
export function isOwnCode({ origin }: Frame): boolean {
  return origin === 'user' || origin === 'package'
}

/**
 * The tree with stacks that begin at the outermost function that is one's own, where there is one: what led to it is left out.
 * Own times stay what they are, of every function; so do the inclusive times of one's own functions and of what they call.
 */
export function trimCallers(tree: CallTree, isOwn: (frame: Frame) => boolean): CallTree {
  const own = Uint8Array.from(tree.frames, (frame) => Number(isOwn(frame)))
  const within = new Uint8Array(tree.parent.length)
  for (let row = 1; row < within.length; row++) within[row] = within[tree.parent[row]!]! | own[tree.frame[row]!]!
  return rebuild(tree, (row, caller) => (within[row] && !within[tree.parent[row]!] ? 0 : caller))
}

/**
 * The tree with other callers: `callerOf` is told a row and the new row of its caller, and gives the new row that it stands on;
 * `null`: it goes into its caller.
 */
function rebuild(tree: CallTree, callerOf: (row: number, caller: number) => number | null): CallTree {
  const newRow = new Int32Array(tree.parent.length)
  const parent = [-1]
  const frame = [-1]
  const rowsByCaller = [new Map<number, number>()]
  for (let row = 1; row < newRow.length; row++) {
    const before = newRow[tree.parent[row]!]!
    const caller = callerOf(row, before)
    if (caller === null) {
      newRow[row] = before
      continue
    }
    const called = tree.frame[row]!
    let below = rowsByCaller[caller]!.get(called)
    if (below === undefined) {
      below = parent.push(caller) - 1
      frame.push(called)
      rowsByCaller.push(new Map())
      rowsByCaller[caller]!.set(called, below)
    }
    newRow[row] = below
  }
  const self = new Float64Array(parent.length)
  for (let row = 0; row < newRow.length; row++) self[newRow[row]!]! += tree.self[row]!
  const whole = { ...summed(Int32Array.from(parent), self), frame: Int32Array.from(frame) }
  const { place, columns } = withoutEmpty(whole)
  const rowOfSample = tree.rowOfSample.map((row) => (row < 0 ? -1 : place[newRow[row]!]!))
  return { ...tree, ...columns, rowOfSample }
}

type Rows = Pick<CallTree, 'parent' | 'frame' | 'self' | 'inclusive'>

/** The rows that hold time, with the root; `place` tells where each of them went. What has a row in samples has time. */
function withoutEmpty({ parent, frame, self, inclusive }: Rows): {
  readonly place: Int32Array
  readonly columns: Rows
} {
  const place = new Int32Array(parent.length).fill(-1)
  const kept: number[] = []
  for (let row = 0; row < parent.length; row++) {
    if (row === 0 || inclusive[row]! > 0) place[row] = kept.push(row) - 1
  }
  return {
    place,
    columns: {
      parent: Int32Array.from(kept, (row) => (row === 0 ? -1 : place[parent[row]!]!)),
      frame: Int32Array.from(kept, (row) => frame[row]!),
      self: Float64Array.from(kept, (row) => self[row]!),
      inclusive: Float64Array.from(kept, (row) => inclusive[row]!),
    },
  }
}

/** The tree without the samples of some nodes; the empty path stands for those that belong to none. */
export function leaveOutNodes(trace: Trace, tree: CallTree, paths: readonly string[]): CallTree {
  if (paths.length === 0 || !trace.samples) return tree
  const { node, weight } = trace.samples
  const hidden = new Set(paths)
  const self = new Float64Array(tree.parent.length)
  const rowOfSample = tree.rowOfSample.map((row, sample) => {
    if (row < 0 || hidden.has(textOf(trace, node[sample]!))) return -1
    self[row]! += weight[sample]!
    return row
  })
  return { ...tree, ...summed(tree.parent, self), rowOfSample }
}

function summed(parent: Int32Array, self: Float64Array): Pick<CallTree, 'parent' | 'self' | 'inclusive'> {
  const inclusive = self.slice()
  for (let row = parent.length - 1; row > 0; row--) inclusive[parent[row]!]! += inclusive[row]!
  return { parent, self, inclusive }
}
