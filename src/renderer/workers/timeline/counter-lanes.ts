import type { Counter, Trace } from '../../../trace/index.ts'
import type { CounterColumns, CounterLane } from '../../charts/timeline/model.ts'
import { extremes } from '../../charts/timeline/pyramid.ts'

type LaneFacts = Omit<CounterLane, 'parent' | 'level'>

/** Lanes of what the process did: how busy its thread was, how late it was, how much memory it had. */
export function processLanes(trace: Trace): LaneFacts[] {
  return [
    ...laneOf(trace, 'event-loop-utilisation', 'Event loop busy', [['event-loop-utilisation', 'busy']], true),
    ...laneOf(trace, 'event-loop-delay', 'Event loop late', [['event-loop-delay', 'late']], false),
    ...laneOf(
      trace,
      'memory',
      'Memory',
      [
        ['rss', 'resident'],
        ['heap', 'heap'],
      ],
      false,
    ),
    ...otherLanes(trace),
  ]
}

/** Callers that waited for a resource, by the resource's name. */
export function waitingLane(trace: Trace, resource: string): LaneFacts[] {
  const name = `waiting:${resource}`
  return laneOf(trace, name, 'waiting', [[name, 'waiting']], false).map((lane) => ({ ...lane, section: 'resources' }))
}

/** Resources that a waiting counter names. */
export function waitedFor(trace: Trace): string[] {
  return trace.counters.filter(({ name }) => name.startsWith('waiting:')).map(({ name }) => name.slice(8))
}

const drawnAbove = new Set(['event-loop-utilisation', 'event-loop-delay', 'rss', 'heap'])

function otherLanes(trace: Trace): LaneFacts[] {
  return trace.counters
    .filter(({ name }) => !drawnAbove.has(name) && !name.startsWith('waiting:'))
    .flatMap(({ name }) => laneOf(trace, name, name, [[name, name]], false))
}

function laneOf(
  trace: Trace,
  id: string,
  label: string,
  wanted: ReadonlyArray<readonly [name: string, label: string]>,
  backward: boolean,
): LaneFacts[] {
  const counters = wanted.flatMap(([name, own]) => {
    const counter = trace.counters.find((candidate) => candidate.name === name)
    return counter && counter.value.length > 0 ? [{ name, label: own, counter }] : []
  })
  if (counters.length === 0) return []
  const unit = counters[0]!.counter.unit
  const highest = Math.max(...counters.map(({ counter }) => greatest(counter)))
  return [
    {
      ...{ type: 'counters', id: `counter:${id}`, section: 'process', label, unit, backward },
      counters: counters.map(({ name, label: own }) => ({ name, label: own })),
      // A share is of all there is; nothing is as high as nothing.
      highest: unit === 'share' ? 1 : highest,
    },
  ]
}

function greatest({ value }: Counter): number {
  let most = 0
  for (const one of value) if (one > most) most = one
  return most
}

/** A counter with what it takes to draw it at any width. Copies: the trace keeps its own. */
export function counterColumns(trace: Trace, name: string): CounterColumns {
  const counter = trace.counters.find((candidate) => candidate.name === name)
  const value = counter?.value.slice() ?? new Float64Array(0)
  return {
    time: counter?.time.slice() ?? new Float64Array(0),
    value,
    highest: extremes(value, Math.max),
  }
}
