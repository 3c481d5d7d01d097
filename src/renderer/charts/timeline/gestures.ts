import type { Hit } from './hit-test.ts'
import type { TimeSpan } from './model.ts'
import type { Spot } from './timeline-state.ts'
import { isInMinimap, type TimelineView } from './timeline-view.ts'

/** What a mouse or a trackpad makes of the timeline. */
export interface GestureListeners {
  /** What is under the pointer, with the pointer's place on the page. */
  readonly onHover: (hit: Hit | null, x: number, y: number) => void
  readonly onSelect: (spot: Spot | null) => void
  /** A stretch that was dragged over; `null` where a click took it away. */
  readonly onRange: (range: TimeSpan) => void
  readonly onOpen: (spot: Spot) => void
}

type Part = 'head' | 'body'
type DragKind = 'range' | 'pan' | 'window' | 'window-from' | 'window-to'

interface Drag {
  readonly kind: DragKind
  readonly part: Part
  readonly x: number
  readonly y: number
  /** Time that stays: where a range began, or the other edge of it. */
  readonly anchor: number
  readonly view: TimeSpan
  readonly scrollTop: number
  moved: boolean
}

/** A press that moved less than this is a click. */
const leastDrag = 4
/** Pixels around an edge in which it can be taken. */
const edge = 4

/** Follows a pointer over the timeline's two canvases until the returned function is called. */
export function followPointer(view: TimelineView, listeners: GestureListeners): () => void {
  const { head, body, scroller } = view.elements
  let drag: Drag | null = null
  const stop = new AbortController()
  const { signal } = stop
  const placeIn = (element: HTMLElement, event: MouseEvent) => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  const press = (part: Part, element: HTMLElement) => (event: PointerEvent) => {
    if (event.button > 1) return
    const { x, y } = placeIn(element, event)
    element.setPointerCapture(event.pointerId)
    const kind = kindOf(view, part, x, y, event)
    const anchor = kind === 'range' ? (otherEdge(view, x) ?? view.timeAt(x)) : view.timeInMinimap(x)
    drag = { kind, part, x, y, anchor, view: view.state.view, scrollTop: scroller.scrollTop, moved: false }
    if (kind !== 'window') return
    // Beside the window: it comes to where the pointer is, and goes on from there.
    const length = drag.view.to - drag.view.from
    if (anchor >= drag.view.from && anchor <= drag.view.to) return
    view.look({ from: anchor - length / 2, to: anchor + length / 2 })
    drag = { ...drag, view: view.state.view }
  }

  const move = (part: Part, element: HTMLElement) => (event: PointerEvent) => {
    const { x, y } = placeIn(element, event)
    if (!drag) {
      const inMinimap = part === 'head' && isInMinimap(y)
      element.style.cursor = inMinimap ? minimapCursor(view, x) : otherEdge(view, x) === null ? '' : 'ew-resize'
      view.set({ pointer: inMinimap ? null : view.timeAt(x) })
      listeners.onHover(inMinimap ? null : view.hit(part, x, y), event.clientX, event.clientY)
      return
    }
    if (!drag.moved && Math.hypot(x - drag.x, y - drag.y) < leastDrag) return
    drag.moved = true
    listeners.onHover(null, 0, 0)
    dragTo(view, scroller, drag, x, y)
  }

  const release = (part: Part, element: HTMLElement) => (event: PointerEvent) => {
    const ended = drag
    drag = null
    if (!ended) return
    const { x, y } = placeIn(element, event)
    if (!ended.moved) {
      if (ended.kind === 'range') selectAt(view, part, x, y, listeners)
    } else if (ended.kind === 'range' && view.state.range) listeners.onRange(view.state.range)
  }

  const leave = () => {
    if (drag) return
    view.set({ pointer: null, hovered: null })
    listeners.onHover(null, 0, 0)
  }

  for (const [part, element] of [
    ['head', head],
    ['body', body],
  ] as const) {
    element.addEventListener('pointerdown', press(part, element), { signal })
    element.addEventListener('pointermove', move(part, element), { signal })
    element.addEventListener('pointerup', release(part, element), { signal })
    element.addEventListener('pointercancel', () => (drag = null), { signal })
    element.addEventListener('pointerleave', leave, { signal })
    element.addEventListener('wheel', (event) => turnWheel(view, event, placeIn(element, event).x), {
      signal,
      passive: false,
    })
    element.addEventListener(
      'dblclick',
      (event) => {
        const { x, y } = placeIn(element, event)
        const hit = view.hit(part, x, y)
        if (hit?.type === 'span') listeners.onOpen(hit.spot)
      },
      { signal },
    )
  }
  return () => stop.abort()
}

