import { describe, expect, it } from 'vitest'
import {
  adjustBenjaminiHochberg,
  adjustBenjaminiYekutieli,
  adjustBonferroni,
  adjustHolm,
  bestSplit,
  countSpikes,
  detectChangePoints,
  hodgesLehmannShift,
  mannWhitneyDistribution,
  mannWhitneyTest,
  median,
  medianInterval,
  medianIntervalRanks,
  pseudomedian,
  shiftInterval,
  signedRankTest,
  walshInterval,
} from '../../src/statistics/index.ts'
import { expectClose, expectNear, readFixture } from './fixture.ts'

/** Figures that other projects and textbooks document, each with its source in the file. */
interface Entry {
  id: string
  source: string
  x?: number[]
  y?: number[]
  d?: number[]
  p?: number[]
  series?: number[]
  documented: Record<string, unknown>
  recomputed?: Record<string, unknown>
}
const entries = readFixture<Entry[]>('published')
const inspected = new Set<Entry>()
const number = (value: unknown) => value as number

const twoSamples = entries.filter(({ x, y, recomputed }) => x && y && recomputed)
describe.each(twoSamples)('$id: Mann–Whitney', (entry) => {
  it('agrees', () => {
    inspected.add(entry)
    const { x = [], y = [], recomputed = {}, documented } = entry
    // Sources differ in which sample U counts for: the stated U and tails belong to one of the two orders.
    const [forward, backward] = [mannWhitneyTest(x, y), mannWhitneyTest(y, x)]
    const fits = (test: typeof forward) =>
      test?.u === recomputed.U && Math.abs((test?.pLess ?? 9) - number(recomputed.p_less)) < 1e-12
    const test = fits(forward) ? forward : backward
    expect(fits(test)).toBe(true)
    expectNear(test?.p, number(recomputed.p_exact_doubling), 1e-12, 'p')
    expectNear(test?.pCentred, number(recomputed.p_exact_centred), 1e-12, 'centred')
    expectNear(test?.pGreater, number(recomputed.p_greater), 1e-12, 'greater')
    expectNear(test?.pNormalCorrected, number(recomputed.p_asym_cc), 1e-12, 'corrected')
    expectNear(test?.pNormal, number(recomputed.p_asym), 1e-12, 'normal')
    const p = documented.p ?? documented.p_exact
    if (typeof p === 'string') expect(test?.p.toFixed(3)).toBe(p)
    if (typeof p === 'number') expectNear(test?.p, p, 1e-9, 'documented p')
    if (typeof documented.p_asym_cc === 'number') {
      expectNear(test?.pNormalCorrected, documented.p_asym_cc, 5e-6, 'documented corrected p')
    }
    if (recomputed.ci !== undefined) {
      const known = recomputed.ci as { lo: number; hi: number; k: number; confidence: number }
      const interval = shiftInterval(y, x, 0.05)
      expectNear(hodgesLehmannShift(y, x), number(recomputed.shift), 1e-12, 'shift')
      expectNear(interval.low, known.lo, 1e-12, 'low')
      expectNear(interval.high, known.hi, 1e-12, 'high')
      expect(interval.rank).toBe(known.k)
      expectNear(interval.confidence, known.confidence, 1e-12, 'confidence')
    }
  })
})

const differences = entries.filter(({ d }) => d)
describe.each(differences)('$id: signed rank', (entry) => {
  it('agrees', () => {
    inspected.add(entry)
    const { d = [], recomputed = {}, documented } = entry
    const test = signedRankTest(d)
    expect(test).toMatchObject({ n: recomputed.n, zeros: recomputed.zeros, positive: recomputed.Tplus })
    expectNear(test.p, number(recomputed.p_two), 1e-12, 'p')
    expectNear(test.pLess, number(recomputed.p_less), 1e-12, 'less')
    expectNear(test.pGreater, number(recomputed.p_greater), 1e-12, 'greater')
    expectNear(test.pNormal, number(recomputed.p_asym), 1e-12, 'normal')
    expectNear(test.pNormalCorrected, number(recomputed.p_asym_cc), 1e-12, 'corrected')
    if (recomputed.estimate !== undefined) expectNear(pseudomedian(d), number(recomputed.estimate), 1e-12, 'estimate')
    const known = (recomputed.ci ?? recomputed.ci95) as { lo: number; hi: number; k: number } | undefined
    if (known !== undefined) {
      const interval = walshInterval(d, 0.05)
      expect(interval.rank).toBe(known.k)
      expectNear(interval.low, known.lo, 1e-12, 'low')
      expectNear(interval.high, known.hi, 1e-12, 'high')
    } else if (d.length < 6) expect(walshInterval(d, 0.05)).toMatchObject({ low: null, high: null })
    if (documented.V !== undefined) expect(test.positive).toBe(documented.V)
    if (documented.min_T !== undefined) expect(Math.min(test.positive, test.negative)).toBe(documented.min_T)
    if (typeof documented.p_exact === 'number') expectNear(test.p, documented.p_exact, 1e-12, 'documented p')
  })
})

const outliers = entries.filter(({ id }) => id === 'hyperfine-outliers')
it.each(outliers)('$id: $series', (entry) => {
  inspected.add(entry)
  // hyperfine's limit of 14.826 plain MADs is ten robust standard deviations.
  expect(countSpikes(entry.series ?? [], 10)).toBe(entry.documented.outliers)
})

