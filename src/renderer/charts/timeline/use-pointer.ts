import { useEffect, useRef } from 'react'
import { followPointer } from './gestures.ts'
import type { TimeSpan } from './model.ts'
import type { Hovered } from './timeline-tooltip.tsx'
import type { TimelineView } from './timeline-view.ts'

interface PointerListeners {
  readonly setHovered: (hovered: Hovered | null) => void
  readonly onRange: (range: TimeSpan) => void
  readonly onSpan: (span: number | null) => void
}

/** Lets the mouse move the timeline, and select in it. */
export function usePointer(view: TimelineView | null, listeners: PointerListeners): void {
  const box = useRef(listeners)
  box.current = listeners
  useEffect(() => {
    if (!view) return
    return followPointer(view, {
      onHover: (hit, x, y) => {
        view.set({ hovered: hit?.type === 'span' ? hit.spot : null })
        box.current.setHovered(hit && { hit, x, y })
      },
      onSelect: (spot) => box.current.onSpan(spot?.span ?? null),
      onRange: (chosen) => box.current.onRange(chosen),
      onOpen: (spot) => view.zoomTo({ from: spot.start, to: spot.end }),
    })
  }, [view])
}
