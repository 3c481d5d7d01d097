import { childrenOf, enclosing, endOf, gapsIn, kindIndex, textOf, unionOf } from '../../../analysis/index.ts'
import { type SpanKind, type SpanStatus, spanKinds, spanStatuses, type Trace } from '../../../trace/index.ts'
import { type NodeDescription, walkNodes } from '../../../workflow/index.ts'
import type { TraceView } from '../loaded-trace.ts'
import { barName, detailOf, errorOf, hueName } from './bar-names.ts'

/** A span as a list shows it. Times in nanoseconds since the trace's origin. */
export interface SpanFacts {
  readonly span: number
  readonly kind: SpanKind
  /** As its bar says it. */
  readonly title: string
  /** What its hue is made from; empty for neutral ones. */
  readonly hue: string
  readonly name: string
  /** Statement or URL pattern; empty where there is none. */
  readonly detail: string
  /** What went wrong, where something did. */
  readonly error: string
  readonly status: SpanStatus
  readonly thread: number
  /** Item or iteration, `null` where it is neither. */
  readonly index: number | null
  /** Path of the node that it belongs to; empty for none. */
  readonly node: string
  readonly start: number
  readonly duration: number
  /** Not covered by any child; `null` for what a resource did. */
  readonly self: number | null
  readonly wait: number
  /** Rows, keys or bytes; `null` where unknown. */
  readonly quantity: number | null
  /** Time during which it, or something inside it, held up the end of the run; `null` where there is no critical path. */
  readonly onPath: number | null
}

/** Everything about one span. */
export interface SpanDetails extends SpanFacts {
  /** From the workflow down to its parent. */
  readonly parents: ReadonlyArray<{ readonly span: number; readonly kind: SpanKind; readonly title: string }>
  readonly children: number
  /** Where its node is written. */
  readonly place: NodeDescription['place'] | null
  readonly nodeKind: NodeDescription['kind'] | null
}

/** Tells spans of a view by their rows in it. `pathTime` gives the time on the critical path. */
export function spanFacts(view: TraceView, span: number, pathTime: PathTimes): SpanFacts {
  const { trace } = view
  const { spans } = trace
  const kind = spanKinds[spans.kind[span]!]!
  const status = spanStatuses[spans.status[span]!]!
  const node = enclosing(trace, span, 'node')
  const index = spans.index[span]!
  const quantity = spans.quantity[span]!
  return {
    ...{ span, kind, status },
    title: barName(trace, span),
    hue: hueName(trace, span),
    name: textOf(trace, spans.name[span]!),
    detail: detailOf(trace, span),
    error: errorOf(trace, span),
    thread: spans.thread[span]!,
    index: index < 0 ? null : index,
    node: node < 0 ? '' : textOf(trace, spans.name[node]!),
    start: spans.start[span]!,
    duration: spans.duration[span]!,
    self: kind === 'work' ? null : selfTime(view, span),
    wait: spans.wait[span]!,
    quantity: quantity < 0 ? null : quantity,
    onPath: pathTime.of(span),
  }
}

/** Everything about one span of the whole trace. */
export function spanDetails(view: TraceView, span: number, pathTime: PathTimes): SpanDetails {
  const { trace, tree, record } = view
  const facts = spanFacts(view, span, pathTime)
  const parents: Array<SpanDetails['parents'][number]> = []
  for (let above = trace.spans.parent[span]!; above >= 0; above = trace.spans.parent[above]!) {
    parents.unshift({ span: above, kind: spanKinds[trace.spans.kind[above]!]!, title: barName(trace, above) })
  }
  const described = [...walkNodes(record.description?.nodes ?? [])].find(({ path }) => path === facts.node)
  return {
    ...facts,
    parents,
    children: tree.offsets[span + 1]! - tree.offsets[span]!,
    place: described?.place ?? null,
    nodeKind: described?.kind ?? null,
  }
}

/** Time that no child covers. What resources did hangs below the workflow without having been waited for there. */
function selfTime({ trace, tree }: TraceView, span: number): number {
  const below = [...childrenOf(tree, span)]
    .filter((child) => trace.spans.kind[child] !== kindIndex.work && trace.spans.kind[child] !== kindIndex.resource)
    .map((child) => ({ start: trace.spans.start[child]!, end: endOf(trace, child) }))
  const gaps = gapsIn({ start: trace.spans.start[span]!, end: endOf(trace, span) }, unionOf(below))
  return gaps.reduce((sum, { start, end }) => sum + end - start, 0)
}

/** How long each span, with what is inside it, held up the end. */
export class PathTimes {
  readonly #times: Float64Array | null

  constructor(trace: Trace, segments: ReadonlyArray<{ span: number; start: number; end: number }> | null) {
    this.#times = segments && new Float64Array(trace.spans.kind.length)
    for (const { span, start, end } of segments ?? []) this.#times![span]! += end - start
    if (!this.#times) return
    // Parents have smaller rows, so that from the last row up all of a span is known before it is added to its parent.
    for (let span = this.#times.length - 1; span > 0; span--) {
      const parent = trace.spans.parent[span]!
      if (parent >= 0) this.#times[parent]! += this.#times[span]!
    }
  }

  of(span: number): number | null {
    return this.#times ? this.#times[span]! : null
  }
}
