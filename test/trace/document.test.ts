import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument, stringifyDocument } from '../../src/trace/index.ts'

describe('documents', () => {
  it('keep what JSON loses', () => {
    const document = {
      numbers: Float64Array.of(1, Number.NaN, -0, Number.NEGATIVE_INFINITY, 5e-324),
      none: new Float64Array(0),
      big: 2n ** 70n,
      metric: [Number.NaN, Number.POSITIVE_INFINITY],
    }
    expect(parseDocument(stringifyDocument(document))).toEqual(document)
  })

  it('keep keys that look like theirs', () => {
    const document = { $f64: 'AAAA', inner: { $number: 'NaN' }, list: [{ $bigint: '1', $$bigint: 2 }] }
    expect(parseDocument(stringifyDocument(document))).toEqual(document)
  })

  it('come back as they were', () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, fc.string(), fc.boolean(), fc.bigInt(), fc.float64Array(), tie('object')),
      object: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$f64', '$$number', '$')), tie('value')),
    })).value
    fc.assert(
      fc.property(value, (document) => {
        expect(parseDocument(stringifyDocument(document))).toEqual(document)
      }),
    )
  })

  it('are none where the text is none', () => {
    for (const text of ['', '{', '{"$bigint":"x"}', '{"$f64":"AAA"}', '{"$f64":"AAAA"}', '{"$f64":"A\u0100=="}']) {
      expect(parseDocument(text)).toBeUndefined()
    }
    expect(parseDocument(`{"$x":${'['.repeat(200_000)}`)).toBeUndefined()
  })
})
