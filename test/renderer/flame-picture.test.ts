import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FlameRectangles } from '../../src/analysis/index.ts'
import { buildPicture, detailFor, type FlamePicture } from '../../src/renderer/charts/flame/flame-picture.ts'
import { lightUp, mix, packColour, rasterise } from '../../src/renderer/charts/flame/rasterise.ts'

/** Levels of rectangles as pairs of a hole before each and its width. */
function rectanglesOf(levels: ReadonlyArray<ReadonlyArray<readonly [hole: number, width: number]>>): FlameRectangles {
  const start: number[] = []
  const end: number[] = []
  const offsets = [0]
  let to = 1
  for (const level of levels) {
    let clock = 0
    for (const [hole, width] of level) {
      start.push(clock + hole)
      clock += hole + width
      end.push(clock)
    }
    offsets.push(start.length)
    to = Math.max(to, clock)
  }
  return {
    offsets: Uint32Array.from(offsets),
    start: Float64Array.from(start),
    end: Float64Array.from(end),
    row: Uint32Array.from(start, (_, index) => 1 + (index % 7)),
    from: 0,
    to,
  }
}

/** Many narrow rectangles with a few wide ones, from one number. */
function manyRectangles(seed: number, count: number): FlameRectangles {
  let state = seed
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const level = (): Array<[number, number]> =>
    Array.from({ length: count }, () => {
      return [random() < 0.3 ? Math.floor(random() * 50) : 0, random() < 0.001 ? 5e5 : 1 + Math.floor(random() * 40)]
    })
  return rectanglesOf([level(), level(), [[0, 10]]])
}

const red = packColour('rgb(255, 0, 0)')
const white = packColour('rgb(255, 255, 255)')
const lit = packColour('rgb(0, 0, 255)')

function paint(picture: FlamePicture, width: number, options: { rows?: Uint8Array; from?: number; to?: number } = {}) {
  const { rectangles } = picture
  const levels = rectangles.offsets.length - 1
  const into = new Uint32Array(width * levels)
  const wide = rasterise({
    picture,
    window: { from: options.from ?? rectangles.from, to: options.to ?? rectangles.to },
    ...{ width, first: 0, last: levels, wide: 4, into },
    colours: { rows: new Uint32Array(8).fill(red), background: white, lit },
    lit: options.rows ? lightUp(picture, options.rows) : null,
  })
  return { into, wide }
}

describe('detail levels', () => {
  it('are not made for what can be drawn as it is', () => {
    expect(buildPicture(rectanglesOf([[[0, 10]]])).details).toEqual([])
  })

  it('keep all time, overlap nowhere and hold every rectangle once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const picture = buildPicture(manyRectangles(seed, 12_000))
        expect(picture.details.length).toBeGreaterThan(0)
        let finer: { start: Float64Array; end: Float64Array; offsets: Uint32Array; weight?: Float64Array } =
          picture.rectangles
        for (const detail of picture.details) {
          const { offsets, start, end, weight, first, resolution } = detail
          expect(first[0]).toBe(0)
          expect(first.at(-1)).toBe(finer.start.length)
          for (let level = 0; level + 1 < offsets.length; level++) {
            expect(first[offsets[level]!]).toBe(finer.offsets[level])
            for (let index = offsets[level]!; index < offsets[level + 1]!; index++) {
              if (index > offsets[level]!) expect(start[index]!).toBeGreaterThanOrEqual(end[index - 1]!)
              expect(start[index]).toBe(finer.start[first[index]!])
              expect(end[index]).toBe(finer.end[first[index + 1]! - 1])
              let own = 0
              for (let part = first[index]!; part < first[index + 1]!; part++) {
                own += finer.weight?.[part] ?? finer.end[part]! - finer.start[part]!
              }
              expect(weight[index]).toBeCloseTo(own, 6)
              // What is merged stays narrower than two pixels, so that nothing wide is lost.
              if (first[index + 1]! - first[index]! > 1)
                expect(end[index]! - start[index]!).toBeLessThan(2 * resolution)
            }
          }
          finer = detail
        }
      }),
      { numRuns: 20 },
    )
  })

  it('leave few rectangles for the pixels of a whole picture', () => {
    const picture = buildPicture(manyRectangles(7, 100_000))
    const width = 1400
    const { from, to } = picture.rectangles
    expect(detailFor(picture, (to - from) / width).start.length).toBeLessThan(3 * 10 * width)
    // Near enough, the rectangles themselves are drawn.
    expect(detailFor(picture, 0.01)).toBe(picture.rectangles)
  })
})

