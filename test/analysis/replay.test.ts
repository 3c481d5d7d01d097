import { describe, expect, it } from 'vitest'
import { buildSchedule, type HiddenWaits, replay } from '../../src/analysis/index.ts'
import type { Trace } from '../../src/trace/index.ts'
import type { Patch } from '../../src/workflow/index.ts'
import { describeNodes } from '../fixtures/describe-nodes.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'

const description = describeNodes({
  resources: { db: { lookupBatch: [1, 1, 100] }, api: { connections: [4, 1, 64] } },
  nodes: {
    orders: {},
    quotes: { over: 'orders', knobs: { concurrency: [1, 1, 64] } },
    other: {},
    last: { from: ['quotes', 'other'] },
  },
})

const point = (time: number, value: number) => [time, value] as const

function wallOf(trace: Trace, change: Patch = {}, ran: Patch = {}): number {
  return replay(buildSchedule(trace, description, ran)!, { change }).wall / 1e6
}

describe('replay without a change', () => {
  it('gives the wall time of a serial map', () => {
    const trace = drawTrace(`
      workflow                  |====================|
        orders                  | ===                |
          call db.all: ROWS     | ==                 |
        quotes                  |    ================|
          item                  |    =====-----===== |
            call api.json: GET /|     ===  ===  ===  |
        work db: ROWS           |  =                 |
    `)
    expect(wallOf(trace)).toBeCloseTo(20, 6)
  })

  it('computes queueing anew where calls queued', () => {
    const trace = drawTrace(`
      workflow                  |==========|
        quotes                  |==========|
          item                  |=====     |
            call api.json       |====      |
          item                  |  ======= |
            call api.json       |  ~~====  |
    `)
    expect(wallOf(trace, {}, { quotes: { concurrency: 2 }, api: { connections: 1 } })).toBeCloseTo(10, 6)
  })

  it('lets one thread do the work of items that computed at the same time', () => {
    const trace = drawTrace(`
      workflow |========|
        quotes |========|
          item |========|
          item |========|
    `)
    expect(wallOf(trace, {}, { quotes: { concurrency: 2 } })).toBeCloseTo(8, 6)
    expect(wallOf(trace, { quotes: { concurrency: 1 } }, { quotes: { concurrency: 2 } })).toBeCloseTo(8, 6)
  })

  it('keeps the order of calls that one task made side by side', () => {
    const trace = drawTrace(`
      workflow          |==========|
        orders          |==========|
          call api.a    |===       |
          call api.b    |=====     |
          call api.c    |     ==== |
    `)
    expect(wallOf(trace)).toBeCloseTo(10, 6)
    expect(wallOf(trace, { api: { connections: 1 } })).toBeCloseTo(13, 6)
  })

  it('follows a cycle turn by turn', () => {
    const cycle = describeNodes({ nodes: { fit: { nodes: { step: {} } } } })
    const trace = drawTrace(`
      workflow           |==========|
        fit              | ======== |
          iteration      | ====---  |
            fit/step     |  ==  --  |
    `)
    expect(replay(buildSchedule(trace, cycle)!).wall / 1e6).toBeCloseTo(10, 6)
  })
})

