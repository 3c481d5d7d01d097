import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
} from 'react'
import { bodyHeight, type FlameScene, levelAt, levelCount, levelHeight } from './flame-painter.ts'
import { type FlameViewStore, isZoomed, showWhole, zoomTo } from './flame-view.ts'
import { clampWindow, levelOf, neighbourOf, panWindow, widestBetween, zoomWindow } from './flame-window.ts'

/** What the pointer is at. */
export interface FlameTarget {
  readonly rectangle: number
  readonly row: number
  /** Pixels within the picture. */
  readonly x: number
  readonly y: number
}

interface InputOptions {
  readonly host: RefObject<HTMLDivElement | null>
  readonly scene: () => FlameScene
  readonly view: FlameViewStore
  /** A click or the keys: row of the tree and rectangle, −1 for nothing. */
  readonly onSelect: (row: number, rectangle: number) => void
  readonly setTarget: (target: FlameTarget | null) => void
  /** Rectangle where the keys are, −1 for none. */
  readonly current: number
  readonly setCurrent: (rectangle: number) => void
}

/** Pixels that a pointer may tremble within a click. */
const steady = 4

/** Mouse, wheel and keys of a flame graph. */
export function useFlameInput(options: InputOptions) {
  const box = useRef(options)
  box.current = options
  const { host } = options

  useEffect(() => {
    const element = host.current
    if (element === null) return
    // React listens to the wheel passively: the page would scroll along.
    const wheel = (event: WheelEvent) => followWheel(event, box.current)
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [host])

  return useMemo(() => {
    let pressed: { x: number; y: number; moved: boolean } | null = null
    return {
      onPointerDown(event: PointerEvent<HTMLDivElement>) {
        if (event.button !== 0) return
        pressed = { x: event.clientX, y: event.clientY, moved: false }
      },
      onPointerMove(event: PointerEvent<HTMLDivElement>) {
        const { setTarget } = box.current
        if (pressed === null || event.buttons === 0) {
          pressed = null
          setTarget(targetAt(event, box.current))
          return
        }
        const [x, y] = [event.clientX - pressed.x, event.clientY - pressed.y]
        if (!pressed.moved && Math.hypot(x, y) < steady) return
        // Not before it is dragged: a captured pointer would keep clicks from what is above.
        if (!pressed.moved) event.currentTarget.setPointerCapture(event.pointerId)
        pressed = { x: event.clientX, y: event.clientY, moved: true }
        setTarget(null)
        drag(box.current, x, y)
      },
      onPointerLeave() {
        box.current.setTarget(null)
      },
      onClick(event: MouseEvent<HTMLDivElement>) {
        const moved = pressed?.moved ?? false
        pressed = null
        if (moved) return
        const target = targetAt(event, box.current)
        box.current.setCurrent(target?.rectangle ?? -1)
        box.current.onSelect(target?.row ?? -1, target?.rectangle ?? -1)
      },
      onDoubleClick() {
        // The first click chose the rectangle. What came of it may have moved what is under the pointer now.
        const { view, scene, current } = box.current
        const { picture } = scene()
        if (current < 0) showWhole(view, picture.rectangles)
        else zoomTo(picture, view, current)
      },
      onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        if (followKey(event.key, box.current)) event.preventDefault()
      },
    }
  }, [])
}

function targetAt(event: { clientX: number; clientY: number }, { host, scene }: InputOptions): FlameTarget | null {
  const bounds = host.current?.getBoundingClientRect()
  if (!bounds) return null
  const [x, y] = [event.clientX - bounds.left, event.clientY - bounds.top]
  const now = scene()
  const level = levelAt(now, y)
  const { from, to } = now.window
  const pixel = (to - from) / now.width
  const rectangle = widestBetween(now.picture.rectangles, level, from + x * pixel, from + (x + 1) * pixel)
  return rectangle < 0 ? null : { rectangle, row: now.picture.rectangles.row[rectangle]!, x, y }
}

