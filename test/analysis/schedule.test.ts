import { describe, expect, it } from 'vitest'
import { buildSchedule, type CallStep, replay, wholePatchOf } from '../../src/analysis/index.ts'
import { takeApart } from '../../src/analysis/schedule.ts'
import { describeNodes } from '../fixtures/describe-nodes.ts'
import { drawMap } from '../fixtures/draw-map.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'

const description = describeNodes({
  resources: { api: { connections: [8, 1, 64] }, db: { lookupBatch: [1, 1, 100] } },
  nodes: { quotes: { over: 'orders', knobs: { concurrency: [1, 1, 64] } } },
})

/** All calls of a schedule, wherever they are in it. */
function callsOf(part: unknown): CallStep[] {
  if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return []
  if ('kind' in part && part.kind === 'call') return [part as CallStep]
  return Object.values(part).flatMap(callsOf)
}

describe('calls that waited for the thread', () => {
  // Three answers come after a millisecond each, but the thread has other items to go on with first.
  const busy = drawTrace(`
    workflow          |==================|
      quotes          |==================|
        item          |========          |
          call api.get| ==               |
        item          | ============     |
          call api.get|  ======          |
        item          |  ================|
          call api.get|   ==========     |
  `)
  const patch = { quotes: { concurrency: 3 } }

  it('are as long as recorded, or shorter by what other code had the thread for', () => {
    const scheduleWith = takeApart(busy, description, patch)!
    const services = (loopDelay: number) => callsOf(scheduleWith(loopDelay)).map(({ service }) => service / 1e6)
    expect(services(0)).toEqual([2, 6, 10])
    expect(services(0.5)).toEqual([1, 3, 5])
    expect(services(1)).toEqual([0, 0, 0])
  })

  it('are taken as recorded where that gives the recorded wall time', () => {
    const schedule = buildSchedule(busy, description, patch)!
    expect(schedule.loopDelay).toBe(0)
    expect(replay(schedule).wall / 1e6).toBeCloseTo(18, 6)
  })
})

describe('lookups that shared statements', () => {
  const statement = 'SELECT * FROM customers WHERE id IN (?)'
  const shared = drawTrace(
    drawMap('quotes', {
      items: 32,
      lanes: 4,
      calls: [{ label: `db.lookup: ${statement}`, time: 15, work: { resource: 'db', time: 7, keys: 4 } }],
    }),
  )

  it('are replayed together', () => {
    const schedule = buildSchedule(shared, description, { quotes: { concurrency: 4 }, db: { lookupBatch: 4 } })!
    const result = replay(schedule)
    expect(Math.abs(result.wall / schedule.duration - 1)).toBeLessThanOrEqual(0.05)
    // Eight statements of 7 ms each, though there were 32 calls.
    expect(result.resources.find(({ name }) => name === 'db')?.busy).toBeCloseTo(8 * 7e6, 0)
  })
})

describe('work of the event loop for calls', () => {
  const picture = drawMap('quotes', { items: 5, calls: [{ label: 'api.get: /', time: 8 }] })
  const utilised = (share: number) =>
    drawTrace(picture, {
      counters: [
        {
          name: 'event-loop-utilisation',
          unit: 'share',
          points: [
            [0, 0],
            [50, share],
          ],
        },
      ],
    })

  it('is what it was busy with besides own code, and cannot overlap', () => {
    // 50 ms, of which own code 10: a loop that was busy for 30 worked 4 for each of the 5 calls.
    const schedule = buildSchedule(utilised(0.6), description)!
    expect(callsOf(schedule).map(({ service, cpu }) => [service / 1e6, cpu / 1e6])[0]).toEqual([
      expect.closeTo(4, 6),
      expect.closeTo(4, 6),
    ])
    expect(replay(schedule).wall / 1e6).toBeCloseTo(50, 6)
    const change = { quotes: { concurrency: 5 } }
    expect(replay(schedule, { change }).wall).toBeGreaterThanOrEqual(30e6)
    expect(replay(buildSchedule(utilised(0.2), description)!, { change }).wall).toBeLessThan(20e6)
  })
})

describe('a schedule', () => {
  it('needs a workflow span that ended', () => {
    expect(buildSchedule(drawTrace('resource db |==|'), description)).toBeNull()
    expect(buildSchedule(drawTrace('workflow |==>|'), description)).toBeNull()
  })

  it('keeps the order of nodes that nobody described', () => {
    const trace = drawTrace(`
      workflow |======|
        a      |==    |
        b      |  ====|
    `)
    expect(replay(buildSchedule(trace, describeNodes({ nodes: {} }))!).wall / 1e6).toBeCloseTo(6, 6)
  })

  it('does not wait for a call that nobody waited for', () => {
    const trace = drawTrace(`
      workflow     |========|
        a          |===     |
          call log | ====== |
        b          |   =====|
    `)
    const chain = describeNodes({ nodes: { a: {}, b: { from: ['a'] } } })
    expect(replay(buildSchedule(trace, chain)!).wall / 1e6).toBeCloseTo(8, 6)
  })

  it('knows the knobs of a variant that the workflow names', () => {
    const named = { ...description, variants: [{ name: 'four', patch: { quotes: { concurrency: 4 } } }] }
    expect(wholePatchOf({ variant: 'four', patch: { api: { connections: 2 } } }, named)).toEqual({
      quotes: { concurrency: 4 },
      api: { connections: 2 },
    })
  })
})
