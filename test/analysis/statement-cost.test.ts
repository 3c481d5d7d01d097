import { describe, expect, it } from 'vitest'
import { fitStatementCost, statementWorks } from '../../src/analysis/index.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'

/** Executions of each size, `count` times: `fixed + perRow · rows`, and a little more or less in turn. */
function works(sizes: readonly number[], fixed: number, perRow: number, noise = 0, count = 6) {
  return sizes.flatMap((rows) =>
    Array.from({ length: count }, (_, turn) => ({
      rows,
      duration: fixed + perRow * rows + (turn % 2 === 0 ? noise : -noise),
    })),
  )
}

describe('cost of a statement', () => {
  it('is a fixed part and a part per row', () => {
    const cost = fitStatementCost(works([1, 4, 16], 30, 5))
    expect(cost).toMatchObject({ count: 18, leastRows: 1, mostRows: 16 })
    expect(cost?.fixed).toBeCloseTo(30, 9)
    expect(cost?.perRow).toBeCloseTo(5, 9)
    expect(cost?.fit).toBeCloseTo(1, 9)
    expect(cost?.perRowError).toBeCloseTo(0, 6)
  })

  it('knows how well it is known', () => {
    const [quiet, noisy] = [1, 10].map((noise) => fitStatementCost(works([1, 4, 16], 30, 5, noise))!)
    expect(noisy!.perRowError!).toBeGreaterThan(quiet!.perRowError! * 5)
    expect(noisy!.fit!).toBeLessThan(quiet!.fit!)
  })

  it('cannot be told from executions of one size', () => {
    expect(fitStatementCost(works([4], 30, 5))).toMatchObject({ fixed: 50, perRow: 0, fit: null, perRowError: null })
    expect(fitStatementCost([])).toBeUndefined()
  })

  it('has no part below 0', () => {
    const steep = fitStatementCost(works([1, 2, 10], -5, 10))
    expect(steep?.fixed).toBe(0)
    expect(steep?.perRow).toBeGreaterThan(9)
    expect(fitStatementCost(works([1, 10], 50, -3))).toMatchObject({ perRow: 0 })
  })

  it('is not tilted by one spike', () => {
    const spike = { rows: 16, duration: 10_000 }
    expect(fitStatementCost([...works([1, 4, 16], 30, 5), spike])?.perRow).toBeCloseTo(5, 9)
  })

  it('bears more executions than a function may have arguments', () => {
    expect(fitStatementCost(works([1, 4], 30, 5, 0, 150_000))?.perRow).toBeCloseTo(5, 6)
  })

  it('comes from what resources really did', () => {
    const trace = drawTrace(`
      workflow           |==========|
        quotes           |==========|
        work db: ROW #1,3| = =      |
        work db: ROW #5  |      =!  |
        work db: ROW     |        = |
    `)
    expect(statementWorks([trace]).get('db')?.get('ROW')).toEqual([
      { rows: 1, duration: 1e6 },
      { rows: 3, duration: 1e6 },
    ])
  })
})
