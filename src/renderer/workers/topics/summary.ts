import { busyTimeOf, type CriticalPath, clipCriticalPath, enclosing, textOf } from '../../../analysis/index.ts'
import { type CollectionSummary, summariseCollections } from '../../../report/index.ts'
import type { Trace } from '../../../trace/index.ts'
import type { TimeRange } from '../clip-trace.ts'
import type { LoadedTrace } from '../loaded-trace.ts'

/** A part of the critical path: calls of one name in one node, or what the node did besides calls. Longest first. */
export interface PathPart {
  /** Path of the node; empty for the workflow between its nodes. */
  readonly node: string
  /** Name of the call; empty for the node itself. */
  readonly call: string
  /** Nanoseconds. */
  readonly time: number
  readonly share: number
  /** Of `time`: queueing for a slot of a resource. */
  readonly queueing: number
  /** The span with the longest stretch on the path. */
  readonly span: number
}

/** A run, or a stretch of it, in a few numbers. What was not measured is `null`. */
export interface RunSummaryNumbers {
  /** Time of the workflow in it, in nanoseconds. */
  readonly duration: number | null
  readonly parts: readonly PathPart[] | null
  readonly collections: CollectionSummary | null
  /** How much of the time the thread was busy, by CPU samples or else by the event loop's utilisation. */
  readonly busy: number | null
  /** Highest readings in bytes. */
  readonly heap: number | null
  readonly resident: number | null
  /** How late the event loop was at most, in nanoseconds. */
  readonly delay: number | null
  readonly spans: number
  readonly failed: number
  /** The first span that failed, and is nothing that others failed in. */
  readonly firstFailed: number | null
}

/** The numbers that stand above everything else. */
export function summaryTopic(loaded: LoadedTrace) {
  return {
    numbers(range: TimeRange | null): RunSummaryNumbers {
      const { trace, spanOf } = partOf(loaded, range)
      const { whole } = loaded
      const path = whole.path && (range ? clipCriticalPath(whole.trace, whole.path, range.from, range.to) : whole.path)
      const failed = failedSpans(trace)
      return {
        duration: path?.duration ?? null,
        parts: path && path.segments.length > 0 ? partsOf(whole.trace, path) : null,
        collections: summariseCollections(trace),
        busy: busyShare(whole.trace, path),
        heap: highest(trace, 'heap'),
        resident: highest(trace, 'rss'),
        delay: highest(trace, 'event-loop-delay'),
        spans: trace.spans.kind.length,
        failed: failed.length,
        firstFailed: failed.length > 0 ? spanOf(innermost(trace, failed)) : null,
      }
    },
  }
}

function partOf(loaded: LoadedTrace, range: TimeRange | null) {
  const view = loaded.within(range)
  return { trace: view.trace, spanOf: (row: number) => view.spanOf(row) }
}

function partsOf(trace: Trace, path: CriticalPath): PathPart[] {
  const parts = new Map<string, { -readonly [Name in keyof PathPart]: PathPart[Name] } & { longest: number }>()
  for (const { span, start, end, queueing } of path.segments) {
    const nodeSpan = enclosing(trace, span, 'node')
    const callSpan = enclosing(trace, span, 'call')
    const node = nodeSpan < 0 ? '' : textOf(trace, trace.spans.name[nodeSpan]!)
    const call = callSpan < 0 ? '' : textOf(trace, trace.spans.name[callSpan]!)
    const key = `${node}\0${call}`
    const part = parts.get(key) ?? { node, call, time: 0, share: 0, queueing: 0, span, longest: 0 }
    parts.set(key, part)
    part.time += end - start
    part.queueing += queueing
    if (end - start > part.longest) {
      part.longest = end - start
      part.span = span
    }
  }
  return [...parts.values()]
    .map(({ longest: _longest, ...part }) => ({ ...part, share: path.duration > 0 ? part.time / path.duration : 0 }))
    .sort((a, b) => b.time - a.time)
}

function busyShare(trace: Trace, path: CriticalPath | null): number | null {
  const busy = busyTimeOf(trace)
  const [first, last] = [path?.segments[0], path?.segments.at(-1)]
  if (!busy || !path || !first || !last || path.duration === 0) return null
  return Math.min(1, busy([{ start: first.start, end: last.end }]) / path.duration)
}

function highest(trace: Trace, name: string): number | null {
  const counter = trace.counters.find((candidate) => candidate.name === name)
  if (!counter || counter.value.length === 0) return null
  let most = counter.value[0]!
  for (const value of counter.value) if (value > most) most = value
  return most
}

function failedSpans(trace: Trace): number[] {
  const failed: number[] = []
  for (let span = 0; span < trace.spans.status.length; span++) if (trace.spans.status[span] === 1) failed.push(span)
  return failed
}

/** The first of the spans that no other of them hangs below. */
function innermost(trace: Trace, failed: readonly number[]): number {
  const parents = new Set(failed.map((span) => trace.spans.parent[span]!))
  return failed.find((span) => !parents.has(span)) ?? failed[0]!
}
