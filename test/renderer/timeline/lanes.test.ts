import { describe, expect, it } from 'vitest'
import { foldedAbove, lineAt, type StackLane, stackLanes } from '../../../src/renderer/charts/timeline/lane-stack.ts'
import { barFlags, type SpanLane } from '../../../src/renderer/charts/timeline/model.ts'
import { LoadedTrace } from '../../../src/renderer/workers/loaded-trace.ts'
import { timelineTopic } from '../../../src/renderer/workers/topics/timeline.ts'
import { drawTrace, spansOf } from '../../fixtures/draw-trace.ts'
import { recordRun } from '../../fixtures/record-run.ts'

const picture = `
  resource open db             |===                     |
  workflow                     |    ====================|
    orders                     |    ====                |
      call db.all: SELECT a    |     ==                 |
    quotes                     |        ============    |
      item                     |        ======----      |
        call db.lookup: A      |        ~~==            |
        call db.lookup: B      |            ==          |
      item 2                   |         ======----!    |
        call db.lookup: A      |          ==            |
    fit                        |                    ====|
      iteration                |                    ==--|
        fit/step               |                    ==--|
  work db: A                   |          ==            |
`
const trace = drawTrace(picture, {
  counters: [
    { name: 'waiting:db', unit: 'count', points: [[8, 1] as const, [10, 0] as const] },
    { name: 'heap', unit: 'bytes', points: [[0, 5e6] as const, [20, 9e6] as const] },
    { name: 'event-loop-utilisation', unit: 'share', points: [[0, 0] as const, [20, 0.4] as const] },
  ],
})
const topic = timelineTopic(new LoadedTrace(recordRun({}), trace))
const model = topic.model()
const lane = (id: string) => model.lanes.findIndex((one) => one.id === id)

describe('the lanes of a timeline', () => {
  it('stand in the order of the report: path, nodes with what is in them, resources, process', () => {
    expect(model.lanes.map(({ id, level }) => `${' '.repeat(level)}${id}`)).toEqual([
      'path',
      'workflow::workflow',
      'node:orders:',
      ' call:orders:db.all',
      'node:quotes:',
      ' item:quotes:',
      ' call:quotes:db.lookup',
      'node:fit:',
      ' iteration:fit:',
      ' node:fit/step:',
      'resource::',
      'work::db',
      ' counter:waiting:db',
      'counter:event-loop-utilisation',
      'counter:memory',
    ])
  })

  it('know what is in them', () => {
    expect(model.lanes[lane('item:quotes:')]).toMatchObject({ spans: 4, rows: 2, mostAtOnce: 2, failures: 1 })
    expect(model.lanes[lane('node:fit/step:')]).toMatchObject({ label: 'step', parent: lane('node:fit:') })
    expect(model.lanes[lane('counter:memory')]).toMatchObject({ highest: 9e6, unit: 'bytes' })
    expect(model.workflow).toEqual({ from: 4e6, to: 24e6 })
    expect(model.bounds).toEqual({ from: 0, to: 24e6 })
  })

  it('put calls into the row of the item that made them', () => {
    const [items, calls] = [topic.rows(lane('item:quotes:')), topic.rows(lane('call:quotes:db.lookup'))]
    expect(items.rows.map(({ index }) => [...index!])).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(calls.rows.map(({ span }) => [...span].map((row) => trace.spans.parent[row]))).toEqual([
      spansOf(trace, 'item')
        .slice(0, 1)
        .flatMap((item) => [item, item]),
      [items.rows[1]!.span[0]],
    ])
  })

  it('keep a call in the row of its item also where a row above it is free', () => {
    const late = timelineTopic(
      new LoadedTrace(
        recordRun({}),
        drawTrace(`
          workflow                  |==========|
            quotes                  |==========|
              item                  |==========|
                call db.lookup: A   | ==       |
              item 1                |==========|
                call db.lookup: A   |      ==  |
        `),
      ),
    )
    const place = late.model().lanes.findIndex(({ id }) => id === 'call:quotes:db.lookup')
    expect(late.rows(place).rows.map(({ start }) => [...start])).toEqual([[1e6], [6e6]])
  })

  it('say of each bar how it ended, whether it queued and whether it held up the end', () => {
    const items = topic.rows(lane('item:quotes:'))
    expect(items.rows[1]!.flags[1]! & barFlags.failed).toBe(barFlags.failed)
    expect(items.rows[1]!.failedBefore).toEqual(Uint32Array.from([0, 0, 1]))
    const calls = topic.rows(lane('call:quotes:db.lookup'))
    expect([...calls.rows[0]!.wait!]).toEqual([2e6, 0])
    expect(calls.keys.map(({ text }) => text)).toEqual(['A', 'B'])
    expect(new Set(calls.keys.map(({ hue }) => hue))).toEqual(new Set(['db.lookup']))
  })

  it('show the critical path as one row without gaps', () => {
    const [row] = topic.rows(0).rows
    expect(row!.start[0]).toBe(4e6)
    expect(row!.end.at(-1)).toBe(24e6)
    for (let place = 1; place < row!.start.length; place++) expect(row!.start[place]).toBe(row!.end[place - 1])
    expect(row!.mix!.hues.length).toBeGreaterThan(2)
  })

  it('count how many were under way where there are too many to tell apart', () => {
    const many = drawTrace(
      [
        '  workflow |==========|',
        '    quotes |==========|',
        ...Array.from({ length: 70 }, (_, item) => `      item ${item} | ======== |`),
      ].join('\n'),
    )
    const crowd = timelineTopic(new LoadedTrace(recordRun({}), many))
    const place = crowd.model().lanes.findIndex(({ id }) => id === 'item:quotes:')
    expect(crowd.model().lanes[place]).toMatchObject({ rows: 0, mostAtOnce: 70 })
    const density = crowd.density(place)
    expect(density.area.at(-1)).toBe(70 * 8e6)
    expect(density.queueing).toBeNull()
  })
})

