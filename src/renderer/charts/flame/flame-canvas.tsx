import './flame.css'
import { type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { usePalette } from '../chart/palette.ts'
import { type FlameAxis, FlamePainter, type FlameScene } from './flame-painter.ts'
import type { FlamePicture } from './flame-picture.ts'
import { FlameTip } from './flame-tip.tsx'
import type { FlameViewStore } from './flame-view.ts'
import type { LitRows } from './rasterise.ts'
import { type FlameTarget, useFlameInput } from './use-flame-input.ts'

export interface FlameCanvasProps {
  /** What it is a picture of, for whoever hears it. */
  readonly label: string
  readonly picture: FlamePicture
  readonly view: FlameViewStore
  readonly axis: FlameAxis | null
  readonly direction?: 'down' | 'up'
  /** Colour by row of the tree: `colourRows`, dimmed while something is looked for. */
  readonly colours: Uint32Array
  readonly lit?: LitRows | null
  /** 1 for rows that are hatched. */
  readonly hatched?: Uint8Array | null
  readonly textOf: (row: number) => string
  readonly isSelected: (row: number) => boolean
  /** A click or Enter; row 0 and −1: nothing. */
  readonly onSelect: (row: number, rectangle: number) => void
  /** What is shown beside the pointer; row 0 is a stretch in which the thread was idle. */
  readonly tip: (row: number, rectangle: number) => ReactNode
  /** The rectangle in one sentence, for whoever hears it. */
  readonly sayRow: (row: number, rectangle: number) => string
}

/**
 * A flame graph of any size. Click selects, double click zooms in, drag moves; the wheel zooms, with Shift it goes along, with Alt up
 * and down. Keys: arrows walk from rectangle to rectangle, Enter zooms to where one is, + and − or W and S zoom, A and D move, Page
 * Up and Down scroll, Escape goes back.
 */
export function FlameCanvas(props: FlameCanvasProps) {
  const { label, picture, view, colours, lit = null, hatched = null, axis, direction = 'down' } = props
  const palette = usePalette()
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useRef<FlamePainter>(null)
  const keysId = useId()
  const [target, setTarget] = useState<FlameTarget | null>(null)
  const [current, setCurrent] = useState(-1)
  const size = useRef({ width: 0, height: 0 })

  const box = useRef(props)
  box.current = props
  const marks = useRef({ hovered: -1, current: -1 })
  marks.current = { hovered: target?.rectangle ?? -1, current }

  const scene = useCallback((): FlameScene => {
    const { picture, colours, lit = null, hatched = null, axis, direction = 'down', textOf, isSelected } = box.current
    const { window: shown, top } = view.getState()
    return {
      ...{ picture, colours, lit, hatched, axis, direction, textOf, isSelected, top, window: shown },
      ...{ ...size.current, ...marks.current, density: globalThis.devicePixelRatio || 1 },
    }
  }, [view])

  const frame = useRef(0)
  const repaint = useCallback(() => {
    if (frame.current !== 0) return
    frame.current = requestAnimationFrame(() => {
      frame.current = 0
      if (canvas.current === null) return
      painter.current ??= new FlamePainter(canvas.current)
      painter.current.paint(scene(), palette)
    })
  }, [scene, palette])

  useLayoutEffect(() => {
    const element = host.current
    if (element === null) return
    const observer = new ResizeObserver(() => {
      size.current = { width: element.clientWidth, height: element.clientHeight }
      repaint()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [repaint])

  useEffect(() => view.subscribe(repaint), [view, repaint])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is drawn asks for a drawing
  useEffect(repaint, [repaint, picture, colours, lit, hatched, axis, direction, target, current, props.isSelected])
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current)
      frame.current = 0
    },
    [],
  )
  // Rectangles of another picture are others.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new picture is the reason
  useEffect(() => {
    setCurrent(-1)
    setTarget(null)
  }, [picture])

  const input = useFlameInput({ host, scene, view, setTarget, current, setCurrent, onSelect: props.onSelect })
  const spoken = current < 0 ? '' : props.sayRow(picture.rectangles.row[current]!, current)
  return (
    <div
      ref={host}
      className="flame-canvas"
      role="application"
      aria-roledescription="flame graph"
      aria-label={label}
      aria-describedby={keysId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys
      tabIndex={0}
      {...input}
    >
      <canvas ref={canvas} />
      <span id={keysId} className="visually-hidden">
        Arrows go from function to function, Enter zooms in, Escape zooms out, plus and minus change the scale. The same
        numbers are in the table.
      </span>
      <span className="visually-hidden" role="status">
        {spoken}
      </span>
      {target !== null && (
        <FlameTip x={target.x} y={target.y} host={host}>
          {props.tip(target.row, target.rectangle)}
        </FlameTip>
      )}
    </div>
  )
}
