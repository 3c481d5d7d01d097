import { describe, expect, it } from 'vitest'
import { residualsOf } from '../../src/analysis/index.ts'

describe('residuals of a metric', () => {
  it('are distances to the target where there is one, and steps elsewhere', () => {
    const values = Float64Array.of(10, 6, 4, 3)
    expect(residualsOf({ goal: 'reach', target: 2 }, values)).toMatchObject({
      first: 0,
      values: Float64Array.of(8, 4, 2, 1),
    })
    expect(residualsOf({ goal: 'minimise' }, values)).toMatchObject({ first: 1, values: Float64Array.of(4, 2, 1) })
  })

  it('lie on the line that is drawn through them', () => {
    const { values, line } = residualsOf(
      { goal: 'reach', target: 1 },
      Float64Array.from({ length: 8 }, (_, place) => 1 + 3 * 0.4 ** place),
    )
    expect(line?.rate).toBeCloseTo(0.4, 9)
    for (const [place, value] of values.entries()) expect(line!.start * line!.rate ** place).toBeCloseTo(value, 9)
  })

  it('have no line where they do not shrink at one rate, nor beyond an exact hit', () => {
    expect(residualsOf({ goal: 'reach', target: 0 }, Float64Array.of(3, 1, 4, 1, 5, 9, 2)).line).toBeNull()
    expect(residualsOf({ goal: 'reach', target: 0 }, Float64Array.of(8, 4, 2, 0, 0, 0, 0)).line).toBeNull()
    expect(residualsOf({ goal: 'reach', target: 0 }, Float64Array.of(32, 16, 8, 4, 2, 0, 0)).line?.rate).toBeCloseTo(
      0.5,
    )
  })
})
