import { firstSpot, type Hit, hitBody, hitHead, neighbourOf, spotInLane } from './hit-test.ts'
import { Minimap, minimapScale } from './minimap.ts'
import type { TimeSpan } from './model.ts'
import { type BodyPainters, paintBody } from './paint-body.ts'
import { paintHead } from './paint-head.ts'
import { RowPainter, type RowSurroundings } from './paint-rows.ts'
import { Palette } from './palette.ts'
import { PixelSheet } from './pixel-sheet.ts'
import { TextFitter } from './text-fitter.ts'
import { headHeight, headHeights, type Spot, type TimelineState } from './timeline-state.ts'
import { clampView, firstView, panView, pixelScale, viewAround, viewShowing, zoomView } from './viewport.ts'

/** What a timeline is drawn into. */
export interface TimelineCanvases {
  /** The whole run, the ruler and the critical path. */
  readonly head: HTMLCanvasElement
  readonly body: HTMLCanvasElement
  /** The element in which the lanes scroll. */
  readonly scroller: HTMLElement
}

/** What a timeline tells whoever shows it. */
export interface TimelineListeners {
  readonly onView: (view: TimeSpan) => void
}

type Settable = Omit<TimelineState, 'view' | 'width' | 'bodyHeight' | 'density'>

/**
 * The timeline without React: two canvases that are drawn when something changed, at most once a frame, and where one looks. What is
 * selected is told to it from outside.
 */
export class TimelineView {
  readonly elements: TimelineCanvases
  readonly #listeners: TimelineListeners
  readonly #painters = { body: newPainters(), path: newPainters(), minimap: new Minimap() }
  #state: TimelineState
  #palette: Palette
  #fitters = new Map<number, TextFitter>()
  #frame = 0
  #animation = 0

  constructor(elements: TimelineCanvases, state: Settable, listeners: TimelineListeners) {
    this.elements = elements
    this.#listeners = listeners
    this.#palette = new Palette(elements.scroller)
    const view = firstView(state.model.workflow, state.model.bounds)
    this.#state = { ...state, view, width: 1, bodyHeight: 1, density: 1 }
  }

  get state(): TimelineState {
    return this.#state
  }

  /** Changes what is shown; draws it with the next frame. */
  set(change: Partial<Settable>): void {
    this.#state = { ...this.#state, ...change }
    this.requestDraw()
  }

  /** Looks at a stretch, at once or by gliding there. */
  look(view: TimeSpan, glide = false): void {
    cancelAnimationFrame(this.#animation)
    const target = clampView(view, this.#state.model.bounds)
    if (!glide || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#setView(target)
      return
    }
    const from = this.#state.view
    const began = performance.now()
    const step = (now: number) => {
      const done = Math.min(1, Math.max(0, (now - began) / 160))
      const eased = 1 - (1 - done) ** 3
      this.#setView({
        from: from.from + (target.from - from.from) * eased,
        to: from.to + (target.to - from.to) * eased,
      })
      if (done < 1) this.#animation = requestAnimationFrame(step)
    }
    this.#animation = requestAnimationFrame(step)
  }

  zoom(factor: number, anchor = 0.5): void {
    this.look(zoomView(this.#state.view, factor, anchor, this.#state.model.bounds))
  }

  pan(share: number): void {
    this.look(panView(this.#state.view, share, this.#state.model.bounds))
  }

  /** Looks at a stretch and what is around it. */
  zoomTo(stretch: TimeSpan): void {
    this.look(viewAround(stretch, this.#state.model.bounds), true)
  }

  /** Looks at all of the workflow. */
  fit(): void {
    this.look(firstView(this.#state.model.workflow, this.#state.model.bounds), true)
  }

  /** Moves as little as it takes to see a stretch. */
  show(stretch: TimeSpan): void {
    this.look(viewShowing(this.#state.view, stretch, this.#state.model.bounds), true)
  }

  /** The time at `x`, in CSS pixels from the left. */
  timeAt(x: number): number {
    const { view, width } = this.#state
    return view.from + ((view.to - view.from) * x) / Math.max(1, width)
  }

  /** The time at `x` of the minimap. */
  timeInMinimap(x: number): number {
    const scale = minimapScale(this.#state, Math.max(1, this.#state.width))
    return scale.from + x * scale.perPixel
  }

  /** What is at a point of the lanes, or of the head. */
  hit(part: 'head' | 'body', x: number, y: number): Hit | null {
    return (part === 'head' ? hitHead : hitBody)(this.#state, this.timeAt(x), y)
  }

  /** The bar before or after the selected one in its row. */
  neighbour(step: 1 | -1): Spot | null {
    const { selected } = this.#state
    return selected ? neighbourOf(this.#state, selected, step) : firstSpot(this.#state)
  }

  resize(width: number, bodyHeight: number, density: number): void {
    const { model } = this.#state
    this.#state = { ...this.#state, width, bodyHeight, density }
    fitCanvas(this.elements.head, width, headHeight(model), density)
    fitCanvas(this.elements.body, width, bodyHeight, density)
    // A canvas that changed its size is empty: it is drawn before anybody sees that.
    this.#draw()
  }

  /** Takes the colours of the theme that is shown now. */
  readTheme(): void {
    this.#palette.dispose()
    this.#palette = new Palette(this.elements.scroller)
    this.requestDraw()
  }

  requestDraw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw())
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    cancelAnimationFrame(this.#animation)
    this.#palette.dispose()
  }

  #setView(view: TimeSpan): void {
    this.#state = { ...this.#state, view }
    this.requestDraw()
    this.#listeners.onView(view)
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    const began = performance.now()
    this.#placeSelected()
    const state = this.#state
    paintHead(state, this.#painters, this.#around(this.elements.head), this.elements.head.height)
    paintBody(state, this.#painters.body, this.#around(this.elements.body))
    this.elements.body.dispatchEvent(
      new CustomEvent('timeline-draw', { bubbles: true, detail: performance.now() - began }),
    )
  }

  /** Finds the row of what was selected somewhere else, as soon as its lane is there. */
  #placeSelected(): void {
    const { selected } = this.#state
    if (selected?.row !== -1) return
    const { lane, span, start, end } = selected
    this.#state = { ...this.#state, selected: spotInLane(this.#state, lane, span, start, end) }
  }

  #around(canvas: HTMLCanvasElement): RowSurroundings {
    const context = canvas.getContext('2d', { alpha: false })!
    const { density, view } = this.#state
    context.font = `${11 * density}px ${this.#palette.face}`
    context.textBaseline = 'middle'
    let fitter = this.#fitters.get(density)
    if (!fitter) {
      fitter = new TextFitter((text) => context.measureText(text).width)
      this.#fitters.set(density, fitter)
    }
    return { context, scale: pixelScale(view, canvas.width), density, palette: this.#palette, fitter }
  }
}

function newPainters(): BodyPainters {
  const sheet = new PixelSheet()
  return { sheet, rows: new RowPainter(sheet) }
}

function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, density: number): void {
  canvas.width = Math.max(1, Math.round(width * density))
  canvas.height = Math.max(1, Math.round(height * density))
  canvas.style.inlineSize = `${width}px`
  canvas.style.blockSize = `${height}px`
}

/** Whether a height of the head is in the minimap. */
export function isInMinimap(y: number): boolean {
  return y < headHeights.minimap
}
