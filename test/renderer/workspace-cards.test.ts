import { describe, expect, it } from 'vitest'
import type { HistoryFindings, HistoryPoint, HistorySeries } from '../../src/analysis/index.ts'
import type { RunSummary, WorkflowCard } from '../../src/protocol/index.ts'
import { cardName, orderCards, slowerSentence, trendFacts } from '../../src/renderer/screens/workspace/card-facts.ts'
import { layOutSparkline } from '../../src/renderer/screens/workspace/sparkline-layout.ts'

const noFindings: HistoryFindings = { used: 10, missing: 0, steps: [], indicative: false, trend: null, possible: null }

function seriesOf(values: readonly number[], findings: Partial<HistoryFindings> = {}, sentences = ['Nothing.']) {
  const points = values.map((value, place): HistoryPoint => {
    const facts = { kind: 'experiment' as const, ids: [`x${place}`], startedAt: place, endedAt: place, failed: 0 }
    return { ...facts, value, low: value, high: value, count: 10, commit: null, dirty: false, changes: [] }
  })
  return {
    unit: 'nanoseconds',
    rope: 0.02,
    points,
    findings: { ...noFindings, ...findings },
    sentences,
  } as unknown as HistorySeries
}

const step = (point: number, ratio: number) => ({
  point,
  from: point,
  to: point,
  ratio,
  low: null,
  high: null,
  p: 0.01,
})

function card(file: string, startedAt: number, trend?: HistorySeries): WorkflowCard {
  const lastRun = { startedAt } as RunSummary
  return { file, runs: 1, experiments: 0, lastRun, ...(trend ? { trend } : {}) }
}

describe('what a card says of a history', () => {
  it('is the newest confirmed change, before all else', () => {
    const sentences = [
      'Change 1: 5.0 % faster since x3.',
      'Change 2: 20.0 % slower since x6.',
      'One point is only shown.',
    ]
    const facts = trendFacts(seriesOf([9, 9, 9, 8, 8, 8, 10], { steps: [step(3, 0.95), step(6, 1.2)] }, sentences))
    expect(facts).toEqual({
      tone: 'slower',
      confirmed: true,
      ratio: 1.2,
      sentences: ['20.0 % slower since x6.', 'One point is only shown.'],
    })
  })

  it('is no news after twenty more points, and still told', () => {
    const values = [5, 5, 5, ...Array.from({ length: 21 }, () => 6)]
    const facts = trendFacts(seriesOf(values, { steps: [step(3, 1.2)] }, ['Change 1: slower.']))
    expect(facts).toMatchObject({ tone: 'same', ratio: null, sentences: ['Slower.'] })
  })

  it('is not confirmed where a shift is only possible', () => {
    const possible = { point: 2, ratio: 1.1, needed: 3 }
    const facts = trendFacts(seriesOf([1, 1, 2], { possible }, ['No change.', 'Possible shift.']))
    expect(facts).toMatchObject({ tone: 'slower', confirmed: false, sentences: ['No change.', 'Possible shift.'] })
  })

  it('says nothing where nothing was measured', () => {
    expect(trendFacts(undefined)).toEqual({ tone: 'same', confirmed: false, ratio: null, sentences: [] })
  })
})

describe('the order of cards', () => {
  it('is what got slower, the worst first, then what may have, then the latest', () => {
    const slower = (ratio: number) => seriesOf([1, 1, 2], { steps: [step(2, ratio)] })
    const cards = [
      card('never.workflow.ts', 0),
      card('latest.workflow.ts', 900),
      card('faster.workflow.ts', 100, seriesOf([2, 2, 1], { steps: [step(2, 0.5)] })),
      card('possible.workflow.ts', 1, seriesOf([1, 1, 2], { possible: { point: 2, ratio: 3, needed: 2 } })),
      card('slow.workflow.ts', 2, slower(1.1)),
      card('slowest.workflow.ts', 1, slower(1.5)),
    ]
    expect(orderCards(cards).map(cardName)).toEqual(['slowest', 'slow', 'possible', 'latest', 'faster', 'never'])
  })
})

