import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packColumn, unpackColumn } from '../../src/store/column-packing.ts'

const time = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(-0, Number.NaN, 2 ** 51, 2 ** 51 + 1, -(2 ** 51), 2 ** 32, 255, 128),
)
const column = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint32Array({ maxLength: 40 }),
  fc.int32Array({ maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 40 }).map((list) => Float64Array.from(list)),
  fc.array(time, { maxLength: 40 }).map((list) => Float64Array.from(list)),
)

describe('a packed column', () => {
  it('comes back bit by bit, whatever was to foretell it', () => {
    fc.assert(
      fc.property(
        column,
        fc.constantFrom('none', 'previous', 'groups'),
        fc.nat(5),
        (values, prediction, groupCount) => {
          const groups = Uint8Array.from(values, (_, row) => row % (groupCount + 1))
          const packed = packColumn(values, prediction === 'groups' ? groups : prediction)
          expect(unpackColumn(packed, groups)).toEqual(values)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('takes no room where all elements are the same', () => {
    expect(packColumn(new Float64Array(60_000).fill(-1), 'none').length).toBe(16)
  })

  it('takes the bytes that its differences need, not those of its elements', () => {
    const starts = Float64Array.from({ length: 1000 }, (_, row) => 1e15 + row * 100)
    expect(packColumn(starts, 'none').length).toBe(16 + 7 * 1000)
    expect(packColumn(starts, 'previous').length).toBe(16 + 1000)
  })

  it('by groups counts up within each group', () => {
    const kinds = Uint8Array.from({ length: 1000 }, (_, row) => row % 2)
    const index = Int32Array.from({ length: 1000 }, (_, row) => (row % 2 ? row : -1))
    expect(packColumn(index, 'previous').length).toBe(16 + 2 * 1000)
    expect(packColumn(index, kinds).length).toBe(16 + 1000)
    expect(unpackColumn(packColumn(index, kinds), kinds.subarray(1))).toBeUndefined()
  })

  it('is none where bytes were changed to what nobody packs, and never larger than they justify', () => {
    fc.assert(
      fc.property(
        column,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (values, changes) => {
          const packed = Uint8Array.from(packColumn(values, 'none'))
          for (const [place, value] of changes) packed[place % packed.length] = value
          expect(unpackColumn(packed)?.length ?? 0).toBeLessThanOrEqual(65_536)
        },
      ),
      { numRuns: 1000 },
    )
    expect(unpackColumn(new Uint8Array(15))).toBeUndefined()
    const hollow = Uint8Array.from(packColumn(Int32Array.of(1, 2), 'none').subarray(0, 16))
    hollow.set([0, 0, 255, 255, 255, 255], 2)
    expect(unpackColumn(hollow)).toBeUndefined()
  })
})
