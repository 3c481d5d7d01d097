import type { Trace } from '../trace/index.ts'
import { type NodeDescription, type WorkflowDescription, walkNodes } from '../workflow/index.ts'
import { childrenOf, enclosing, endOf, type Interval, kindIndex, type SpanTree, textOf } from './span-tree.ts'
import {
  busynessOf,
  busyTimeOf,
  isAside,
  type NodeBusyness,
  RunningTime,
  selfTimesOf,
  ThreadShare,
} from './thread-share.ts'

/**
 * What a schedule is made of: self times, who had the thread when, and what the thread did for calls. `unitsOf` says how
 * much work a call is for the thread, in units of `callWork`.
 */
export class RunParts {
  readonly trace: Trace
  readonly tree: SpanTree
  /** Described nodes by path. */
  readonly nodes: ReadonlyMap<string, NodeDescription>
  readonly share: ThreadShare
  readonly running: RunningTime
  readonly #selfTimes = new Map<number, readonly Interval[]>()
  /** By node span at the top level. */
  readonly #busyness = new Map<number, NodeBusyness>()

  constructor(trace: Trace, tree: SpanTree, description: WorkflowDescription, unitsOf: (call: number) => number) {
    this.trace = trace
    this.tree = tree
    this.nodes = new Map([...walkNodes(description.nodes)].map((node) => [node.path, node]))
    const onThread: Interval[] = []
    for (let span = 0; span < trace.spans.kind.length; span++) {
      if (trace.spans.kind[span] === kindIndex.call || isAside(trace, span)) continue
      const selfTimes = selfTimesOf(trace, tree, span)
      this.#selfTimes.set(span, selfTimes)
      if (trace.spans.thread[span] === 0) for (const self of selfTimes) onThread.push(self)
    }
    this.share = new ThreadShare(onThread)
    const calls: Array<{ end: number; cpu: number }> = []
    const busy = busyTimeOf(trace)
    for (const node of tree.root < 0 ? [] : childrenOf(tree, tree.root)) {
      if (trace.spans.kind[node] !== kindIndex.node) continue
      const below = this.#below(node)
      const window = { start: trace.spans.start[node]!, end: endOf(trace, node) }
      const units = below.calls.reduce((sum, call) => sum + unitsOf(call), 0)
      const busyness = busynessOf(busy, [window], below.selfTimes, units)
      this.#busyness.set(node, busyness)
      for (const call of below.calls) calls.push({ end: endOf(trace, call), cpu: busyness.cpuPerUnit * unitsOf(call) })
    }
    this.running = new RunningTime(onThread, calls)
  }

  /** What the span did itself, ascending. */
  selfTimesOf(span: number): readonly Interval[] {
    return this.#selfTimes.get(span) ?? []
  }

  /** How the thread was shared in the node of the top level that the span is in. */
  busynessAt(span: number): NodeBusyness {
    let top = -1
    for (let node = this.#nodeAround(span); node >= 0; node = this.#nodeAround(this.trace.spans.parent[node]!))
      top = node
    return this.#busyness.get(top) ?? { ranShare: 1, cpuPerUnit: 0 }
  }

  #nodeAround(span: number): number {
    return enclosing(this.trace, span, 'node')
  }

  #below(node: number): { selfTimes: Interval[]; calls: number[] } {
    const { kind, thread } = this.trace.spans
    const selfTimes: Interval[] = []
    const calls: number[] = []
    const stack = [node]
    while (stack.length > 0) {
      const span = stack.pop()!
      if (kind[span] === kindIndex.call) {
        calls.push(span)
        continue
      }
      if (thread[span] === 0) for (const self of this.selfTimesOf(span)) selfTimes.push(self)
      for (const child of childrenOf(this.tree, span)) stack.push(child)
    }
    return { selfTimes, calls }
  }
}

/** Described by its path, of which the last part is the name among its siblings. */
export function nameInLevel(trace: Trace, span: number): string {
  const path = textOf(trace, trace.spans.name[span]!)
  return path.slice(path.lastIndexOf('/') + 1)
}
