import { describe, expect, it } from 'vitest'
import {
  blockSwapInterval,
  blockSwapTest,
  comparePaired,
  guardSpread,
  hodgesLehmannShift,
  pairedTTest,
  pseudomedian,
  signedRankTest,
  signFlipMeanTest,
  signTest,
  toNanoLogs,
  walshInterval,
} from '../../src/statistics/index.ts'
import { expectClose, expectNear, readFixture } from './fixture.ts'

interface Case {
  id: string
  baseline: number[]
  candidate: number[]
  expected: {
    nano_log_baseline: number[]
    nano_log_candidate: number[]
    signed_rank: {
      n: number
      zeros: number
      Tplus: number
      Tminus: number
      p_two: number
      p_less: number
      p_greater: number
      p_asym_cc: number
      p_asym: number
      ties?: boolean
    }
    paired_t_on_log?: Record<'t' | 'df' | 'p' | 'ratio' | 'ratio_lo' | 'ratio_hi', number>
    sign_flip_mean_p?: number
    sign_test_p?: number
    pseudomedian_log: number
    ratio: number
    walsh_ci: Record<
      string,
      {
        k: number
        confidence: number
        attainable: boolean
        log_lo: number | null
        log_hi: number | null
        ratio_lo: number | null
        ratio_hi: number | null
      }
    >
    block_swap: {
      p: number
      stat2: number
      n_eff: number
      p_normal_approx: number
      hl_log: number
      hl_ratio: number
      [key: string]: unknown
    }
    guarded: {
      active: boolean
      mad_baseline_nano: number
      mad_candidate_nano: number
      p: number
      ci95_log_lo: number | null
      ci95_log_hi: number | null
    }
  }
}
const { cases } = readFixture<{ cases: Case[] }>('paired')
const nano = (log: number | null) => (log === null ? null : log * 1e9)

describe.each(cases)('paired reference case $id', ({ baseline, candidate, expected }) => {
  const a = toNanoLogs(baseline)
  const b = toNanoLogs(candidate)
  const differences = a.map((value, block) => (b[block] as number) - value)

  it('has the same nano-logs', () => {
    expect([...a]).toEqual(expected.nano_log_baseline)
    expect([...b]).toEqual(expected.nano_log_candidate)
  })

  it('has the same signed-rank test', () => {
    const test = signedRankTest(differences)
    const known = expected.signed_rank
    expect(test).toMatchObject({
      n: known.n,
      zeros: known.zeros,
      positive: known.Tplus,
      negative: known.Tminus,
      method: 'exact',
    })
    if (known.ties !== undefined) expect(test.ties).toBe(known.ties)
    expectNear(test.p, known.p_two, 1e-12, 'p')
    expectClose(test.p, known.p_two, 1e-9, 'p, relative')
    expectNear(test.pLess, known.p_less, 1e-12, 'p less')
    expectNear(test.pGreater, known.p_greater, 1e-12, 'p greater')
    expectNear(test.pNormal, known.p_asym, 1e-12, 'p normal')
    expectNear(test.pNormalCorrected, known.p_asym_cc, 1e-12, 'p normal, corrected')
  })

  it('has the same pseudomedian and Walsh intervals', () => {
    expectNear(pseudomedian(differences), expected.pseudomedian_log * 1e9, 1e-3, 'pseudomedian')
    const levels = Object.entries(expected.walsh_ci)
    expect(levels.length).toBeGreaterThan(0)
    for (const [gamma, known] of levels) {
      const interval = walshInterval(differences, Number(gamma))
      expect(interval.rank).toBe(known.k)
      expectNearOrNull(interval.low, nano(known.log_lo))
      expectNearOrNull(interval.high, nano(known.log_hi))
      if (known.attainable) expectNear(interval.confidence, known.confidence, 1e-12, 'confidence')
      else expect(interval).toMatchObject({ low: null, high: null, confidence: null })
    }
  })

  it('has the same block-swap test, shift and intervals', () => {
    const known = expected.block_swap
    const test = blockSwapTest(a, b)
    expectNear(test.p, known.p, 1e-12, 'p')
    expectClose(test.p, known.p, 1e-9, 'p, relative')
    expect(test).toMatchObject({ statistic: known.stat2, effectiveBlocks: known.n_eff, method: 'exact' })
    expectNear(test.pNormal, known.p_normal_approx, 1e-12, 'normal p')
    expectNear(hodgesLehmannShift(a, b), known.hl_log * 1e9, 1e-3, 'shift')
    for (const [ratio, key] of [
      [1.02, 'p_at_ratio_1.02'],
      [1 / 1.02, 'p_at_ratio_1/1.02'],
    ] as const) {
      const shift = Math.round(Math.log(ratio) * 1e9)
      expectNear(blockSwapTest(a, b, 2 * shift).p, known[key] as number, 1e-12, key)
    }
    const levels = Object.keys(known).filter((key) => key.startsWith('ci_'))
    expect(levels.length).toBeGreaterThan(0)
    for (const key of levels) {
      const interval = blockSwapInterval(a, b, Number(key.slice(3)))
      const reference = known[key] as { log_lo: number | null; log_hi: number | null }
      expectNearOrNull(interval.low, nano(reference.log_lo))
      expectNearOrNull(interval.high, nano(reference.log_hi))
    }
  })

  it('has the same t-test, sign-flip and sign tests', () => {
    if (expected.paired_t_on_log === undefined) expect(pairedTTest([...new Set(differences)].slice(0, 1))).toBeNull()
    else {
      const known = expected.paired_t_on_log
      const test = pairedTTest(differences.map((value) => value / 1e9))
      expectClose(test?.t, known.t, 1e-9, 't')
      expect(test?.df).toBe(known.df)
      expectClose(test?.p, known.p, 1e-7, 'p')
      expectClose(Math.exp(test?.estimate ?? Number.NaN), known.ratio, 1e-12, 'ratio')
      expectClose(Math.exp(test?.low ?? Number.NaN), known.ratio_lo, 1e-12, 'low')
      expectClose(Math.exp(test?.high ?? Number.NaN), known.ratio_hi, 1e-12, 'high')
    }
    if (expected.sign_flip_mean_p !== undefined) {
      expectNear(signFlipMeanTest(differences), expected.sign_flip_mean_p, 1e-12, 'sign flip')
    }
    if (expected.sign_test_p !== undefined) expectNear(signTest(differences), expected.sign_test_p, 1e-12, 'sign test')
  })

  it('has the same spread guard', () => {
    const known = expected.guarded
    const guard = guardSpread(a, b)
    expect(guard.active).toBe(known.active)
    expect(guard.baselineSpread).toBe(known.mad_baseline_nano)
    expect(guard.candidateSpread).toBe(known.mad_candidate_nano)
    const comparison = comparePaired(a, b, 0.05)
    expectNear(comparison.p, known.p, 1e-12, 'p')
    expectNearOrNull(comparison.low, nano(known.ci95_log_lo))
    expectNearOrNull(comparison.high, nano(known.ci95_log_hi))
  })
})

it('the reference holds cases', () => expect(cases.length).toBeGreaterThan(20))

/**
 * Ends are breakpoints, integers or halves of them: the file's decimal fraction times 10⁹ is off by less than a
 * thousandth.
 */
function expectNearOrNull(actual: number | null, expected: number | null) {
  if (expected === null) expect(actual).toBeNull()
  else expectNear(actual, expected, 1e-3, 'end of the interval')
}
