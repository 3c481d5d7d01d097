import { describe, expect, it } from 'vitest'
import { type HistoryPoint, type HistorySeries, historyLevels, historyRange } from '../../src/analysis/index.ts'

type Drawn = Pick<HistorySeries, 'points' | 'findings' | 'rope'>

/** Points of these values; those in brackets are only shown. */
function draw(drawn: string, findings: Partial<HistorySeries['findings']> = {}): Drawn {
  const points = drawn.split(' ').map((text): HistoryPoint => {
    const value = text === '-' ? null : Number(text.replace(/[()]/g, ''))
    const ids = { kind: 'experiment' as const, ids: ['x'], startedAt: 0, endedAt: 0, count: 10, failed: 0 }
    const facts = { ...ids, value, low: null, high: null, commit: null, dirty: false, changes: [] }
    return text.startsWith('(') || value === null ? { ...facts, unused: 'few-blocks' } : facts
  })
  const none = { used: 10, missing: 0, steps: [], indicative: false, trend: null, possible: null }
  return { points, rope: 0.02, findings: { ...none, ...findings } }
}

const step = (point: number, ratio: number) => ({
  point,
  from: point,
  to: point,
  ratio,
  low: null,
  high: null,
  p: 0.001,
})

describe('the levels of a history', () => {
  it('are the stretches between changes, each with the median of what takes part', () => {
    const series = draw('100 (900) 101 102 - 120 121 122', { steps: [step(5, 1.2)] })
    expect(historyLevels(series)).toEqual([
      { from: 0, to: 3, level: 101, ratio: null },
      { from: 5, to: 7, level: 121, ratio: 1.2 },
    ])
  })

  it('end where a shift is possible: it is not confirmed', () => {
    const possible = { point: 3, ratio: 1.2, needed: 3 }
    expect(historyLevels(draw('100 101 102 120', { possible }))).toEqual([{ from: 0, to: 2, level: 101, ratio: null }])
  })

  it('are none under a trend, nor with too few points', () => {
    expect(historyLevels(draw('1 2 3', { trend: { point: 0, p: 0.01, changePerPoint: 0.3 } }))).toEqual([])
    expect(historyLevels(draw('1 2 3', { missing: 7 }))).toEqual([])
  })
})

describe('the range of a picture of a history', () => {
  it('holds what counts, and leaves out what is only shown', () => {
    expect(historyRange(draw('100 150 (900)'))).toEqual({ low: 100, high: 150 })
  })

  it('is at least twice the region of indifference, so that noise fills no picture', () => {
    expect(historyRange(draw('100 100 100'))).toEqual({ low: 96, high: 104 })
  })

  it('is of what is only shown where nothing counts, and null with fewer than two values', () => {
    expect(historyRange(draw('(100) (200) -'))).toEqual({ low: 100, high: 200 })
    expect(historyRange(draw('100 -'))).toBeNull()
  })
})
