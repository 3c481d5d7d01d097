import { describe, expect, it } from 'vitest'
import { scaleOf, worseCost } from '../../src/advice/service-evidence.ts'

describe('service times under load', () => {
  const seen = new Map([
    [
      'api',
      [
        { inFlight: 1, factor: 1, calls: 50 },
        { inFlight: 4, factor: 1.6, calls: 50 },
      ],
    ],
  ])
  const [best, worst] = [scaleOf(seen, 'optimistic'), scaleOf(seen, 'pessimistic')]

  it('are as seen where they were seen', () => {
    expect([best('api', 1), worst('api', 1), best('api', 4), worst('api', 4)]).toEqual([1, 1, 1.6, 1.6])
    expect(best('api', 2)).toBeCloseTo(1.2, 9)
  })

  it('part beyond: no longer at best, no more getting through at worst', () => {
    expect(best('api', 16)).toBe(1.6)
    expect(worst('api', 16)).toBeCloseTo(6.4, 9)
  })

  it('leave all open where nothing was seen', () => {
    expect([best('other', 8), worst('other', 8)]).toEqual([1, 8])
  })
})

describe('a statement that is a little worse than fitted', () => {
  const cost = { fixed: 30, perRow: 5, fit: 0.9, perRowError: 0.5, count: 40, larger: 20, leastRows: 1, mostRows: 4 }

  it('costs two standard errors more per row', () => {
    expect(worseCost(cost, 4)).toMatchObject({ fixed: 30, perRow: 6 })
    expect(worseCost({ ...cost, perRowError: null }, 4)).toMatchObject({ perRow: 5 })
  })

  it('is no cheaper per row beyond what was seen', () => {
    const { fixed, perRow } = worseCost({ ...cost, perRowError: 0 }, 16)
    expect((fixed + perRow * 16) / 16).toBeCloseTo((30 + 5 * 4) / 4, 9)
  })
})
