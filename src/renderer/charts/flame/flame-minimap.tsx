import { type PointerEvent, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { type Palette, usePalette } from '../chart/palette.ts'
import type { FlamePicture } from './flame-picture.ts'
import { type FlameViewStore, isZoomed } from './flame-view.ts'
import { clampWindow, wholeWindow } from './flame-window.ts'
import { type LitRows, packColour, rasterise } from './rasterise.ts'

interface FlameMinimapProps {
  readonly picture: FlamePicture
  readonly view: FlameViewStore
  readonly colours: Uint32Array
  readonly lit: LitRows | null
}

/** CSS pixels. */
const height = 36

/** The whole of a flame graph with the window that is looked at, which can be dragged. The keys of the graph do the same. */
export function FlameMinimap({ picture, view, colours, lit }: FlameMinimapProps) {
  const palette = usePalette()
  const canvas = useRef<HTMLCanvasElement>(null)
  const whole = useRef<HTMLCanvasElement>(null)

  const paint = useCallback(() => {
    const element = canvas.current
    if (element === null || whole.current === null) return
    const context = element.getContext('2d', { alpha: false })
    if (context === null) return
    paintWindow(context, whole.current, view.getState().window, picture, palette)
  }, [view, picture, palette])

  useLayoutEffect(() => {
    const element = canvas.current
    if (element === null) return
    const draw = () => {
      const density = globalThis.devicePixelRatio || 1
      element.width = Math.max(1, Math.round(element.clientWidth * density))
      element.height = Math.round(height * density)
      whole.current = paintWhole(picture, colours, lit, palette, element.width)
      paint()
    }
    const observer = new ResizeObserver(draw)
    observer.observe(element)
    draw()
    return () => observer.disconnect()
  }, [picture, colours, lit, palette, paint])
  useEffect(() => view.subscribe(paint), [view, paint])

  const follow = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId)
    else if (event.buttons === 0) return
    const bounds = event.currentTarget.getBoundingClientRect()
    const { from, to } = wholeWindow(picture.rectangles)
    const middle = from + ((event.clientX - bounds.left) / bounds.width) * (to - from)
    const { window: shown } = view.getState()
    const half = (shown.to - shown.from) / 2
    view.setState({ window: clampWindow({ from: middle - half, to: middle + half }, picture.rectangles) })
  }
  return (
    <canvas
      ref={canvas}
      className="flame-minimap"
      style={{ blockSize: height }}
      onPointerDown={follow}
      onPointerMove={follow}
    />
  )
}

/** All of the picture, a line of pixels per level. */
function paintWhole(
  picture: FlamePicture,
  colours: Uint32Array,
  lit: LitRows | null,
  palette: Palette,
  width: number,
): HTMLCanvasElement {
  const levels = Math.max(1, picture.rectangles.offsets.length - 1)
  const image = new ImageData(width, levels)
  rasterise({
    ...{ picture, width, lit, window: wholeWindow(picture.rectangles) },
    ...{ first: 0, last: picture.rectangles.offsets.length - 1, wide: Number.POSITIVE_INFINITY },
    colours: { rows: colours, background: packColour(palette.paper), lit: packColour(palette.accent) },
    into: new Uint32Array(image.data.buffer),
  })
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = levels
  canvas.getContext('2d')!.putImageData(image, 0, 0)
  return canvas
}

function paintWindow(
  context: CanvasRenderingContext2D,
  whole: HTMLCanvasElement,
  shown: { readonly from: number; readonly to: number },
  picture: FlamePicture,
  palette: Palette,
): void {
  const { width, height: high } = context.canvas
  context.fillStyle = palette.paper
  context.fillRect(0, 0, width, high)
  // Deep graphs are squeezed, shallow ones keep lines of a few pixels.
  const tall = Math.min(high, whole.height * Math.max(2, Math.round(high / 12)))
  context.imageSmoothingEnabled = tall < whole.height
  context.drawImage(whole, 0, 0, width, whole.height, 0, 0, width, tall)
  if (!isZoomed(shown, picture.rectangles)) return
  const { from, to } = wholeWindow(picture.rectangles)
  const left = Math.round(((shown.from - from) / (to - from)) * width)
  const right = Math.max(left + 3, Math.round(((shown.to - from) / (to - from)) * width))
  context.globalAlpha = 0.65
  context.fillStyle = palette.panel
  context.fillRect(0, 0, left, high)
  context.fillRect(right, 0, width - right, high)
  context.globalAlpha = 1
  context.strokeStyle = palette.inkFaint
  context.lineWidth = 1
  context.strokeRect(left + 0.5, 0.5, right - left - 1, high - 1)
}
