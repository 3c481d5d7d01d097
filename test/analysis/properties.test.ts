import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildNodeTable, buildSchedule, buildSpanTree, findCriticalPath, replay } from '../../src/analysis/index.ts'
import { describeNodes } from '../fixtures/describe-nodes.ts'
import { drawMap } from '../fixtures/draw-map.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'
import { type RandomSpan, traceOfTrees } from '../fixtures/random-trace.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const trees = treesOfDepth(4)
const traces = fc.array(trees, { maxLength: 6 }).map((list) => traceOfTrees(list))

describe('whatever the spans are', () => {
  it('the critical path partitions the workflow span exactly', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const path = findCriticalPath(trace, buildSpanTree(trace))!
        let cursor = 0
        for (const { start, end } of path.segments) {
          expect(start).toBe(cursor)
          expect(end).toBeGreaterThan(start)
          cursor = end
        }
        expect(cursor).toBe(path.duration)
        expect(path.nodes.reduce((sum, { time }) => sum + time, 0)).toBe(path.duration)
      }),
      { numRuns: 200 },
    )
  })

  it('a node neither waits nor computes longer than it took', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        for (const { durations, self, wait } of buildNodeTable(trace).rows) {
          expect(self).toBeLessThanOrEqual(durations!.total)
          expect(wait).toBeLessThanOrEqual(durations!.total)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('the replay of nodes that ran one after the other gives their wall time', () => {
    const chain = describeNodes({ nodes: {} })
    fc.assert(
      fc.property(fc.array(trees, { maxLength: 4 }), (list) => {
        // One after the other: each tree gets a slice of its own.
        const serial = list.map(({ children }, place) => ({
          from: place / list.length,
          to: (place + 0.9) / list.length,
          children: inSequence(children),
        }))
        const trace = traceOfTrees(serial)
        const { wall } = replay(buildSchedule(trace, chain)!)
        expect(Math.abs(wall / 1e9 - 1)).toBeLessThan(1e-6)
      }),
      { numRuns: 100 },
    )
  })
})

describe('whatever a map does', () => {
  const time = fc.integer({ min: 1, max: 12 })
  const calls = fc.array(time, { minLength: 1, maxLength: 3 })
  const mapOf = (concurrency: number, connections: number) =>
    describeNodes({
      resources: { api: { connections: [connections, 1, 64] } },
      nodes: { quotes: { over: 'list', knobs: { concurrency: [concurrency, 1, 64] } } },
    })

  it('its replay without a change is within 5 % of what was recorded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 20 }), calls, (lanes, items, times) => {
        const picture = drawMap('quotes', {
          lead: 0,
          items,
          lanes,
          calls: times.map((length) => ({ label: 'api.json: GET /', time: length })),
        })
        const schedule = buildSchedule(drawTrace(picture), mapOf(lanes, 64))!
        expect(Math.abs(replay(schedule).wall / schedule.duration - 1)).toBeLessThanOrEqual(0.05)
      }),
      { numRuns: 60 },
    )
  })

  it('more concurrency or more connections never make the replay slower, and never quicker than one item', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 1, max: 8 }),
        time,
        (items, connections, length) => {
          const picture = drawMap('quotes', { items, calls: [{ label: 'api.json: GET /', time: length }] })
          const schedule = buildSchedule(drawTrace(picture), mapOf(1, connections))!
          const walls = [1, 2, 4, 8, 16].map(
            (concurrency) => replay(schedule, { change: { quotes: { concurrency } } }).wall,
          )
          for (const [place, wall] of walls.entries()) {
            expect(wall).toBeGreaterThanOrEqual((length + 2) * 1e6 - 1)
            if (place > 0) expect(wall).toBeLessThanOrEqual(walls[place - 1]! + 1)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

function treesOfDepth(depth: number): fc.Arbitrary<RandomSpan> {
  const children = depth === 0 ? fc.constant([]) : fc.array(treesOfDepth(depth - 1), { maxLength: 4 })
  return fc.record({ from: share, to: share, children })
}

/** The same spans, moved so that none overlaps another of its level. */
function inSequence(spans: readonly RandomSpan[]): RandomSpan[] {
  return spans.map(({ children }, place) => ({
    from: (place + 0.1) / spans.length,
    to: (place + 0.8) / spans.length,
    children: inSequence(children),
  }))
}
