import { textOf } from '../../../analysis/index.ts'
import { spanKinds, type Trace } from '../../../trace/index.ts'

/** What a span is called: `orders`, `#12`, `SELECT …`, `api.json GET /quote`. */
export function barName(trace: Trace, span: number): string {
  const kind = spanKinds[trace.spans.kind[span]!]!
  const name = textOf(trace, trace.spans.name[span]!)
  if (kind === 'item' || kind === 'iteration') return `#${trace.spans.index[span]}`
  const detail = detailOf(trace, span)
  if (kind === 'work') return detail || name
  return kind === 'call' && detail ? `${name} ${detail}` : name
}

/** Statement or URL pattern of a call or work. A span that failed has its error there instead. */
export function detailOf(trace: Trace, span: number): string {
  return trace.spans.status[span] === 0 ? textOf(trace, trace.spans.detail[span]!) : ''
}

/** What a span's hue is made from, so that the same thing has the same one in every lane, table and screen: a call's name, a node's path. */
export function hueName(trace: Trace, span: number): string {
  const kind = spanKinds[trace.spans.kind[span]!]!
  return kind === 'workflow' || kind === 'resource' ? '' : textOf(trace, trace.spans.name[span]!)
}
