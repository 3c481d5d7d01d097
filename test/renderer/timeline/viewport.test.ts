import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clampView,
  panView,
  pixelOf,
  pixelScale,
  viewAround,
  viewShowing,
  zoomView,
} from '../../../src/renderer/charts/timeline/viewport.ts'

const bounds = { from: 1e6, to: 101e6 }

describe('the viewport of the timeline', () => {
  it('keeps what is under the pointer where it is', () => {
    const view = { from: 20e6, to: 60e6 }
    for (const factor of [0.5, 0.9, 1.1]) {
      const next = zoomView(view, factor, 0.25, bounds)
      expect(next.from + (next.to - next.from) * 0.25).toBeCloseTo(30e6)
      expect(next.to - next.from).toBeCloseTo(40e6 * factor)
    }
  })

  it('comes back where it was after zooming in and out', () => {
    const view = { from: 20e6, to: 60e6 }
    const back = zoomView(zoomView(view, 0.5, 0.7, bounds), 2, 0.7, bounds)
    expect(back.from).toBeCloseTo(view.from)
    expect(back.to).toBeCloseTo(view.to)
  })

  it('never leaves what was recorded by more than a margin, nor is it ever empty', () => {
    const step = fc.oneof(
      fc.tuple(
        fc.constant('zoom' as const),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      fc.tuple(fc.constant('pan' as const), fc.double({ min: -5, max: 5, noNaN: true }), fc.constant(0)),
    )
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let view = viewAround(bounds, bounds)
        for (const [what, amount, anchor] of steps) {
          view = what === 'zoom' ? zoomView(view, amount, anchor, bounds) : panView(view, amount, bounds)
        }
        const length = view.to - view.from
        expect(length).toBeGreaterThanOrEqual(199)
        expect(length).toBeLessThanOrEqual(116.1e6)
        expect(view.from).toBeGreaterThanOrEqual(bounds.from - length * 0.081)
        expect(view.to).toBeLessThanOrEqual(bounds.to + length * 0.081)
      }),
    )
  })

  it('shows what is longer than it all around, and moves for the rest as little as it can', () => {
    const view = { from: 40e6, to: 50e6 }
    expect(viewShowing(view, { from: 44e6, to: 45e6 }, bounds)).toBe(view)
    expect(viewShowing(view, { from: 10e6, to: 90e6 }, bounds)).toBe(view)
    const moved = viewShowing(view, { from: 60e6, to: 61e6 }, bounds)
    expect(moved).toEqual({ from: 53e6, to: 63e6 })
    expect(viewShowing(view, { from: 20e6, to: 21e6 }, bounds)).toEqual({ from: 18e6, to: 28e6 })
    const wider = viewShowing(view, { from: 60e6, to: 70e6 }, bounds)
    expect(wider.from).toBeLessThan(60e6)
    expect(wider.to).toBeGreaterThan(70e6)
  })

  it('pans by whole pixels where it pans by a bit: what is merged into a pixel stays', () => {
    const width = 997
    const view = clampView({ from: 20e6, to: 60e6 }, bounds)
    const { perPixel } = pixelScale(view, width)
    const moved = pixelScale({ from: view.from + perPixel * 3.4, to: view.to + perPixel * 3.4 }, width)
    const shift = pixelOf(pixelScale(view, width), moved.from)
    expect(shift).toBeCloseTo(Math.round(shift), 6)
  })
})
