import type { Trace } from '../trace/index.ts'
import type { CallTree } from './call-tree.ts'

/** A source line of one function, and how long it was executing, not counting what it called. */
export interface FunctionLineTime {
  /** From 1. */
  readonly line: number
  /** Nanoseconds. */
  readonly self: number
  readonly samples: number
}

/** Where in a function its own time went. */
export interface FunctionLines {
  /** In the order of the source. */
  readonly lines: readonly FunctionLineTime[]
  /** Own time of the function whose line is not known, in nanoseconds. */
  readonly unknown: number
}

/** Own CPU time of the function `frame` by line, over all its stacks. */
export function linesOfFunction(trace: Trace, tree: CallTree, frame: number): FunctionLines {
  const lines = new Map<number, { line: number; self: number; samples: number }>()
  let unknown = 0
  for (let sample = 0; sample < tree.rowOfSample.length; sample++) {
    const row = tree.rowOfSample[sample]!
    if (row <= 0 || tree.frame[row] !== frame) continue
    const weight = trace.samples!.weight[sample]!
    const line = trace.samples!.line[sample]!
    if (line === 0) {
      unknown += weight
      continue
    }
    const known = lines.get(line) ?? { line, self: 0, samples: 0 }
    lines.set(line, known)
    known.self += weight
    known.samples++
  }
  return { lines: [...lines.values()].sort((a, b) => a.line - b.line), unknown }
}
