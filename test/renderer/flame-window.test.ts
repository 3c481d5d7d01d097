import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangeByWeight, buildCallTree, flameTreeOf } from '../../src/analysis/index.ts'
import {
  baseOf,
  clampWindow,
  levelOf,
  neighbourOf,
  panWindow,
  pathAround,
  pathTo,
  rectangleAt,
  wholeWindow,
  widestBetween,
  zoomWindow,
} from '../../src/renderer/charts/flame/flame-window.ts'
import { searchRows } from '../../src/renderer/charts/flame/search-rows.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'

const trace = drawTrace('workflow |======|', {
  samples: `
    main  main  main          main        main   main
    read  read  step@fit.ts:4  step@fit.ts:4  -      load
    -     -     helper        read        -      -
  `,
})
const tree = flameTreeOf(trace, buildCallTree(trace)!)
/** main 0–6; read 0–2, step 2–4, load 4–5; helper 2–3, read 3–4. */
const rectangles = arrangeByWeight(tree)
const nameAt = (index: number) => tree.frames[tree.frame[rectangles.row[index]!]!]?.name
const whole = { from: 0, to: 1e6 }

describe('window', () => {
  it('stays inside of the picture, however it is moved', () => {
    const step = fc.oneof(
      fc.record({
        factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.record({ by: fc.double({ min: -5, max: 5, noNaN: true }) }),
    )
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let window = wholeWindow(whole)
        for (const one of steps) {
          window = 'by' in one ? panWindow(window, one.by, whole) : zoomWindow(window, one.factor, one.at, whole)
          expect(window.from).toBeGreaterThanOrEqual(0)
          expect(window.to).toBeLessThanOrEqual(1e6 + 1e-6)
          expect(window.to - window.from).toBeGreaterThan(9)
        }
      }),
    )
  })

  it('keeps what the pointer is at where it is', () => {
    const near = zoomWindow({ from: 0, to: 1000 }, 0.5, 0.25, whole)
    expect(near).toEqual({ from: 125, to: 625 })
    expect(zoomWindow(near, 2, 0.25, whole)).toEqual({ from: 0, to: 1000 })
  })

  it('is there for a picture of nothing', () => {
    expect(clampWindow({ from: 3, to: 9 }, { from: 5, to: 5 })).toEqual({ from: 5, to: 6 })
  })
})

describe('finding rectangles', () => {
  it('finds what is at a place', () => {
    expect(nameAt(rectangleAt(rectangles, 1, 2.5e6))).toBe('step')
    expect(rectangleAt(rectangles, 1, 5.5e6)).toBe(-1)
    expect(rectangleAt(rectangles, 2, 1e6)).toBe(-1)
    expect(rectangleAt(rectangles, 9, 1e6)).toBe(-1)
    expect(rectangleAt(rectangles, -1, 1e6)).toBe(-1)
    expect(nameAt(widestBetween(rectangles, 1, 3.9e6, 4.1e6))).toBe('step')
  })

  it('walks down to the callers', () => {
    const helper = rectangleAt(rectangles, 2, 2.5e6)
    expect(pathTo(rectangles, helper).map(nameAt)).toEqual(['main', 'step', 'helper'])
    expect(levelOf(rectangles, helper)).toBe(2)
    expect(baseOf(rectangles, 0)).toBe(-1)
    expect(pathAround(rectangles, { from: 2e6, to: 4e6 }).map(nameAt)).toEqual(['main', 'step'])
    expect(pathAround(rectangles, { from: 1e6, to: 4e6 }).map(nameAt)).toEqual(['main'])
  })

  it('goes to neighbours by keys', () => {
    const step = rectangleAt(rectangles, 1, 2.5e6)
    const to = (way: Parameters<typeof neighbourOf>[2]) => nameAt(neighbourOf(rectangles, step, way))
    expect([to('caller'), to('callee'), to('before'), to('after')]).toEqual(['main', 'helper', 'read', 'load'])
    expect(neighbourOf(rectangles, 0, 'before')).toBe(-1)
  })
})

describe('search', () => {
  it('finds names and places, and counts time once', () => {
    const found = searchRows(tree, 'READ')!
    expect(found).toMatchObject({ functions: 1, time: 3e6, share: 0.5 })
    // Nothing that a found function called counts again.
    expect(searchRows(tree, 'fit.ts:4')).toMatchObject({ functions: 1, time: 2e6 })
    expect(searchRows(tree, 'e')).toMatchObject({ functions: 3, time: 4e6 })
    expect(searchRows(tree, 'main')!.share).toBe(1)
    expect(searchRows(tree, 'nothing like it')).toMatchObject({ functions: 0, time: 0, share: 0 })
    expect(searchRows(tree, '  ')).toBeNull()
  })
})
