import { describe, expect, it } from 'vitest'
import { numberFormat, rateText } from '../../src/renderer/screens/cycle/cycle-wording.ts'
import {
  nearestPlace,
  nearestTypical,
  nextOutlier,
  wholeCycle,
  zoomBy,
  zoomWith,
} from '../../src/renderer/screens/cycle/iteration-places.ts'

describe('ways to an iteration', () => {
  it('finds the one with the number nearest to what was asked for', () => {
    const columns = { index: Float64Array.of(0, 1, 2, 10, 20) }
    expect([-5, 1.4, 1.6, 5, 7, 15, 99].map((wanted) => nearestPlace(columns, wanted))).toEqual([0, 1, 2, 2, 3, 3, 4])
  })

  it('goes from outlier to outlier, around the end', () => {
    const columns = { outlier: Uint8Array.of(0, 1, 0, 0, 1) }
    expect(nextOutlier(columns, null, 1)).toBe(1)
    expect(nextOutlier(columns, null, -1)).toBe(4)
    expect(nextOutlier(columns, 1, 1)).toBe(4)
    expect(nextOutlier(columns, 4, 1)).toBe(1)
    expect(nextOutlier(columns, 1, -1)).toBe(4)
    expect(nextOutlier({ outlier: new Uint8Array(3) }, 1, 1)).toBeNull()
  })

  it('takes a typical one nearby, never itself', () => {
    expect(nearestTypical({ duration: Float64Array.of(90, 10, 10.2, 9.9, 80) }, 4)).toBe(3)
    expect(nearestTypical({ duration: Float64Array.of(10, 99) }, 0)).toBe(1)
  })
})

describe('the zoom that charts share', () => {
  it('stays within the cycle, and is the whole again', () => {
    expect(zoomBy(wholeCycle, 0.5, 0.9)).toEqual([0.5, 1])
    expect(zoomBy([0.5, 1], 2, 0.9)).toBe(wholeCycle)
  })

  it('moves only as far as what is selected needs', () => {
    expect(zoomWith([0.2, 0.4], 0.3)).toEqual([0.2, 0.4])
    const moved = zoomWith([0.2, 0.4], 0.8)
    expect(moved[0]).toBeCloseTo(0.7)
    expect(moved[1]).toBeCloseTo(0.9)
  })
})

describe('numbers of a metric', () => {
  it('have as many digits as tell them apart', () => {
    expect(numberFormat(999.7, 999.9)(999.81)).toBe('999.8100')
    expect(numberFormat(1, 1000)(999.81)).toBe('1\u202f000')
    expect(numberFormat(5, 5)(5)).toBe('5.00')
  })

  it('tell a slow rate by what it takes off', () => {
    expect(rateText(0.9999)).toBe('takes 0.0100 % off')
    expect(rateText(0.57)).toBe('leaves 0.570 of')
  })
})
