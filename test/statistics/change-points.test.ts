import { describe, expect, it } from 'vitest'
import { bestSplit, detectChangePoints } from '../../src/statistics/index.ts'
import { expectNear, readFixture } from './fixture.ts'

interface Case {
  id: string
  series: number[]
  known_change_points: number[] | null
  first_candidate_energy_T_fixed_kappa: { min_seg: number; index: number; T: number }
  first_candidate_energy_T_kappa_scan: { min_seg: number; index: number; T: number }
  first_candidate_Qhat_kappa_scan: { index: number; Q: number }
  detected: {
    alpha: number
    permutations: number
    min_seg: number
    index_lists_for_3_seeds: number[][]
    agree: boolean
  }
}
const { cases } = readFixture<{ cases: Case[] }>('changepoints')

it('the reference holds cases', () => expect(cases.length).toBeGreaterThan(0))

describe.each(cases)('change-point reference case $id', (known) => {
  const { series } = known
  const scale = Math.max(1, known.first_candidate_energy_T_kappa_scan.T)

  it('has the same first candidates in all three forms', () => {
    const fixed = known.first_candidate_energy_T_fixed_kappa
    const split = bestSplit(series, 0, series.length, { minimumLength: fixed.min_seg, scanEnd: false })
    expect(split?.index).toBe(fixed.index)
    expectNear(split?.statistic, fixed.T, 1e-9 * scale, 'fixed end')
    const scanned = known.first_candidate_energy_T_kappa_scan
    const scan = bestSplit(series, 0, series.length, { minimumLength: scanned.min_seg })
    expect(scan?.index).toBe(scanned.index)
    expectNear(scan?.statistic, scanned.T, 1e-9 * scale, 'scanned end')
    const published = bestSplit(series, 0, series.length, { form: 'U' })
    expect(published?.index).toBe(known.first_candidate_Qhat_kappa_scan.index)
    expectNear(published?.statistic, known.first_candidate_Qhat_kappa_scan.Q, 1e-9 * scale, 'U form')
  })

  it('has the same change points, whatever the seed, where the reference agrees with itself', ({ skip }) => {
    const { alpha, permutations, min_seg: minimumLength, agree, index_lists_for_3_seeds: lists } = known.detected
    if (!agree) return skip('the reference depends on its seed')
    for (const seed of [1, 2, 3]) {
      const found = detectChangePoints(series, { seed, alpha, permutations, minimumLength })
      expect(found.map(({ index }) => index)).toEqual(lists[0])
      for (const { p } of found) {
        expect(p).toBeGreaterThanOrEqual(1 / (permutations + 1))
        expect(p).toBeLessThanOrEqual(alpha)
      }
    }
  })
})

describe('change points', () => {
  it('of two thousand points of two levels are found at the level change', () => {
    const series = Float64Array.from({ length: 2000 }, (_, index) => (index < 1000 ? 0 : 1))
    expect(bestSplit(series)?.index).toBe(1000)
  })

  it('of short series are none', () => {
    expect(bestSplit([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeNull()
    for (const series of [[], [1], [1, 2, 3]]) expect(detectChangePoints(series, { seed: 1 })).toEqual([])
  })

  it('do not depend on place and scale', () => {
    const { series } = cases.find(({ id }) => id === 'return') as Case
    const indices = (values: number[]) => detectChangePoints(values, { seed: 4 }).map(({ index }) => index)
    expect(indices(series.map((value) => value * 1e12))).toEqual(indices(series))
    expect(indices(series.map((value) => value * 1e-9))).toEqual(indices(series))
    expect(indices(series.map((value) => -value))).toEqual(indices(series))
    expect(indices([...series].reverse())).toEqual(
      indices(series)
        .map((index) => series.length - index)
        .reverse(),
    )
  })
})
