import { markKinds, type Trace } from '../trace/index.ts'
import { enclosing, endOf, kindIndex, textOf } from './span-tree.ts'

/** What a line of a run's log is. The column holds the index into this list. */
export const eventKinds = ['log', 'alert', 'failure'] as const
export type EventKind = (typeof eventKinds)[number]

/** Everything that a run said: log lines, alerts and what failed, as columns in the order of time. */
export interface EventLog {
  /** Nanoseconds since the trace's origin; of a failure, when it ended. */
  readonly time: Float64Array
  readonly kind: Uint8Array
  /** Level of a log line, code of an alert, what failed. */
  readonly name: readonly string[]
  /** Code and message of a failure. */
  readonly text: readonly string[]
  /** Span that failed, −1 for others. */
  readonly span: Int32Array
  /** Path of the node in which it failed; empty for others. */
  readonly node: readonly string[]
}

/**
 * Puts together what a trace says in words. A failure goes up through all that is around it: only where it began is a line,
 * unless what is around it failed in other words.
 */
export function buildEventLog(trace: Trace): EventLog {
  const { marks, spans } = trace
  const rows: Array<{ time: number; kind: EventKind; name: string; text: string; span: number; node: string }> = []
  for (let mark = 0; mark < marks.kind.length; mark++) {
    const kind = markKinds[marks.kind[mark]!]
    if (kind !== 'log' && kind !== 'alert') continue
    const [name, text] = [textOf(trace, marks.name[mark]!), textOf(trace, marks.detail[mark]!)]
    rows.push({ time: marks.time[mark]!, kind, name, text, span: -1, node: '' })
  }
  /** Words of failures that were told for a span or for something in it. */
  const told = new Set<string>()
  for (let span = spans.kind.length - 1; span >= 0; span--) {
    // What a resource failed to do failed for a call, which says why.
    if (spans.status[span] !== 1 || spans.kind[span] === kindIndex.work) continue
    // The workflow fails with what failed in it, and has its variant where others have their words.
    if (spans.kind[span] === kindIndex.workflow && told.size > 0) continue
    const text = spans.kind[span] === kindIndex.workflow ? '' : textOf(trace, spans.detail[span]!)
    const key = `${span} ${spans.detail[span]}`
    const isNew = !told.has(key)
    told.add(`${spans.parent[span]} ${spans.detail[span]}`)
    if (!isNew) continue
    const node = enclosing(trace, span, 'node')
    rows.push({
      ...{ time: endOf(trace, span), kind: 'failure', span, text },
      name: failedName(trace, span),
      node: node < 0 ? '' : textOf(trace, spans.name[node]!),
    })
  }
  rows.sort((a, b) => a.time - b.time || b.span - a.span)
  return {
    time: Float64Array.from(rows, ({ time }) => time),
    kind: Uint8Array.from(rows, ({ kind }) => eventKinds.indexOf(kind)),
    name: rows.map(({ name }) => name),
    text: rows.map(({ text }) => text),
    span: Int32Array.from(rows, ({ span }) => span),
    node: rows.map(({ node }) => node),
  }
}

function failedName(trace: Trace, span: number): string {
  const name = textOf(trace, trace.spans.name[span]!)
  const kind = trace.spans.kind[span]
  if (kind === kindIndex.item || kind === kindIndex.iteration) {
    return `${name}, ${kind === kindIndex.item ? 'item' : 'iteration'} ${trace.spans.index[span]}`
  }
  return name
}
