import type { Trace } from '../trace/index.ts'
import { type NodeDescription, type WorkflowDescription, walkNodes } from '../workflow/index.ts'
import { findCriticalPath } from './critical-path.ts'
import { type DurationSummary, summariseDurations } from './durations.ts'
import { cpuByNode } from './sample-times.ts'
import {
  buildSpanTree,
  childrenOf,
  coverageOf,
  endOf,
  gapsIn,
  type Interval,
  kindIndex,
  type SpanTree,
  textOf,
  unionOf,
  walkBelow,
} from './span-tree.ts'

/** Library calls made inside a node, as their callers saw them; calls inside calls are not counted again. */
export interface CallTotals {
  readonly count: number
  /** Sum over all calls in nanoseconds; calls at the same time count each, so it may exceed the node's time. */
  readonly total: number
  /** Of `total`: queueing for a slot of a resource. */
  readonly queueing: number
  readonly failures: number
}

/** Where the time of some executions (of a node, or of a map's items) went. All times in nanoseconds. */
export interface TimeSplit {
  /** Durations of the executions; `null` where none ran. */
  readonly durations: DurationSummary | null
  /** Not covered by any child span: own code, or waiting that nothing recorded. Summed over executions. */
  readonly self: number | null
  /** During which at least one call was under way, calls of nested nodes included. Summed over executions. */
  readonly wait: number | null
  /** Of `wait`: during which at least one call was queueing for a slot. */
  readonly queueing: number | null
  readonly failures: number
  readonly calls: CallTotals
}

/** One row: all executions of one node in one run. */
export interface NodeRow extends TimeSplit {
  readonly path: string
  /** `null` where the run has no description that names the node. */
  readonly kind: NodeDescription['kind'] | null
  readonly executions: number
  /** CPU time by samples that belong to the node, in nanoseconds; `null` where no samples were taken. */
  readonly cpu: number | null
  /** Time on the critical path and share of the workflow's duration; `null` where there is no workflow span or no execution. */
  readonly critical: { readonly time: number; readonly share: number } | null
  /** Items of a map over all its executions; `null` for other nodes and where no item ran. */
  readonly items: TimeSplit | null
  /** Span of the longest execution, `null` where none ran. */
  readonly slowest: number | null
}

export interface NodeTable {
  /** In the order of the description, then what ran without being described, in order of its start. */
  readonly rows: readonly NodeRow[]
  /** CPU time by samples that belong to no node, in nanoseconds; `null` where no samples were taken. */
  readonly unattributedCpu: number | null
}

/**
 * What the self time of a cycle is, to be said beside a table that has one which ran; `null` where there is none. What is between
 * iterations is `next`, `until` and the reading and writing of what Strobe records of each: with trivial iterations, most of it.
 */
export function cycleSelfNote(rows: readonly Pick<NodeRow, 'kind' | 'executions'>[]): string | null {
  if (!rows.some(({ kind, executions }) => kind === 'cycle' && executions > 0)) return null
  return 'The self time of a cycle lies between its iterations, Strobe’s own recording included.'
}

/** One row per node path. Nodes that the description names and that never ran have a row with `executions` 0. */
export function buildNodeTable(
  trace: Trace,
  description?: WorkflowDescription,
  tree = buildSpanTree(trace),
): NodeTable {
  const kinds = new Map<string, NodeDescription['kind']>()
  for (const node of walkNodes(description?.nodes ?? [])) kinds.set(node.path, node.kind)
  const executions = new Map<string, number[]>([...kinds.keys()].map((path) => [path, []]))
  for (let span = 0; span < trace.spans.kind.length; span++) {
    if (trace.spans.kind[span] !== kindIndex.node) continue
    const path = textOf(trace, trace.spans.name[span]!)
    const known = executions.get(path)
    if (known) known.push(span)
    else executions.set(path, [span])
  }
  const path = findCriticalPath(trace, tree)
  const critical = new Map(path?.nodes.map(({ name, time, share }) => [name, { time, share }]))
  const cpu = trace.samples ? cpuByNode(trace, trace.samples) : null
  const rows = [...executions].map(([name, spans]): NodeRow => {
    const items = spans.flatMap((span) => [...childrenOf(tree, span)].filter((child) => isItem(trace, child)))
    const ran = spans.length > 0
    return {
      path: name,
      kind: kinds.get(name) ?? null,
      executions: spans.length,
      ...splitTime(trace, tree, spans),
      cpu: cpu && ran ? (cpu.get(name) ?? 0) : null,
      critical: path && ran ? (critical.get(name) ?? { time: 0, share: 0 }) : null,
      items: items.length > 0 ? splitTime(trace, tree, items) : null,
      slowest: ran ? spans.reduce((a, b) => (trace.spans.duration[b]! > trace.spans.duration[a]! ? b : a)) : null,
    }
  })
  return { rows, unattributedCpu: cpu ? (cpu.get('') ?? 0) : null }
}

function splitTime(trace: Trace, tree: SpanTree, spans: readonly number[]): TimeSplit {
  const calls = { count: 0, total: 0, queueing: 0, failures: 0 }
  let self = 0
  let wait = 0
  let queueing = 0
  let failures = 0
  for (const span of spans) {
    const whole = intervalOf(trace, span)
    const below = unionOf([...childrenOf(tree, span)].map((child) => intervalOf(trace, child)))
    for (const gap of gapsIn(whole, below)) self += gap.end - gap.start
    const waits: Interval[] = []
    const queues: Interval[] = []
    for (const call of outermostCalls(trace, tree, span)) {
      const start = trace.spans.start[call]!
      waits.push(clip({ start, end: endOf(trace, call) }, whole))
      queues.push(clip({ start, end: start + trace.spans.wait[call]! }, whole))
      calls.count++
      calls.total += trace.spans.duration[call]!
      calls.queueing += trace.spans.wait[call]!
      if (isFailed(trace, call)) calls.failures++
    }
    wait += coverageOf(waits)
    queueing += coverageOf(queues)
    if (isFailed(trace, span)) failures++
  }
  const durations = summariseDurations(spans.map((span) => trace.spans.duration[span]!))
  const some = <Value>(value: Value) => (durations ? value : null)
  return { durations, self: some(self), wait: some(wait), queueing: some(queueing), failures, calls }
}

/** Calls below `span` that are not inside another call. */
export function outermostCalls(trace: Trace, tree: SpanTree, span: number): number[] {
  const calls: number[] = []
  walkBelow(tree, span, (child) => {
    if (trace.spans.kind[child] !== kindIndex.call) return true
    calls.push(child)
    return false
  })
  return calls
}

function isItem(trace: Trace, span: number): boolean {
  return trace.spans.kind[span] === kindIndex.item
}

function isFailed(trace: Trace, span: number): boolean {
  return trace.spans.status[span] === 1
}

function intervalOf(trace: Trace, span: number): Interval {
  return { start: trace.spans.start[span]!, end: endOf(trace, span) }
}

function clip(interval: Interval, within: Interval): Interval {
  return { start: Math.max(interval.start, within.start), end: Math.min(interval.end, within.end) }
}
