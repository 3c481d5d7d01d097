import { describe, expect, it } from 'vitest'
import {
  analyseHistory,
  bestSplit,
  blockSwapTest,
  bootstrap,
  checkAutocorrelation,
  checkBimodality,
  checkDrift,
  checkInvalidation,
  checkNoise,
  checkOneSidedness,
  checkPosition,
  checkSpikes,
  checkTimer,
  classifySteadyState,
  compareExact,
  comparePaired,
  compareTails,
  compareUnpaired,
  countSpikes,
  detectChangePoints,
  dipStatistic,
  effectOf,
  evaluateLook,
  hodgesLehmannShift,
  lagOneAutocorrelation,
  makePlan,
  mannKendall,
  mannWhitneyTest,
  mean,
  median,
  medianAbsoluteDeviation,
  medianInterval,
  pairedTTest,
  pseudomedian,
  rankVonNeumann,
  ratioOfMeans,
  ratioOfMedians,
  type Scale,
  shiftInterval,
  signedRankTest,
  signFlipMeanTest,
  signTest,
  theilSenSlope,
  toNanoLogs,
  trialSigma,
  trialValueOf,
  variance,
  walshInterval,
  welchTTest,
} from '../../src/statistics/index.ts'
import { drawTimes } from './noise.ts'

const plan = makePlan('standard')
const look = (baseline: ArrayLike<number>, candidate: ArrayLike<number>) =>
  evaluateLook({ plan, baseline, candidates: [candidate], rope: 0.02 })
const throwsCode = (code: string) => expect.objectContaining({ code })

describe('no trials', () => {
  it('are not enough blocks, and nothing is estimated', () => {
    expect(look([], [])).toEqual({
      kind: 'pending',
      reason: 'not-enough-blocks',
      blocks: 0,
      nextLook: 10,
      estimates: [null],
      stop: null,
    })
    expect(comparePaired([], [], 0.05)).toMatchObject({ blocks: 0, p: 1, estimate: null, low: null, high: null })
    expect(hodgesLehmannShift([], [1])).toBeNull()
    expect(pseudomedian([])).toBeNull()
    expect(walshInterval([], 0.05)).toMatchObject({ low: null, high: null, rank: 0 })
    expect(signedRankTest([])).toMatchObject({ n: 0, p: 1 })
    expect(mannWhitneyTest([], [1])).toBeNull()
    expect(shiftInterval([1], [], 0.05)).toMatchObject({ low: null, high: null })
    expect(median([])).toBeNaN()
    expect(medianInterval([])).toBeNull()
    expect(pairedTTest([])).toBeNull()
    expect(welchTTest([1, 2], [])).toBeNull()
    expect(trialValueOf([]).reason).toBe('no-iterations')
    expect(compareTails([], [], 1)).toMatchObject({ meanRatio: null, blocks: 0, p: 1, fires: false })
    expect(compareExact([], [1])).toMatchObject({ kind: 'unknown', reason: 'no-values' })
    expect(compareUnpaired([], [], { rope: 0.02, sameMachine: true })).toMatchObject({
      reason: 'not-enough-sessions',
      estimate: null,
      verdict: 'inconclusive',
    })
    expect(analyseHistory([], { rope: 0.02, seed: 1 }).reason).toBe('not-enough-points')
    const options = { statistic: ratioOfMeans, seed: 1, resamples: 10, unit: 'samples' } as const
    expect(() => bootstrap([], [1], options)).toThrow(throwsCode('statistics.no-values'))
  })
})

describe('one trial', () => {
  it('gives an estimate and no inference', () => {
    expect(look([100], [110])).toMatchObject({
      reason: 'not-enough-blocks',
      blocks: 1,
      estimates: [expect.closeTo(1.1, 9)],
    })
    expect(comparePaired(toNanoLogs([100]), toNanoLogs([110]), 0.05)).toMatchObject({ p: 1, low: null, high: null })
    expect(mannWhitneyTest([1], [2])?.p).toBe(1)
    expect(welchTTest([1], [2])).toBeNull()
    expect(compareTails([1], [2], 1)).toMatchObject({ meanRatio: 2, low: null, high: null })
    expect(dipStatistic([1])).toBe(0.5)
  })
})

