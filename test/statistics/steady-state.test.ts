import { describe, expect, it } from 'vitest'
import { classifyByBarrett, classifySteadyState, trialValueOf } from '../../src/statistics/index.ts'
import { expectClose, readFixture } from './fixture.ts'

interface Reference {
  change_points: number[]
  objective: number
  segment_medians?: number[]
  segment_means?: number[]
  classification: string
}
interface Case {
  id: string
  series: number[]
  recommended: Reference
  barrett: Reference
  intended: string
}
const { cases } = readFixture<{ cases: Case[] }>('warmup')

it('the reference holds cases', () => expect(cases.length).toBeGreaterThan(0))

describe.each(cases)('warm-up reference case $id', ({ series, recommended, barrett, intended }) => {
  it.each([
    ['recommended', recommended, classifySteadyState],
    ['Barrett', barrett, classifyByBarrett],
  ] as const)('%s', (_name, known, classify) => {
    const result = classify(series)
    expect(result.changePoints).toEqual(known.change_points)
    expectClose(result.objective, known.objective, 1e-9, 'objective')
    const levels = known.segment_medians ?? known.segment_means ?? []
    expect(result.levels.length).toBe(levels.length)
    expect(levels.length).toBeGreaterThan(0)
    levels.forEach((level, segment) => {
      expectClose(result.levels[segment], level, 1e-12, `level ${segment}`)
    })
    expect(result.classification).toBe(known.classification)
  })

  it('comes to what was intended, with the autocorrelation check', () => {
    expect(intended.startsWith(trialValueOf(series).state)).toBe(true)
  })
})

describe('the value of a trial', () => {
  it('drops the first tenth of a few iterations, at least one, but never all', () => {
    expect(trialValueOf([7])).toMatchObject({ value: 7, from: 0, state: 'short' })
    expect(trialValueOf([9, 1])).toMatchObject({ value: 1, from: 1 })
    expect(trialValueOf([100, 100, 100, ...Array.from({ length: 22 }, () => 2)])).toMatchObject({ value: 2, from: 3 })
    expect(trialValueOf([])).toMatchObject({ value: null, reason: 'no-iterations' })
  })

  it('takes the part after a warm-up, and the second half where nothing is steady', () => {
    const noise = (index: number) => 1 + 0.001 * ((index * 7919) % 13)
    const warm = Array.from({ length: 100 }, (_, index) => (index < 20 ? 5 : 3) * noise(index))
    expect(trialValueOf(warm)).toMatchObject({ state: 'warmup', from: 20, changePoints: [20] })
    const late = Array.from({ length: 100 }, (_, index) => (index < 70 ? 5 : 3) * noise(index))
    expect(trialValueOf(late)).toMatchObject({ state: 'no steady state', from: 50 })
  })

  it('answers for constant, huge and long series', () => {
    expect(trialValueOf(new Float64Array(50).fill(4))).toMatchObject({ value: 4, state: 'flat', from: 0 })
    const long = Float64Array.from(
      { length: 100_000 },
      (_, index) => (index < 20_000 ? 9e12 : 8e12) + ((index * 7919) % 1009) * 1e8,
    )
    const start = process.cpuUsage()
    const result = trialValueOf(long)
    expect(process.cpuUsage(start).user).toBeLessThan(2e6)
    expect(result.state).toBe('warmup')
    expect(Math.abs(result.from - 20_000)).toBeLessThanOrEqual(50)
  })
})
