import type { Trace } from '../trace/index.ts'
import { isOfNode } from './call-tree.ts'
import { type DurationSummary, summariseDurations } from './durations.ts'
import type { StatementCost } from './schedule-model.ts'
import { coverageOf, enclosing, endOf, kindIndex, textOf } from './span-tree.ts'
import { fitStatementCost, statementWorks } from './statement-cost.ts'

/** Calls of one statement or URL pattern, from wherever they were made. Times in nanoseconds. */
export interface CallGroup {
  /** As the caller sees it: `db.lookup`, `api.json`. */
  readonly name: string
  /** Statement or URL pattern; empty where calls have none, or failed. */
  readonly detail: string
  /** Of all calls, each as its caller saw it; those at the same time count each. */
  readonly durations: DurationSummary
  /** During which at least one of them was under way. */
  readonly covered: number
  /** How many were under way at once: on average while any was, and at most. */
  readonly atOnce: { readonly mean: number; readonly most: number }
  /** Summed over all calls: queueing for a slot of the resource. */
  readonly queueing: number
  /** Rows, keys or bytes over all calls that told; `null` where none did. */
  readonly quantity: number | null
  readonly failures: number
  /** How often the resource executed the statement, for whomever, and what that costs; `null` where it does not say. */
  readonly executions: { readonly count: number; readonly cost: StatementCost } | null
  /** Nodes that made the calls, most calls first; the empty path stands for calls outside of nodes. */
  readonly callers: readonly CallerShare[]
  /** Where one item, turn or execution made the call more than once; `null` where none did. */
  readonly repeated: RepeatedCalls | null
  /** Spans of the slowest call and of the first. */
  readonly slowest: number
  readonly first: number
}

export interface CallerShare {
  readonly node: string
  readonly calls: number
  readonly time: number
}

/** Identical calls that could have been one: N + 1 queries. */
export interface RepeatedCalls {
  /** In what they were repeated. */
  readonly within: 'item' | 'iteration' | 'execution'
  /** Calls in the place that has most of them, and its span. */
  readonly most: number
  readonly span: number
  /** Places with more than one, and places that made the call at all. */
  readonly places: number
  readonly of: number
}

interface GroupOptions {
  /** Path of a node: calls made in it and in nodes inside of it only. */
  readonly node?: string
  /** Executions that costs are fitted on; those of the trace, where absent. */
  readonly works?: Works
}

/** Groups the calls of a trace, most time first. Calls inside of calls are groups of their own. */
export function groupCalls(trace: Trace, { node, works }: GroupOptions = {}): CallGroup[] {
  const { kind, name, detail, status } = trace.spans
  const groups = new Map<string, number[]>()
  for (let span = 0; span < kind.length; span++) {
    if (kind[span] !== kindIndex.call || !isOfNode(nodeOf(trace, span), node)) continue
    // The detail of a failed call is its error.
    const key = `${name[span]} ${status[span] === 1 ? 0 : detail[span]}`
    const known = groups.get(key)
    if (known) known.push(span)
    else groups.set(key, [span])
  }
  const executed = statementWorks([trace])
  return [...groups.values()]
    .map((spans) => describeGroup(trace, spans, executed, works ?? executed))
    .sort((a, b) => b.durations.total - a.durations.total)
}

/** Spans of the calls of one group, in the order of their start. */
export function callsOf(trace: Trace, group: Pick<CallGroup, 'name' | 'detail'>, node?: string): number[] {
  const { kind, name, detail, status } = trace.spans
  const [nameId, detailId] = [trace.strings.indexOf(group.name), trace.strings.indexOf(group.detail)]
  const rows: number[] = []
  for (let span = 0; span < kind.length; span++) {
    const isCall = kind[span] === kindIndex.call && name[span] === nameId
    if (!isCall || (status[span] === 1 ? 0 : detail[span]) !== detailId) continue
    if (isOfNode(nodeOf(trace, span), node)) rows.push(span)
  }
  return rows
}

type Works = ReturnType<typeof statementWorks>

