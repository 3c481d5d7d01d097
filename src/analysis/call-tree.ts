import type { FrameOrigin, Samples, Trace } from '../trace/index.ts'
import { frameOrigins } from '../trace/index.ts'
import { isIdle } from './sample-times.ts'
import { textOf } from './span-tree.ts'

/** A function, as people know it: functions of the same name, file, line and column are one. */
export interface Frame {
  readonly name: string
  /** File as the user knows it; empty where it has none. */
  readonly file: string
  /** Where the function begins, from 1; 0 where unknown. */
  readonly line: number
  readonly column: number
  readonly origin: FrameOrigin
}

/** A tree of stacks as columns: callers before the functions they call, row 0 the root. */
export interface StackTree<Of> {
  readonly frames: readonly Of[]
  /** Row of the caller, −1 for the root. Always smaller than the own row. */
  readonly parent: Int32Array
  /** Index into `frames`, −1 for the root. */
  readonly frame: Int32Array
  readonly self: Float64Array
  /** Self time and that of everything called from here. */
  readonly inclusive: Float64Array
}

/** Stacks merged from the root, one row per distinct stack. Times in nanoseconds of CPU; what was idle is left out. */
export interface CallTree extends StackTree<Frame> {
  /** Row of each sample's stack, −1 for samples that are left out (idle, or of other nodes). In the order of the samples. */
  readonly rowOfSample: Int32Array
  /** Share of the CPU time that belongs to no node, before filtering by node; `null` where there was no CPU time. */
  readonly unattributed: number | null
}

/** A function over all its stacks. */
export interface FunctionRow<Of = Frame> {
  readonly frame: Of
  readonly self: number
  /** With everything below; a recursive function counts once. */
  readonly inclusive: number
}

/** A source line and the CPU time in which it was executing, not counting what it called. */
export interface LineRow {
  readonly file: string
  readonly line: number
  readonly self: number
}

/**
 * Merges the samples' stacks. `node` keeps the samples that belong to the node of that path and to nodes inside it; the
 * empty string keeps the unattributed ones. `null` where the trace has no samples.
 */
export function buildCallTree(trace: Trace, options: { readonly node?: string } = {}): CallTree | null {
  const { samples } = trace
  if (!samples) return null
  const { frames, frameOf } = mergeFrames(trace, samples)
  const parent = [-1]
  const frame = [-1]
  const rowsByCaller = [new Map<number, number>()]
  const rowOfStack = new Int32Array(samples.stacks.parent.length).fill(-1)
  const rowFor = (stack: number): number => {
    const pending: number[] = []
    let current = stack
    while (current >= 0 && rowOfStack[current] === -1) {
      pending.push(current)
      current = samples.stacks.parent[current]!
    }
    let row = current < 0 ? 0 : rowOfStack[current]!
    for (const next of pending.reverse()) {
      const called = frameOf[samples.stacks.frame[next]!]!
      let below = rowsByCaller[row]!.get(called)
      if (below === undefined) {
        below = parent.length
        rowsByCaller[row]!.set(called, below)
        parent.push(row)
        frame.push(called)
        rowsByCaller.push(new Map())
      }
      rowOfStack[next] = below
      row = below
    }
    return row
  }

  const rowOfSample = new Int32Array(samples.stack.length).fill(-1)
  let busy = 0
  let unattributed = 0
  for (let sample = 0; sample < samples.stack.length; sample++) {
    if (isIdle(samples, sample)) continue
    busy += samples.weight[sample]!
    if (samples.node[sample] === 0) unattributed += samples.weight[sample]!
    if (isOfNode(textOf(trace, samples.node[sample]!), options.node))
      rowOfSample[sample] = rowFor(samples.stack[sample]!)
  }
  const self = new Float64Array(parent.length)
  for (let sample = 0; sample < rowOfSample.length; sample++) {
    if (rowOfSample[sample]! >= 0) self[rowOfSample[sample]!]! += samples.weight[sample]!
  }
  const inclusive = self.slice()
  for (let row = parent.length - 1; row > 0; row--) inclusive[parent[row]!]! += inclusive[row]!
  return {
    frames,
    parent: Int32Array.from(parent),
    frame: Int32Array.from(frame),
    self,
    inclusive,
    rowOfSample,
    unattributed: busy > 0 ? unattributed / busy : null,
  }
}

/** Self and inclusive time of every function, most self time first. */
export function functionsOf<Of>(tree: StackTree<Of>): FunctionRow<Of>[] {
  const self = new Float64Array(tree.frames.length)
  const inclusive = new Float64Array(tree.frames.length)
  for (let row = 1; row < tree.parent.length; row++) {
    const frame = tree.frame[row]!
    self[frame]! += tree.self[row]!
    if (!isCalledBy(tree, tree.parent[row]!, frame)) inclusive[frame]! += tree.inclusive[row]!
  }
  return tree.frames
    .map((frame, index) => ({ frame, self: self[index]!, inclusive: inclusive[index]! }))
    .filter((row) => row.inclusive > 0)
    .sort((a, b) => b.self - a.self || b.inclusive - a.inclusive)
}

/** CPU time per source line of user code and packages, most first; samples whose line is unknown are left out. */
export function linesOf(trace: Trace, tree: CallTree): LineRow[] {
  const { samples } = trace
  const rows = new Map<string, { file: string; line: number; self: number }>()
  for (let sample = 0; sample < tree.rowOfSample.length; sample++) {
    const row = tree.rowOfSample[sample]!
    const line = samples?.line[sample] ?? 0
    const file = row > 0 ? tree.frames[tree.frame[row]!]!.file : ''
    if (line === 0 || file === '') continue
    const key = `${file}:${line}`
    const known = rows.get(key) ?? { file, line, self: 0 }
    known.self += samples!.weight[sample]!
    rows.set(key, known)
  }
  return [...rows.values()].sort((a, b) => b.self - a.self)
}

/** Whether a node is the one that is wanted or inside of it; the empty path is wanted for itself only. */
export function isOfNode(path: string, wanted: string | undefined): boolean {
  return wanted === undefined || path === wanted || (wanted !== '' && path.startsWith(`${wanted}/`))
}

function isCalledBy(tree: StackTree<unknown>, row: number, frame: number): boolean {
  for (let current = row; current > 0; current = tree.parent[current]!) if (tree.frame[current] === frame) return true
  return false
}

function mergeFrames(trace: Trace, samples: Samples): { frames: Frame[]; frameOf: Uint32Array } {
  const { name, file, line, column, origin } = samples.frames
  const frames: Frame[] = []
  const known = new Map<string, number>()
  const frameOf = Uint32Array.from(name, (_, row) => {
    const key = `${name[row]}:${file[row]}:${line[row]}:${column[row]}:${origin[row]}`
    let index = known.get(key)
    if (index === undefined) {
      index = frames.length
      known.set(key, index)
      frames.push({
        name: textOf(trace, name[row]!),
        file: textOf(trace, file[row]!),
        line: line[row]!,
        column: column[row]!,
        origin: frameOrigins[origin[row]!] ?? 'native',
      })
    }
    return index
  })
  return { frames, frameOf }
}
