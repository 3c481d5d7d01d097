import { describe, expect, it } from 'vitest'
import { advise, type Recommendation, type TracedRun } from '../../src/advice/index.ts'
import type { Trace } from '../../src/trace/index.ts'
import { describeNodes } from '../fixtures/describe-nodes.ts'
import { drawMap } from '../fixtures/draw-map.ts'
import { drawTrace, spansOf, withoutSpans } from '../fixtures/draw-trace.ts'
import { recordRun } from '../fixtures/record-run.ts'

const statement = 'SELECT * FROM customers WHERE id IN (?)'
const lookup = (time: number, work: number, keys = 1) => ({
  label: `db.lookup: ${statement}`,
  time,
  work: { resource: 'db', time: work, keys },
})
const db = { lookupBatch: [1, 1, 100] } as const
const quotes = { over: 'orders', effects: 'read-only', knobs: { concurrency: [1, 1, 64] } } as const
const shop = describeNodes({ resources: { db }, nodes: { quotes } })

const oneByOne = drawTrace(drawMap('quotes', { items: 32, calls: [lookup(12, 4)] }))
/** Four at once, whose lookups share a statement: 4 ms fixed for one key, 7 for four. */
const shared = drawTrace(drawMap('quotes', { items: 32, lanes: 4, calls: [lookup(15, 7, 4)] }))

const baseline = (trace: Trace): TracedRun => ({ record: recordRun({ value: trace.spans.duration[0]! }), trace })
const variant = (trace: Trace): TracedRun => ({
  record: recordRun({
    ...{ id: 'r2', variant: 'batched', value: trace.spans.duration[0]! },
    patch: { quotes: { concurrency: 4 }, db: { lookupBatch: 4 } },
  }),
  trace,
})

function find(recommendations: readonly Recommendation[], rule = 'repeated-lookup') {
  return recommendations.filter((recommendation) => recommendation.rule === rule)
}

describe('a lookup per item', () => {
  const [advice] = find(advise({ description: shop, runs: [baseline(oneByOne), variant(shared)] }))

  it('is found, with batch size and concurrency in one patch', () => {
    expect(advice).toMatchObject({ place: 'quotes', fingerprint: 'repeated-lookup:drawn:quotes:db' })
    const { patch } = advice!
    expect(patch?.quotes?.concurrency).toBeGreaterThan(1)
    expect(patch?.db?.lookupBatch).toBe(patch?.quotes?.concurrency)
  })

  it('predicts from the cost of statements of different sizes', () => {
    if (advice?.prediction.kind !== 'range') throw new Error('no range')
    const { low, high, basis } = advice.prediction
    expect(low).toBeLessThan(0.4)
    expect(high).toBeGreaterThanOrEqual(low)
    expect(high).toBeLessThan(0.8)
    expect(basis).toContain('3.00 ms and 1.00 ms per key')
  })

  it('promises nothing where only one size was seen', () => {
    const [alone] = find(advise({ description: shop, runs: [baseline(oneByOne)] }))
    expect(alone?.patch).toBeDefined()
    expect(alone?.prediction).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('none with more than one key was seen'),
    })
  })

  it('promises nothing from a few larger statements either', () => {
    const few = drawTrace(drawMap('quotes', { items: 8, lanes: 4, calls: [lookup(15, 7, 4)] }))
    const [alone] = find(advise({ description: shop, runs: [baseline(oneByOne), variant(few)] }))
    expect(alone?.prediction).toMatchObject({ kind: 'unknown', why: expect.stringContaining('too few') })
  })

  it('is gone without the spans that it cites', () => {
    const without = withoutSpans(oneByOne, advice!.evidence.spanIds)
    expect(advice!.evidence.spanIds).toEqual(expect.arrayContaining(spansOf(oneByOne, 'db.lookup')))
    expect(find(advise({ description: shop, runs: [baseline(without), variant(shared)] }))).toEqual([])
  })

  it('predicts otherwise where the lookups take otherwise', () => {
    const slower = drawTrace(drawMap('quotes', { items: 32, calls: [lookup(40, 4)] }))
    const [other] = find(advise({ description: shop, runs: [baseline(slower), variant(shared)] }))
    if (advice?.prediction.kind !== 'range' || other?.prediction.kind !== 'range') throw new Error('no range')
    expect(other.prediction.low).toBeLessThan(advice.prediction.low * 0.8)
  })

  it('says which recommendation contains which, and does not rank the smaller gain first', () => {
    const all = advise({ description: shop, runs: [baseline(oneByOne), variant(shared)] })
    expect(all.map(({ rule }) => rule)).toEqual(['repeated-lookup', 'serial-calls'])
    expect(all[0]?.includes).toEqual([all[1]?.fingerprint])
    expect(all[1]?.includes).toEqual([])
  })

  it('asks for the missing knob in words', () => {
    const bare = describeNodes({ resources: { db: {} }, nodes: { quotes } })
    const [words] = find(advise({ description: bare, runs: [baseline(oneByOne)] }))
    expect(words?.patch).toBeUndefined()
    expect(words?.action).toContain('Declare a knob "lookupBatch" on "db"')
    const still = describeNodes({ resources: { db }, nodes: { quotes: { over: 'orders', effects: 'pure' } } })
    expect(find(advise({ description: still, runs: [baseline(oneByOne)] }))[0]?.action).toContain(
      'Declare a knob "concurrency" on "quotes"',
    )
  })
})

