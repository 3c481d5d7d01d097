import { describe, expect, it } from 'vitest'
import {
  blockSwapFunction,
  blockSwapInterval,
  blockSwapTest,
  type CandidateState,
  comparePaired,
  createRandom,
  evaluateLook,
  failedValue,
  makePlan,
  type Plan,
  shuffle,
  toNanoLogs,
  toScale,
} from '../../src/statistics/index.ts'
import { drawTimes } from './noise.ts'

const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
const sizes = [6, 10, 20, 37, 110]

function stateOf(plan: Plan, baseline: Float64Array, candidate: Float64Array): CandidateState {
  const state = evaluateLook({ plan, baseline, candidates: [candidate], rope: 0.02 })
  if (state.kind !== 'look') throw new Error('the first look was not reached')
  return state.candidates[0] as CandidateState
}

/** Rounded times, so that ties occur. */
function pairOf(seed: number, n: number): [Float64Array, Float64Array] {
  const round = (value: number) => Math.round(value)
  return [drawTimes(seed, n).map(round), drawTimes(seed + 100, n, 0.05, 103).map(round)]
}

describe.each(sizes)('a comparison of %i blocks', (n) => {
  it('with swapped labels has the same p and the inverse ratio, exactly', () => {
    for (const seed of seeds) {
      const [a, b] = pairOf(seed, n).map(toNanoLogs) as [Float64Array, Float64Array]
      const there = comparePaired(a, b, 0.05)
      const back = comparePaired(b, a, 0.05)
      const negated = (value: number | null) => (value === null ? null : 0 - value)
      expect(back.p).toBe(there.p)
      expect(back.estimate).toBe(negated(there.estimate))
      expect(back.low).toBe(negated(there.high))
      expect(back.high).toBe(negated(there.low))
      expect(back.signedRankP).toBe(there.signedRankP)
      expect(back.crossCheck.low).toBe(negated(there.crossCheck.high))
    }
  })

  it('of values times ten has the same p, and the same interval up to rounding', () => {
    for (const seed of seeds) {
      const [a, b] = pairOf(seed, n)
      const plain = comparePaired(toNanoLogs(a), toNanoLogs(b), 0.05)
      const tenfold = comparePaired(toNanoLogs(a.map((x) => 10 * x)), toNanoLogs(b.map((x) => 10 * x)), 0.05)
      expect(tenfold.blockSwapP).toBe(plain.blockSwapP)
      if (plain.low !== null) expect(Math.abs((tenfold.low ?? 1e9) - plain.low)).toBeLessThanOrEqual(2)
      else expect(tenfold.low).toBeNull()
    }
  })

  it('with permuted blocks is the same', () => {
    for (const seed of seeds) {
      const [a, b] = pairOf(seed, n)
      const order = Array.from({ length: n }, (_, block) => block)
      shuffle(order, createRandom(seed))
      const permuted = (values: Float64Array) => values.map((_, block) => values[order[block] as number] as number)
      const plain = comparePaired(toNanoLogs(a), toNanoLogs(b), 0.05)
      expect(comparePaired(toNanoLogs(permuted(a)), toNanoLogs(permuted(b)), 0.05)).toEqual(plain)
    }
  })

  it('rejects just outside its interval and keeps just inside', () => {
    let ends = 0
    for (const seed of seeds) {
      const [a, b] = pairOf(seed, n).map(toNanoLogs) as [Float64Array, Float64Array]
      const swap = blockSwapFunction(a, b)
      for (const gamma of [0.05, 0.01]) {
        const { low, high } = blockSwapInterval(a, b, gamma)
        if (low !== null) {
          ends++
          expect(swap.test(2 * low - 1).p).toBeLessThanOrEqual(gamma)
          expect(Math.max(swap.test(2 * low).p, swap.test(2 * low + 1).p)).toBeGreaterThan(gamma)
        }
        if (high !== null) {
          ends++
          expect(swap.test(2 * high + 1).p).toBeLessThanOrEqual(gamma)
          expect(Math.max(swap.test(2 * high).p, swap.test(2 * high - 1).p)).toBeGreaterThan(gamma)
        }
      }
    }
    expect(ends).toBeGreaterThan(0)
  })
})

