import { kindIndex, textOf } from '../../../analysis/index.ts'
import { spanKinds, spanStatuses, type Trace } from '../../../trace/index.ts'

/** What a span is called: `assign` (of the node `fit/assign`), `#12`, `SELECT …`, `api.json GET /quote`. */
export function barName(trace: Trace, span: number): string {
  const kind = spanKinds[trace.spans.kind[span]!]!
  const name = textOf(trace, trace.spans.name[span]!)
  if (kind === 'node') return name.slice(name.lastIndexOf('/') + 1)
  if (kind === 'item' || kind === 'iteration') return `#${trace.spans.index[span]}`
  const detail = detailOf(trace, span)
  if (kind === 'work') return detail || name
  return kind === 'call' && detail ? `${name} ${detail}` : name
}

/** Statement or URL pattern of a call or work; empty for all else. One that failed has its error there instead. */
export function detailOf(trace: Trace, span: number): string {
  const kind = spanKinds[trace.spans.kind[span]!]
  const hasOne = (kind === 'call' || kind === 'work') && spanStatuses[trace.spans.status[span]!] !== 'failed'
  return hasOne ? textOf(trace, trace.spans.detail[span]!) : ''
}

/** Why a span failed or was cancelled; empty where it was not. The workflow's own error is the run's. */
export function errorOf(trace: Trace, span: number): string {
  const status = spanStatuses[trace.spans.status[span]!]
  const isTold = (status === 'failed' || status === 'cancelled') && trace.spans.kind[span] !== kindIndex.workflow
  return isTold ? textOf(trace, trace.spans.detail[span]!) : ''
}

/** What a span's hue is made from, so that the same thing has the same one in every lane, table and screen: a call's name, a node's path. */
export function hueName(trace: Trace, span: number): string {
  const kind = spanKinds[trace.spans.kind[span]!]!
  return kind === 'workflow' || kind === 'resource' ? '' : textOf(trace, trace.spans.name[span]!)
}
