import { describe, expect, it } from 'vitest'
import { buildNodeTable, compareNodes, summariseDurations } from '../../src/analysis/index.ts'
import { describeNodes } from '../fixtures/describe-nodes.ts'
import { drawTrace, spansOf } from '../fixtures/draw-trace.ts'

const description = describeNodes({ nodes: { orders: {}, quotes: { over: 'orders' }, never: { from: ['quotes'] } } })
const picture = `
  workflow               |====================|
    orders               | ======             |
      call db.all: ROWS  |  ~===              |
    quotes               |        ========== !|
      item               |        =====-----  |
        call api.json    |         ~=    =    |
        call api.json    |          ==   =!   |
      item               |        ======!     |
    work db: ROWS #7     |   ==               |
`

describe('node table', () => {
  const trace = drawTrace(picture)
  const { rows } = buildNodeTable(trace, description)
  const row = (path: string) => rows.find((candidate) => candidate.path === path)!

  it('divides time into self, waiting and queueing', () => {
    const orders = row('orders')
    expect(orders).toMatchObject({ kind: 'task', executions: 1, self: 2e6, wait: 4e6, queueing: 1e6, failures: 0 })
    expect(orders.calls).toEqual({ count: 1, total: 4e6, queueing: 1e6, failures: 0 })
    expect(orders.durations).toMatchObject({ total: 6e6, mean: 6e6, p50: 6e6, p99: 6e6 })
  })

  it('counts calls at the same time once in the waiting, and each in the sum', () => {
    const quotes = row('quotes')
    expect(quotes.wait).toBe(5e6)
    expect(quotes.calls).toEqual({ count: 4, total: 7e6, queueing: 1e6, failures: 1 })
  })

  it('says the same per item', () => {
    const { items } = row('quotes')
    expect(items?.durations).toMatchObject({ count: 3, total: 17e6, p50: 5e6, p95: 7e6 })
    expect(items).toMatchObject({ self: 12e6, wait: 5e6, failures: 1 })
  })

  it('shares the critical path out', () => {
    expect(row('orders').critical).toEqual({ time: 6e6, share: 0.3 })
    expect(rows.reduce((sum, { critical }) => sum + (critical?.share ?? 0), 0)).toBeLessThanOrEqual(1)
  })

  it('has no data for what did not run or was not recorded', () => {
    expect(row('never')).toMatchObject({
      executions: 0,
      durations: null,
      self: null,
      wait: null,
      critical: null,
      cpu: null,
    })
    expect(row('orders').cpu).toBeNull()
    expect(row('orders').items).toBeNull()
  })

  it('counts CPU samples of a node, without idle time', () => {
    const sampled = drawTrace(picture, {
      samples: `
        node:  orders  orders  quotes  .
               main    (idle)  main    main
      `,
    })
    const table = buildNodeTable(sampled, description)
    expect(table.rows.map(({ path, cpu }) => [path, cpu])).toEqual([
      ['orders', 1e6],
      ['quotes', 1e6],
      ['never', null],
    ])
    expect(table.unattributedCpu).toBe(1e6)
  })

  it('leads to the slowest execution', () => {
    expect(row('quotes').slowest).toBe(spansOf(trace, 'quotes')[0])
  })
})

describe('summary of durations', () => {
  it('takes nearest ranks, so that each percentile was observed', () => {
    const summary = summariseDurations(Array.from({ length: 20 }, (_, place) => place + 1))
    expect(summary).toMatchObject({ count: 20, p50: 10, p95: 19, p99: 20, min: 1, max: 20, mean: 10.5 })
    expect(summariseDurations([7])).toMatchObject({ p50: 7, p99: 7 })
    expect(summariseDurations([])).toBeNull()
  })
})

describe('comparison of nodes', () => {
  const quick = drawTrace(`
    workflow          |=======|
      orders          | ===   |
      quotes          |    ===|
  `)

  it('gives means with their number, largest change first', () => {
    const table = (trace: typeof quick) => buildNodeTable(trace, description)
    const rows = compareNodes([table(drawTrace(picture)), table(drawTrace(picture))], [table(quick)])
    expect(rows.map(({ path }) => path)).toEqual(['quotes', 'orders', 'never'])
    expect(rows[1]?.total).toEqual({
      baseline: { mean: 6e6, count: 2 },
      candidate: { mean: 3e6, count: 1 },
      difference: -3e6,
      ratio: 0.5,
    })
    expect(rows[2]?.total).toEqual({ baseline: null, candidate: null, difference: null, ratio: null })
    expect(rows[1]?.cpu.difference).toBeNull()
  })
})
