import type { Trace } from '../trace/index.ts'
import type { CallTree } from './call-tree.ts'
import { textOf } from './span-tree.ts'

/** A part of the CPU time, by what the function that was executing is or belongs to. */
export interface CpuPart {
  /** Origin, file or path of a node; empty for functions without a file, and for samples of no node. */
  readonly name: string
  /** Nanoseconds. */
  readonly time: number
}

/** CPU time divided in three ways, each most first; every one of them sums to all of it. */
export interface CpuParts {
  readonly origin: readonly CpuPart[]
  readonly file: readonly CpuPart[]
  readonly node: readonly CpuPart[]
}

/** Divides the CPU time of a call tree's samples by the function that was executing, and by node. */
export function divideCpu(trace: Trace, tree: CallTree): CpuParts {
  const origin = new Map<string, number>()
  const file = new Map<string, number>()
  for (let row = 1; row < tree.parent.length; row++) {
    if (tree.self[row] === 0) continue
    const frame = tree.frames[tree.frame[row]!]!
    add(origin, frame.origin, tree.self[row]!)
    add(file, frame.file, tree.self[row]!)
  }
  const byNode = new Map<number, number>()
  for (let sample = 0; sample < tree.rowOfSample.length; sample++) {
    if (tree.rowOfSample[sample]! < 0) continue
    const { node, weight } = trace.samples!
    byNode.set(node[sample]!, (byNode.get(node[sample]!) ?? 0) + weight[sample]!)
  }
  const node = new Map([...byNode].map(([id, time]) => [textOf(trace, id), time]))
  return { origin: sorted(origin), file: sorted(file), node: sorted(node) }
}

function add(parts: Map<string, number>, name: string, time: number): void {
  parts.set(name, (parts.get(name) ?? 0) + time)
}

function sorted(parts: ReadonlyMap<string, number>): CpuPart[] {
  return [...parts].map(([name, time]) => ({ name, time })).sort((a, b) => b.time - a.time)
}
