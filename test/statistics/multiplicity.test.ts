import { describe, expect, it } from 'vitest'
import {
  adjustBenjaminiHochberg,
  adjustBenjaminiYekutieli,
  adjustBonferroni,
  adjustHochberg,
  adjustHolm,
} from '../../src/statistics/index.ts'
import { expectNear, readFixture } from './fixture.ts'

type Family = { id: string; p: number[] } & Record<'bonferroni' | 'holm' | 'hochberg' | 'bh' | 'by', number[]>
const { families } = readFixture<{ families: Family[] }>('multiplicity')
const methods = {
  bonferroni: adjustBonferroni,
  holm: adjustHolm,
  hochberg: adjustHochberg,
  bh: adjustBenjaminiHochberg,
  by: adjustBenjaminiYekutieli,
}

describe('adjusted p-values', () => {
  it('are those of the reference families', () => {
    expect(families.length).toBeGreaterThan(0)
    for (const family of families) {
      for (const [name, adjust] of Object.entries(methods)) {
        const adjusted = adjust(family.p)
        const known = family[name as keyof typeof methods]
        expect(adjusted.length).toBe(known.length)
        known.forEach((value, index) => {
          expectNear(adjusted[index], value, 1e-12, `${family.id} ${name} ${index}`)
        })
      }
    }
  })

  it('do not depend on the order of the family', () => {
    const p = [0.04, 0.001, 0.3, 0.04, 0.011]
    for (const adjust of Object.values(methods)) {
      expect([...adjust([...p].reverse())]).toEqual([...adjust(p)].reverse())
    }
  })

  it('of no tests are none, of one test are itself, and non-chances are refused', () => {
    for (const adjust of Object.values(methods)) {
      expect([...adjust([])]).toEqual([])
      expect([...adjust([0.03])]).toEqual([0.03])
      for (const p of [[Number.NaN], [-0.1], [1.1]]) {
        expect(() => adjust(p)).toThrow(expect.objectContaining({ code: 'statistics.invalid-p' }))
      }
    }
  })
})
