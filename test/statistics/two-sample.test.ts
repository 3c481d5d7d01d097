import { describe, expect, it } from 'vitest'
import {
  acceleratedInterval,
  bootstrap,
  hodgesLehmannShift,
  mannWhitneyTest,
  mean,
  median,
  medianInterval,
  percentileInterval,
  ratioOfMeans,
  ratioOfMedians,
  shiftInterval,
  welchTTest,
} from '../../src/statistics/index.ts'
import { expectClose, expectNear, readFixture } from './fixture.ts'

type MedianReference = { lo?: number; hi?: number; confidence?: number; attainable?: boolean }
interface Case {
  id: string
  baseline: number[]
  candidate: number[]
  expected: {
    mwu: Record<string, number> & { has_ties: boolean }
    hodges_lehmann: {
      shift: number
      ci95: { lo: number | null; hi: number | null; k: number; confidence: number; attainable: boolean }
    }
    hodges_lehmann_log: {
      log_shift: number
      ratio: number
      k: number
      confidence: number
      attainable: boolean
      ratio_lo: number | null
      ratio_hi: number | null
    }
    median: { baseline: number; candidate: number; ratio: number; mean_ratio: number }
    median_ci95_order_stat: { baseline: MedianReference; candidate: MedianReference }
    welch_t_on_log?: Record<'t' | 'df' | 'p' | 'ratio' | 'ratio_lo' | 'ratio_hi', number>
    bootstrap_ratio_of_medians?: Record<
      'bca_lo_range' | 'bca_hi_range' | 'percentile_lo_range' | 'percentile_hi_range',
      [number, number]
    > & { bca_defined: boolean; n_resamples: number }
  }
}
const { cases } = readFixture<{ cases: Case[] }>('two_sample')
const logs = (values: number[]) => values.map(Math.log)

it('the reference holds cases', () => expect(cases.length).toBeGreaterThan(30))

describe.each(cases)('two-sample reference case $id', ({ baseline, candidate, expected }) => {
  it('has the same Mann–Whitney test', () => {
    const test = mannWhitneyTest(baseline, candidate)
    const known = expected.mwu
    expect(test).toMatchObject({ u: known.U_candidate, ties: known.has_ties, method: 'exact' })
    expectNear(test?.superiority, known.A12 as number, 1e-12, 'A12')
    expectNear(test?.cliffDelta, known.cliffs_delta as number, 1e-12, 'delta')
    expectNear(test?.p, known.p_exact_two_sided as number, 1e-12, 'p')
    expectClose(test?.p, known.p_exact_two_sided as number, 1e-9, 'p, relative')
    expectNear(test?.pCentred, known.p_exact_centred as number, 1e-12, 'p centred')
    expectNear(test?.pLess, known.p_exact_less as number, 1e-12, 'p less')
    expectNear(test?.pGreater, known.p_exact_greater as number, 1e-12, 'p greater')
    expectNear(test?.pNormalCorrected, known.p_asymptotic_cc as number, 1e-12, 'p normal corrected')
    expectNear(test?.pNormal, known.p_asymptotic as number, 1e-12, 'p normal')
  })

  it('has the same Hodges–Lehmann shift and interval, raw and on logs', () => {
    const raw = expected.hodges_lehmann
    const scale = Math.max(...baseline.map(Math.abs))
    expectNear(hodgesLehmannShift(baseline, candidate), raw.shift, 1e-12 * scale, 'shift')
    const interval = shiftInterval(baseline, candidate, 0.05)
    expect(interval.rank).toBe(raw.ci95.k)
    if (raw.ci95.attainable) expectNear(interval.confidence, raw.ci95.confidence, 1e-12, 'confidence')
    else expect(interval).toMatchObject({ low: null, high: null, confidence: null })
    if (raw.ci95.lo !== null) expectNear(interval.low, raw.ci95.lo, 1e-12 * scale, 'low')
    if (raw.ci95.hi !== null) expectNear(interval.high, raw.ci95.hi, 1e-12 * scale, 'high')

    const log = expected.hodges_lehmann_log
    expectNear(hodgesLehmannShift(logs(baseline), logs(candidate)), log.log_shift, 1e-12, 'log shift')
    const logInterval = shiftInterval(logs(baseline), logs(candidate), 0.05)
    expectClose(logInterval.low === null ? null : Math.exp(logInterval.low), log.ratio_lo ?? null, 1e-9, 'ratio low')
    expectClose(logInterval.high === null ? null : Math.exp(logInterval.high), log.ratio_hi ?? null, 1e-9, 'ratio high')
  })

  it('has the same medians and median intervals', () => {
    expectClose(median(baseline), expected.median.baseline, 1e-12, 'median')
    expectClose(median(candidate), expected.median.candidate, 1e-12, 'median')
    expectClose(ratioOfMedians(baseline, candidate), expected.median.ratio, 1e-12, 'ratio')
    expectClose(mean(candidate) / mean(baseline), expected.median.mean_ratio, 1e-12, 'mean ratio')
    for (const [values, known] of [
      [baseline, expected.median_ci95_order_stat.baseline],
      [candidate, expected.median_ci95_order_stat.candidate],
    ] as const) {
      const interval = medianInterval(values)
      if (known.lo === undefined || known.lo === null) expect(interval).toBeNull()
      else {
        expect(interval).toMatchObject({ low: known.lo, high: known.hi })
        expectNear(interval?.confidence, known.confidence as number, 1e-12, 'confidence')
      }
    }
  })

  it('has the same Welch test on logs', ({ skip }) => {
    const known = expected.welch_t_on_log
    if (known === undefined) return skip('no such reference: a side has one value, or none vary')
    const test = welchTTest(logs(baseline), logs(candidate))
    expectClose(test?.t, known.t, 1e-9, 't')
    expectClose(test?.df, known.df, 1e-9, 'df')
    expectClose(test?.p, known.p, 1e-9, 'p')
    expectClose(Math.exp(test?.estimate ?? Number.NaN), known.ratio, 1e-9, 'ratio')
    expectClose(Math.exp(test?.low ?? Number.NaN), known.ratio_lo, 1e-9, 'low')
    expectClose(Math.exp(test?.high ?? Number.NaN), known.ratio_hi, 1e-9, 'high')
  })

  it('has bootstrap intervals in the reference range', ({ skip }) => {
    const known = expected.bootstrap_ratio_of_medians
    if (known === undefined) return skip('no such reference')
    const options = { statistic: ratioOfMedians, seed: 12345, resamples: known.n_resamples, unit: 'samples' } as const
    const result = bootstrap(baseline, candidate, options)
    const percentile = percentileInterval(result.distribution)
    expectInRange(percentile.low, known.percentile_lo_range)
    expectInRange(percentile.high, known.percentile_hi_range)
    const bca = acceleratedInterval(baseline, candidate, ratioOfMedians, result)
    if (!known.bca_defined) return expect(bca).toBeNull()
    expect(bca).not.toBeNull()
    expectInRange(bca?.low ?? Number.NaN, known.bca_lo_range)
    expectInRange(bca?.high ?? Number.NaN, known.bca_hi_range)
  })
})

