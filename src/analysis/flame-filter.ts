import type { Trace } from '../trace/index.ts'
import type { CallTree } from './call-tree.ts'
import { textOf } from './span-tree.ts'

/**
 * The tree without some functions: their own time counts for whoever called them, and so does what they called. What is
 * hidden down to the root stays in the total.
 */
export function foldFrames(tree: CallTree, isHidden: (frame: CallTree['frames'][number]) => boolean): CallTree {
  const hidden = Uint8Array.from(tree.frames, (frame) => Number(isHidden(frame)))
  if (!hidden.includes(1)) return tree
  const newRow = new Int32Array(tree.parent.length)
  const parent = [-1]
  const frame = [-1]
  const rowsByCaller = [new Map<number, number>()]
  for (let row = 1; row < newRow.length; row++) {
    const caller = newRow[tree.parent[row]!]!
    const called = tree.frame[row]!
    if (hidden[called]) {
      newRow[row] = caller
      continue
    }
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
  return {
    ...tree,
    ...summed(Int32Array.from(parent), self),
    frame: Int32Array.from(frame),
    rowOfSample: tree.rowOfSample.map((row) => (row < 0 ? -1 : newRow[row]!)),
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