describe('whether anything got slower', () => {
  const steady = seriesOf([1, 1, 1])
  const slower = seriesOf([1, 1, 2], { steps: [step(2, 1.5)] })

  it('is said of all that are known to be slower', () => {
    expect(slowerSentence([card('a.workflow.ts', 1, slower), card('b.workflow.ts', 1, steady)])).toEqual({
      sentence: 'a got slower',
      slower: true,
    })
  })

  it('is not said before it is confirmed', () => {
    const possible = seriesOf([1, 1, 2], { possible: { point: 2, ratio: 2, needed: 3 } })
    expect(slowerSentence([card('a.workflow.ts', 1, possible)])).toMatchObject({
      sentence: 'a may have got slower: to be confirmed',
      slower: false,
    })
  })

  it('is denied of those only that have enough experiments', () => {
    const few = seriesOf([1], { missing: 9 })
    expect(slowerSentence([card('a.workflow.ts', 1, steady)]).sentence).toBe('Nothing got slower')
    expect(slowerSentence([card('a.workflow.ts', 1, steady), card('b.workflow.ts', 1, few)]).sentence).toBe(
      'Of 1 with enough experiments to tell, nothing got slower',
    )
    expect(slowerSentence([card('b.workflow.ts', 1, few)]).sentence).toMatch(/^Too few experiments/)
    expect(slowerSentence([card('b.workflow.ts', 0)]).sentence).toBe('Nothing was measured yet')
  })
})

describe('the name of a card', () => {
  it('is that of the file until it has run', () => {
    expect(cardName({ file: 'pipelines/orders.workflow.ts' })).toBe('orders')
    expect(cardName({ file: 'orders.workflow.ts', name: 'order-pricing' })).toBe('order-pricing')
  })
})

describe('a sparkline', () => {
  it('ends at the right edge, and its levels lie at their medians', () => {
    const layout = layOutSparkline(seriesOf([100, 100, 120, 120], { steps: [step(2, 1.2)] }), 100, 48)!
    expect(layout.points.map(({ x }) => x)).toEqual([54, 68, 82, 96])
    expect(layout.points.map(({ y }) => y)).toEqual([44, 44, 4, 4])
    expect(layout.levels).toEqual([
      { from: 54, to: 68, y: 44, tone: 'same' },
      { from: 82, to: 96, y: 4, tone: 'slower' },
    ])
    expect(layout.changes).toEqual([{ x: 75, tone: 'slower' }])
  })

  it('marks a shift that must be confirmed apart from those that are', () => {
    const layout = layOutSparkline(
      seriesOf([100, 100, 80], { possible: { point: 2, ratio: 0.8, needed: 3 } }),
      100,
      48,
    )!
    expect(layout.changes).toEqual([])
    expect(layout.possible).toEqual({ x: 89, tone: 'faster' })
  })

  it('draws points closer where there are many, and none beyond its edges', () => {
    const layout = layOutSparkline(seriesOf(Array.from({ length: 300 }, (_, place) => place)), 100, 48)!
    expect(Math.min(...layout.points.map(({ x }) => x))).toBe(4)
    expect(layout.points.every(({ y, low, high }) => [y, low, high].every((at) => at! >= 4 && at! <= 44))).toBe(true)
  })

  it('has room for intervals', () => {
    const series = seriesOf([100, 120])
    const wide = { ...series, points: series.points.map((point) => ({ ...point, low: 80, high: 140 })) }
    const layout = layOutSparkline(wide, 100, 48)!
    expect(layout.points.map(({ low, y, high }) => [low, y, high])).toEqual([
      [44, 30.7, 4],
      [44, 17.3, 4],
    ])
  })

  it('is none with fewer than two values', () => {
    expect(layOutSparkline(seriesOf([1]), 100, 48)).toBeNull()
  })
})
