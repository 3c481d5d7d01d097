import type { Trace } from '../trace/index.ts'
import type { CallTree, StackTree } from './call-tree.ts'
import { type FlameFrame, type FlameLayout, frameOfFunction } from './flame-layout.ts'
import { textOf } from './span-tree.ts'

/** What every view of a flame graph is laid out from: stacks of functions with their CPU time, or of spans with theirs. */
export interface FlameTree extends StackTree<FlameFrame> {
  /** Samples in which the row's own function was executing; all 0 for spans. */
  readonly ownCount: Uint32Array
  /** Samples of the row and of everything on it. */
  readonly count: Uint32Array
  /** Paths of nodes that samples belong to; the empty string stands for those that belong to none. */
  readonly nodes: readonly string[]
  /** Index into `nodes` where all samples of the row and of everything on it are of one node, else −1. */
  readonly nodeOf: Int32Array
  readonly measure: FlameLayout['measure']
  /** Share of the CPU time that belongs to no node; `null` for spans and where there was none. */
  readonly unattributed: number | null
}

/** The call tree with what a picture of it says besides times: how many samples, and of which node. */
export function flameTreeOf(trace: Trace, tree: CallTree): FlameTree {
  const { parent, rowOfSample } = tree
  const ownCount = new Uint32Array(parent.length)
  const nodeOf = new Int32Array(parent.length).fill(unknownNode)
  const nodes: string[] = []
  const known = new Map<number, number>()
  for (let sample = 0; sample < rowOfSample.length; sample++) {
    const row = rowOfSample[sample]!
    if (row < 0) continue
    const id = trace.samples!.node[sample]!
    let node = known.get(id)
    if (node === undefined) {
      node = nodes.push(textOf(trace, id)) - 1
      known.set(id, node)
    }
    ownCount[row]!++
    nodeOf[row] = joinNodes(nodeOf[row]!, node)
  }
  return {
    ...{ frames: tree.frames.map(frameOfFunction), parent, frame: tree.frame },
    ...{ self: tree.self, inclusive: tree.inclusive, unattributed: tree.unattributed, measure: 'cpu' },
    ...sumUp(parent, ownCount, nodeOf),
    nodes,
  }
}

/** The tree of a layout of spans (`layOutSpans`), for runs without CPU samples. */
export function flameTreeOfSpans(layout: FlameLayout): FlameTree {
  const rows = layout.frame.length + 1
  const parent = new Int32Array(rows).fill(-1)
  const frame = new Int32Array(rows).fill(-1)
  const self = new Float64Array(rows)
  const inclusive = new Float64Array(rows)
  inclusive[0] = layout.total
  for (let row = 1; row < rows; row++) {
    parent[row] = layout.parent[row - 1]! + 1
    frame[row] = layout.frame[row - 1]!
    self[row] = layout.self[row - 1]!
    inclusive[row] = layout.width[row - 1]! * layout.total
  }
  return {
    ...{ frames: layout.frames, parent, frame, self, inclusive, unattributed: layout.unattributed },
    ...sumUp(parent, new Uint32Array(rows), new Int32Array(rows).fill(-1)),
    ...{ nodes: [], measure: layout.measure },
  }
}

/** Stacks that are put together one by one, each merged with those that are there. */
export class FlameTreeBuilder {
  readonly #of: FlameTree
  readonly #parent = [-1]
  readonly #frame = [-1]
  readonly #self = [0]
  readonly #ownCount = [0]
  readonly #nodeOf = [unknownNode]
  readonly #rowsByCaller = [new Map<number, number>()]

  /** `of`: the tree that the stacks are from, with the same frames and nodes. */
  constructor(of: FlameTree) {
    this.#of = of
  }

  /** The row of a function upon a row, made where there is none. */
  rowFor(caller: number, frame: number): number {
    const known = this.#rowsByCaller[caller]!.get(frame)
    if (known !== undefined) return known
    const row = this.#parent.push(caller) - 1
    this.#frame.push(frame)
    this.#self.push(0)
    this.#ownCount.push(0)
    this.#nodeOf.push(unknownNode)
    this.#rowsByCaller.push(new Map())
    this.#rowsByCaller[caller]!.set(frame, row)
    return row
  }

  /** Adds to the row itself; `node` as in `nodeOf`. */
  add(row: number, time: number, count: number, node: number): void {
    this.#self[row]! += time
    this.#ownCount[row]! += count
    this.#nodeOf[row] = joinNodes(this.#nodeOf[row]!, node)
  }

  finish(): FlameTree {
    const parent = Int32Array.from(this.#parent)
    const self = Float64Array.from(this.#self)
    const inclusive = self.slice()
    for (let row = parent.length - 1; row > 0; row--) inclusive[parent[row]!]! += inclusive[row]!
    return {
      ...{ ...this.#of, parent, frame: Int32Array.from(this.#frame), self, inclusive },
      ...sumUp(parent, Uint32Array.from(this.#ownCount), Int32Array.from(this.#nodeOf)),
    }
  }
}

/** No sample has said yet of which node it is. */
const unknownNode = -2

function sumUp(parent: Int32Array, ownCount: Uint32Array, ownNode: Int32Array) {
  const count = ownCount.slice()
  const nodeOf = ownNode.slice()
  for (let row = parent.length - 1; row > 0; row--) {
    const below = parent[row]!
    count[below]! += count[row]!
    if (nodeOf[row] !== unknownNode) nodeOf[below] = joinNodes(nodeOf[below]!, nodeOf[row]!)
  }
  return { ownCount, count, nodeOf: nodeOf.map((node) => Math.max(-1, node)) }
}

/** Node of two parts together: what nothing is known of takes the other's, different ones are several. */
function joinNodes(one: number, other: number): number {
  return one === unknownNode || one === other ? other : -1
}
