import { type SpanKind, spanKinds, type Trace } from '../trace/index.ts'

/** Column value of each kind of span. */
export const kindIndex = Object.fromEntries(spanKinds.map((kind, index) => [kind, index])) as Record<SpanKind, number>

/** Children of every span, in the order of their start, as one flat list (compressed rows). */
export interface SpanTree {
  /** `children[offsets[span]]` up to, and without, `children[offsets[span + 1]]`. */
  readonly offsets: Uint32Array
  readonly children: Uint32Array
  /** Row of the workflow span, −1 where the trace has none (capture was off, or nothing started). */
  readonly root: number
}

/** Builds the index of children. O(spans); a row that names a parent out of range counts as a root. */
export function buildSpanTree(trace: Trace): SpanTree {
  const { parent, kind } = trace.spans
  const count = parent.length
  const offsets = new Uint32Array(count + 1)
  for (let span = 0; span < count; span++) if (isSpan(parent[span]!, count)) offsets[parent[span]! + 1]!++
  for (let span = 0; span < count; span++) offsets[span + 1]! += offsets[span]!
  const children = new Uint32Array(offsets[count]!)
  const next = offsets.slice(0, count)
  // Rows are in the order of their start, so children come out in that order too.
  for (let span = 0; span < count; span++) if (isSpan(parent[span]!, count)) children[next[parent[span]!]!++] = span
  return { offsets, children, root: kind.indexOf(kindIndex.workflow) }
}

/** Rows of the children of `span`, in the order of their start. A view: do not keep or change it. */
export function childrenOf(tree: SpanTree, span: number): Uint32Array {
  return tree.children.subarray(tree.offsets[span]!, tree.offsets[span + 1]!)
}

/** Visits the spans below `span`, parents before children; `visit` returns false to leave out what is below. */
export function walkBelow(tree: SpanTree, span: number, visit: (span: number) => boolean): void {
  const stack = [...childrenOf(tree, span)].reverse()
  while (stack.length > 0) {
    const next = stack.pop()!
    if (!visit(next)) continue
    const children = childrenOf(tree, next)
    for (let position = children.length - 1; position >= 0; position--) stack.push(children[position]!)
  }
}

/** The innermost span of `kind` that is `span` or around it, −1 where there is none. */
export function enclosing(trace: Trace, span: number, kind: SpanKind): number {
  let current = span
  while (current >= 0 && trace.spans.kind[current] !== kindIndex[kind]) current = trace.spans.parent[current]!
  return current
}

/** End of a span in nanoseconds since the trace's origin. */
export function endOf(trace: Trace, span: number): number {
  return trace.spans.start[span]! + trace.spans.duration[span]!
}

/** The string that a column of string ids points to; the empty string where the id is out of range. */
export function textOf(trace: Trace, id: number): string {
  return trace.strings[id] ?? ''
}

/** Start and end in nanoseconds; half open, empty where `end <= start`. */
export interface Interval {
  readonly start: number
  readonly end: number
}

/** Merges intervals that overlap or touch, in ascending order; empty ones are left out. */
export function unionOf(intervals: Iterable<Interval>): Interval[] {
  const sorted = [...intervals].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of sorted) {
    const last = merged.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

/** What of `within` the intervals (merged, ascending) leave uncovered, ascending. */
export function gapsIn(within: Interval, merged: readonly Interval[]): Interval[] {
  const gaps: Interval[] = []
  let cursor = within.start
  for (const { start, end } of merged) {
    if (start > cursor) gaps.push({ start: cursor, end: Math.min(start, within.end) })
    cursor = Math.max(cursor, end)
    if (cursor >= within.end) return gaps
  }
  if (cursor < within.end) gaps.push({ start: cursor, end: within.end })
  return gaps
}

/** Length that the intervals cover together, in nanoseconds; overlaps count once. */
export function coverageOf(intervals: Iterable<Interval>): number {
  let covered = 0
  for (const { start, end } of unionOf(intervals)) covered += end - start
  return covered
}

function isSpan(row: number, count: number): boolean {
  return row >= 0 && row < count
}
