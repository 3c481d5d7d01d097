import type { FrameOrigin, Samples } from '../trace/index.ts'
import { frameOrigins } from '../trace/index.ts'

/** A function in V8's CPU profile. Lines and columns count from 0; −1 where there is none. */
export interface CpuProfileFrame {
  readonly functionName: string
  readonly scriptId: string
  readonly url: string
  readonly lineNumber: number
  readonly columnNumber: number
}

export interface CpuProfileNode {
  readonly id: number
  readonly callFrame: CpuProfileFrame
  readonly children?: readonly number[]
  readonly positionTicks?: ReadonlyArray<{ readonly line: number; readonly ticks: number }>
}

/** V8's `.cpuprofile`: a tree of call frames, and for each sample its leaf and the microseconds since the one before. */
export interface CpuProfile {
  readonly nodes: readonly CpuProfileNode[]
  /** Microseconds on V8's clock. */
  readonly startTime: number
  readonly endTime: number
  readonly samples?: readonly number[]
  readonly timeDeltas?: readonly number[]
}

/** A position in a file as the user knows it, counted from 1; 0 where unknown. */
export interface FramePosition {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly origin: FrameOrigin
}

/** What has to be known besides the profile to read it. */
export interface CpuProfileContext {
  /** Nanoseconds between samples, as asked for. */
  readonly interval: number
  /** Where a function is, in the user's own source. */
  readonly locate: (frame: CpuProfileFrame) => FramePosition
  /** The user's line of a line of the running code, both from 1; 0 where unknown. */
  readonly locateLine: (frame: CpuProfileFrame, line: number) => number
  /** An instant of V8's clock, in microseconds, on the trace's clock in nanoseconds. */
  readonly instant: (microseconds: number) => number
  /** The path of the node that a sample belongs to, '' where that is not known. `leaf` is a row of `nodes`. */
  readonly nodeOf: (leaf: number, time: number) => string
  readonly intern: (text: string) => number
}

const idleFrame = '(idle)'
/** A map: an object would have something under names like `constructor`, which functions have, too. */
const pseudoOrigins: ReadonlyMap<string, FrameOrigin> = new Map([
  ['(garbage collector)', 'gc'],
  ['(program)', 'native'],
  ['(root)', 'native'],
])

/** Turns a CPU profile into samples. Idle samples are left out: nothing ran. Nodes that are not in the tree are dropped. */
export function readCpuProfile(profile: CpuProfile, context: CpuProfileContext): Samples {
  const rowOf = new Map(profile.nodes.map((node, row) => [node.id, row]))
  const tree = flattenTree(profile, rowOf)
  const frames = collectFrames(profile, tree.order, context)
  const samples = profile.samples ?? []
  const deltas = profile.timeDeltas ?? []
  const kept: Array<{ instant: number; row: number; weight: number }> = []
  let clock = profile.startTime
  for (let sample = 0; sample < samples.length; sample++) {
    clock += deltas[sample] ?? 0
    const row = rowOf.get(samples[sample]!)
    if (row === undefined || profile.nodes[row]!.callFrame.functionName === idleFrame) continue
    if (tree.stackOf[row] === -1) continue
    const next = deltas[sample + 1]
    // What was seen at an instant went on until the next one.
    const weight = next === undefined || next <= 0 ? context.interval : next * 1000
    kept.push({ instant: Math.round(context.instant(clock)), row, weight: Math.min(weight, context.interval * 20) })
  }
  const lines = dominantLines(profile, context)
  return {
    interval: context.interval,
    frames,
    stacks: { parent: tree.parent, frame: tree.frame },
    time: Float64Array.from(kept, ({ instant, weight }) => instant + weight),
    stack: Uint32Array.from(kept, ({ row }) => tree.stackOf[row]!),
    weight: Float64Array.from(kept, ({ weight }) => weight),
    line: Uint32Array.from(kept, ({ row }) => lines(row)),
    node: Uint32Array.from(kept, ({ row, instant }) => context.intern(context.nodeOf(row, instant))),
  }
}

interface FlatTree {
  /** Rows of the profile's nodes, parents before children. */
  readonly order: readonly number[]
  /** Stack of each profile row; −1 for the root and what is not reachable from it. */
  readonly stackOf: Int32Array
  readonly parent: Int32Array
  readonly frame: Uint32Array
}

/** The tree without its artificial root, parents first; a stack's frame is its own place in that order. */
function flattenTree(profile: CpuProfile, rowOf: ReadonlyMap<number, number>): FlatTree {
  const stackOf = new Int32Array(profile.nodes.length).fill(-1)
  const order: number[] = []
  const parents: number[] = []
  const pending: Array<{ row: number; parent: number }> = []
  const isRoot = (row: number) => profile.nodes[row]!.callFrame.functionName === '(root)'
  const push = (row: number, parent: number) => {
    for (const child of profile.nodes[row]!.children ?? []) {
      const childRow = rowOf.get(child)
      if (childRow !== undefined && stackOf[childRow] === -1) pending.push({ row: childRow, parent })
    }
  }
  if (profile.nodes.length > 0) {
    if (isRoot(0)) push(0, -1)
    else pending.push({ row: 0, parent: -1 })
  }
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (stackOf[next.row] !== -1) continue
    stackOf[next.row] = order.length
    order.push(next.row)
    parents.push(next.parent)
    push(next.row, stackOf[next.row]!)
  }
  return {
    order,
    stackOf,
    parent: Int32Array.from(parents),
    frame: Uint32Array.from(order, (_row, place) => place),
  }
}

function collectFrames(profile: CpuProfile, order: readonly number[], context: CpuProfileContext): Samples['frames'] {
  const count = order.length
  const frames = {
    name: new Uint32Array(count),
    file: new Uint32Array(count),
    line: new Uint32Array(count),
    column: new Uint32Array(count),
    origin: new Uint8Array(count),
  }
  order.forEach((row, place) => {
    const { callFrame } = profile.nodes[row]!
    const pseudo = pseudoOrigins.get(callFrame.functionName)
    const position = pseudo ? { file: '', line: 0, column: 0, origin: pseudo } : context.locate(callFrame)
    frames.name[place] = context.intern(callFrame.functionName || '(anonymous)')
    frames.file[place] = context.intern(position.file)
    frames.line[place] = position.line
    frames.column[place] = position.column
    frames.origin[place] = frameOrigins.indexOf(position.origin)
  })
  return frames
}

/**
 * The profile tells ticks per line for a whole tree node, not per sample: samples of a node are dealt out to its lines in
 * proportion, which keeps the sum of every line true.
 */
function dominantLines(profile: CpuProfile, context: CpuProfileContext): (row: number) => number {
  const remaining = new Map<number, Array<{ line: number; ticks: number }>>()
  return (row) => {
    const node = profile.nodes[row]!
    let ticks = remaining.get(row)
    if (!ticks) {
      ticks = (node.positionTicks ?? []).map((tick) => ({
        ...tick,
        line: context.locateLine(node.callFrame, tick.line),
      }))
      remaining.set(row, ticks)
    }
    const tick = ticks.find((candidate) => candidate.ticks > 0)
    if (!tick) return 0
    tick.ticks--
    return tick.line
  }
}
