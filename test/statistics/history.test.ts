import { describe, expect, it } from 'vitest'
import { analyseHistory } from '../../src/statistics/index.ts'
import { readFixture } from './fixture.ts'
import { drawTimes } from './noise.ts'

interface Case {
  id: string
  series: number[]
  known_change_points: number[] | null
}
const { cases } = readFixture<{ cases: Case[] }>('changepoints')
const options = { rope: 0.02, seed: 1 }
const seriesOf = (id: string) => cases.find((entry) => entry.id === id)?.series ?? []

describe('the history of the reference series', () => {
  const known = cases.filter(({ id }) => id !== 'ar1-0.7-null' && id !== 'slow-ramp' && id !== 'step-late-4pts')

  it.each(known)('$id has the true shifts', ({ series, known_change_points: truth }) => {
    const { shifts, trend, reason } = analyseHistory(series, options)
    expect(reason).toBeNull()
    expect(trend).toBeNull()
    expect(shifts.length).toBe(truth?.length)
    shifts.forEach(({ index, from, to, ratio }, position) => {
      expect(Math.abs(index - (truth?.[position] ?? -99))).toBeLessThanOrEqual(1)
      expect(from <= index && index <= to).toBe(true)
      expect(Math.abs(ratio - 1)).toBeGreaterThanOrEqual(0.02)
    })
  })

  it('a step with four points after it is possible, and one more point would confirm it', () => {
    const { shifts, possible } = analyseHistory(seriesOf('step-late-4pts'), options)
    expect(shifts).toEqual([])
    expect(possible).toMatchObject({ index: 56, needed: 1 })
  })

  it('a slow ramp is a trend, not steps', () => {
    const { shifts, trend } = analyseHistory(seriesOf('slow-ramp'), options)
    expect(shifts).toEqual([])
    expect(trend?.p).toBeLessThan(0.01)
    expect(trend?.changePerPoint).toBeGreaterThan(0)
  })

  it('an autocorrelated series is marked as indicative only', () => {
    expect(analyseHistory(seriesOf('ar1-0.7-null'), options).indicative).toBe(true)
    expect(analyseHistory(seriesOf('null-60'), options).indicative).toBe(false)
  })
})

describe('the end of a history', () => {
  const level = drawTimes(5, 30, 0.005)
  const shifted = (count: number) => [...level, ...drawTimes(6, count, 0.005, 120)]

  it('shows a possible shift until five points confirm it', () => {
    expect(analyseHistory(level, options)).toMatchObject({ shifts: [], possible: null })
    for (const count of [1, 2, 3, 4]) {
      const { shifts, possible } = analyseHistory(shifted(count), options)
      expect(shifts).toEqual([])
      expect(possible).toMatchObject({ index: 30, needed: 5 - count })
      expect(possible?.ratio).toBeCloseTo(1.2, 1)
    }
    expect(analyseHistory(shifted(5), options)).toMatchObject({ shifts: [{ index: 30 }], possible: null })
  })

  it('a single spike is a possible shift only while it is last', () => {
    const spike = [...level, 200]
    expect(analyseHistory(spike, options).possible).toMatchObject({ index: 30, needed: 4 })
    expect(analyseHistory([...spike, 100], options)).toMatchObject({ shifts: [], possible: null })
  })

  it('small shifts do not matter', () => {
    const small = [...level, ...drawTimes(6, 20, 0.005, 101.2)]
    expect(analyseHistory(small, options).shifts).toEqual([])
    expect(analyseHistory(small, { ...options, rope: 0.005 }).shifts).toMatchObject([{ index: 30 }])
  })

  it('counts from the first point, though only the last two hundred are analysed', () => {
    const long = [...drawTimes(1, 250, 0.005), ...drawTimes(2, 50, 0.005, 120)]
    expect(analyseHistory(long, options)).toMatchObject({ first: 100, shifts: [{ index: 250 }] })
  })
})