function followWheel(event: WheelEvent, options: InputOptions): void {
  event.preventDefault()
  const { scene, view, setTarget, host } = options
  const now = scene()
  setTarget(null)
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
  const [across, down] = [event.deltaX * lines, event.deltaY * lines]
  const { rectangles } = now.picture
  // As in the timeline: the wheel zooms, with Shift it goes along, with Alt up and down.
  if (event.altKey) {
    scrollBy(options, now.direction === 'down' ? down : -down)
    return
  }
  if (event.shiftKey || Math.abs(across) > Math.abs(down)) {
    const by = Math.abs(across) > Math.abs(down) ? across : down
    view.setState({ window: panWindow(now.window, by / now.width, rectangles) })
    return
  }
  const left = host.current?.getBoundingClientRect().left ?? 0
  const at = Math.min(1, Math.max(0, (event.clientX - left) / now.width))
  const factor = Math.exp(down * (event.ctrlKey ? 0.008 : 0.0018))
  view.setState({ window: zoomWindow(now.window, factor, at, rectangles) })
}

function drag(options: InputOptions, x: number, y: number): void {
  const now = options.scene()
  options.view.setState({ window: panWindow(now.window, -x / now.width, now.picture.rectangles) })
  scrollBy(options, now.direction === 'down' ? -y : y)
}

function scrollBy({ scene, view }: InputOptions, by: number): void {
  const now = scene()
  const most = Math.max(0, levelCount(now.picture) * levelHeight - bodyHeight(now))
  view.setState({ top: Math.min(most, Math.max(0, now.top + by)) })
}

/** Answers whether the key means something here. */
function followKey(key: string, options: InputOptions): boolean {
  const { scene, view, current, setCurrent, onSelect } = options
  const now = scene()
  const { rectangles } = now.picture
  const move = (share: number) => view.setState({ window: panWindow(now.window, share, rectangles) })
  const zoom = (factor: number) => {
    const middle = current < 0 ? 0.5 : placeOf(now, current)
    view.setState({ window: zoomWindow(now.window, factor, middle, rectangles) })
  }
  const walk = (way: Parameters<typeof neighbourOf>[2]) => {
    const next = current < 0 ? firstInSight(now) : neighbourOf(rectangles, current, way)
    if (next < 0) return
    setCurrent(next)
    bringIntoSight(options, next)
    onSelect(rectangles.row[next]!, next)
  }
  const upwards = now.direction === 'up'
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case 'ArrowUp':
      walk(upwards ? 'callee' : 'caller')
      return true
    case 'ArrowDown':
      walk(upwards ? 'caller' : 'callee')
      return true
    case 'ArrowLeft':
      walk('before')
      return true
    case 'ArrowRight':
      walk('after')
      return true
    case 'a':
      move(-0.15)
      return true
    case 'd':
      move(0.15)
      return true
    case 'w':
    case '+':
    case '=':
      zoom(1 / 1.5)
      return true
    case 's':
    case '-':
      zoom(1.5)
      return true
    case 'PageDown':
      scrollBy(options, bodyHeight(now) * 0.8)
      return true
    case 'PageUp':
      scrollBy(options, -bodyHeight(now) * 0.8)
      return true
    case 'Enter':
      if (current >= 0) zoomTo(now.picture, view, current)
      return current >= 0
    case 'Home':
      showWhole(view, rectangles)
      return true
    case 'Escape':
      if (isZoomed(now.window, rectangles) || now.top > 0) showWhole(view, rectangles)
      else if (current >= 0) {
        setCurrent(-1)
        onSelect(-1, -1)
      } else return false
      return true
    default:
      return false
  }
}

/** Place of a rectangle's middle in the window, 0 to 1. */
function placeOf({ picture, window: { from, to } }: FlameScene, rectangle: number): number {
  const { start, end } = picture.rectangles
  const middle = (Math.max(from, start[rectangle]!) + Math.min(to, end[rectangle]!)) / 2
  return Math.min(1, Math.max(0, (middle - from) / (to - from)))
}

function firstInSight({ picture, window: { from, to } }: FlameScene): number {
  return widestBetween(picture.rectangles, 0, from, to)
}

/** Moves the window and the scroll as little as it takes. */
function bringIntoSight(options: InputOptions, rectangle: number): void {
  const now = options.scene()
  const { rectangles } = now.picture
  const [start, end] = [rectangles.start[rectangle]!, rectangles.end[rectangle]!]
  const { from, to } = now.window
  if (end <= from || start >= to) {
    const half = (to - from) / 2
    const middle = (start + end) / 2
    options.view.setState({ window: clampWindow({ from: middle - half, to: middle + half }, rectangles) })
  }
  const top = levelOf(rectangles, rectangle) * levelHeight
  const room = bodyHeight(now)
  if (top < now.top) scrollBy(options, top - now.top)
  else if (top + levelHeight > now.top + room) scrollBy(options, top + levelHeight - now.top - room)
}