/** Inside the range over eight seeds, give or take a quarter of its width or half a per cent. */
function expectInRange(value: number, [low, high]: [number, number]) {
  const slack = Math.max(0.25 * (high - low), 0.005 * Math.abs(value))
  expect(value).toBeGreaterThanOrEqual(low - slack)
  expect(value).toBeLessThanOrEqual(high + slack)
}

interface BootstrapCase {
  id: string
  baseline: number[]
  candidate: number[]
  statistic: 'ratio_of_medians' | 'ratio_of_means'
  B: number
  seed: number
  theta: number
  boot_mean: number
  boot_sd: number
  first5: number[]
  percentile_95: [number, number]
  bca_95: Record<'z0' | 'a' | 'q_lo' | 'q_hi' | 'lo' | 'hi', number>
}
const { bca } = readFixture<{ bca: BootstrapCase[] }>('rng_and_bootstrap')

it('the bootstrap reference holds cases', () => expect(bca.length).toBeGreaterThan(0))

describe.each(bca)('bootstrap reference case $id', (known) => {
  it('draws the same resamples and gives the same intervals', () => {
    const statistic = known.statistic === 'ratio_of_means' ? ratioOfMeans : ratioOfMedians
    const options = { statistic, seed: known.seed, resamples: known.B, unit: 'samples' } as const
    const result = bootstrap(known.baseline, known.candidate, options)
    expectClose(result.estimate, known.theta, 1e-12, 'theta')
    known.first5.forEach((value, index) => {
      expectClose(result.distribution[index], value, 1e-12, `draw ${index}`)
    })
    expectClose(mean(result.distribution), known.boot_mean, 1e-9, 'mean')
    const percentile = percentileInterval(result.distribution)
    expectClose(percentile.low, known.percentile_95[0], 1e-9, 'percentile low')
    expectClose(percentile.high, known.percentile_95[1], 1e-9, 'percentile high')
    const interval = acceleratedInterval(known.baseline, known.candidate, statistic, result)
    expectClose(interval?.biasCorrection, known.bca_95.z0, 1e-9, 'z0')
    expectNear(interval?.acceleration, known.bca_95.a, 1e-9, 'a')
    expectClose(interval?.lowShare, known.bca_95.q_lo, 1e-9, 'q low')
    expectClose(interval?.highShare, known.bca_95.q_hi, 1e-9, 'q high')
    expectClose(interval?.low, known.bca_95.lo, 1e-9, 'low')
    expectClose(interval?.high, known.bca_95.hi, 1e-9, 'high')
  })
})
