import { type CriticalPath, enclosing, textOf } from '../../../analysis/index.ts'
import { spanKinds, type Trace } from '../../../trace/index.ts'
import type { LaneRows } from '../../charts/timeline/model.ts'
import { barName } from './bar-names.ts'
import { KeyTable, RowBuilder } from './row-columns.ts'

/** Whether each span is on the critical path: it, or something inside it, held up the end. */
export function markPath(trace: Trace, path: CriticalPath | null): Uint8Array {
  const marks = new Uint8Array(trace.spans.kind.length)
  for (const { span } of path?.segments ?? []) {
    for (let above = span; above >= 0 && marks[above] === 0; above = trace.spans.parent[above]!) marks[above] = 1
  }
  return marks
}

/** The critical path as one row: what held up each moment, coloured by the call that it waited for, or the node that it passed in. */
export function pathRow(trace: Trace, path: CriticalPath | null): LaneRows {
  const segments = path?.segments ?? []
  const keys = new KeyTable()
  const builder = new RowBuilder(segments.length, false)
  for (const { span, start, end, queueing } of segments) {
    const node = enclosing(trace, span, 'node')
    const call = enclosing(trace, span, 'call')
    const owner = call < 0 ? node : call
    const hue = owner < 0 ? '' : textOf(trace, trace.spans.name[owner]!)
    const kind = spanKinds[trace.spans.kind[span]!]!
    const named = kind === 'call' || kind === 'step' ? span : owner
    const text = named < 0 ? 'workflow' : barName(trace, named)
    const key = keys.place(`${hue}\0${text}`, () => ({ text, hue }))
    builder.add({ start, end, wait: queueing, flags: 0, key, index: -1, span })
  }
  return { keys: keys.list, rows: [builder.finish(keys.list)] }
}

/** Garbage collections as one row; overlapping ones, which V8 tells of now and then, are cut at the next. */
export function collectionRow(trace: Trace): LaneRows {
  const { time, duration, name, kind } = trace.marks
  const marks = [...kind.keys()].filter((mark) => kind[mark] === 0).sort((a, b) => time[a]! - time[b]!)
  const keys = new KeyTable()
  const builder = new RowBuilder(marks.length, false)
  for (const [place, mark] of marks.entries()) {
    const next = marks[place + 1]
    const end = Math.min(time[mark]! + duration[mark]!, next === undefined ? Number.POSITIVE_INFINITY : time[next]!)
    const text = textOf(trace, name[mark]!)
    const key = keys.place(text, () => ({ text, hue: `gc ${text}` }))
    builder.add({ start: time[mark]!, end, wait: 0, flags: 0, key, index: -1, span: mark })
  }
  return { keys: keys.list, rows: [builder.finish(keys.list)] }
}
