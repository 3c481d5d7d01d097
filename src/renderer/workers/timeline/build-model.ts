import { endOf } from '../../../analysis/index.ts'
import type { Trace } from '../../../trace/index.ts'
import type { CounterLane, Lane, SpanLane, TimelineModel, TimeSpan } from '../../charts/timeline/model.ts'
import type { LoadedTrace } from '../loaded-trace.ts'
import { processLanes, waitedFor, waitingLane } from './counter-lanes.ts'
import { groupSpans, type LaneGroup } from './lane-groups.ts'
import { type Packing, packRows } from './pack-rows.ts'
import { markPath } from './path-marks.ts'

/** The lanes of a trace with what they are filled from. */
export interface TimelineParts {
  readonly model: TimelineModel
  /** Group and packing by place of the lane; `null` for lanes that show something else. */
  readonly filled: ReadonlyArray<{ readonly group: LaneGroup; readonly packing: Packing } | null>
  /** Place of the lane of each span, −1 where it has none. */
  readonly laneOf: Int32Array
  readonly onPath: Uint8Array
}

/** Everything that a timeline shows, but what is drawn in its lanes. */
export function buildTimelineParts({ trace, whole }: LoadedTrace): TimelineParts {
  const { groups, groupOf } = groupSpans(trace)
  const lanes: Lane[] = []
  const filled: TimelineParts['filled'][number][] = []
  const laneOfGroup = new Int32Array(groups.length).fill(-1)
  const add = (lane: Lane, fill: TimelineParts['filled'][number] = null) => {
    filled.push(fill)
    return lanes.push(lane) - 1
  }
  const path = whole.path
  if (path && path.segments.length > 0) add(pathLane(path.segments.length))

  const places = new Map<string, number>()
  const rowOf = new Int8Array(trace.spans.kind.length).fill(-1)
  const addGroup = (place: number, parent: number, level: number) => {
    const group = groups[place]!
    const packing = packRows(trace, group.spans, (span) => rowAround(trace, rowOf, span))
    for (const [at, row] of packing.rowOf.entries()) rowOf[group.spans[at]!] = row
    laneOfGroup[place] = add(spanLane(trace, group, packing, parent, level), { group, packing })
    return laneOfGroup[place]!
  }
  const inNodes = [...groups.entries()].filter(([, { kind, node }]) => node !== '' || kind === 'workflow')
  for (const [place, { kind, node }] of inNodes) {
    const depth = node.split('/').length
    const above = kind === 'node' ? node.slice(0, Math.max(0, node.lastIndexOf('/'))) : node
    const lane = addGroup(place, places.get(above) ?? -1, node === '' ? 0 : kind === 'node' ? depth - 1 : depth)
    if (kind === 'node') places.set(node, lane)
  }
  const waited = new Set(waitedFor(trace))
  for (const [place, { kind, node, label }] of groups.entries()) {
    if (node !== '' || kind === 'workflow') continue
    const lane = addGroup(place, -1, 0)
    if (kind === 'work' && waited.delete(label)) addCounters(waitingLane(trace, label), lane, 1)
  }
  for (const resource of waited) {
    addCounters(
      waitingLane(trace, resource).map((lane) => ({ ...lane, label: `${resource} waiting` })),
      -1,
      0,
    )
  }
  addCounters(processLanes(trace), -1, 0)
  if (trace.marks.kind.some((kind) => kind === 0)) add(collectionsLane(trace))

  function addCounters(facts: ReadonlyArray<Omit<CounterLane, 'parent' | 'level'>>, parent: number, level: number) {
    for (const lane of facts) add({ ...lane, parent, level })
  }
  return {
    model: { workflow: workflowTime(trace, whole.tree.root), bounds: boundsOf(trace), lanes, spans: groupOf.length },
    filled,
    laneOf: groupOf.map((group) => (group < 0 ? -1 : laneOfGroup[group]!)),
    onPath: markPath(trace, path),
  }
}

function rowAround(trace: Trace, rowOf: Int8Array, span: number): number {
  let above = trace.spans.parent[span]!
  while (above >= 0 && rowOf[above]! < 0) above = trace.spans.parent[above]!
  return above < 0 ? -1 : rowOf[above]!
}

function pathLane(segments: number): SpanLane {
  return {
    ...{ type: 'spans', id: 'path', section: 'path', label: 'Critical path', level: 0, parent: -1 },
    ...{ kind: 'path', node: '', spans: segments, failures: 0, mostAtOnce: 1, rows: 1 },
  }
}

function collectionsLane(trace: Trace): SpanLane {
  const count = trace.marks.kind.reduce((sum, kind) => sum + Number(kind === 0), 0)
  return {
    ...{ type: 'spans', id: 'gc', section: 'process', label: 'Garbage collection', level: 0, parent: -1 },
    ...{ kind: 'gc', node: '', spans: count, failures: 0, mostAtOnce: 1, rows: 1 },
  }
}

function spanLane(trace: Trace, group: LaneGroup, packing: Packing, parent: number, level: number): SpanLane {
  const { kind, node, label, spans } = group
  const inNodes = node !== '' || kind === 'workflow'
  return {
    ...{ type: 'spans', id: `${kind}:${node}:${label}`, section: inNodes ? 'nodes' : 'resources', level, parent },
    ...{ kind, node, label: labelOf(group), spans: spans.length },
    failures: spans.reduce((sum, span) => sum + Number(trace.spans.status[span] === 1), 0),
    mostAtOnce: packing.mostAtOnce,
    rows: packing.rows,
  }
}

function labelOf({ kind, node, label }: LaneGroup): string {
  if (kind === 'item') return 'items'
  if (kind === 'iteration') return 'iterations'
  if (kind === 'resource') return 'opening and closing'
  if (kind === 'call' && node === '') return 'calls outside of nodes'
  if (kind === 'workflow') return 'workflow'
  return kind === 'node' ? node.slice(node.lastIndexOf('/') + 1) : label
}

function workflowTime(trace: Trace, root: number): TimeSpan | null {
  return root < 0 ? null : { from: trace.spans.start[root]!, to: endOf(trace, root) }
}

/** From the first to the last thing that was recorded. */
function boundsOf(trace: Trace): TimeSpan {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  const see = (time: number | undefined) => {
    if (time === undefined) return
    from = Math.min(from, time)
    to = Math.max(to, time)
  }
  for (let span = 0; span < trace.spans.kind.length; span++) {
    see(trace.spans.start[span])
    see(endOf(trace, span))
  }
  for (const { time } of trace.counters) {
    see(time[0])
    see(time.at(-1))
  }
  for (const time of trace.marks.time) see(time)
  if (!(from <= to)) return { from: 0, to: 1 }
  return { from, to: to > from ? to : from + 1 }
}
