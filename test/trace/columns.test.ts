import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Column, decodeColumns, encodeColumns } from '../../src/trace/index.ts'

const column: fc.Arbitrary<Column> = fc.oneof(
  fc.uint8Array(),
  fc.uint32Array(),
  fc.int32Array(),
  fc.float64Array({ maxLength: 20 }),
)
const record = fc.dictionary(fc.string({ maxLength: 12, unit: 'grapheme' }), column, { maxKeys: 8 })

describe('columns', () => {
  it('come back as they were, wherever the bytes lie in memory', () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 0, max: 8 }), (columns, shift) => {
        const bytes = encodeColumns(columns)
        const moved = new Uint8Array(bytes.length + shift)
        moved.set(bytes, shift)
        expect({ ...decodeColumns(moved.subarray(shift)) }).toEqual({ ...columns })
        expect({ ...decodeColumns(Buffer.from(moved.buffer, shift)) }).toEqual({ ...columns })
      }),
    )
  })

  it('are views, not copies, where the bytes are aligned', () => {
    const bytes = encodeColumns({ a: Uint8Array.of(1), time: Float64Array.of(1, 2) })
    const decoded = decodeColumns(bytes)
    expect(decoded?.time?.buffer).toBe(bytes.buffer)
    expect(decoded?.time).toEqual(Float64Array.of(1, 2))
  })

  it('are none where bytes are missing', () => {
    const bytes = encodeColumns({ time: Float64Array.of(1, 2), kind: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) })
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeColumns(bytes.subarray(0, length))).toBeUndefined()
    }
  })

  it('never throw and never hold more than the bytes they came from', () => {
    fc.assert(
      fc.property(
        record,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (columns, flips) => {
          const bytes = encodeColumns(columns)
          for (const [place, value] of flips) bytes[place % bytes.length] = value
          const decoded = Object.values(decodeColumns(bytes) ?? {})
          const size = decoded.reduce((sum, part) => sum + part.byteLength, 0)
          expect(size).toBeLessThanOrEqual(bytes.length)
        },
      ),
    )
  })

  it('do not believe a number of columns that the bytes cannot hold', () => {
    const bytes = encodeColumns({})
    new DataView(bytes.buffer).setUint32(0, 0xffffffff, true)
    expect(decodeColumns(bytes)).toBeUndefined()
  })
})