describe('raster', () => {
  it('fills what a rectangle covers and parts neighbours', () => {
    const { into, wide } = paint(
      buildPicture(
        rectanglesOf([
          [
            [0, 10],
            [0, 10],
          ],
          [[5, 10]],
        ]),
      ),
      20,
    )
    const text = Array.from(into, (pixel) => (pixel === red ? '#' : pixel === white ? '.' : '?')).join('')
    expect(text.slice(0, 20)).toBe('#########.#########.')
    expect(text.slice(20)).toBe('.....#########......')
    expect(wide).toEqual([
      { level: 0, row: 1, left: 0, right: 10 },
      { level: 0, row: 2, left: 10, right: 20 },
      { level: 1, row: 3, left: 5, right: 15 },
    ])
  })

  it('shows what is narrower than a pixel as strong as it fills its column', () => {
    const half = paint(
      buildPicture(
        rectanglesOf([
          [
            [0, 5],
            [5, 5],
            [84, 1],
          ],
        ]),
      ),
      10,
    ).into
    expect(half[0]).toBe(mix(white, red, 0.5))
    expect(half[1]).toBe(mix(white, red, 0.5))
    expect(half[5]).toBe(white)
    // Seen, however little it is.
    expect(half[9]).toBe(mix(white, red, 0.3))
  })

  it('paints with and without detail levels alike where nothing is merged', () => {
    const rectangles = manyRectangles(3, 12_000)
    const picture = buildPicture(rectangles)
    const [from, to] = [rectangles.to / 2, rectangles.to / 2 + 2000]
    expect(paint(picture, 500, { from, to })).toEqual(paint({ rectangles, details: [] }, 500, { from, to }))
  })

  it('fills the same columns from every detail level', () => {
    const rectangles = manyRectangles(11, 30_000)
    const width = 300
    const columnsOf = (picture: FlamePicture) => paint(picture, width).into.map((colour) => Number(colour !== white))
    const picture = buildPicture(rectangles)
    const merged = columnsOf(picture)
    const all = columnsOf({ rectangles, details: [] })
    const different = merged.reduce((sum, filled, place) => sum + Number(filled !== all[place]), 0)
    expect(detailFor(picture, rectangles.to / width)).not.toBe(rectangles)
    // A rectangle on the border of two columns may go to the one or the other.
    expect(different / merged.length).toBeLessThan(0.02)
  })

  it('lights a column that holds something that was found', () => {
    const rectangles = manyRectangles(5, 12_000)
    const picture = buildPicture({ ...rectangles, row: rectangles.row.map((_, index) => (index === 6000 ? 7 : 1)) })
    const rows = new Uint8Array(8)
    rows[7] = 1
    const { into } = paint(picture, 200, { rows })
    const place = Math.floor((rectangles.start[6000]! / rectangles.to) * 200)
    expect(into[place]).toBe(lit)
    expect(into.filter((colour) => colour === lit)).toHaveLength(1)
  })
})

describe('colours', () => {
  it('are packed as a canvas has them', () => {
    expect(packColour('rgb(1, 2, 3)')).toBe(0xff030201)
    expect(mix(packColour('rgb(0, 0, 0)'), packColour('rgb(255, 128, 2)'), 0.5)).toBe(packColour('rgb(128, 64, 1)'))
    expect(() => packColour('tomato')).toThrow('no colour of a palette')
  })
})
