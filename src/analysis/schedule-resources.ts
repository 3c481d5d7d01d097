import type { Trace } from '../trace/index.ts'
import type { Patch, WorkflowDescription } from '../workflow/index.ts'
import { integerKnob } from './knob-values.ts'
import type { CallStep, ScheduledResource, StatementCost } from './schedule-model.ts'
import { endOf, kindIndex, textOf } from './span-tree.ts'
import { fitStatementCost, statementWorks } from './statement-cost.ts'
import type { ThreadShare } from './thread-share.ts'

/** The resources that calls went to, and calls as steps. */
export interface ResourceModels {
  readonly list: readonly ScheduledResource[]
  stepOf(call: number, cpuPerCall: number, detached: boolean): CallStep
}

/** Calls whose name says no resource of the workflow (`fetch`) are a resource each, without a limit. */
export function modelResources(
  trace: Trace,
  description: WorkflowDescription,
  patch: Patch,
  share: ThreadShare,
): ResourceModels {
  const names = new Set(description.resources.map(({ name }) => name))
  const works = statementWorks([trace])
  const threads = new Set<string>()
  for (let span = 0; span < trace.spans.kind.length; span++) {
    if (trace.spans.kind[span] === kindIndex.work) threads.add(textOf(trace, trace.spans.name[span]!))
  }
  const callsByResource = new Map<string, number[]>()
  for (let span = 0; span < trace.spans.kind.length; span++) {
    if (trace.spans.kind[span] !== kindIndex.call) continue
    const resource = resourceOf(textOf(trace, trace.spans.name[span]!), names)
    const calls = callsByResource.get(resource) ?? []
    callsByResource.set(resource, calls)
    calls.push(span)
  }
  const list: ScheduledResource[] = []
  const places = new Map<string, number>()
  const worksOf = new Map<string, WorkIndex>()
  for (const [name, calls] of callsByResource) {
    places.set(name, list.length)
    if (threads.has(name)) {
      const costs = new Map<string, StatementCost>()
      for (const [detail, executions] of works.get(name) ?? []) costs.set(detail, fitStatementCost(executions)!)
      list.push({ kind: 'thread', name, lookupBatch: integerKnob(description, patch, name, 'lookupBatch') ?? 1, costs })
      worksOf.set(name, new WorkIndex(trace, name))
    } else {
      const observedInFlight = mostAtOnce(trace, calls)
      const slots =
        integerKnob(description, patch, name, 'connections') ?? observedSlots(trace, calls, observedInFlight)
      list.push({ kind: 'slots', name, slots, observedInFlight })
    }
  }

  return {
    list,
    stepOf(call, cpuPerCall, detached) {
      const { spans } = trace
      const name = textOf(trace, spans.name[call]!)
      const detail = textOf(trace, spans.detail[call]!)
      const resource = resourceOf(name, names)
      const served = Math.max(0, spans.duration[call]! - spans.wait[call]!)
      const about = { kind: 'call' as const, resource: places.get(resource)!, name, detail, detached }
      const index = worksOf.get(resource)
      if (!index) {
        // The answer may have been there already while other code held the thread: on average half of that stretch.
        const delayed = Math.min(served, share.busyBefore(endOf(trace, call)) / 2)
        const cpu = Math.min(cpuPerCall, served - delayed)
        return { ...about, service: served - delayed - cpu, latency: 0, cpu, joins: false }
      }
      const work = index.servedBy(call, detail)
      if (!work) return { ...about, service: 0, latency: served, cpu: 0, joins: false }
      const there = Math.max(0, work.start - spans.start[call]! - spans.wait[call]!)
      const back = Math.max(0, endOf(trace, call) - work.repliedFrom)
      const cpu = Math.min(cpuPerCall, there + back)
      const joins = name.endsWith('.lookup')
      return { ...about, service: work.duration, latency: there + back - cpu, cpu, joins }
    },
  }
}

/** `db.lookup` belongs to `db`; a call of no declared resource is its own. */
export function resourceOf(call: string, resources: ReadonlySet<string>): string {
  const dot = call.indexOf('.')
  const owner = dot < 0 ? call : call.slice(0, dot)
  return resources.has(owner) ? owner : call
}

/** Finds the statement that served a call. */
class WorkIndex {
  readonly #trace: Trace
  /** Works by detail, in the order of their end. */
  readonly #byDetail = new Map<string, number[]>()
  readonly #ends: Float64Array

  constructor(trace: Trace, resource: string) {
    this.#trace = trace
    const all: number[] = []
    for (let span = 0; span < trace.spans.kind.length; span++) {
      if (trace.spans.kind[span] !== kindIndex.work || textOf(trace, trace.spans.name[span]!) !== resource) continue
      all.push(span)
    }
    all.sort((a, b) => endOf(trace, a) - endOf(trace, b))
    for (const span of all) {
      const detail = textOf(trace, trace.spans.detail[span]!)
      const list = this.#byDetail.get(detail) ?? []
      this.#byDetail.set(detail, list)
      list.push(span)
    }
    this.#ends = Float64Array.from(all, (span) => endOf(trace, span))
  }

  /**
   * The last statement of the call's text that ended before the call did and began after it; and the end of the last
   * statement of any text before the call's end, from which on its reply was on the way.
   */
  servedBy(call: number, detail: string): { start: number; duration: number; repliedFrom: number } | undefined {
    const { spans } = this.#trace
    const end = endOf(this.#trace, call)
    const list = this.#byDetail.get(detail) ?? []
    const work = list[lastUpTo(list.length, (place) => endOf(this.#trace, list[place]!), end)]
    if (work === undefined || spans.start[work]! < spans.start[call]!) return undefined
    const last = lastUpTo(this.#ends.length, (place) => this.#ends[place]!, end)
    return { start: spans.start[work]!, duration: spans.duration[work]!, repliedFrom: this.#ends[last]! }
  }
}

function lastUpTo(count: number, timeAt: (place: number) => number, time: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (timeAt(middle) <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where no knob says how many slots a resource has: as many as were ever used, if any call had to queue; else no limit. */
function observedSlots(trace: Trace, calls: readonly number[], mostInFlight: number): number {
  return calls.some((call) => trace.spans.wait[call]! > 0) ? mostInFlight : Number.POSITIVE_INFINITY
}

/** The most calls that were being served, not queueing, at one moment. */
export function mostAtOnce(trace: Trace, calls: readonly number[]): number {
  const { start, wait } = trace.spans
  const starts = Float64Array.from(calls, (call) => start[call]! + wait[call]!).sort()
  const ends = Float64Array.from(calls, (call) => endOf(trace, call)).sort()
  let most = 0
  let ended = 0
  for (let started = 0; started < starts.length; started++) {
    while (ended < ends.length && ends[ended]! <= starts[started]!) ended++
    most = Math.max(most, started + 1 - ended)
  }
  return most
}
