import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FlameRectangles } from '../../../analysis/index.ts'
import type { FlamePicture, FlameWindow } from './flame-picture.ts'
import { clampWindow, wholeWindow } from './flame-window.ts'

/** What of a flame graph is in sight: the graph, its minimap and the path above it share one. */
export interface FlameView {
  readonly window: FlameWindow
  /** Pixels that it is scrolled by. */
  readonly top: number
}

export type FlameViewStore = StoreApi<FlameView>

/** A view of all of a picture. */
export function createFlameView(whole: Pick<FlameRectangles, 'from' | 'to'>): FlameViewStore {
  return createStore(() => ({ window: wholeWindow(whole), top: 0 }))
}

/** Zooms to one rectangle. */
export function zoomTo({ rectangles }: FlamePicture, view: FlameViewStore, rectangle: number): void {
  const { start, end } = rectangles
  view.setState({ window: clampWindow({ from: start[rectangle]!, to: end[rectangle]! }, rectangles) })
}

/** Shows everything again. */
export function showWhole(view: FlameViewStore, whole: Pick<FlameRectangles, 'from' | 'to'>): void {
  view.setState({ window: wholeWindow(whole), top: 0 })
}

/** Whether the window is narrower than the picture. */
export function isZoomed({ from, to }: FlameWindow, whole: Pick<FlameRectangles, 'from' | 'to'>): boolean {
  return to - from < (whole.to - whole.from) * (1 - 1e-9)
}
