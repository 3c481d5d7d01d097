import { describe, expect, it } from 'vitest'
import {
  binomialTest,
  blockSchedule,
  checkAutocorrelation,
  checkBimodality,
  checkDrift,
  checkInvalidation,
  checkNoise,
  checkOneSidedness,
  checkPosition,
  checkSpikes,
  checkTimer,
  compareExact,
  compareTails,
  compareUnpaired,
  signFlipMeanTest,
  signTest,
} from '../../src/statistics/index.ts'
import { drawTimes } from './noise.ts'

const orders = blockSchedule(2, 40, 8)
const clean = [drawTimes(1, 40), drawTimes(2, 40, 0.03, 110)] as const

describe('checks of the measuring', () => {
  it('are all silent on clean data, with a number each', () => {
    const checks = [
      checkTimer(clean[0], 1e-6),
      checkDrift(clean, 0.02),
      checkAutocorrelation(clean, orders),
      checkPosition(clean, orders, 0, 1),
      checkBimodality(clean[0]),
      checkNoise(0.03),
      checkSpikes(clean[0]),
      checkOneSidedness(5, 3),
      checkInvalidation(3, 6, 2),
    ]
    for (const check of checks) {
      expect(check.fires, check.name).toBe(false)
      expect(check.value, check.name).toBeTypeOf('number')
      expect(Number.isFinite(check.value)).toBe(true)
    }
  })

  it('timer: ties and coarse resolution', () => {
    const rounded = clean[0].map((time) => 16 * Math.round(time / 16))
    expect(checkTimer(rounded, 0)).toMatchObject({ fires: true, remedy: 'lengthen-workload' })
    expect(checkTimer(clean[0], 2).fires).toBe(true)
    expect(checkTimer([], 1)).toMatchObject({ value: null, fires: false })
  })

  it('drift: how far and in which direction', () => {
    const drifting = clean.map((times) => times.map((time, block) => time * Math.exp((0.1 * block) / 40)))
    const check = checkDrift(drifting, 0.02)
    expect(check).toMatchObject({ fires: true, remedy: 'order-protects-verdict' })
    expect(check.value).toBeGreaterThan(0.06)
    expect(check.value).toBeLessThan(0.15)
    expect(checkDrift(drifting, 0.5).fires).toBe(false)
    expect(checkDrift([], 0.02)).toMatchObject({ value: null, p: null, fires: false })
    const failing = drifting.map((times) =>
      times.map((time, block) => (block % 7 === 0 ? Number.POSITIVE_INFINITY : time)),
    )
    expect(checkDrift(failing, 0.02).fires).toBe(true)
  })

  it('autocorrelation: a wave over the run order', () => {
    const waves = clean.map((times) => times.map((time, block) => time * (1 + 0.1 * Math.sin(block / 3))))
    expect(checkAutocorrelation(waves, orders)).toMatchObject({ fires: true, remedy: 'informational' })
  })

  it('position: the second trial of a block pays', () => {
    const paying = clean.map((times, variant) =>
      times.map((time, block) => time * (orders[block]?.[1] === variant ? 1.1 : 1)),
    )
    const check = checkPosition(paying, orders, 0, 1)
    expect(check).toMatchObject({ fires: true, remedy: 'add-cool-down' })
    expect(check.value).toBeCloseTo(0.1, 1)
    expect(checkPosition([[], []], [], 0, 1)).toMatchObject({ value: null, p: null, fires: false })
  })

  it('bimodality: two modes, from twenty trials on', () => {
    const modes = clean[0].map((time, block) => time * (block % 2 === 0 ? 1 : 1.4))
    expect(checkBimodality(modes)).toMatchObject({ fires: true, remedy: 'inspect-modes' })
    expect(checkBimodality(modes.subarray(0, 19))).toMatchObject({ value: null, limit: null, fires: false })
  })

  it('noise, spikes, one-sidedness and invalidation: their limits', () => {
    expect(checkNoise(0.11).fires).toBe(true)
    expect(checkNoise(0.1).fires).toBe(false)
    expect(checkNoise(null)).toMatchObject({ value: null, fires: false })
    const spiky = (count: number) => clean[0].map((time, block) => (block < count ? time * 3 : time))
    expect([checkSpikes(spiky(4)).fires, checkSpikes(spiky(5)).fires]).toEqual([false, true])
    expect(checkSpikes([])).toMatchObject({ value: null, fires: false })
    // Too few to know the spread by: one of three is easily far from the other two.
    expect(checkSpikes([100, 101, 110])).toMatchObject({ value: null, fires: false })
    const ticks = clean[0].map((_, block) => (block % 5 < 3 ? 16 : 17))
    expect([checkSpikes(ticks).fires, checkSpikes(ticks, 1).fires]).toEqual([true, false])
    expect([checkOneSidedness(8, 0).fires, checkOneSidedness(7, 0).fires, checkOneSidedness(8, 1).fires]).toEqual([
      true,
      false,
      false,
    ])
    expect(checkOneSidedness(0, 0).value).toBeNull()
    expect(checkInvalidation(6, 6, 2)).toMatchObject({ fires: true, p: expect.closeTo(0.03125, 12) })
    expect(checkInvalidation(5, 5, 2).fires).toBe(false)
    expect(checkInvalidation(0, 0, 2)).toMatchObject({ value: null, p: null, fires: false })
  })
})

