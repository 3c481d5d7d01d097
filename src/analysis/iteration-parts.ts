import { spanKinds, type Trace } from '../trace/index.ts'
import { endOf, kindIndex, type SpanTree, textOf, walkBelow } from './span-tree.ts'

/** What a node or a statement did within one iteration. */
export interface IterationPart {
  readonly kind: 'node' | 'call'
  /** Path of the node, or name of the call. */
  readonly name: string
  /** Statement or URL pattern of a call; empty for nodes. */
  readonly detail: string
  readonly count: number
  /** Sum of the durations in nanoseconds; of those at the same time each counts. */
  readonly time: number
  /** Rows, keys or bytes where they are known, else 0. */
  readonly quantity: number
}

/** Row of the span of an iteration: of those with its path and number the one that was going on at `start`. −1: none was recorded. */
export function findIteration(trace: Trace, path: string, index: number, start: number): number {
  const { kind, name, index: number } = trace.spans
  for (let span = 0; span < kind.length; span++) {
    if (kind[span] !== kindIndex.iteration || number[span] !== index || textOf(trace, name[span]!) !== path) continue
    if (trace.spans.start[span]! <= start && start <= endOf(trace, span)) return span
  }
  return -1
}

/** What happened within a span, by node and by statement, in the order in which each was met first. */
export function partsOf(trace: Trace, tree: SpanTree, span: number): IterationPart[] {
  const parts = new Map<string, { -readonly [Key in keyof IterationPart]: IterationPart[Key] }>()
  walkBelow(tree, span, (row) => {
    const spanKind = spanKinds[trace.spans.kind[row]!]
    if (spanKind !== 'node' && spanKind !== 'call') return true
    const name = textOf(trace, trace.spans.name[row]!)
    const detail = spanKind === 'call' ? textOf(trace, trace.spans.detail[row]!) : ''
    const key = `${spanKind}\n${name}\n${detail}`
    const part = parts.get(key) ?? { kind: spanKind, name, detail, count: 0, time: 0, quantity: 0 }
    part.count++
    part.time += trace.spans.duration[row]!
    part.quantity += Math.max(0, trace.spans.quantity[row]!)
    parts.set(key, part)
    return true
  })
  return [...parts.values()]
}

/** A part of either of two iterations; `null` where the other one has it alone. */
export interface PartDifference {
  readonly kind: IterationPart['kind']
  readonly name: string
  readonly detail: string
  readonly first: IterationPart | null
  readonly second: IterationPart | null
}

/** Parts of two iterations side by side, the largest difference in time first. */
export function compareParts(first: readonly IterationPart[], second: readonly IterationPart[]): PartDifference[] {
  const keyOf = ({ kind, name, detail }: IterationPart) => `${kind}\n${name}\n${detail}`
  const others = new Map(second.map((part) => [keyOf(part), part]))
  const rows = first.map((part): PartDifference => {
    const other = others.get(keyOf(part)) ?? null
    others.delete(keyOf(part))
    return { kind: part.kind, name: part.name, detail: part.detail, first: part, second: other }
  })
  for (const part of others.values()) {
    rows.push({ kind: part.kind, name: part.name, detail: part.detail, first: null, second: part })
  }
  const change = ({ first: one, second: two }: PartDifference) => Math.abs((two?.time ?? 0) - (one?.time ?? 0))
  return rows.sort((a, b) => change(b) - change(a))
}
