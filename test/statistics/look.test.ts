import { describe, expect, it } from 'vitest'
import {
  decideVerdict,
  evaluateLook,
  indifferenceOfRatios,
  type LookState,
  makePlan,
} from '../../src/statistics/index.ts'
import { expectClose, expectNear, readFixture } from './fixture.ts'

interface Reference {
  plan: { n: number; alpha: number }[]
  alpha_total: number
  cases: {
    id: string
    baseline: number[]
    candidate: number[]
    looks: Record<'n' | 'alpha' | 'p' | 'always_valid_p' | 'hl_ratio', number>[] &
      {
        ratio_lo: number | null
        ratio_hi: number | null
        walsh_ratio_lo: number | null
        walsh_ratio_hi: number | null
        verdict_rope_2pct: string
      }[]
    stop_at: number | null
  }[]
  verdict_table: {
    significant: boolean
    estimate: number
    ratio_lo: number | null
    ratio_hi: number | null
    rope: number
    verdict: string
  }[]
}
const reference = readFixture<Reference>('sequential')

/** The reference says `no-meaningful-change`, and `…-but-detectable`, where the product says equivalent. */
function translate(name: string) {
  if (name === 'no-meaningful-change') return { verdict: 'equivalent', detectable: false }
  if (name === 'no-meaningful-change-but-detectable') return { verdict: 'equivalent', detectable: true }
  return { verdict: name, detectable: false }
}

describe('the verdict rule', () => {
  it('follows the truth table', () => {
    expect(reference.verdict_table.length).toBeGreaterThan(0)
    for (const row of reference.verdict_table) {
      const { significant, estimate, ratio_lo: low, ratio_hi: high } = row
      const decision = decideVerdict({ significant, estimate, low, high }, indifferenceOfRatios(row.rope))
      expect(decision, JSON.stringify(row)).toEqual(translate(row.verdict))
    }
  })
})

describe('the standard plan', () => {
  it('has the reference looks', () => {
    const plan = makePlan('standard')
    expect(plan.looks.map(({ blocks, alpha }) => ({ n: blocks, alpha }))).toEqual(reference.plan)
    expect(plan.alpha).toBe(reference.alpha_total)
  })
})

describe.each(reference.cases)('sequential reference case $id', ({ baseline, candidate, looks, stop_at }) => {
  it('agrees look by look', () => {
    expect(looks.length).toBeGreaterThan(0)
    const plan = makePlan('standard', { cap: 320 })
    const previous: LookState[] = []
    let stoppedAt: number | null = null
    for (const known of looks) {
      const input = {
        plan,
        baseline: baseline.slice(0, known.n),
        candidates: [candidate.slice(0, known.n)],
        rope: 0.02,
      }
      const state = evaluateLook({ ...input, previous })
      expect(evaluateLook(input)).toEqual(state)
      if (state.kind !== 'look') return expect.fail('a look was expected')
      previous.push(state)
      expect(state).toMatchObject({ blocks: known.n, alpha: known.alpha, level: 1 - known.alpha })
      const result = state.candidates[0]
      if (result === undefined) return expect.fail('a candidate was expected')
      expectNear(result.p, known.p, 1e-12, 'p')
      expectNear(result.alwaysValidP, known.always_valid_p, 1e-12, 'always-valid p')
      expectClose(result.estimate, known.hl_ratio, 1e-12, 'estimate')
      expectClose(result.low, known.ratio_lo, 1e-12, 'low')
      expectClose(result.high, known.ratio_hi, 1e-12, 'high')
      expectClose(result.crossCheck.low, known.walsh_ratio_lo, 1e-12, 'Walsh low')
      expectClose(result.crossCheck.high, known.walsh_ratio_hi, 1e-12, 'Walsh high')
      expect({ verdict: result.verdict, detectable: result.detectable }).toEqual(translate(known.verdict_rope_2pct))
      if (state.stop === 'decided') stoppedAt ??= known.n
    }
    expect(stoppedAt).toBe(stop_at)
  })
})
