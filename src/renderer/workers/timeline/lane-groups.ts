import { kindIndex, textOf } from '../../../analysis/index.ts'
import { type SpanKind, spanKinds, type Trace } from '../../../trace/index.ts'

/** Spans of one kind, node and name: what one lane shows. */
export interface LaneGroup {
  readonly kind: SpanKind
  readonly label: string
  /** Path of the node that they belong to; empty for the workflow, resources, and calls outside of nodes. */
  readonly node: string
  /** Rows of the trace, in the order of their start. */
  readonly spans: readonly number[]
}

/** Lanes of a trace, and the lane of each span: −1 for calls inside calls, which their outermost call stands for. */
export interface LaneGroups {
  readonly groups: readonly LaneGroup[]
  readonly groupOf: Int32Array
}

/** One group per node, kind and name, in the order in which lanes stand: nodes by their first start, what resources did last. */
export function groupSpans(trace: Trace): LaneGroups {
  const { kind, name, parent, start } = trace.spans
  const count = kind.length
  const nodeOf = new Int32Array(count)
  const insideCall = new Uint8Array(count)
  const found = new Map<number, { kind: number; node: number; label: number; spans: number[] }>()
  const nodes: number[] = []
  const known = new Set<number>()
  for (let span = 0; span < count; span++) {
    const above = parent[span]!
    const own = kind[span]!
    nodeOf[span] = own === kindIndex.node ? span : above < 0 ? -1 : nodeOf[above]!
    if (above >= 0) insideCall[span] = insideCall[above]! || Number(kind[above] === kindIndex.call)
    if (own === kindIndex.call && insideCall[span]) continue
    const node = own === kindIndex.work || nodeOf[span]! < 0 ? 0 : name[nodeOf[span]!]!
    if (own === kindIndex.node && !known.has(node)) {
      known.add(node)
      nodes.push(node)
    }
    const label = hasOwnLabel(own, node) ? name[span]! : 0
    const key = (node * trace.strings.length + label) * spanKinds.length + own
    const group = found.get(key)
    if (group) group.spans.push(span)
    else found.set(key, { kind: own, node, label, spans: [span] })
  }
  const groups = [...found.values()].map(({ kind: own, node, label, spans }): LaneGroup => {
    return {
      kind: spanKinds[own]!,
      label: textOf(trace, label),
      node: textOf(trace, node),
      // What a resource did is recorded when it is done, so that its rows are not in the order of their start.
      spans: isAscending(spans, start) ? spans : spans.sort((a, b) => start[a]! - start[b]! || a - b),
    }
  })
  const sorted = sortGroups(
    groups,
    nodes.map((node) => textOf(trace, node)),
  )
  const groupOf = new Int32Array(count).fill(-1)
  for (const [place, { spans }] of sorted.entries()) for (const span of spans) groupOf[span] = place
  return { groups: sorted, groupOf }
}

/** Items, iterations and nodes are told by their node; what was opened, and what was called outside of nodes, is one lane. */
function hasOwnLabel(kind: number, node: number): boolean {
  if (kind === kindIndex.work || kind === kindIndex.step || kind === kindIndex.workflow) return true
  return kind === kindIndex.call && node !== 0
}

/** Within a node: its iterations, its items, then steps and calls; nested nodes come after. */
const kindOrder: readonly SpanKind[] = ['workflow', 'node', 'iteration', 'item', 'step', 'call', 'resource', 'work']

function sortGroups(groups: readonly LaneGroup[], started: readonly string[]): LaneGroup[] {
  // Nodes that overlap start in turns: what is inside a cycle belongs below that cycle all the same.
  const topOf = (path: string) => path.split('/')[0]!
  const ranked = started.toSorted((a, b) => {
    const [topA, topB] = [topOf(a), topOf(b)]
    return topA === topB ? started.indexOf(a) - started.indexOf(b) : started.indexOf(topA) - started.indexOf(topB)
  })
  const rank = ({ kind, node }: LaneGroup) => {
    if (kind === 'workflow') return -1
    return node === '' ? ranked.length : ranked.indexOf(node)
  }
  return groups.toSorted(
    (a, b) => rank(a) - rank(b) || kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || a.spans[0]! - b.spans[0]!,
  )
}

function isAscending(spans: readonly number[], start: Float64Array): boolean {
  for (let place = 1; place < spans.length; place++) {
    if (start[spans[place]!]! < start[spans[place - 1]!]!) return false
  }
  return true
}
