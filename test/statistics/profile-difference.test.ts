import { describe, expect, it } from 'vitest'
import { compareProfiles, findCostShift, maxT } from '../../src/statistics/index.ts'
import { expectClose, expectNear, readFixture } from './fixture.ts'

type Lists = Record<
  't_sqrt' | 'p_sqrt_t' | 'q_bh' | 'maxT_stat' | 'maxT_raw_p' | 'maxT_adjusted_p' | 'mean_delta_counts',
  number[]
>
interface Case extends Lists {
  id: string
  baseline_counts: number[][]
  candidate_counts: number[][]
  tested: number[]
  significant_bh05: number[]
  significant_maxT05: number[]
}
const { cases } = readFixture<{ cases: Case[] }>('flamegraph')

it('the reference holds cases', () => expect(cases.length).toBeGreaterThan(0))

describe.each(cases)('flame-graph reference case $id', (known) => {
  it('tests and flags the same functions with the same figures', () => {
    const { functions, blocks } = compareProfiles(known.baseline_counts, known.candidate_counts)
    expect(blocks).toBe(known.baseline_counts.length)
    expect(functions.map(({ index }) => index)).toEqual(known.tested)
    expect(functions.length).toBeGreaterThan(0)
    functions.forEach((entry, position) => {
      const at = (list: keyof Lists) => known[list][position] as number
      expectNear(entry.t, at('t_sqrt'), 1e-9 * Math.max(1, Math.abs(at('t_sqrt'))), 't')
      expectClose(entry.p, at('p_sqrt_t'), 1e-9, 'p')
      expectClose(entry.q, at('q_bh'), 1e-9, 'q')
      expectClose(entry.maxT, at('maxT_stat'), 1e-9, 'maxT')
      expectNear(entry.maxTRawP, at('maxT_raw_p'), 1e-12, 'raw p')
      expectNear(entry.maxTP, at('maxT_adjusted_p'), 1e-12, 'adjusted p')
      expectNear(entry.delta, at('mean_delta_counts'), 1e-9, 'delta')
    })
    const indices = (flag: 'changed' | 'proven') => functions.filter((entry) => entry[flag]).map(({ index }) => index)
    expect(indices('changed')).toEqual(known.significant_bh05)
    expect(indices('proven')).toEqual(known.significant_maxT05)
  })
})

describe('comparing profiles', () => {
  const profile = (...counts: number[]) => counts

  it('of the same counts finds nothing, and says when there are too few', () => {
    const rows = Array.from({ length: 10 }, (_, block) => profile(50 + block, 20, 0))
    const same = compareProfiles(rows, rows)
    expect(same.reason).toBeNull()
    expect(same.functions.map(({ index, delta, p, proven }) => [index, delta, p, proven])).toEqual([
      [0, 0, 1, false],
      [1, 0, 1, false],
    ])
    expect(compareProfiles(rows.slice(0, 9), rows.slice(0, 9)).reason).toBe('not-enough-profiles')
    expect(compareProfiles(rows.slice(0, 1), rows.slice(0, 1)).functions).toEqual([])
    expect(compareProfiles([], []).reason).toBe('not-enough-profiles')
  })

  it('swapped gives the same p and the opposite change', () => {
    const { baseline_counts, candidate_counts } = cases[0] as Case
    const there = compareProfiles(baseline_counts, candidate_counts).functions
    const back = compareProfiles(candidate_counts, baseline_counts).functions
    expect(back.map(({ delta }) => -delta)).toEqual(there.map(({ delta }) => delta))
    expect(back.map(({ maxTP }) => maxTP)).toEqual(there.map(({ maxTP }) => maxTP))
    expect(back.map(({ p }) => p)).toEqual(there.map(({ p }) => p))
  })

  it('keeps the parts adding up to the whole', () => {
    const { baseline_counts, candidate_counts } = cases[1] as Case
    const { functions } = compareProfiles(baseline_counts, candidate_counts)
    let whole = 0
    baseline_counts.forEach((row, block) => {
      for (const { index } of functions) {
        whole += ((candidate_counts[block]?.[index] ?? 0) - (row[index] ?? 0)) / baseline_counts.length
      }
    })
    expect(functions.reduce((sum, { delta }) => sum + delta, 0)).toBeCloseTo(whole, 9)
  })

  it('refuses crooked shapes and counts that are none', () => {
    expect(() => compareProfiles([[1, 2]], [[1]])).toThrow(expect.objectContaining({ code: 'statistics.not-paired' }))
    expect(() => compareProfiles([[1]], [])).toThrow(expect.objectContaining({ code: 'statistics.not-paired' }))
    for (const value of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(() => compareProfiles([[value]], [[1]])).toThrow(
        expect.objectContaining({ code: 'statistics.invalid-value' }),
      )
    }
  })
})

describe('the maxT test', () => {
  it('enumerates up to twelve blocks and draws beyond, reproducibly', () => {
    const differences = (blocks: number) =>
      [3, 1, -2].map((step) => Float64Array.from({ length: blocks }, (_, block) => step + ((block * 7) % 5) - 2))
    expect(maxT(differences(12))).toMatchObject({ patterns: 4096, method: 'exact' })
    const drawn = maxT(differences(20), 9)
    expect(drawn).toMatchObject({ patterns: 4096, method: 'sampled' })
    expect(maxT(differences(20), 9)).toEqual(drawn)
    expect(Math.min(...drawn.adjustedP)).toBeGreaterThanOrEqual(1 / 4096)
  })

  it('of a change that is the same in every block has the smallest p there is', () => {
    const result = maxT([new Float64Array(8).fill(4), new Float64Array(8)])
    expect([...result.statistic]).toEqual([Number.POSITIVE_INFINITY, 0])
    expect([...result.adjustedP]).toEqual([2 / 256, 1])
  })
})

describe('cost shift', () => {
  // root ─ parse ─ lex
  //              └ scan
  const tree = (lex: number, scan: number, parse = 0) => [
    { parent: -1, selfChange: 0, inclusiveChange: lex + scan + parse },
    { parent: 0, selfChange: parse, inclusiveChange: lex + scan + parse },
    { parent: 1, selfChange: lex, inclusiveChange: lex },
    { parent: 1, selfChange: scan, inclusiveChange: scan },
  ]

  it('is work that moved below the nearest common ancestor', () => {
    expect(findCostShift(tree(100, -95), 2)).toEqual({ node: 2, ancestor: 1, counterpart: 3 })
    expect(findCostShift(tree(100, 0, -90), 2)).toEqual({ node: 2, ancestor: 1, counterpart: 1 })
  })

  it('is not work that was added', () => {
    expect(findCostShift(tree(100, 0), 2)).toBeNull()
    expect(findCostShift(tree(100, -40), 2)).toBeNull()
    expect(findCostShift(tree(0, 5), 2)).toBeNull()
    expect(findCostShift([], 3)).toBeNull()
  })
})