describe('the same query in a loop', () => {
  const picture = `
    workflow                                             |==========================|
      report                                             |==========================|
        call db.get: SELECT name FROM cities WHERE id = ? | ===---===---===---===--- |
      work db: SELECT name FROM cities WHERE id = ? #1,1,1,1,1,1,1,1 | =  =  =  =  =  =  =  =   |
  `

  it('is found in a task and answered in words', () => {
    const description = describeNodes({ resources: { db: {} }, nodes: { report: { effects: 'read-only' } } })
    const found = advise({ description, runs: [baseline(drawTrace(picture))] })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ rule: 'repeated-lookup', place: 'report', prediction: { kind: 'unknown' } })
    expect(found[0]?.action).toContain('in one query')
    expect(found[0]?.patch).toBeUndefined()
    const cited = found[0]!.evidence.spanIds
    expect(advise({ description, runs: [baseline(withoutSpans(drawTrace(picture), cited))] })).toEqual([])
  })

  it('is left alone where the task writes', () => {
    const description = describeNodes({ resources: { db: {} }, nodes: { report: {} } })
    expect(advise({ description, runs: [baseline(drawTrace(picture))] })).toEqual([])
  })
})

describe('healthy lookups that look alike', () => {
  it('those that share statements already', () => {
    const concurrent = { ...quotes, knobs: { concurrency: [4, 1, 64] } } as const
    const description = describeNodes({
      resources: { db: { lookupBatch: [4, 1, 100] } },
      nodes: { quotes: concurrent },
    })
    expect(advise({ description, runs: [baseline(shared)] })).toEqual([])
  })

  it('those of a map that writes', () => {
    const description = describeNodes({ resources: { db }, nodes: { quotes: { ...quotes, effects: 'writes' } } })
    expect(advise({ description, runs: [baseline(oneByOne), variant(shared)] })).toEqual([])
  })

  it('those that hardly take time', () => {
    const trace = drawTrace(drawMap('quotes', { items: 16, lead: 20, calls: [lookup(2, 1)] }))
    expect(advise({ description: shop, runs: [baseline(trace)] })).toEqual([])
  })

  it('statements that write', () => {
    const picture = drawMap('quotes', { items: 16, calls: [lookup(12, 4)] }).replaceAll(statement, 'INSERT INTO log')
    expect(find(advise({ description: shop, runs: [baseline(drawTrace(picture))] }))).toEqual([])
  })

  it('a different query each time', () => {
    const items = 12
    const { label, time } = lookup(12, 4)
    const trace = drawTrace(drawMap('quotes', { items, calls: [{ label, time }] }))
    /** Each item asks the next of so many tables. */
    const asking = (tables: number): Trace => {
      const names = Array.from({ length: tables }, (_, table) => `SELECT * FROM customers_${table} WHERE id IN (?)`)
      const detail = trace.spans.detail.slice()
      const lookups = spansOf(trace, 'db.lookup')
      expect(lookups).toHaveLength(items)
      for (const [item, row] of lookups.entries()) detail[row] = trace.strings.length + (item % tables)
      return { ...trace, strings: [...trace.strings, ...names], spans: { ...trace.spans, detail } }
    }
    expect(find(advise({ description: shop, runs: [baseline(asking(1))] }))).toHaveLength(1)
    expect(find(advise({ description: shop, runs: [baseline(asking(items))] }))).toEqual([])
  })
})
