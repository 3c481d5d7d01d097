import { frameOrigins, markKinds, type Samples, spanKinds, spanStatuses, type Trace } from './model.ts'
import type { Column } from './schema.ts'

/**
 * Counts the numbers of a trace that point to nothing — a string, kind, parent or stack that is not there — and the span
 * times that are no numbers. Code that got a trace with none of them needs no check of its own.
 */
export function countBadReferences(trace: Trace): number {
  return visitBadReferences(trace, () => {})
}

/**
 * Mends them in place: a string becomes the empty one, a parent none, a time 0. Returns how many there were. Samples with
 * a bad reference cannot be mended one by one; the caller drops them whole (see {@link countBadSampleReferences}).
 */
export function mendReferences(trace: Omit<Trace, 'samples'>): number {
  return visitBadReferences(trace, (column, row, replacement) => {
    column[row] = replacement
  })
}

type Visit = (column: Column, row: number, replacement: number) => void

function visitBadReferences(trace: Trace, visit: Visit): number {
  const { spans, iterations, marks, counters, samples } = trace
  const strings = trace.strings.length
  const below = (column: Column, limit: number) => visitAbove(column, limit, visit)
  let bad = 0
  bad += below(spans.kind, spanKinds.length) + below(spans.status, spanStatuses.length)
  bad += below(spans.name, strings) + below(spans.detail, strings)
  bad += visitBadParents(spans.parent, visit)
  for (const column of [spans.start, spans.duration, spans.wait, spans.quantity]) bad += visitNonFinite(column, visit)
  bad += below(iterations.cycle, strings)
  for (const column of [iterations.start, iterations.duration]) bad += visitNonFinite(column, visit)
  bad += below(marks.kind, markKinds.length) + below(marks.name, strings) + below(marks.detail, strings)
  for (const column of [marks.time, marks.duration]) bad += visitNonFinite(column, visit)
  for (const counter of counters) bad += visitNonFinite(counter.time, visit)
  return samples ? bad + countBadSampleReferences(samples, strings) : bad
}

/** How many numbers of `samples` point to nothing, in a trace with so many strings. */
export function countBadSampleReferences(samples: Samples, strings: number): number {
  const { frames, stacks } = samples
  const none: Visit = () => {}
  let bad = visitAbove(frames.name, strings, none) + visitAbove(frames.file, strings, none)
  bad += visitAbove(frames.origin, frameOrigins.length, none)
  bad += visitBadParents(stacks.parent, none) + visitAbove(stacks.frame, frames.name.length, none)
  bad += visitAbove(samples.stack, stacks.parent.length, none) + visitAbove(samples.node, strings, none)
  return bad + visitNonFinite(samples.time, none) + visitNonFinite(samples.weight, none)
}

function visitAbove(column: Column, limit: number, visit: Visit): number {
  let bad = 0
  for (let row = 0; row < column.length; row++) {
    if (column[row]! < limit) continue
    visit(column, row, 0)
    bad++
  }
  return bad
}

/** A parent has a smaller row: so walks towards the root always end. */
function visitBadParents(column: Int32Array, visit: Visit): number {
  let bad = 0
  for (let row = 0; row < column.length; row++) {
    const parent = column[row]!
    if (parent < row && parent >= -1) continue
    visit(column, row, -1)
    bad++
  }
  return bad
}

function visitNonFinite(column: Float64Array, visit: Visit): number {
  let bad = 0
  for (let row = 0; row < column.length; row++) {
    if (Number.isFinite(column[row])) continue
    visit(column, row, 0)
    bad++
  }
  return bad
}
