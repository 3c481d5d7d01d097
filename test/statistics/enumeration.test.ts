import { describe, expect, it } from 'vitest'
import {
  blockSwapFunction,
  blockSwapInterval,
  blockSwapTest,
  createRandom,
  doubledMidranks,
  hodgesLehmannShift,
  mannWhitneyTest,
  median,
  pseudomedian,
  type Random,
  shiftInterval,
  signedRankTest,
  walshInterval,
} from '../../src/statistics/index.ts'
import { expectNear } from './fixture.ts'

/** Small integers with many ties: where shortcuts go wrong first. */
function drawIntegers(random: Random, count: number, levels: number): Float64Array {
  return Float64Array.from({ length: count }, () => random.below(levels))
}

const repetitions = Array.from({ length: 40 }, (_, index) => index + 1)

describe('exact results agree with counting every case', () => {
  it('block-swap test: all 2ⁿ swaps of labels', () => {
    for (const seed of repetitions) {
      const random = createRandom(seed)
      const n = 1 + random.below(8)
      const a = drawIntegers(random, n, 2 + random.below(12))
      const b = drawIntegers(random, n, 2 + random.below(12))
      const rankSum = (swaps: number) => {
        const left = a.map((value, block) => ((swaps >> block) & 1 ? (b[block] as number) : value))
        const right = b.map((value, block) => ((swaps >> block) & 1 ? (a[block] as number) : value))
        const ranks = doubledMidranks([...left, ...right])
        return ranks.reduce((sum, rank, index) => sum + (index < n ? -rank : rank), 0)
      }
      const observed = Math.abs(rankSum(0))
      let reached = 0
      for (let swaps = 0; swaps < 2 ** n; swaps++) if (Math.abs(rankSum(swaps)) >= observed) reached++
      expect(blockSwapTest(a, b).p).toBe(reached / 2 ** n)
    }
  })

  it('signed-rank test: all 2ⁿ signs', () => {
    for (const seed of repetitions) {
      const random = createRandom(seed)
      const d = drawIntegers(random, 1 + random.below(9), 7).map((value) => value - 3)
      const kept = d.filter((value) => value !== 0)
      const ranks = doubledMidranks(kept.map(Math.abs))
      const sumOf = (signs: number) =>
        ranks.reduce((sum, rank, index) => sum + ((signs >> index) & 1 ? rank : -rank), 0)
      const observed = kept.reduce((sum, value, index) => sum + Math.sign(value) * (ranks[index] as number), 0)
      const share = (reached: (sum: number) => boolean) => {
        let count = 0
        for (let signs = 0; signs < 2 ** kept.length; signs++) if (reached(sumOf(signs))) count++
        return count / 2 ** kept.length
      }
      const test = signedRankTest(d)
      expect(test.p).toBe(share((sum) => Math.abs(sum) >= Math.abs(observed)))
      expect(test.pLess).toBe(share((sum) => sum <= observed))
      expect(test.pGreater).toBe(share((sum) => sum >= observed))
    }
  })

  it('Mann–Whitney test: all assignments of labels', () => {
    for (const seed of repetitions) {
      const random = createRandom(seed)
      const m = 1 + random.below(5)
      const n = 1 + random.below(5)
      const a = drawIntegers(random, m, 2 + random.below(6))
      const b = drawIntegers(random, n, 2 + random.below(6))
      const pooled = [...a, ...b]
      const uOf = (isB: (index: number) => boolean) => {
        let u = 0
        pooled.forEach((x, i) => {
          pooled.forEach((y, j) => {
            if (!isB(i) && isB(j)) u += y > x ? 1 : y === x ? 0.5 : 0
          })
        })
        return u
      }
      const observed = uOf((index) => index >= m)
      let all = 0
      let less = 0
      let greater = 0
      let outer = 0
      for (let labels = 0; labels < 2 ** (m + n); labels++) {
        const isB = (index: number) => ((labels >> index) & 1) === 1
        if (pooled.filter((_, index) => isB(index)).length !== n) continue
        const u = uOf(isB)
        all++
        if (u <= observed) less++
        if (u >= observed) greater++
        if (Math.abs(u - (m * n) / 2) >= Math.abs(observed - (m * n) / 2)) outer++
      }
      const test = mannWhitneyTest(a, b)
      expect(test?.u).toBe(observed)
      expectNear(test?.pLess, less / all, 1e-14, 'less')
      expectNear(test?.pGreater, greater / all, 1e-14, 'greater')
      expectNear(test?.pCentred, outer / all, 1e-14, 'centred')
      expectNear(test?.p, Math.min(1, (2 * Math.min(less, greater)) / all), 1e-14, 'p')
    }
  })

  it('shifts and averages: sorting all of them', () => {
    for (const seed of repetitions) {
      const random = createRandom(seed)
      const a = drawIntegers(random, 1 + random.below(12), 40)
      const b = drawIntegers(random, 1 + random.below(12), 40)
      const differences = [...a].flatMap((x) => [...b].map((y) => y - x)).sort((left, right) => left - right)
      expect(hodgesLehmannShift(a, b)).toBe(median(differences))
      const shift = shiftInterval(a, b, 0.1)
      if (shift.rank > 0) {
        expect(shift.low).toBe(differences[shift.rank - 1])
        expect(shift.high).toBe(differences[differences.length - shift.rank])
      }
      const walsh = [...a]
        .flatMap((x, i) => [...a].slice(i).map((y) => (x + y) / 2))
        .sort((left, right) => left - right)
      expect(pseudomedian(a)).toBe(median(walsh))
      const interval = walshInterval(a, 0.1)
      if (interval.rank > 0) {
        expect(interval.low).toBe(walsh[interval.rank - 1])
        expect(interval.high).toBe(walsh[walsh.length - interval.rank])
      }
    }
  })

  it('block-swap intervals: the hull of all shifts that are kept', () => {
    let bounded = 0
    for (const seed of repetitions) {
      const random = createRandom(seed)
      const n = 6 + random.below(6)
      const a = drawIntegers(random, n, 60)
      const b = drawIntegers(random, n, 60)
      const swap = blockSwapFunction(a, b)
      const kept: number[] = []
      for (let doubledShift = -125; doubledShift <= 125; doubledShift++) {
        if (swap.test(doubledShift).p > 0.05) kept.push(doubledShift)
      }
      const { low, high } = blockSwapInterval(a, b, 0.05)
      // An open interval between two breakpoints counts by its ends: half-integers round outwards.
      expect(low).toBe(Math.floor((kept[0] as number) / 2))
      expect(high).toBe(Math.ceil((kept.at(-1) as number) / 2))
      bounded++
    }
    expect(bounded).toBe(repetitions.length)
  })
})
