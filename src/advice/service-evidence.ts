import {
  endOf,
  kindIndex,
  resourceOf,
  type Schedule,
  type ServiceScale,
  type StatementCost,
  textOf,
} from '../analysis/index.ts'
import { median } from '../statistics/index.ts'
import type { Trace } from '../trace/index.ts'
import type { WorkflowDescription } from '../workflow/index.ts'
import { thresholds } from './thresholds.ts'

/** How long a resource took to serve a call while so many were being served, compared with the run that is looked at. */
export interface LoadPoint {
  /** Calls being served at the start of a call's service, itself included. */
  readonly inFlight: number
  /** Median service time ÷ that of the same calls in the run that is looked at. */
  readonly factor: number
  readonly calls: number
}

/** What traces say about how each resource reacts to load, ascending in the number in flight. Database threads are left out: a replay models them. */
export type LoadEvidence = ReadonlyMap<string, readonly LoadPoint[]>

/**
 * Collects, over all traces, service times by the number of calls that were being served at that moment. Service times of
 * different calls (`GET /quote/:sku`, `GET /stock/:id`) are made comparable by dividing by their median in `target`.
 */
export function collectLoad(
  target: Trace,
  schedule: Schedule,
  traces: readonly Trace[],
  description: WorkflowDescription,
): LoadEvidence {
  const names = new Set(description.resources.map(({ name }) => name))
  const slotted = new Set(schedule.resources.filter(({ kind }) => kind === 'slots').map(({ name }) => name))
  const usual = new Map<string, number>()
  for (const [key, calls] of Map.groupBy(servedCalls(target, names, slotted), (call) => call.key)) {
    usual.set(key, median(calls.map(({ service }) => service)))
  }
  const factors = new Map<string, Map<number, number[]>>()
  for (const trace of traces) {
    for (const { resource, key, service, inFlight } of servedCalls(trace, names, slotted)) {
      const own = usual.get(key)
      if (own === undefined || own <= 0) continue
      const points = factors.get(resource) ?? new Map<number, number[]>()
      factors.set(resource, points)
      const list = points.get(inFlight) ?? []
      points.set(inFlight, list)
      list.push(service / own)
    }
  }
  const evidence = new Map<string, LoadPoint[]>()
  for (const [resource, points] of factors) {
    const enough = [...points]
      .map(([inFlight, list]) => ({ inFlight, factor: median(list), calls: list.length }))
      .filter(({ calls }) => calls >= thresholds.leastCallsInFlight.value)
      .sort((a, b) => a.inFlight - b.inFlight)
    evidence.set(resource, enough)
  }
  return evidence
}

/**
 * Service times under load. Where it was observed, as observed. Beyond: `optimistic` takes the service to hold what it had
 * at the most observed; `pessimistic` takes it to have reached its limit there, so that twice as many calls take twice as long each. With
 * nothing but a serial run, pessimistic means that the service does one call at a time.
 */
export function scaleOf(evidence: LoadEvidence, attitude: 'optimistic' | 'pessimistic'): ServiceScale {
  return (resource, inFlight) => {
    const points = evidence.get(resource) ?? []
    const most = points.at(-1)
    if (!most) return attitude === 'pessimistic' ? inFlight : 1
    if (inFlight > most.inFlight) {
      return attitude === 'optimistic' ? most.factor : (most.factor * inFlight) / most.inFlight
    }
    const above = points.findIndex((point) => point.inFlight >= inFlight)
    const right = points[above]!
    const left = points[above - 1]
    if (!left || right.inFlight === inFlight) return right.factor
    const share = (inFlight - left.inFlight) / (right.inFlight - left.inFlight)
    return left.factor + (right.factor - left.factor) * share
  }
}

/**
 * The cost of a statement if it is a little worse than fitted: two standard errors more per row, and no cheaper per row
 * beyond the largest number of keys that was seen than at that number, up to statements of `batch` keys.
 */
export function worseCost(cost: StatementCost, batch: number): StatementCost {
  const perRow = cost.perRow + 2 * (cost.perRowError ?? 0)
  const beyond = batch > cost.mostRows ? (cost.fixed * (batch / cost.mostRows - 1)) / batch : 0
  return { ...cost, perRow: perRow + beyond }
}

interface ServedCall {
  readonly resource: string
  readonly key: string
  readonly service: number
  readonly inFlight: number
}

function servedCalls(trace: Trace, names: ReadonlySet<string>, slotted: ReadonlySet<string>): ServedCall[] {
  const { kind, status, name, detail, start, wait } = trace.spans
  const byResource = new Map<string, number[]>()
  for (let span = 0; span < kind.length; span++) {
    if (kind[span] !== kindIndex.call) continue
    const resource = resourceOf(textOf(trace, name[span]!), names)
    if (!slotted.has(resource)) continue
    const list = byResource.get(resource) ?? []
    byResource.set(resource, list)
    list.push(span)
  }
  const served: ServedCall[] = []
  for (const [resource, spans] of byResource) {
    const begin = (span: number) => start[span]! + wait[span]!
    spans.sort((a, b) => begin(a) - begin(b))
    const ends = Float64Array.from(spans, (span) => endOf(trace, span)).sort()
    let ended = 0
    for (const [started, span] of spans.entries()) {
      while (ended < ends.length && ends[ended]! <= begin(span)) ended++
      if (status[span] !== 0) continue
      const key = `${textOf(trace, name[span]!)}\0${textOf(trace, detail[span]!)}`
      served.push({ resource, key, service: endOf(trace, span) - begin(span), inFlight: started + 1 - ended })
    }
  }
  return served
}
