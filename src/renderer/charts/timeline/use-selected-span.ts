import { useEffect, useRef } from 'react'
import type { RunRecord } from '../../../trace/index.ts'
import type { SpanDetails } from '../../workers/timeline/span-details.ts'
import { askTrace } from '../../workers/trace-client.ts'
import type { LaneStack } from './lane-stack.ts'
import type { TimelineView } from './timeline-view.ts'

/** Marks the selected span, unfolds what hides it, and brings it into sight. */
export function useSelectedSpan(
  view: TimelineView | null,
  record: RunRecord,
  details: SpanDetails | null,
  reveal: (lane: number) => void,
): void {
  const box = useRef(reveal)
  box.current = reveal
  useEffect(() => {
    if (!view) return
    if (!details) {
      view.set({ selected: null })
      return
    }
    const asked = new AbortController()
    const { span, start, duration } = details
    const mark = (lane: number) => {
      if (asked.signal.aborted) return
      view.set({ selected: { span, lane, start, end: start + duration, row: -1 } })
      view.show({ from: start, to: start + duration })
      box.current(lane)
    }
    askTrace(record, 'timeline', 'laneOf', [span], { signal: asked.signal }).then(mark, () => {})
    return () => asked.abort()
  }, [view, record, details])
}

/** Brings a lane into sight that is not. */
export function scrollToLane(scroller: HTMLElement | null, stack: LaneStack, lane: number): void {
  const line = stack.lines.find((candidate) => candidate.type === 'lane' && candidate.place === lane)
  if (!scroller || !line) return
  const { scrollTop, clientHeight } = scroller
  if (line.top < scrollTop) scroller.scrollTop = Math.max(0, line.top - 8)
  else if (line.top + line.height > scrollTop + clientHeight)
    scroller.scrollTop = line.top + line.height + 8 - clientHeight
}
