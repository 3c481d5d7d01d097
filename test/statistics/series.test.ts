import { describe, expect, it } from 'vitest'
import {
  countSpikes,
  dipCriticalValue,
  dipStatistic,
  lagOneAutocorrelation,
  madToSigma,
  mannKendall,
  median,
  medianAbsoluteDeviation,
  rankVonNeumann,
  theilSenSlope,
} from '../../src/statistics/index.ts'
import { expectClose, expectNear, readFixture } from './fixture.ts'

interface Reference {
  dip_critical_values_uniform_null: { n: number; q90: number; q95: number; q99: number }[]
  cases: {
    id: string
    series: number[]
    mann_kendall: { S: number; var: number; z: number; p: number }
    kendall_tau_b: number
    lag1: number
    von_neumann_rank: { rvn: number; z: number; p_pos: number }
    dip: number
    median: number
    mad: number
    rel_mad: number
    n_outliers_mad5: number
  }[]
}
const reference = readFixture<Reference>('diagnostics')

it('the reference holds cases', () => expect(reference.cases.length).toBeGreaterThan(0))

describe.each(reference.cases)('diagnostic series $id', (known) => {
  const { series } = known
  it('has the same trend, autocorrelation, dip and spread', () => {
    const trend = mannKendall(series)
    expect(trend?.s).toBe(known.mann_kendall.S)
    expectClose(trend?.variance, known.mann_kendall.var, 1e-12, 'variance')
    expectNear(trend?.z, known.mann_kendall.z, 1e-9, 'z')
    expectClose(trend?.p, known.mann_kendall.p, 1e-9, 'p')
    expectNear(trend?.tau, known.kendall_tau_b, 1e-9, 'tau')
    expectNear(lagOneAutocorrelation(series), known.lag1, 1e-9, 'lag 1')
    const ratio = rankVonNeumann(series)
    expectClose(ratio?.ratio, known.von_neumann_rank.rvn, 1e-9, 'ratio')
    expectClose(ratio?.z, known.von_neumann_rank.z, 1e-9, 'z')
    expectClose(ratio?.p, known.von_neumann_rank.p_pos, 1e-9, 'p')
    expectClose(dipStatistic(series), known.dip, 1e-9, 'dip')
    expectClose(median(series), known.median, 1e-12, 'median')
    const mad = medianAbsoluteDeviation(series)
    expectClose(mad, known.mad, 1e-9, 'mad')
    expectClose((madToSigma * mad) / median(series), known.rel_mad, 1e-9, 'relative mad')
    expect(countSpikes(series)).toBe(known.n_outliers_mad5)
  })
})

describe('the dip', () => {
  it('has the reference critical values', () => {
    expect(reference.dip_critical_values_uniform_null.length).toBeGreaterThan(0)
    for (const { n, q90, q95, q99 } of reference.dip_critical_values_uniform_null) {
      expect([dipCriticalValue(n, 0.9), dipCriticalValue(n, 0.95), dipCriticalValue(n)]).toEqual([q90, q95, q99])
    }
    expect(dipCriticalValue(7)).toBeNull()
    expect(dipCriticalValue(400)).toBeCloseTo((dipCriticalValue(100) ?? 0) / 2, 12)
    const between = dipCriticalValue(35) ?? 0
    expect(between).toBeLessThan(dipCriticalValue(30) ?? 0)
    expect(between).toBeGreaterThan(dipCriticalValue(40) ?? 0)
  })

  it('is a quarter for two points of mass, and least for equal values', () => {
    expect(dipStatistic([1, 1, 1, 1, 9, 9, 9, 9])).toBeCloseTo(0.25, 12)
    expect(dipStatistic([5, 5, 5, 5])).toBe(1 / 8)
    expect(dipStatistic([3])).toBe(0.5)
    expect(dipStatistic([])).toBeNaN()
  })

  it('does not depend on place, scale or direction', () => {
    const values = [1, 4, 4.5, 5, 9, 9.2, 9.5, 10, 14, 3.3]
    const dip = dipStatistic(values)
    expect(dipStatistic(values.map((value) => -value))).toBeCloseTo(dip, 12)
    expect(dipStatistic(values.map((value) => 1e-9 * value + 1))).toBeCloseTo(dip, 6)
  })
})

describe('trends', () => {
  it('have a slope that one outlier does not move', () => {
    const series = Array.from({ length: 50 }, (_, index) => 3 * index + 7)
    series[20] = 1e6
    expect(theilSenSlope(series)).toBeCloseTo(3, 12)
  })

  it('answer for constant, short and long series', () => {
    expect(mannKendall([1, 1, 1, 1])).toMatchObject({ s: 0, p: 1, tau: 0 })
    expect(mannKendall([1])).toBeNull()
    expect(mannKendall([1, 2])).toMatchObject({ s: 1, variance: 1, p: 1, tau: 1 })
    expect(theilSenSlope([4])).toBeNull()
    expect(rankVonNeumann([1, 1, 1, 1, 1])).toBeNull()
    expect(lagOneAutocorrelation([2, 2])).toBeNull()
    const long = Float64Array.from({ length: 100_000 }, (_, index) => index + ((index * 7919) % 1009))
    const start = process.cpuUsage()
    expect(mannKendall(long)?.p).toBe(0)
    expect(theilSenSlope(long)).toBeCloseTo(1, 2)
    expect(dipStatistic(long)).toBeLessThan(0.01)
    expect(process.cpuUsage(start).user).toBeLessThan(2e6)
  })
})
