import type { Trace } from '../trace/index.ts'
import { childrenOf, enclosing, endOf, kindIndex, type SpanTree, textOf } from './span-tree.ts'

/** A stretch of the run during which `span` itself, and none of its children, held up the end. */
export interface PathSegment {
  readonly span: number
  /** Nanoseconds since the trace's origin. */
  readonly start: number
  readonly end: number
  /** How much of the stretch was queueing for a slot of a resource, in nanoseconds. */
  readonly queueing: number
}

/** Time on the critical path that belongs to one node or call, and its share of the workflow's duration (0 to 1). */
export interface PathShare {
  /** Path of the node, or name of the call; the empty string is the workflow itself, between its nodes. */
  readonly name: string
  /** Statement or URL pattern of a call; empty for nodes. */
  readonly detail: string
  /** Nanoseconds. */
  readonly time: number
  readonly share: number
  /** Spans of it that are on the path, in order of time; at most the first 100. */
  readonly spans: readonly number[]
}

/** The chain of spans that determined the wall time. */
export interface CriticalPath {
  /** Duration of the workflow span in nanoseconds. The segments' lengths add up to exactly this. */
  readonly duration: number
  /** In order of time, without gaps or overlaps, from the workflow span's start to its end. */
  readonly segments: readonly PathSegment[]
  /** By node path, longest first; together they make up the duration. */
  readonly nodes: readonly PathShare[]
  /** By call name and detail, longest first; a part of the nodes' time. */
  readonly calls: readonly PathShare[]
}

/**
 * Walks back from the workflow's end: what held up a moment is the child that finished last before it, or, where none
 * had finished just then, the span itself. Children that went on beyond the moment did not hold it up. A child's own
 * stretch is walked in the same way. `null` where the trace has no workflow span.
 */
export function findCriticalPath(trace: Trace, tree: SpanTree): CriticalPath | null {
  if (tree.root < 0) return null
  const segments: PathSegment[] = []
  // Work on an explicit stack: spans may nest deeper than the engine's own stack allows.
  const stack = [frameFor(trace, tree, tree.root, trace.spans.start[tree.root]!, endOf(trace, tree.root))]
  while (stack.length > 0) {
    const frame = stack.at(-1)!
    const child = nextChild(trace, frame)
    if (child === undefined) {
      addSegment(trace, segments, frame.span, frame.low, frame.cursor)
      stack.pop()
      continue
    }
    const end = endOf(trace, child)
    const start = Math.max(trace.spans.start[child]!, frame.low)
    addSegment(trace, segments, frame.span, end, frame.cursor)
    frame.cursor = start
    stack.push(frameFor(trace, tree, child, start, end))
  }
  segments.reverse()
  const duration = trace.spans.duration[tree.root]!
  return { duration, segments, ...sharesOf(trace, segments, duration) }
}

/**
 * The part of a critical path between two moments: what held up the end of the run in that time. Shares are of that part; it adds up to the
 * time in which the workflow was going on.
 */
export function clipCriticalPath(trace: Trace, path: CriticalPath, from: number, to: number): CriticalPath {
  const segments: PathSegment[] = []
  let duration = 0
  for (const { span, start, end } of path.segments) {
    const [begin, stop] = [Math.max(start, from), Math.min(end, to)]
    addSegment(trace, segments, span, begin, stop)
    duration += Math.max(0, stop - begin)
  }
  return { duration, segments, ...sharesOf(trace, segments, duration) }
}

interface Frame {
  readonly span: number
  readonly low: number
  /** Everything after it is explained. */
  cursor: number
  /** Children by end, last first; ties by start, longest first. */
  readonly candidates: readonly number[]
  position: number
}

function frameFor(trace: Trace, tree: SpanTree, span: number, low: number, high: number): Frame {
  const { kind, start, duration } = trace.spans
  const candidates = [...childrenOf(tree, span)]
    // What a resource did is not what a node waited for: the node's own call is.
    .filter((child) => kind[child] !== kindIndex.work && kind[child] !== kindIndex.resource && duration[child]! > 0)
    .sort((a, b) => endOf(trace, b) - endOf(trace, a) || start[a]! - start[b]!)
  return { span, low, cursor: high, candidates, position: 0 }
}

function nextChild(trace: Trace, frame: Frame): number | undefined {
  while (frame.position < frame.candidates.length) {
    const child = frame.candidates[frame.position++]!
    const end = endOf(trace, child)
    if (end <= frame.low) return undefined
    if (end <= frame.cursor) return child
  }
  return undefined
}

function addSegment(trace: Trace, segments: PathSegment[], span: number, start: number, end: number): void {
  if (end <= start) return
  const waitEnd = trace.spans.start[span]! + trace.spans.wait[span]!
  const queueing = Math.max(0, Math.min(end, waitEnd) - Math.max(start, trace.spans.start[span]!))
  segments.push({ span, start, end, queueing })
}

const spansKept = 100

function sharesOf(trace: Trace, segments: readonly PathSegment[], duration: number) {
  const nodes = new Map<string, MutableShare>()
  const calls = new Map<string, MutableShare>()
  for (const { span, start, end } of segments) {
    const node = enclosing(trace, span, 'node')
    add(nodes, node < 0 ? '' : textOf(trace, trace.spans.name[node]!), '', end - start, node < 0 ? span : node)
    const call = enclosing(trace, span, 'call')
    if (call < 0) continue
    const detail = trace.spans.status[call] === 0 ? textOf(trace, trace.spans.detail[call]!) : ''
    add(calls, textOf(trace, trace.spans.name[call]!), detail, end - start, call)
  }
  return { nodes: finish(nodes, duration), calls: finish(calls, duration) }
}

interface MutableShare {
  readonly name: string
  readonly detail: string
  time: number
  readonly spans: number[]
}

function add(shares: Map<string, MutableShare>, name: string, detail: string, time: number, span: number): void {
  const key = `${name}\0${detail}`
  let share = shares.get(key)
  if (!share) {
    share = { name, detail, time: 0, spans: [] }
    shares.set(key, share)
  }
  share.time += time
  if (share.spans.length < spansKept && share.spans.at(-1) !== span) share.spans.push(span)
}

function finish(shares: Map<string, MutableShare>, duration: number): PathShare[] {
  return [...shares.values()]
    .sort((a, b) => b.time - a.time)
    .map((share) => ({ ...share, share: duration > 0 ? share.time / duration : 0 }))
}