describe('numbers that are no measurements', () => {
  it('are refused with a code and their place', () => {
    const good = drawTimes(1, 10)
    for (const value of [0, -1, Number.NaN, Number.NEGATIVE_INFINITY, -0]) {
      const bad = good.map((time, block) => (block === 4 ? value : time))
      expect(() => look(good, bad)).toThrow(throwsCode('statistics.invalid-value'))
      expect(() => look(bad, good)).toThrow(throwsCode('statistics.invalid-value'))
      expect(() => toNanoLogs(bad)).toThrow(expect.objectContaining({ data: { index: 4, value } }))
    }
    for (const value of [0, -5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => analyseHistory([...good, value], { rope: 0.02, seed: 1 })).toThrow(
        throwsCode('statistics.invalid-value'),
      )
    }
    const scale = { kind: 'raw', resolution: 1 } as const
    const raw = evaluateLook({
      plan,
      baseline: new Float64Array(10),
      candidates: [new Float64Array(10)],
      rope: 1,
      scale,
    })
    expect(raw).toMatchObject({ kind: 'look', candidates: [{ estimate: 0, low: 0, high: 0, verdict: 'equivalent' }] })
    for (const resolution of [0, -1, Number.NaN]) {
      const input = { plan, baseline: [1], candidates: [[1]], rope: 1, scale: { kind: 'raw', resolution } as const }
      expect(() => evaluateLook(input)).toThrow(throwsCode('statistics.invalid-resolution'))
    }
  })

  it('are refused by every test and estimate, not ranked somewhere', () => {
    const bad = [1, 2, Number.NaN, 4, 5, 6]
    const good = [1, 2, 3, 4, 5, 6]
    const calls: (() => unknown)[] = [
      () => medianInterval(bad),
      () => signedRankTest(bad),
      () => signTest(bad),
      () => signFlipMeanTest(bad),
      () => walshInterval(bad, 0.05),
      () => pseudomedian(bad),
      () => hodgesLehmannShift(good, bad),
      () => mannWhitneyTest(bad, good),
      () => shiftInterval(good, bad, 0.05),
      () => blockSwapTest(good, bad),
      () => comparePaired(bad, good, 0.05),
      () => pairedTTest(bad),
      () => welchTTest(good, bad),
      () => bootstrap(bad, good, { statistic: ratioOfMeans, seed: 1, resamples: 9, unit: 'samples' }),
      () => compareTails(good, bad, 1),
      () => countSpikes(bad),
      () => compareUnpaired(bad, good, { rope: 0.02, sameMachine: true }),
      () => trialValueOf(bad),
      () => classifySteadyState(bad),
      () => dipStatistic(bad),
      () => mannKendall(bad),
      () => theilSenSlope(bad),
      () => rankVonNeumann(bad),
      () => lagOneAutocorrelation(bad),
      () => bestSplit([...bad, ...bad]),
      () => detectChangePoints(bad, { seed: 1 }),
      () => median(bad),
      () => mean(bad),
      () => variance(bad),
      () => medianAbsoluteDeviation(bad),
      () => trialSigma([good, bad]),
      () => ratioOfMedians(bad, good),
      () => ratioOfMedians([0, 0], [0, 0]),
      () => ratioOfMeans([0, 0], [0, 0]),
      () => compareExact(good, bad),
      () => compareTails(good, [1, 2, -3, 4, 5, 6], 1),
      () => checkNoise(Number.NaN),
      () => checkNoise(-0.1),
      () => checkOneSidedness(Number.NaN, 0),
      () => checkOneSidedness(3, -1),
      () => checkInvalidation(-1, 5, 2),
      () => checkTimer(bad, 1),
      () => checkTimer(good, Number.NaN),
      () => checkDrift([good, bad], 0.02),
      () => checkDrift([good, good], Number.NaN),
      () => checkAutocorrelation([good, bad], []),
      () => checkPosition([good, bad], [], 0, 1),
      () => checkBimodality(bad),
      () => checkSpikes(bad),
      () => look([...drawTimes(1, 11)], [...drawTimes(2, 10), Number.NaN]),
    ]
    for (const call of calls) expect(call, String(call)).toThrow(throwsCode('statistics.invalid-value'))
    const infinite = [1, Number.POSITIVE_INFINITY, 3, Number.POSITIVE_INFINITY, 5, 6]
    for (const call of [
      () => hodgesLehmannShift(infinite, infinite),
      () => shiftInterval(infinite, infinite, 0.05),
      () => walshInterval(infinite, 0.05),
      () => pseudomedian(infinite),
      () => pairedTTest(infinite),
      () => dipStatistic(infinite),
      () => trialValueOf(infinite),
    ]) {
      expect(call, String(call)).toThrow(throwsCode('statistics.invalid-value'))
    }
    expect(mannWhitneyTest(good, infinite)?.u).toBeGreaterThan(18)
    expect(() => blockSwapTest([1, 2, 3], [1, 2])).toThrow(throwsCode('statistics.not-paired'))
    expect(() => blockSwapTest([1, 2], [1, 2, 3])).toThrow(throwsCode('statistics.not-paired'))
  })

  it('leave checks of logs without an answer where they are zero or below', () => {
    const good = drawTimes(1, 20)
    for (const value of [0, -1]) {
      const bad = good.map((time, block) => (block === 4 ? value : time))
      const orders = Array.from(good, (_, block) => (block % 2 === 0 ? [0, 1] : [1, 0]))
      for (const check of [checkBimodality(bad), checkDrift([good, bad], 0.02)]) {
        expect(check).toMatchObject({ value: null, p: null, fires: false })
      }
      for (const variants of [
        [good, bad],
        [bad, good],
      ]) {
        expect(checkAutocorrelation(variants, orders)).toMatchObject({ value: null, p: null, fires: false })
        expect(checkPosition(variants, orders, 0, 1)).toMatchObject({ value: null, p: null, fires: false })
      }
      expect(checkPosition([good, good], orders, 0, 1).value).toBe(0)
    }
    expect(compareTails([0, 0, 0], [0, 0, 0], 1)).toMatchObject({ meanRatio: null, low: null, fires: false })
    expect(medianAbsoluteDeviation([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])).toBe(0)
  })

  it('are refused in arms of unequal length', () => {
    const [long, short] = [drawTimes(1, 11), drawTimes(2, 10)]
    expect(() => look(long, short)).toThrow(throwsCode('statistics.not-paired'))
    expect(() => look(short, long)).toThrow(throwsCode('statistics.not-paired'))
    expect(() => evaluateLook({ plan, baseline: long, candidates: [long], control: short, rope: 0.02 })).toThrow(
      throwsCode('statistics.not-paired'),
    )
  })

  it('in plans and questions are refused too', () => {
    for (const rope of [0, -0.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => evaluateLook({ plan, baseline: [], candidates: [[]], rope })).toThrow(
        throwsCode('statistics.invalid-rope'),
      )
    }
    expect(() => evaluateLook({ plan, baseline: [], candidates: [], rope: 0.02 })).toThrow(
      throwsCode('statistics.plan-mismatch'),
    )
    expect(() => evaluateLook({ plan, baseline: [], candidates: [[], []], rope: 0.02 })).toThrow(
      throwsCode('statistics.plan-mismatch'),
    )
    for (const comparisons of [0, 1.5, Number.NaN]) {
      expect(() => makePlan('quick', { comparisons })).toThrow(throwsCode('statistics.invalid-plan'))
    }
    expect(() => makePlan('quick', { cap: 0 })).toThrow(throwsCode('statistics.invalid-plan'))
    for (const looks of [
      [],
      [{ blocks: 5, alpha: 0 }],
      [
        { blocks: 5, alpha: 0.01 },
        { blocks: 5, alpha: 0.01 },
      ],
      [{ blocks: 2.5, alpha: 0.1 }],
      [
        { blocks: 5, alpha: 0.6 },
        { blocks: 6, alpha: 0.6 },
      ],
    ]) {
      expect(() => makePlan({ looks, cap: 10, controlArm: false })).toThrow(throwsCode('statistics.invalid-plan'))
    }
    expect(() => comparePaired([1, 2], [1], 0.05)).toThrow(throwsCode('statistics.not-paired'))
    expect(() => compareTails([1, 2], [1], 1)).toThrow(throwsCode('statistics.not-paired'))
  })
})