describe('replay with a change', () => {
  const serial = drawTrace(`
    workflow                  |==================|
      quotes                  |==================|
        item                  |======------======|
          call api.json: GET /| ====  ====  ==== |
  `)
  const overlapped = drawTrace(`
    workflow                  |========|
      quotes                  |========|
        item                  |======  |
          call api.json: GET /| ====   |
        item                  | ====== |
          call api.json: GET /|  ====  |
        item                  |  ======|
          call api.json: GET /|   ==== |
  `)

  it('predicts the run that overlaps from the run that does not, and back', () => {
    // 0 to 3: the three items begin one after the other on the one thread; 7: the first has gone on at 5, the second at 6.
    expect(wallOf(serial, { quotes: { concurrency: 3 } })).toBeCloseTo(8, 6)
    expect(wallOf(overlapped, {}, { quotes: { concurrency: 3 } })).toBeCloseTo(8, 0)
  })

  it('is held back by the slots of a resource', () => {
    expect(wallOf(serial, { quotes: { concurrency: 3 }, api: { connections: 1 } })).toBeCloseTo(14, 6)
  })

  it('makes calls longer when it is told how the service reacts', () => {
    const schedule = buildSchedule(serial, description)!
    const change = { quotes: { concurrency: 3 } }
    const twice = replay(schedule, { change, serviceScale: (_, inFlight) => inFlight }).wall
    expect(twice).toBeGreaterThan(replay(schedule, { change }).wall)
  })

  it('lets hidden waits overlap, or no more of them at once than it is told, in any node and in all', () => {
    const trace = drawTrace(
      `
      workflow |====================|
        quotes |==========          |
          item |=====-----          |
        other  |          ==========|
    `,
      { counters: [{ name: 'event-loop-utilisation', unit: 'share', points: [point(0, 0), point(20, 0)] }] },
    )
    const ran = { run: { maxConcurrency: 1 } }
    const schedule = buildSchedule(trace, description, ran)!
    const { hiddenWaits } = replay(schedule)
    expect(hiddenWaits).toEqual({
      mostAtOnce: 1,
      nodes: [
        { path: 'quotes', total: 10e6, mostAtOnce: 1 },
        { path: 'other', total: 10e6, mostAtOnce: 1 },
      ],
    })
    const wall = (change: Patch, waits?: HiddenWaits) =>
      replay(schedule, { change, ...(waits ? { hiddenWaits: waits } : {}) }).wall / 1e6
    expect(wall({}, hiddenWaits)).toBeCloseTo(20, 6)
    const items = { quotes: { concurrency: 2 } }
    expect([wall(items), wall(items, hiddenWaits)]).toEqual([15, 20])
    // That two nodes may wait at once does not say that two items of one may.
    expect(wall(items, { ...hiddenWaits, mostAtOnce: 2 })).toBeCloseTo(20, 6)
    const nodes = { run: { maxConcurrency: 2 } }
    expect([wall(nodes), wall(nodes, hiddenWaits)]).toEqual([10, 20])
  })

  it('does not overlap statements of one database thread, but lets lookups share them', () => {
    const trace = drawTrace(`
      workflow                 |================|
        quotes                 |================|
          item                 |====----====----|
            call db.lookup: ROW|====----====----|
        work db: ROW #1,1,1,1  | ==  ==  ==  == |
    `)
    expect(wallOf(trace)).toBeCloseTo(16, 6)
    // One message with four statements: 2 ms on the way, 8 ms of work.
    expect(wallOf(trace, { quotes: { concurrency: 4 } })).toBeCloseTo(10, 6)
    // Without another batch size seen, a statement of four keys is taken to cost what one of one key does.
    expect(wallOf(trace, { quotes: { concurrency: 4 }, db: { lookupBatch: 4 } })).toBeCloseTo(4, 6)
  })

  it('starts independent nodes side by side up to maxConcurrency', () => {
    const trace = drawTrace(`
      workflow          |============|
        orders          |====        |
          call api.json |====        |
        other           |    ====    |
          call fetch    |    ====    |
        last            |        ====|
    `)
    const ran = { run: { maxConcurrency: 1 } }
    expect(wallOf(trace, {}, ran)).toBeCloseTo(12, 6)
    expect(wallOf(trace, { run: { maxConcurrency: 2 } }, ran)).toBeCloseTo(8, 6)
  })

  it('says what it does not know', () => {
    const schedule = buildSchedule(serial, description)!
    expect(replay(schedule, { change: { db: { cacheSize: 5 }, params: { limit: 1 } } }).passedOver).toEqual([
      'db.cacheSize',
      'params.limit',
    ])
  })
})

describe('waiting that no span recorded', () => {
  it('overlaps where the event loop was idle, and does not where nothing tells', () => {
    const picture = `
      workflow |============|
        quotes |============|
          item |===---===---|
    `
    const counter = (value: number) => ({
      counters: [
        { name: 'event-loop-utilisation', unit: 'share' as const, points: [[0, 0] as const, [12, value] as const] },
      ],
    })
    const change = { quotes: { concurrency: 4 } }
    expect(wallOf(drawTrace(picture), change)).toBeCloseTo(12, 6)
    expect(wallOf(drawTrace(picture, counter(1)), change)).toBeCloseTo(12, 6)
    expect(wallOf(drawTrace(picture, counter(0)), change)).toBeCloseTo(3, 6)
    expect(wallOf(drawTrace(picture, counter(0)))).toBeCloseTo(12, 6)
  })
})
