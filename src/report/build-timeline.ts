import { enclosing, endOf, kindIndex, type SpanTree, textOf } from '../analysis/index.ts'
import { type SpanKind, spanKinds, type Trace } from '../trace/index.ts'
import { densityOf, mergeBars, mostAtOnce, type PlacedSpan, packRows } from './lanes.ts'
import type { Lane, Timeline } from './model.ts'

/** More lanes than these are no picture any more. */
const mostLanes = 36
/** Spans at the same time that are still readable as bars; more are drawn as how many were under way. */
const mostRows = 4
/** Bars of all lanes together. */
const mostBars = 1600
const finestShare = 1 / 1200

/** Spans by lane over the workflow's wall time; `null` where the trace has no workflow span. */
export function buildTimeline(trace: Trace, tree: SpanTree): Timeline | null {
  if (tree.root < 0) return null
  const origin = trace.spans.start[tree.root]!
  const duration = trace.spans.duration[tree.root]!
  const groups = groupSpans(trace, tree.root)
  const inside = groups.flatMap((group) => {
    const spans = group.spans
      .map((span): PlacedSpan => {
        const start = Math.max(0, trace.spans.start[span]! - origin)
        const end = Math.min(duration, endOf(trace, span) - origin)
        return { start, end, wait: trace.spans.wait[span]!, failed: trace.spans.status[span] === 1 }
      })
      // What a resource did while it was opened or closed is outside of the workflow's time.
      .filter(({ start, end }) => end >= start)
      .sort((a, b) => a.start - b.start || b.end - a.end)
    if (spans.length === 0) return []
    const most = mostAtOnce(spans)
    return [{ group, spans, most, packed: most <= mostRows ? packRows(spans) : null }]
  })
  const shown = inside.slice(0, mostLanes)
  let resolution = duration * finestShare
  const lanesAt = () => shown.map((lane) => (lane.packed ? mergeBars(lane.spans, lane.packed, resolution) : null))
  let bars = lanesAt()
  while (resolution < duration && bars.reduce((sum, lane) => sum + (lane?.row.length ?? 0), 0) > mostBars) {
    resolution *= 1.5
    bars = lanesAt()
  }
  const lanes = shown.map(({ group, spans, most, packed }, place): Lane => {
    const { kind, label, node, level } = group
    return {
      ...{ kind, label, node, level },
      spans: spans.length,
      failures: spans.filter(({ failed }) => failed).length,
      mostAtOnce: packed?.rows ?? most,
      bars: bars[place] ?? null,
      density: packed ? null : densityOf(spans, duration),
    }
  })
  return { duration, lanes, lanesLeftOut: inside.length - shown.length, resolution }
}

interface Group {
  readonly kind: SpanKind
  readonly label: string
  readonly node: string
  readonly level: number
  readonly spans: number[]
}

/** Within a node: its iterations, its items, then steps and calls; nested nodes come after. */
const kindOrder: readonly SpanKind[] = ['node', 'iteration', 'item', 'step', 'call']

/** One group per node, kind and name: nodes in the order of their first start, what resources did last. */
function groupSpans(trace: Trace, root: number): Group[] {
  const groups = new Map<string, Group>()
  const nodes: string[] = []
  for (let span = 0; span < trace.spans.kind.length; span++) {
    const kind = spanKinds[trace.spans.kind[span]!]!
    if (kind === 'resource' || (kind === 'workflow' && span !== root)) continue
    if (kind === 'call' && isInsideCall(trace, span)) continue
    const node = kind === 'work' ? -1 : enclosing(trace, span, 'node')
    const path = node < 0 ? '' : textOf(trace, trace.spans.name[node]!)
    if (kind === 'node' && !nodes.includes(path)) nodes.push(path)
    const label = labelOf(kind, textOf(trace, trace.spans.name[span]!))
    const key = `${kind}\0${path}\0${label}`
    const depth = path === '' ? 0 : path.split('/').length
    const group = groups.get(key) ?? { kind, label, node: path, level: kind === 'node' ? depth - 1 : depth, spans: [] }
    group.spans.push(span)
    groups.set(key, group)
  }
  const rank = ({ kind, node }: Group) => {
    if (kind === 'workflow') return -1
    return kind === 'work' ? nodes.length : node === '' ? -0.5 : nodes.indexOf(node)
  }
  // Nodes that overlap start in turns: what is inside a cycle belongs below that cycle all the same.
  const started = nodes.slice()
  nodes.sort((a, b) => compareNodes(a, b, started))
  return [...groups.values()].sort(
    (a, b) => rank(a) - rank(b) || kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || a.spans[0]! - b.spans[0]!,
  )
}

function compareNodes(a: string, b: string, started: readonly string[]): number {
  const [topA, topB] = [a.split('/')[0]!, b.split('/')[0]!]
  return topA === topB ? started.indexOf(a) - started.indexOf(b) : started.indexOf(topA) - started.indexOf(topB)
}

function labelOf(kind: SpanKind, name: string): string {
  if (kind === 'item') return 'items'
  if (kind === 'iteration') return 'iterations'
  return kind === 'workflow' ? 'workflow' : name
}

function isInsideCall(trace: Trace, span: number): boolean {
  for (let above = trace.spans.parent[span]!; above >= 0; above = trace.spans.parent[above]!) {
    if (trace.spans.kind[above] === kindIndex.call) return true
  }
  return false
}