describe('finding spans', () => {
  it('looks into names, statements and errors, whatever their case', () => {
    const found = topic.find('DB.LOOKUP')
    expect([...found.spans]).toEqual(spansOf(trace, 'db.lookup'))
    expect(found.marks.some((mark) => mark === 1)).toBe(true)
    expect([...topic.find('select').spans]).toEqual(spansOf(trace, 'db.all'))
  })

  it('finds items and turns by their number, and nothing by nothing', () => {
    expect([...topic.find('#2').spans].map((span) => trace.spans.index[span])).toEqual([2])
    expect(topic.find('  ').spans).toHaveLength(0)
  })

  it('finds those of a lane that is drawn as density', () => {
    const density = topic.foundDensity(lane('call:quotes:db.lookup'), 'db.lookup')
    expect(density.area.at(-1)).toBe(8e6)
    expect(topic.foundDensity(lane('call:quotes:db.lookup'), 'nowhere').time).toHaveLength(0)
  })

  it('lists what reaches into a stretch, sorted as asked', () => {
    const spans = topic.between({ from: 8e6, to: 9e6 }, 'duration', true)
    const lengths = [...spans].map((span) => trace.spans.duration[span]!)
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a))
    for (const span of spans) {
      expect(trace.spans.start[span]).toBeLessThanOrEqual(9e6)
      expect(trace.spans.start[span]! + trace.spans.duration[span]!).toBeGreaterThanOrEqual(8e6)
    }
  })
})

describe('everything about a span', () => {
  const [call] = spansOf(trace, 'db.lookup')

  it('names it, what it is inside of, its self time and its time on the critical path', () => {
    const details = topic.details(call!)!
    expect(details).toMatchObject({
      title: 'db.lookup A',
      node: 'quotes',
      detail: 'A',
      wait: 2e6,
      self: 4e6,
      error: '',
    })
    expect(details.parents.map(({ title }) => title)).toEqual(['workflow', 'quotes', '#0'])
    const workflow = topic.details(spansOf(trace, 'workflow')[0]!)!
    expect(workflow.onPath).toBe(20e6)
  })

  it('says why it failed', () => {
    const failed = spansOf(trace, 'item').find((span) => trace.spans.status[span] === 1)!
    expect(topic.details(failed)).toMatchObject({ status: 'failed', self: 5e6 })
    expect(topic.laneOf(failed)).toBe(lane('item:quotes:'))
  })

  it('knows no span that is not there', () => {
    expect(topic.details(999)).toBeNull()
  })
})

describe('the stack of lanes', () => {
  const lanesOf = (stack: ReturnType<typeof stackLanes>) =>
    stack.lines.filter((line): line is StackLane => line.type === 'lane').map((line) => line.lane.id)

  it('has all of them under headings, without gaps; the critical path stands elsewhere', () => {
    const stack = stackLanes(model, {})
    expect(lanesOf(stack)).toEqual(model.lanes.map(({ id }) => id).filter((id) => id !== 'path'))
    let top = 0
    for (const line of stack.lines) {
      expect(line.top).toBe(top)
      top += line.height
    }
    expect(stack.height).toBe(top)
    expect(lineAt(stack, stack.lines[2]!.top)).toBe(stack.lines[2])
    expect(lineAt(stack, top)).toBeUndefined()
  })

  it('hides what is inside of a folded lane, however deep, and of a folded section', () => {
    const folded = lanesOf(stackLanes(model, { 'node:fit:': true }))
    expect(folded).toContain('node:fit:')
    expect(folded).not.toContain('iteration:fit:')
    expect(folded).not.toContain('node:fit/step:')
    expect(lanesOf(stackLanes(model, { 'section:nodes': true }))).not.toContain('node:quotes:')
    expect(foldedAbove(model, lane('node:fit/step:'), { 'node:fit:': true, 'section:nodes': true })).toEqual([
      'section:nodes',
      'node:fit:',
    ])
  })

  it('draws a lane of many rows as density until it is unfolded', () => {
    const lanes = model.lanes.map((one) => (one.id === 'item:quotes:' ? ({ ...one, rows: 20 } as SpanLane) : one))
    const modeOf = (folding: Record<string, boolean>) =>
      stackLanes({ ...model, lanes }, folding).lines.find(
        (line) => line.type === 'lane' && line.lane.id === 'item:quotes:',
      )
    expect(modeOf({})).toMatchObject({ mode: 'density', folds: 'rows', collapsed: true })
    expect(modeOf({ 'item:quotes:': false })).toMatchObject({ mode: 'rows', collapsed: false })
  })
})