function kindOf(view: TimelineView, part: Part, x: number, y: number, event: PointerEvent): DragKind {
  if (part === 'head' && isInMinimap(y)) {
    const near = windowEdge(view, x)
    return near === null ? 'window' : near
  }
  return event.button === 1 || event.shiftKey ? 'pan' : 'range'
}

function dragTo(view: TimelineView, scroller: HTMLElement, drag: Drag, x: number, y: number): void {
  const { width } = view.state
  switch (drag.kind) {
    case 'range': {
      const time = view.timeAt(Math.min(width, Math.max(0, x)))
      view.set({ range: { from: Math.min(time, drag.anchor), to: Math.max(time, drag.anchor) }, pointer: time })
      return
    }
    case 'pan': {
      const move = ((drag.x - x) / width) * (drag.view.to - drag.view.from)
      view.look({ from: drag.view.from + move, to: drag.view.to + move })
      scroller.scrollTop = drag.scrollTop + drag.y - y
      return
    }
    case 'window': {
      const move = view.timeInMinimap(x) - drag.anchor
      view.look({ from: drag.view.from + move, to: drag.view.to + move })
      return
    }
    default: {
      const time = view.timeInMinimap(x)
      const { from, to } = drag.kind === 'window-from' ? { ...drag.view, from: time } : { ...drag.view, to: time }
      view.look({ from: Math.min(from, to), to: Math.max(from, to) })
    }
  }
}

function selectAt(view: TimelineView, part: Part, x: number, y: number, listeners: GestureListeners): void {
  const hit = view.hit(part, x, y)
  listeners.onSelect(hit?.type === 'span' && hit.lane.kind !== 'gc' ? hit.spot : null)
}

/** Up and down zooms at the pointer, sideways or with Shift pans; with Alt the lanes scroll. */
function turnWheel(view: TimelineView, event: WheelEvent, x: number): void {
  if (event.altKey) return
  event.preventDefault()
  const unit =
    event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1
  const [across, down] = [event.deltaX * unit, event.deltaY * unit]
  const { width } = view.state
  if (event.shiftKey && !event.ctrlKey) view.pan((across === 0 ? down : across) / width)
  else if (Math.abs(across) > Math.abs(down)) view.pan(across / width)
  else view.zoom(Math.exp(down * (event.ctrlKey ? 0.008 : 0.0018)), x / Math.max(1, width))
}

/** The edge of the range that is not at `x`, where one is. */
function otherEdge(view: TimelineView, x: number): number | null {
  const { range } = view.state
  if (!range) return null
  const time = view.timeAt(x)
  const reach = view.timeAt(edge) - view.timeAt(0)
  if (Math.abs(time - range.from) <= reach) return range.to
  return Math.abs(time - range.to) <= reach ? range.from : null
}

function windowEdge(view: TimelineView, x: number): 'window-from' | 'window-to' | null {
  const time = view.timeInMinimap(x)
  const reach = view.timeInMinimap(edge) - view.timeInMinimap(0)
  const { from, to } = view.state.view
  if (Math.abs(time - to) <= reach) return 'window-to'
  return Math.abs(time - from) <= reach ? 'window-from' : null
}

function minimapCursor(view: TimelineView, x: number): string {
  if (windowEdge(view, x)) return 'ew-resize'
  const time = view.timeInMinimap(x)
  return time >= view.state.view.from && time <= view.state.view.to ? 'grab' : 'pointer'
}
