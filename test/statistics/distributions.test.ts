import { describe, expect, it } from 'vitest'
import {
  mannWhitneyDistribution,
  medianIntervalRanks,
  normalCdf,
  normalQuantile,
  normalSf,
  shiftRank,
  signedRankDistribution,
  signedRankQuantile,
  studentQuantile,
  studentSf,
} from '../../src/statistics/index.ts'
import { expectClose, expectNear, readFixture } from './fixture.ts'

interface Tables {
  signed_rank_k: ({ n: number; min_two_sided_p: number } & Record<string, number | null>)[]
  mann_whitney_k: { m: number; n: number; min_two_sided_p: number; k_05: number; conf_05: number | null }[]
  median_ci_symmetric: {
    n: number
    attainable: boolean
    lo: number | null
    hi: number | null
    confidence: number
    requested: number
  }[]
  signed_rank_cdf: { n: number; cdf: number[] }[]
  mann_whitney_cdf: { m: number; n: number; cdf: number[] }[]
  normal: { z: number; cdf: number; sf: number }[]
  normal_quantile: { p: number; z: number }[]
  student_t: { df: number; p975: number; sf_2: number; sf_6: number }[]
}
const tables = readFixture<Tables>('tables')

describe('reference tables', () => {
  it('all hold rows', () => {
    for (const [name, rows] of Object.entries(tables)) {
      if (name !== 'meta') expect((rows as unknown[]).length, name).toBeGreaterThan(0)
    }
  })

  it('signed-rank ranks of intervals', () => {
    for (const row of tables.signed_rank_k) {
      const distribution = signedRankDistribution(row.n)
      expectClose(Math.min(1, 2 * (distribution[0] as number)), row.min_two_sided_p, 1e-12, `n ${row.n}`)
      const levels = Object.keys(row).filter((key) => key.startsWith('k_'))
      expect(levels.length).toBeGreaterThan(0)
      for (const key of levels) {
        const k = signedRankQuantile(Number(key.slice(2)) / 2, row.n)
        expect(k, `n ${row.n} ${key}`).toBe(row[key])
        const confidence = row[key.replace('k_', 'conf_')] ?? null
        expectClose(k === 0 ? null : 1 - 2 * (distribution[k - 1] as number), confidence, 1e-12, `n ${row.n} ${key}`)
      }
    }
  })

  it('Mann–Whitney ranks of intervals', () => {
    for (const row of tables.mann_whitney_k) {
      const { rank, confidence } = shiftRank(row.m, row.n, 0.05)
      expect(rank).toBe(row.k_05)
      expectClose(confidence, row.conf_05, 1e-12, `m ${row.m} n ${row.n}`)
      const least = Math.min(1, 2 * (mannWhitneyDistribution(row.m, row.n)[0] as number))
      expectClose(least, row.min_two_sided_p, 1e-12, `least p ${row.m}`)
    }
  })

  it('median interval ranks', () => {
    for (const row of tables.median_ci_symmetric) {
      const ranks = medianIntervalRanks(row.n, row.requested)
      if (!row.attainable) {
        expect(ranks).toBeNull()
        continue
      }
      expect(ranks).toMatchObject({ lowRank: row.lo, highRank: row.hi })
      expectClose(ranks?.confidence, row.confidence, 1e-12, `n ${row.n}`)
    }
  })

  it('null distributions', () => {
    for (const { n, cdf } of tables.signed_rank_cdf) {
      const distribution = signedRankDistribution(n)
      expect(distribution.length).toBe(cdf.length)
      cdf.forEach((value, index) => {
        expectClose(distribution[index], value, 1e-12, `n ${n} at ${index}`)
      })
    }
    for (const { m, n, cdf } of tables.mann_whitney_cdf) {
      const distribution = mannWhitneyDistribution(m, n)
      expect(distribution.length).toBe(cdf.length)
      cdf.forEach((value, index) => {
        expectClose(distribution[index], value, 1e-12, `${m} ${n} at ${index}`)
      })
    }
  })

  it('normal distribution, far into the tail', () => {
    for (const { z, cdf, sf } of tables.normal) {
      expectClose(normalCdf(z), cdf, 1e-12, `cdf ${z}`)
      expectClose(normalSf(z), sf, 1e-12, `sf ${z}`)
      expectClose(normalCdf(-z), sf, 1e-12, `cdf ${-z}`)
    }
    for (const { p, z } of tables.normal_quantile) {
      if (z === 0) expectNear(normalQuantile(p), 0, 1e-15, `quantile ${p}`)
      else expectClose(normalQuantile(p), z, 1e-12, `quantile ${p}`)
    }
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
    expect(normalQuantile(1.1)).toBeNaN()
    expect([normalSf(60), normalSf(-60), normalCdf(Number.NEGATIVE_INFINITY)]).toEqual([0, 1, 0])
  })

  it('Student’s distribution', () => {
    for (const { df, p975, sf_2, sf_6 } of tables.student_t) {
      expectClose(studentQuantile(0.975, df), p975, 1e-12, `quantile ${df}`)
      expectClose(studentQuantile(0.025, df), -p975, 1e-12, `lower quantile ${df}`)
      expectClose(studentSf(2, df), sf_2, 1e-12, `sf(2) ${df}`)
      expectClose(studentSf(6, df), sf_6, 1e-12, `sf(6) ${df}`)
      expectClose(studentSf(-2, df), 1 - sf_2, 1e-12, `sf(-2) ${df}`)
    }
  })
})

describe('the distributions beyond the tables', () => {
  it('quantiles invert tails', () => {
    for (const df of [0.5, 1, 2, 3.7, 29, 1e4, 1e8, 1e15]) {
      for (const tail of [1e-12, 1e-6, 0.01, 0.3, 0.49]) {
        expectClose(studentSf(studentQuantile(1 - tail, df), df), tail, 1e-3, `df ${df} tail ${tail}`)
        expectClose(studentSf(-studentQuantile(tail, df), df), tail, 1e-11, `df ${df} tail ${tail}`)
      }
    }
    for (const p of [1e-200, 1e-30, 1e-5, 0.02, 0.4]) expectClose(normalCdf(normalQuantile(p)), p, 1e-11, `p ${p}`)
  })

  it('Student’s tail is Cauchy’s for one degree and closed for two', () => {
    for (const t of [1e-8, 0.3, 1, 50, 1e9, 1e160]) {
      expectClose(studentSf(t, 1), Math.atan(1 / t) / Math.PI, 1e-12, `Cauchy ${t}`)
      const root = Math.sqrt(2 + t * t)
      if (t < 1e8) expectClose(studentSf(t, 2), 1 / (root * (root + t)), 1e-12, `two degrees ${t}`)
    }
    expect(studentSf(0, 7)).toBeCloseTo(0.5, 15)
    expect(studentSf(1, 0)).toBeNaN()
  })

  it('median ranks of large samples are close to exact and quick', () => {
    const exact = medianIntervalRanks(1000)
    const near = medianIntervalRanks(1001)
    expect(Math.abs((exact?.lowRank ?? 0) - (near?.lowRank ?? 99))).toBeLessThanOrEqual(1)
    expect(near?.confidence).toBeGreaterThanOrEqual(0.95)
    expect(medianIntervalRanks(100_000)?.lowRank).toBe(49_690)
  })
})
