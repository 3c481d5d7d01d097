import { describe, expect, it } from 'vitest'
import { hitBody, hitHead, neighbourOf, spotInLane } from '../../../src/renderer/charts/timeline/hit-test.ts'
import { LaneData } from '../../../src/renderer/charts/timeline/lane-data.ts'
import { stackLanes } from '../../../src/renderer/charts/timeline/lane-stack.ts'
import { meanBetween } from '../../../src/renderer/charts/timeline/paint-density.ts'
import { SpanSet } from '../../../src/renderer/charts/timeline/span-set.ts'
import { TextFitter } from '../../../src/renderer/charts/timeline/text-fitter.ts'
import { headHeights, type TimelineState } from '../../../src/renderer/charts/timeline/timeline-state.ts'
import { LoadedTrace } from '../../../src/renderer/workers/loaded-trace.ts'
import { timelineTopic } from '../../../src/renderer/workers/topics/timeline.ts'
import { drawTrace, spansOf } from '../../fixtures/draw-trace.ts'
import { recordRun } from '../../fixtures/record-run.ts'

const trace = drawTrace(
  `
  workflow                  |==========|
    quotes                  |==========|
      item                  |===  ---  |
      item 2                |=====-----|
`,
  { counters: [{ name: 'heap', unit: 'bytes', points: [[0, 5] as const, [4, 9] as const] }] },
)
const topic = timelineTopic(new LoadedTrace(recordRun({}), trace))
const model = topic.model()
const stack = stackLanes(model, {})

async function stateOf(folding = {}): Promise<TimelineState> {
  let arrived = () => {}
  const data = new LaneData(
    {
      rows: async (place) => topic.rows(place),
      density: async (place) => topic.density(place),
      foundDensity: async (place, text) => topic.foundDensity(place, text),
      counters: async (place) => topic.counters(place),
    },
    () => arrived(),
    (error) => {
      throw error
    },
  )
  const places = [...model.lanes.keys()]
  const load = () => {
    for (const place of places) {
      if (model.lanes[place]!.type === 'counters') data.counters(place)
      else {
        data.rows(place)
        data.density(place)
      }
    }
  }
  load()
  await new Promise((resolve) => setImmediate(resolve))
  arrived = load
  return {
    ...{ model, stack: stackLanes(model, folding), data, view: { from: 0, to: 10e6 }, width: 1000, bodyHeight: 400 },
    ...{ scrollTop: 0, density: 1, range: null, selected: null, hovered: null, pointer: null, matches: null },
  }
}

const topOf = (id: string) => stack.lines.find((line) => line.type === 'lane' && line.lane.id === id)!.top

describe('what is under the pointer', () => {
  it('is the bar at that time, in that row of the lane', async () => {
    const state = await stateOf()
    const y = topOf('item:quotes:')
    expect(hitBody(state, 1e6, y + 4)).toMatchObject({ type: 'span', bar: { index: 0, duration: 3e6 } })
    expect(hitBody(state, 7e6, y + 4)).toMatchObject({ bar: { index: 1 } })
    expect(hitBody(state, 7e6, y + 20)).toMatchObject({ bar: { index: 3 }, spot: { row: 1 } })
    // Three pixels beside a bar are still the bar, ten are not.
    expect(hitBody(state, 3.03e6, y + 4)).toMatchObject({ bar: { index: 0 } })
    expect(hitBody(state, 4e6, y + 4)).toBeNull()
  })

  it('is found where the lanes were scrolled to', async () => {
    const state = { ...(await stateOf()), scrollTop: 30 }
    expect(hitBody(state, 1e6, topOf('item:quotes:') + 4 - 30)).toMatchObject({ bar: { index: 0 } })
  })

  it('is a part of the critical path, in the head', async () => {
    const state = await stateOf()
    const y = headHeights.minimap + headHeights.ruler + 8
    expect(hitHead(state, 1e6, y)).toMatchObject({ type: 'span', spot: { lane: 0 } })
    expect(hitHead(state, 1e6, 5)).toBeNull()
  })

  it('is how many were under way, in a lane drawn as density', async () => {
    const state = await stateOf({ 'item:quotes:': true })
    expect(hitBody(state, 1e6, topOf('item:quotes:') + 4)).toMatchObject({
      ...{ type: 'density', active: expect.closeTo(2), queueing: 0 },
    })
    expect(meanBetween(topic.density(3), 2e6, 6e6)).toBeCloseTo(1.5)
  })

  it('is the reading that speaks of that time, and no data before the first', async () => {
    const state = await stateOf()
    const y = topOf('counter:memory') + 4
    expect(hitBody(state, 3e6, y)).toMatchObject({ type: 'counter', readings: [5] })
    expect(hitBody(state, 4e6, y)).toMatchObject({ readings: [9] })
    expect(hitBody(state, -1, y)).toMatchObject({ readings: [null] })
  })
})

describe('a span in the timeline', () => {
  it('is found in its row once its lane is there, and has neighbours in it', async () => {
    const state = await stateOf()
    const [first] = spansOf(trace, 'item')
    const items = model.lanes.findIndex(({ id }) => id === 'item:quotes:')
    const placed = spotInLane(state, items, first!, 0, 3e6)
    expect(placed).toMatchObject({ row: 0, span: first })
    expect(neighbourOf(state, placed, 1)?.start).toBe(5e6)
    expect(neighbourOf(state, placed, -1)).toBeNull()
  })
})

describe('what a search found', () => {
  it('is asked by span, and by any stretch of a row', () => {
    const found = topic.find('#2')
    const matches = new SpanSet(found)
    const items = topic.rows(model.lanes.findIndex(({ id }) => id === 'item:quotes:'))
    expect(found.spans).toHaveLength(1)
    expect(matches.has(found.spans[0]!)).toBe(true)
    expect(items.rows.map((row) => matches.hasAny(row, 0, row.span.length))).toEqual([false, true])
  })

  it('is the same for long stretches as for short ones', () => {
    const rows = '=-'.repeat(60)
    const long = drawTrace(`workflow |${'='.repeat(120)}|\n  quotes |${'='.repeat(120)}|\n    item |${rows}|`)
    const many = timelineTopic(new LoadedTrace(recordRun({}), long))
    const matches = new SpanSet(many.find('#77'))
    const row = many.rows(many.model().lanes.findIndex(({ id }) => id === 'item:quotes:')).rows[0]!
    expect(matches.hasAny(row, 0, 77)).toBe(false)
    expect(matches.hasAny(row, 40, 78)).toBe(true)
    expect(matches.hasAny(row, 78, 120)).toBe(false)
  })
})

describe('a text in a bar', () => {
  const fitter = new TextFitter((text) => text.length * 6)

  it.each([
    { text: 'orders', width: 36, shown: 'orders' },
    { text: 'SELECT * FROM orders', width: 60, shown: 'SELECT *…' },
    { text: 'orders', width: 12, shown: '' },
  ])('is $shown where $width pixels are for "$text"', ({ text, width, shown }) => {
    expect(fitter.fit(text, width)).toBe(shown)
  })
})