describe('a look', () => {
  const plan = makePlan('standard')

  it('does not see blocks after its own, and refuses an incomplete one', () => {
    const [a, b] = pairOf(3, 40)
    const atTwenty = stateOf(plan, a.slice(0, 20), b.slice(0, 20))
    expect(stateOf(plan, a.slice(0, 27), b.slice(0, 27))).toEqual(atTwenty)
    expect(() => stateOf(plan, a.slice(0, 21), b.slice(0, 20))).toThrow(
      expect.objectContaining({ code: 'statistics.not-paired' }),
    )
  })

  it('of each candidate gives the same estimate whatever the other candidates are', () => {
    const [a, b] = pairOf(5, 20)
    const other = drawTimes(77, 20)
    const three = makePlan('standard', { comparisons: 3 })
    const both = evaluateLook({ plan: three, baseline: a, candidates: [b, other, other], rope: 0.02 })
    const reversed = evaluateLook({ plan: three, baseline: a, candidates: [other, other, b], rope: 0.02 })
    if (both.kind !== 'look' || reversed.kind !== 'look') return expect.fail('a look was expected')
    expect(reversed.candidates[2]).toEqual(both.candidates[0])
    const alone = stateOf(plan, a, b)
    expect(both.candidates[0]?.estimate).toBe(alone.estimate)
    expect(both.candidates[0]?.adjustedP).toBeGreaterThanOrEqual(alone.adjustedP)
    expect((both.candidates[0]?.low ?? 0) <= (alone.low ?? 0)).toBe(true)
  })

  it('never loses significance that an earlier look gained', () => {
    let gained = 0
    for (const seed of seeds) {
      const a = drawTimes(seed, 40)
      const b = drawTimes(seed + 50, 40, 0.03, 104)
      let smallest = 1
      for (const n of [10, 20, 40]) {
        const { alwaysValidP } = stateOf(plan, a.slice(0, n), b.slice(0, n))
        expect(alwaysValidP).toBeLessThanOrEqual(smallest)
        smallest = alwaysValidP
      }
      if (smallest <= 0.05) gained++
    }
    expect(gained).toBeGreaterThan(0)
  })
})

describe('failed trials', () => {
  it('rank worst, tie with each other, and leave the ends of the interval open', () => {
    const a = [100, 101, 102, 103, 104, 105, 106, 107, 108, 109]
    const b = a.map((value) => value + 0.5)
    const failing = toNanoLogs(b.map((value, block) => (block < 2 ? Number.POSITIVE_INFINITY : value)))
    expect(failing[0]).toBe(failedValue)
    const plain = blockSwapTest(toNanoLogs(a), toNanoLogs(b))
    const failed = blockSwapTest(toNanoLogs(a), failing)
    expect(failed.statistic).toBeGreaterThan(plain.statistic)
    const bothFail = toNanoLogs(a.map((value, block) => (block < 2 ? Number.POSITIVE_INFINITY : value)))
    expect(blockSwapTest(bothFail, failing).effectiveBlocks).toBe(8)
    expect(blockSwapTest(bothFail, failing, 12345).effectiveBlocks).toBe(8)
    const interval = comparePaired(toNanoLogs(a), failing, 0.05)
    expect(Math.abs(interval.estimate ?? 1e12)).toBeLessThan(1e9)
    expect(interval.crossCheck.high === null || Math.abs(interval.crossCheck.high) < 1e9).toBe(true)
  })

  it('of every trial leave no estimate', () => {
    const all = new Float64Array(10).fill(Number.POSITIVE_INFINITY)
    const state = stateOf(makePlan('standard'), drawTimes(1, 10), all)
    expect(state).toMatchObject({
      verdict: 'unreliable',
      unreliable: 'failed-trials',
      estimate: null,
      low: null,
      high: null,
    })
    expect(state.failures).toEqual({ baseline: 0, candidate: 10 })
    expect(stateOf(makePlan('standard'), all, all)).toMatchObject({ verdict: 'unreliable', p: 1 })
  })

  it('of more than a fifth make a verdict unreliable, of a fifth do not', () => {
    const failing = (count: number) => drawTimes(9, 10).map((value, block) => (block < count ? Infinity : value))
    expect(stateOf(makePlan('standard'), drawTimes(1, 10), failing(2)).unreliable).toBeNull()
    expect(stateOf(makePlan('standard'), drawTimes(1, 10), failing(3)).unreliable).toBe('failed-trials')
    expect(stateOf(makePlan('standard'), failing(3), drawTimes(1, 10)).unreliable).toBe('failed-trials')
  })
})

describe('the raw scale', () => {
  it('compares differences of values around zero, with an absolute region of indifference', () => {
    const plan = makePlan('standard')
    const scale = { kind: 'raw', resolution: 0.5 } as const
    expect([...toScale([-1, 0, 0.5, 1.26], scale)]).toEqual([-2, 0, 1, 3])
    const baseline = Array.from({ length: 20 }, (_, block) => (block % 5) - 2)
    const candidate = baseline.map((value) => value + 4)
    const state = evaluateLook({ plan, baseline, candidates: [candidate], rope: 1, scale })
    if (state.kind !== 'look') return expect.fail('a look was expected')
    expect(state.candidates[0]).toMatchObject({ estimate: 4, verdict: 'slower', sigma: 0 })
    expect(state.candidates[0]?.low).toBeGreaterThan(1)
  })
})
