import { type RefObject, useEffect, useRef, useState } from 'react'
import { preferencesStore } from '../../state/preferences.ts'
import { LaneData, type TimelineSource } from './lane-data.ts'
import type { LaneStack } from './lane-stack.ts'
import type { TimelineModel, TimeSpan } from './model.ts'
import { TimelineView } from './timeline-view.ts'

/** The elements that a timeline is drawn into. */
export interface TimelineElements {
  readonly head: RefObject<HTMLCanvasElement | null>
  readonly body: RefObject<HTMLCanvasElement | null>
  readonly scroller: RefObject<HTMLDivElement | null>
}

interface Setup {
  readonly model: TimelineModel
  readonly source: TimelineSource
  readonly stack: LaneStack
  /** Where to look at first; `null`: at the workflow. */
  readonly first: TimeSpan | null
  readonly onView: (view: TimeSpan) => void
  readonly onFailed: (error: unknown) => void
}

/** A timeline that is drawn into the elements, in their size and the window's theme. `null` until they are there. */
export function useTimelineView({ head, body, scroller }: TimelineElements, setup: Setup): TimelineView | null {
  const [view, setView] = useState<TimelineView | null>(null)
  const box = useRef(setup)
  box.current = setup
  const { model, source, stack } = setup

  useEffect(() => {
    const { first } = box.current
    if (!head.current || !body.current || !scroller.current) return
    let made: TimelineView | undefined
    const data = new LaneData(
      source,
      () => made?.requestDraw(),
      (error) => box.current.onFailed(error),
    )
    const nothing = { range: null, selected: null, hovered: null, pointer: null, matches: null }
    const state = { model, stack: box.current.stack, data, scrollTop: 0, ...nothing }
    const canvases = { head: head.current, body: body.current, scroller: scroller.current }
    made = new TimelineView(canvases, state, { onView: (now) => box.current.onView(now) })
    if (first) made.look(first)
    setView(made)
    return () => {
      made.dispose()
      setView(null)
    }
  }, [head, body, scroller, model, source])

  useEffect(() => view?.set({ stack }), [view, stack])

  useEffect(() => {
    if (!view) return
    const { body: canvas, scroller: element } = view.elements
    const frame = canvas.parentElement!
    const resize = () => view.resize(frame.clientWidth, element.clientHeight, devicePixelRatio)
    const scroll = () => view.set({ scrollTop: element.scrollTop })
    const observer = new ResizeObserver(resize)
    observer.observe(frame)
    observer.observe(element)
    element.addEventListener('scroll', scroll, { passive: true })
    resize()
    scroll()
    const stopDensity = followDensity(resize)
    const stopTheme = followColours(() => view.readTheme())
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', scroll)
      stopDensity()
      stopTheme()
    }
  }, [view])
  return view
}

/** Tells when the window came to a screen with other pixels, or was zoomed. */
function followDensity(changed: () => void): () => void {
  let query: MediaQueryList | undefined
  const follow = () => {
    query?.removeEventListener('change', tell)
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    query.addEventListener('change', tell)
  }
  const tell = () => {
    follow()
    changed()
  }
  follow()
  return () => query?.removeEventListener('change', tell)
}

function followColours(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const later = () => queueMicrotask(changed)
  system.addEventListener('change', later)
  const stop = preferencesStore.subscribe((now, before) => {
    if (now.theme !== before.theme) later()
  })
  return () => {
    system.removeEventListener('change', later)
    stop()
  }
}