function entryOf(id: string): Entry {
  const entry = entries.find((candidate) => candidate.id === id)
  if (entry === undefined) return expect.fail(`the file holds no ${id}`)
  inspected.add(entry)
  return entry
}

describe('single published figures', () => {
  it('benchstat: equal samples, geometric mean of medians, and intervals that need six values', () => {
    const equal = entryOf('benchstat-all-equal')
    expect(mannWhitneyTest(equal.x ?? [], equal.y ?? [])).toMatchObject({ p: 1, pNormal: 1 })
    const { documented } = entryOf('benchstat-geomean')
    const geometric = (...ids: string[]) =>
      Math.sqrt(ids.reduce((product, id) => product * median(entryOf(id.slice(1))[id[0] as 'x' | 'y'] ?? []) * 1e-9, 1))
    expectClose(geometric('xbenchstat-json', 'xbenchstat-gob'), number(documented.old_exact), 1e-9, 'old')
    expectClose(geometric('ybenchstat-json', 'ybenchstat-gob'), number(documented.new_exact), 1e-9, 'new')
    expect(medianInterval(entryOf('benchstat-issue19634').x ?? [])).toBeNull()
  })

  it('benchmath: the fewest values that can show anything', () => {
    const { documented } = entryOf('benchmath-min-n')
    const fewest = (level: number) => [...Array(20).keys()].find((n) => n > 0 && medianIntervalRanks(n, level) !== null)
    expect(fewest(0.95)).toBe(documented.min_n_median_ci_95)
    expect(fewest(0.99)).toBe(documented.min_n_median_ci_99)
    const least = documented.utest_min_p as Record<string, number>
    expect(Object.keys(least).length).toBeGreaterThan(0)
    for (const [n, p] of Object.entries(least)) {
      expectClose(2 * (mannWhitneyDistribution(Number(n), Number(n))[0] as number), p, 1e-12, `n ${n}`)
    }
  })

  it('go-moremath: doubling the wrong tail of a lopsided null gave 0', () => {
    const { x = [], y = [], documented } = entryOf('go-moremath-s5')
    expect(documented.p_two).toBe(0)
    expectNear(mannWhitneyTest(x, y)?.p, 2 / 21, 1e-12, 'p')
  })

  it('skia: paired ratios of percent change', () => {
    const { recomputed = {}, ...entry } = entryOf('skia-pairwise-log') as Entry & Record<string, number[]>
    const d = (entry.x_treatment ?? []).map((value, index) => Math.log(value / (entry.y_control?.[index] as number)))
    expect(d.length).toBe(6)
    const percent = (log: number | null) => 100 * Math.expm1(log ?? Number.NaN)
    const interval = walshInterval(d, 0.05)
    expectClose(percent(pseudomedian(d)), number(recomputed.estimate_pct), 1e-9, 'estimate')
    expectClose(percent(interval.low), number(recomputed.lower_pct), 1e-9, 'low')
    expectClose(percent(interval.high), number(recomputed.upper_pct), 1e-9, 'high')
    expectNear(signedRankTest(d).p, number(recomputed.p), 1e-12, 'p')
  })

  it('Benjamini–Hochberg 1995', () => {
    const { p = [], documented, recomputed = {} } = entryOf('scipy-fdr-doc (Benjamini-Hochberg 1995)')
    const methods = {
      bonferroni: adjustBonferroni,
      holm: adjustHolm,
      bh: adjustBenjaminiHochberg,
      by: adjustBenjaminiYekutieli,
    }
    for (const [name, adjust] of Object.entries(methods)) {
      const known = recomputed[name] as number[]
      expect(known.length).toBe(p.length)
      known.forEach((value, index) => {
        expectNear(adjust(p)[index], value, 1e-12, name)
      })
    }
    expect(adjustBonferroni(p).filter((value) => value <= 0.05).length).toBe(documented.rejected_bonferroni_05)
    expect(adjustBenjaminiHochberg(p).filter((value) => value <= 0.05).length).toBe(documented.rejected_bh_05)
  })

  it('Otava and SPA: change points', () => {
    const single = entryOf('otava-single-step')
    const found = detectChangePoints(single.series ?? [], { seed: 1 })
    expect(found.map(({ index }) => index)).toEqual(single.documented.change_points)
    const two = entryOf('otava-two-metrics') as Entry & Record<string, number[]>
    for (const name of ['series1', 'series2']) {
      const [known] = two.documented[name] as number[]
      expect(bestSplit(two[name] ?? [], 0, 11, { minimumLength: 4 })?.index).toBe(known)
    }
    const sequence = entryOf('otava-sequence')
    const first = bestSplit(sequence.series ?? [], 0, 14, { form: 'U' })
    expect(first?.index).toBe(sequence.recomputed?.first_candidate)
    expectClose(first?.statistic, number(sequence.recomputed?.Qhat), 1e-9, 'Q')
    entryOf('mongodb-e-divisive')
    const levels = Float64Array.from({ length: 200 }, (_, index) => (index < 100 ? 0 : 1))
    expect(detectChangePoints(levels, { seed: 2 }).map(({ index }) => index)).toEqual([100])
  })

  it('only prose is left: every entry with figures was inspected', () => {
    const left = entries.filter((entry) => !inspected.has(entry)).map(({ id }) => id)
    expect(left).toEqual(['abedi-brecht-38pct'])
    expect(inspected.size).toBeGreaterThan(40)
  })
})
