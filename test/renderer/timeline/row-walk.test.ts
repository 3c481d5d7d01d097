import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barFlags } from '../../../src/renderer/charts/timeline/model.ts'
import { extremeIn, extremes } from '../../../src/renderer/charts/timeline/pyramid.ts'
import { coverOf, mixOf, newScene, placeAt, walkRow } from '../../../src/renderer/charts/timeline/row-walk.ts'
import { RowBuilder } from '../../../src/renderer/workers/timeline/row-columns.ts'

/** A row of spans: gap before it and length, in turns. */
function rowOf(parts: ReadonlyArray<readonly [gap: number, length: number]>, keys: readonly number[] = []) {
  const builder = new RowBuilder(parts.length, false)
  let time = 0
  for (const [span, [gap, length]] of parts.entries()) {
    const start = time + gap
    time = start + length
    builder.add({
      start,
      end: time,
      wait: 0,
      flags: span % 3 ? 0 : barFlags.failed,
      key: keys[span] ?? 0,
      index: -1,
      span,
    })
  }
  return builder.finish(Array.from({ length: 4 }, (_, key) => ({ text: '', hue: `hue ${key}` })))
}

const parts = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 200, size: 'max' })

describe('walking a row of spans', () => {
  it('shows every span in sight exactly once: as a bar, or in the pixel in which it begins', () => {
    fc.assert(
      fc.property(
        parts,
        fc.nat(3000),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 50 }),
        (drawn, from, perPixel, width) => {
          const row = rowOf(drawn)
          const scene = newScene(width)
          walkRow(row, { from, perPixel, width }, scene)
          const shown = [...scene.bars.subarray(0, scene.barCount)]
          for (let at = 0; at < scene.pixelCount; at++) {
            for (let place = scene.firsts[at]!; place < scene.lasts[at]!; place++) {
              const pixel = Math.max(0, Math.floor((row.start[place]! - from) / perPixel))
              expect(pixel).toBe(scene.pixels[at])
              expect(row.end[place]! - row.start[place]!).toBeLessThan(perPixel)
              shown.push(place)
            }
          }
          const inSight = [...row.start.keys()].filter(
            (place) => row.end[place]! >= from && row.start[place]! < from + perPixel * width,
          )
          expect(shown.sort((a, b) => a - b)).toEqual(inSight)
        },
      ),
    )
  })

  it('looks at pixels, not at spans', () => {
    const row = rowOf(Array.from({ length: 100_000 }, () => [1, 1] as const))
    const scene = newScene(100)
    walkRow(row, { from: 0, perPixel: 2000, width: 100 }, scene)
    expect(scene.barCount).toBe(0)
    expect(scene.pixelCount).toBe(100)
    expect(coverOf(row, scene.firsts[50]!, scene.lasts[50]!, 2000)).toBeCloseTo(0.5)
    expect(scene.lasts[50]! - scene.firsts[50]!).toBe(1000)
  })

  it('counts failures by differences of a running sum', () => {
    const row = rowOf(Array.from({ length: 10 }, () => [0, 1] as const))
    expect(row.failedBefore![7]! - row.failedBefore![2]!).toBe(2)
    expect(row.pathBefore).toBeNull()
  })

  it('knows what each hue covers of any stretch of a row', () => {
    const bars = fc.array(fc.tuple(fc.nat(40), fc.nat(3)), { minLength: 2, maxLength: 700, size: 'max' })
    fc.assert(
      fc.property(bars, fc.nat(), fc.nat(), (drawn, a, b) => {
        const [first, last] = [a % drawn.length, b % drawn.length].sort((x, y) => x - y) as [number, number]
        const row = rowOf(
          drawn.map(([length]) => [1, length] as const),
          drawn.map(([, key]) => key),
        )
        const names = new Set(drawn.map(([, key]) => key))
        expect(row.mix === null).toBe(names.size < 2)
        if (!row.mix) return
        const shares = new Float64Array(8)
        mixOf(row, row.mix, first, last, shares)
        for (const [place, hue] of row.mix.hues.entries()) {
          const bars = drawn.slice(first, last).filter(([, key]) => `hue ${key}` === hue)
          expect(shares[place]).toBeCloseTo(bars.reduce((sum, [length]) => sum + length, 0))
        }
      }),
    )
  })

  it('finds nothing in nothing', () => {
    const scene = newScene(10)
    walkRow(rowOf([]), { from: 0, perPixel: 1, width: 10 }, scene)
    expect([scene.barCount, scene.pixelCount]).toEqual([0, 0])
  })
})

describe('the span at a moment', () => {
  const row = rowOf([
    [10, 10],
    [10, 10],
  ])

  it.each([
    { time: 15, reach: 0, place: 0 },
    { time: 35, reach: 0, place: 1 },
    { time: 25, reach: 0, place: -1 },
    { time: 24, reach: 5, place: 0 },
    { time: 26, reach: 5, place: 1 },
    { time: 0, reach: 5, place: -1 },
    { time: 44, reach: 5, place: 1 },
  ])('at $time, give or take $reach, is $place', ({ time, reach, place }) => {
    expect(placeAt(row, time, reach)).toBe(place)
  })
})

describe('the extremes of a counter', () => {
  it('are those of the readings in any stretch', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 700, size: 'max' }),
        fc.nat(),
        fc.nat(),
        (readings, a, b) => {
          const [from, to] = [a % readings.length, b % readings.length].sort((x, y) => x - y) as [number, number]
          const values = Float64Array.from(readings)
          const highest = extremeIn(values, extremes(values, Math.max), Math.max, from, to + 1)
          expect(highest).toBe(Math.max(...readings.slice(from, to + 1)))
        },
      ),
    )
    expect(extremeIn(new Float64Array(0), [], Math.max, 0, 0)).toBeNaN()
  })
})