function describeGroup(trace: Trace, spans: readonly number[], executed: Works, works: Works): CallGroup {
  const { spans: columns } = trace
  const first = spans[0]!
  const name = textOf(trace, columns.name[first]!)
  const detail = columns.status[first] === 1 ? '' : textOf(trace, columns.detail[first]!)
  const durations = summariseDurations(spans.map((span) => columns.duration[span]!))!
  const covered = coverageOf(spans.map((span) => ({ start: columns.start[span]!, end: endOf(trace, span) })))
  const told = spans.filter((span) => columns.quantity[span]! >= 0)
  const count = executed.get(resourceOf(name))?.get(detail)?.length ?? 0
  const cost = count > 0 ? fitStatementCost(works.get(resourceOf(name))?.get(detail) ?? []) : undefined
  return {
    ...{ name, detail, durations, covered, first },
    atOnce: { mean: covered > 0 ? durations.total / covered : 1, most: mostAtOnce(trace, spans) },
    queueing: sum(spans, (span) => columns.wait[span]!),
    quantity: told.length > 0 ? sum(told, (span) => columns.quantity[span]!) : null,
    failures: spans.filter((span) => columns.status[span] === 1).length,
    executions: cost ? { count, cost } : null,
    callers: callersOf(trace, spans),
    repeated: findRepeated(trace, spans),
    slowest: spans.reduce((a, b) => (columns.duration[b]! > columns.duration[a]! ? b : a)),
  }
}

/** The resource that a call belongs to: what stands before the dot. */
function resourceOf(name: string): string {
  const dot = name.indexOf('.')
  return dot < 0 ? name : name.slice(0, dot)
}

function callersOf(trace: Trace, spans: readonly number[]): CallerShare[] {
  const callers = new Map<string, { node: string; calls: number; time: number }>()
  for (const span of spans) {
    const node = nodeOf(trace, span)
    const known = callers.get(node) ?? { node, calls: 0, time: 0 }
    callers.set(node, known)
    known.calls++
    known.time += trace.spans.duration[span]!
  }
  return [...callers.values()].sort((a, b) => b.calls - a.calls || b.time - a.time)
}

/** Path of the node around a span; empty where there is none. */
function nodeOf(trace: Trace, span: number): string {
  const around = enclosing(trace, span, 'node')
  return around < 0 ? '' : textOf(trace, trace.spans.name[around]!)
}

const places = ['item', 'iteration', 'node'] as const

/** Looks into the nearest item or turn, else the execution of the node, around each call. */
function findRepeated(trace: Trace, spans: readonly number[]): RepeatedCalls | null {
  const counts = new Map<number, number>()
  for (const span of spans) {
    const place = placeOf(trace, span)
    if (place >= 0) counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  let most = 0
  let span = -1
  let repeated = 0
  for (const [place, count] of counts) {
    if (count > 1) repeated++
    if (count > most) [most, span] = [count, place]
  }
  if (most < 2) return null
  const kind = places.find((known) => kindIndex[known] === trace.spans.kind[span])
  return {
    within: kind === undefined || kind === 'node' ? 'execution' : kind,
    most,
    span,
    places: repeated,
    of: counts.size,
  }
}

function placeOf(trace: Trace, span: number): number {
  let current = span
  while (current >= 0 && !places.some((kind) => kindIndex[kind] === trace.spans.kind[current])) {
    current = trace.spans.parent[current]!
  }
  return current
}

/** Spans come in the order of their start; one that ends when another begins is not at once with it. */
function mostAtOnce(trace: Trace, spans: readonly number[]): number {
  const ends = Float64Array.from(spans, (span) => endOf(trace, span)).sort()
  let ended = 0
  let most = 0
  for (const [begun, span] of spans.entries()) {
    while (ended < begun && ends[ended]! <= trace.spans.start[span]!) ended++
    most = Math.max(most, begun + 1 - ended)
  }
  return most
}

function sum(spans: readonly number[], measure: (span: number) => number): number {
  let total = 0
  for (const span of spans) total += measure(span)
  return total
}
