import { endOf, kindIndex } from '../../../analysis/index.ts'
import type { Trace } from '../../../trace/index.ts'
import type { TimeRange } from '../clip-trace.ts'

/** By what a list of spans can be sorted. */
export type SpanOrder = 'start' | 'duration' | 'wait' | 'quantity' | 'name'

/**
 * Spans whose name, statement or error contains the text, whatever its case, in the order of their rows; `#12` are the items and
 * iterations of that number. Nothing is found by an empty text.
 */
export function findSpans(trace: Trace, text: string): Uint32Array {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return new Uint32Array(0)
  const number = /^#(\d+)$/.exec(wanted)?.[1]
  const { kind, name, detail, index } = trace.spans
  if (number !== undefined) {
    const isTurn = (span: number) => kind[span] === kindIndex.item || kind[span] === kindIndex.iteration
    return spansWhere(trace, (span) => index[span] === Number(number) && isTurn(span))
  }
  // Texts are looked through once each, not once per span.
  const holds = Uint8Array.from(trace.strings, (string) => Number(string.toLowerCase().includes(wanted)))
  return spansWhere(trace, (span) => holds[name[span]!] === 1 || holds[detail[span]!] === 1)
}

/** One bit for each of `count` spans. */
export function bitsOf(spans: Uint32Array, count: number): Uint8Array {
  const bits = new Uint8Array((count >> 3) + 1)
  for (let place = 0; place < spans.length; place++) bits[spans[place]! >> 3]! |= 1 << (spans[place]! & 7)
  return bits
}

/** Parts into which the minimap divides a run. */
const markCount = 1500

/** Where in a run, divided into equal parts, spans begin. */
export function markStarts(trace: Trace, spans: Uint32Array, { from, to }: TimeRange): Uint8Array {
  const marks = new Uint8Array(markCount)
  for (const span of spans) {
    const part = Math.floor(((trace.spans.start[span]! - from) / (to - from)) * markCount)
    marks[Math.min(markCount - 1, Math.max(0, part))] = 1
  }
  return marks
}

/** Spans that reach into a stretch, sorted. */
export function spansBetween(
  trace: Trace,
  { from, to }: TimeRange,
  order: SpanOrder,
  descending: boolean,
): Uint32Array {
  const { spans, strings } = trace
  const found = spansWhere(trace, (span) => spans.start[span]! <= to && endOf(trace, span) >= from)
  if (order === 'name') {
    const names = found.length > 0 ? ranksOf(strings) : null
    found.sort((a, b) => names![spans.name[a]!]! - names![spans.name[b]!]! || a - b)
  } else {
    const column = spans[order]
    found.sort((a, b) => column[a]! - column[b]! || a - b)
  }
  return descending ? found.reverse() : found
}

function ranksOf(strings: readonly string[]): Uint32Array {
  const ranks = new Uint32Array(strings.length)
  const order = [...strings.keys()].sort((a, b) => (strings[a]! < strings[b]! ? -1 : 1))
  for (const [rank, place] of order.entries()) ranks[place] = rank
  return ranks
}

function spansWhere(trace: Trace, wanted: (span: number) => boolean): Uint32Array {
  const found = new Uint32Array(trace.spans.kind.length)
  let count = 0
  for (let span = 0; span < found.length; span++) if (wanted(span)) found[count++] = span
  return found.slice(0, count)
}