describe('sign tests', () => {
  it('are binomial, and agree with tables', () => {
    expect(signTest([1, 2, 3, 4, 5, 6])).toBe(2 / 64)
    expect(signTest([1, -1, 0])).toBe(1)
    expect(signTest([1, 1, 1, 1, -1])).toBe(12 / 32)
    expect(signTest(Array.from({ length: 3000 }, (_, index) => (index < 1600 ? 1 : -1)))).toBeLessThan(0.001)
    expect(binomialTest(4, 5, 0.5)).toBeCloseTo(12 / 32, 12)
    expect(binomialTest(0, 0, 0.5)).toBe(1)
    expect(binomialTest(3, 10, 1 / 3)).toBeCloseTo(1, 12)
    expect(signFlipMeanTest([])).toBe(1)
    expect(signFlipMeanTest([3, 5, 9])).toBe(2 / 8)
    expect(signFlipMeanTest(Array.from({ length: 21 }, () => 1))).toBeNull()
  })
})

describe('the tail companion', () => {
  it('tells of hangs that typical times hide', () => {
    const hanging = clean[0].map((time, block) => (block % 10 === 3 ? time * 5 : time))
    const tail = compareTails(clean[0], hanging, 1)
    expect(tail).toMatchObject({
      slowBaseline: 0,
      slowCandidate: 4,
      blocks: 40,
      p: 0.125,
      fires: true,
      resamples: 2000,
    })
    expect(tail.meanRatio).toBeGreaterThan(1.3)
    expect((tail.low ?? 9) < (tail.meanRatio ?? 0) && (tail.meanRatio ?? 9) < (tail.high ?? 0)).toBe(true)
    expect(compareTails(clean[0], hanging, 1)).toEqual(tail)
    expect(compareTails(clean[0], clean[0], 1)).toMatchObject({ meanRatio: 1, low: 1, high: 1, p: 1, fires: false })
  })

  it('counts failures as slow and leaves them out of means', () => {
    const failing = clean[0].map((time, block) => (block < 3 ? Number.POSITIVE_INFINITY : time))
    expect(compareTails(clean[0], failing, 1)).toMatchObject({ slowCandidate: 3, meanRatio: 1, fires: true, p: 0.25 })
    const all = new Float64Array(40).fill(Number.POSITIVE_INFINITY)
    expect(compareTails(clean[0], all, 1)).toMatchObject({ meanRatio: null, slowCandidate: 40 })
  })
})

describe('comparisons without blocks', () => {
  const options = { rope: 0.02, sameMachine: true }

  it('need five sessions on each side and one machine', () => {
    const [a, b] = [drawTimes(1, 8), drawTimes(2, 8, 0.03, 150)]
    expect(compareUnpaired(a, b, options)).toMatchObject({ reason: null, verdict: 'slower', notSideBySide: true })
    expect(compareUnpaired(a.subarray(0, 4), b, options)).toMatchObject({
      reason: 'not-enough-sessions',
      p: null,
      low: null,
      verdict: 'inconclusive',
    })
    expect(compareUnpaired(a, b, { ...options, sameMachine: false })).toMatchObject({
      reason: 'different-machines',
      verdict: 'inconclusive',
    })
    expect(compareUnpaired(a, b, options).estimate).toBeCloseTo(1 / (compareUnpaired(b, a, options).estimate ?? 0), 9)
  })

  it('of exact counts are plain differences, unless a count varies', () => {
    expect(compareExact([100, 100, 100], [90])).toEqual({
      kind: 'exact',
      baseline: 100,
      candidate: 90,
      difference: -10,
      ratio: 0.9,
    })
    expect(compareExact([0, 0], [3])).toMatchObject({ difference: 3, ratio: null })
    expect(compareExact([1, 2], [3])).toMatchObject({ kind: 'unknown', reason: 'varies', varying: ['baseline'] })
    expect(() => compareExact([Number.NaN], [Number.NaN])).toThrow(
      expect.objectContaining({ code: 'statistics.invalid-value' }),
    )
    expect(compareExact([Number.POSITIVE_INFINITY], [1])).toMatchObject({ reason: 'varies', varying: ['baseline'] })
  })
})