describe('constant data', () => {
  it('is equivalent when equal, and different when every block differs', () => {
    const constant = (value: number) => new Float64Array(10).fill(value)
    expect(look(constant(5), constant(5))).toMatchObject({
      candidates: [{ p: 1, estimate: 1, low: 1, high: 1, verdict: 'equivalent', sigma: 0 }],
    })
    const slower = look(constant(5), constant(6))
    expect(slower).toMatchObject({ candidates: [{ p: 2 ** -9, verdict: 'slower', noisier: null }] })
  })

  it('is inside when it differs by exactly what is indifferent', () => {
    const constant = (value: number) => new Float64Array(10).fill(value)
    const verdictOf = (from: number, to: number, rope: number, scale?: Scale) => {
      const input = { plan, baseline: constant(from), candidates: [constant(to)], rope, ...(scale ? { scale } : {}) }
      const state = evaluateLook(input)
      const other = compareUnpaired(constant(from), constant(to), {
        rope,
        sameMachine: true,
        ...(scale ? { scale } : {}),
      })
      const verdict = state.kind === 'look' ? state.candidates[0]?.verdict : null
      expect(other.verdict).toBe(verdict)
      return verdict
    }
    for (const factor of [1, 3, 0.7, 1e9, 1e-9]) {
      expect(verdictOf(factor, 2 * factor, 1)).toBe('equivalent')
      expect(verdictOf(2 * factor, factor, 1)).toBe('equivalent')
      expect(verdictOf(factor, 2.00001 * factor, 1)).toBe('slower')
      expect(verdictOf(2.00001 * factor, factor, 1)).toBe('faster')
    }
    const tenths = { kind: 'raw', resolution: 0.1 } as const
    expect(verdictOf(0, 0.3, 0.3, tenths)).toBe('equivalent')
    expect(verdictOf(0.3, 0, 0.3, tenths)).toBe('equivalent')
    expect(verdictOf(0, 0.4, 0.3, tenths)).toBe('slower')
  })

  it('is faster or slower also by more than a ratio can hold', () => {
    const constant = (value: number) => new Float64Array(10).fill(value)
    const unknown = { estimate: null, low: null, high: null }
    for (const [from, to] of [
      [1e-308, 1e308],
      [5e-324, 1],
    ] as const) {
      expect(look(constant(from), constant(to))).toMatchObject({ candidates: [{ ...unknown, verdict: 'slower' }] })
      expect(look(constant(to), constant(from))).toMatchObject({ candidates: [{ ...unknown, verdict: 'faster' }] })
    }
    expect(effectOf(Math.log(1e300) * 1e9)).toBeCloseTo(1e300, -294)
    expect([effectOf(800e9), effectOf(-800e9), effectOf(-720e9)]).toEqual([null, null, null])
  })

  it('on one side only turns the guard on', () => {
    const state = look(new Float64Array(10).fill(100), drawTimes(2, 10))
    expect(state).toMatchObject({ candidates: [{ noisier: 'candidate' }] })
  })
})
