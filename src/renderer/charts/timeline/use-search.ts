import { useDeferredValue, useMemo, useState } from 'react'
import { formatCount } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { useTrace } from '../../workers/use-trace.ts'
import { SpanSet } from './span-set.ts'

/** A search in the spans of a run, and going from one that was found to the next. */
export function useSearch(record: RunRecord, selected: number | null) {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const { data } = useTrace(wanted === '' ? null : record, 'timeline', 'find', [wanted])
  const matches = useMemo(() => (wanted !== '' && data ? new SpanSet(data) : null), [wanted, data])
  const place = matches && selected !== null && matches.has(selected) ? placeOf(matches.found.spans, selected) : -1
  const found = !matches
    ? undefined
    : place >= 0
      ? `${formatCount(place + 1)} of ${formatCount(matches.found.spans.length)}`
      : formatCount(matches.found.spans.length)
  /** The span that was found after, or before, the selected one; around the end to the beginning. */
  const next = (backwards: boolean): number | null => {
    const spans = matches?.found.spans ?? new Uint32Array(0)
    if (spans.length === 0) return null
    if (place >= 0) return spans[(place + (backwards ? spans.length - 1 : 1)) % spans.length]!
    const from = placeOf(spans, selected ?? 0)
    return backwards ? spans.at(from - 1)! : spans[from % spans.length]!
  }
  return { text, setText, matches, found, next }
}

/** The first place whose span is not before `span`; spans ascend. */
function placeOf(spans: Uint32Array, span: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (spans[middle]! < span) low = middle + 1
    else high = middle
  }
  return low
}
