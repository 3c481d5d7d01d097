import { describe, expect, it } from 'vitest'
import { callsOf, groupCalls } from '../../src/analysis/index.ts'
import { drawTrace, spansOf } from '../fixtures/draw-trace.ts'

const trace = drawTrace(`
  workflow                        |====================|
    quotes                        |================    |
      item                        |========            |
        call db.lookup: ROW #1,1  | ~== ==             |
        call api.json: GET /q     |       =            |
      item                        |        ========    |
        call db.lookup: ROW #2    |         ==         |
        call api.json: GET /q     |         === ==!    |
    invoice                       |                ====|
      call db.lookup: ROW #1      |                 == |
    work db: ROW #1,1,2           | =  =     =         |
`)

describe('groups of calls', () => {
  const groups = groupCalls(trace)
  const of = (name: string, detail: string) => groups.find((group) => group.name === name && group.detail === detail)!

  it('come by time, one for each statement; a failed call has no statement', () => {
    expect(groups.map(({ name, detail, durations }) => [name, detail, durations.total / 1e6])).toEqual([
      ['db.lookup', 'ROW', 9],
      ['api.json', 'GET /q', 4],
      ['api.json', '', 3],
    ])
  })

  it('know time, queueing, rows and how many were under way', () => {
    const lookups = of('db.lookup', 'ROW')
    expect(lookups).toMatchObject({
      queueing: 1e6,
      quantity: 5,
      failures: 0,
      covered: 9e6,
      atOnce: { mean: 1, most: 1 },
    })
    expect(lookups.durations).toMatchObject({ count: 4, max: 3e6 })
    expect(of('api.json', '').failures).toBe(1)
  })

  it('know what is under way at once', () => {
    const both = groupCalls(
      drawTrace(`
        workflow       |======|
          quotes       |======|
            call a: Q  |===   |
            call a: Q  | ==== |
            call a: Q  |   == |
      `),
    )
    expect(both[0]!.atOnce).toEqual({ mean: 9 / 5, most: 2 })
  })

  it('name the nodes that made the calls', () => {
    expect(of('db.lookup', 'ROW').callers).toEqual([
      { node: 'quotes', calls: 3, time: 7e6 },
      { node: 'invoice', calls: 1, time: 2e6 },
    ])
  })

  it('find identical calls of one item', () => {
    const [item] = spansOf(trace, 'item')
    expect(of('db.lookup', 'ROW').repeated).toEqual({ within: 'item', most: 2, span: item, places: 1, of: 3 })
    expect(of('api.json', 'GET /q').repeated).toBeNull()
  })

  it('fit what a statement costs where the resource says', () => {
    expect(of('db.lookup', 'ROW').executions).toMatchObject({ count: 3, cost: { fixed: 1e6, perRow: 0 } })
    expect(of('api.json', 'GET /q').executions).toBeNull()
  })

  it('hold exactly their spans', () => {
    for (const group of groups) {
      const spans = callsOf(trace, group)
      expect(spans).toHaveLength(group.durations.count)
      expect(spans).toContain(group.slowest)
      expect(spans[0]).toBe(group.first)
    }
    expect(callsOf(trace, { name: 'db.lookup', detail: 'ROW' }, 'invoice')).toHaveLength(1)
  })

  it('keep to a node and what is inside of it', () => {
    expect(groupCalls(trace, { node: 'invoice' }).map(({ name, durations }) => [name, durations.count])).toEqual([
      ['db.lookup', 1],
    ])
    expect(groupCalls(drawTrace('workflow |=|'))).toEqual([])
  })
})
