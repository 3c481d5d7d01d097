import type { Trace } from '../trace/index.ts'
import type { Patch, WorkflowDescription } from '../workflow/index.ts'
import { callsPerMessage, callWork } from './call-work.ts'
import { integerKnob } from './knob-values.ts'
import type { CallStep, ScheduledResource, StatementCost } from './schedule-model.ts'
import { endOf, type Interval, kindIndex, textOf } from './span-tree.ts'
import { fitStatementCost, statementWorks } from './statement-cost.ts'
import type { RunningTime } from './thread-share.ts'

/** The resources that calls went to, and calls as steps. */
export interface ResourceModels {
  readonly list: readonly ScheduledResource[]
  /** How much work the call is for the event loop's thread, in units of `callWork`. */
  unitsOf(call: number): number
  stepOf(call: number, about: CallSurroundings): CallStep
}

/** What turns a call into a step, besides the call itself. */
export interface CallSurroundings {
  /** The thread's work per unit of `callWork`, in nanoseconds. */
  readonly cpuPerUnit: number
  readonly running: RunningTime
  /** How much of the time in which other code had the thread, while the call was under way, is taken to have delayed it. */
  readonly loopDelay: number
  readonly detached: boolean
}

/** Calls whose name says no resource of the workflow (`fetch`) are a resource each, without a limit. */
export function modelResources(trace: Trace, description: WorkflowDescription, patch: Patch): ResourceModels {
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
  const together = new Map<string, number>()
  for (const [name, calls] of callsByResource) {
    places.set(name, list.length)
    if (threads.has(name)) {
      const costs = new Map<string, StatementCost>()
      for (const [detail, executions] of works.get(name) ?? []) costs.set(detail, fitStatementCost(executions)!)
      list.push({ kind: 'thread', name, lookupBatch: integerKnob(description, patch, name, 'lookupBatch') ?? 1, costs })
      worksOf.set(name, new WorkIndex(trace, name))
      together.set(name, callsPerMessage(trace, name, calls.length))
    } else {
      const observedInFlight = mostAtOnce(trace, calls)
      const slots =
        integerKnob(description, patch, name, 'connections') ?? observedSlots(trace, calls, observedInFlight)
      list.push({ kind: 'slots', name, slots, observedInFlight })
    }
  }

  const { spans } = trace
  const nameOf = (call: number) => textOf(trace, spans.name[call]!)
  return {
    list,
    unitsOf(call) {
      const shared = together.get(resourceOf(nameOf(call), names))
      return shared === undefined ? callWork.request : callWork.caller + callWork.message / shared
    },
    stepOf(call, { cpuPerUnit, running, loopDelay, detached }) {
      const name = nameOf(call)
      const detail = textOf(trace, spans.detail[call]!)
      const resource = resourceOf(name, names)
      const about = { kind: 'call' as const, resource: places.get(resource)!, name, detail, detached, messageCpu: 0 }
      const [begin, end] = [spans.start[call]! + spans.wait[call]!, endOf(trace, call)]
      const delayIn = (stretch: Interval) => loopDelay * running.within(stretch)
      const work = worksOf.get(resource)?.servedBy(call, detail)
      if (work) {
        const there = { start: begin, end: work.start }
        const back = { start: work.repliedFrom, end }
        const way = Math.max(0, there.end - there.start) + Math.max(0, back.end - back.start)
        const cpu = cpuPerUnit * callWork.caller
        const messageCpu = cpuPerUnit * callWork.message
        const latency =
          way - cpu - messageCpu - Math.min(Math.max(0, way - cpu - messageCpu), delayIn(there) + delayIn(back))
        return { ...about, service: work.duration, latency, cpu, messageCpu, joins: name.endsWith('.lookup') }
      }
      const served = Math.max(0, end - begin)
      const cpu = Math.min(cpuPerUnit * callWork.request, served)
      const time = Math.max(0, served - cpu - delayIn({ start: begin, end }))
      const isThread = worksOf.has(resource)
      return { ...about, service: isThread ? 0 : time, latency: isThread ? time : 0, cpu, joins: false }
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
function mostAtOnce(trace: Trace, calls: readonly number[]): number {
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
