import { describe, expect, it } from 'vitest'
import { buildSpanTree, clipCriticalPath, findCriticalPath } from '../../src/analysis/index.ts'
import type { Trace } from '../../src/trace/index.ts'
import { drawTrace, spansOf } from '../fixtures/draw-trace.ts'

function pathOf(trace: Trace) {
  return findCriticalPath(trace, buildSpanTree(trace))!
}

/** Segments as text: `name start-end`, times in milliseconds. */
function textOf(trace: Trace): string[] {
  return pathOf(trace).segments.map(({ span, start, end }) => {
    const index = trace.spans.index[span]!
    return `${trace.strings[trace.spans.name[span]!]}${index < 0 ? '' : `[${index}]`} ${start / 1e6}-${end / 1e6}`
  })
}

describe('critical path', () => {
  it('follows the last-finishing child and gives gaps to the span itself', () => {
    const trace = drawTrace(`
      workflow        |==========|
        load          | ===      |
        slow          |    ===== |
        quick         |    ==    |
          call db.get |    ==    |
    `)
    expect(textOf(trace)).toEqual(['workflow 0-1', 'load 1-4', 'slow 4-9', 'workflow 9-10'])
  })

  it('goes from an item back to the item whose end freed its place', () => {
    const trace = drawTrace(`
      workflow |==========|
        quotes |==========|
          item |====---===|
          item |======    |
    `)
    expect(textOf(trace)).toEqual(['quotes[0] 0-4', 'quotes[1] 4-7', 'quotes[2] 7-10'])
  })

  it('partitions the workflow span exactly, into nodes and calls', () => {
    const trace = drawTrace(`
      workflow              |=============|
        load                | ====        |
          call db.all: ROWS |  ~==        |
        quotes              |      ====== |
          item              |      ===    |
            call api.json   |       ==    |
          item              |       ===== |
            call api.json   |        ===  |
        work db: ROWS #3    |   ==        |
    `)
    const path = pathOf(trace)
    let cursor = 0
    for (const { start, end } of path.segments) {
      expect(start).toBe(cursor)
      cursor = end
    }
    expect(cursor).toBe(13e6)
    expect(path.nodes.map(({ name, time }) => [name, time / 1e6])).toEqual([
      ['quotes', 6],
      ['load', 4],
      ['', 3],
    ])
    expect(path.nodes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(path.calls.map(({ name, detail, time }) => [name, detail, time / 1e6])).toEqual([
      ['db.all', 'ROWS', 3],
      ['api.json', '', 3],
    ])
    expect(path.segments.find(({ span }) => span === spansOf(trace, 'db.all')[0])?.queueing).toBe(1e6)
  })

  it('leaves out a call that went on beyond the end of what it was made in', () => {
    const trace = drawTrace(`
      workflow             |======|
        first              |===   |
          call fetch       | =====|
        second             |   ===|
    `)
    expect(textOf(trace)).toEqual(['first 0-3', 'second 3-6'])
  })

  it('follows what nodes waited for, not what resources did meanwhile', () => {
    const trace = drawTrace(`
      workflow   |========|
        first    |===     |
        second   |     ===|
        work db  |  ===   |
    `)
    expect(textOf(trace)).toEqual(['first 0-3', 'workflow 3-5', 'second 5-8'])
  })

  it('is null without a workflow span', () => {
    const trace = drawTrace('resource db |==|')
    expect(findCriticalPath(trace, buildSpanTree(trace))).toBeNull()
  })

  it('bears nesting deeper than the engine’s stack', () => {
    const depth = 20_000
    const lines = Array.from({ length: depth }, (_, level) => `${' '.repeat(level + 1)}step s |=|`)
    expect(pathOf(drawTrace(['workflow |=|', ...lines].join('\n'))).segments).toHaveLength(1)
  })
})

describe('the part of a critical path between two moments', () => {
  const trace = drawTrace(`
    workflow                    |============|
      slow                      |========    |
        call api.json: GET /q   | ~~=====    |
      after                     |        ====|
  `)
  const whole = findCriticalPath(trace, buildSpanTree(trace))!

  it('adds up to the time between them, by node and call, with the queueing inside', () => {
    const part = clipCriticalPath(trace, whole, 2e6, 10e6)
    expect(part.duration).toBe(8e6)
    expect(part.nodes.map(({ name, time }) => [name, time])).toEqual([
      ['slow', 6e6],
      ['after', 2e6],
    ])
    expect(part.calls.map(({ name, time, share }) => [name, time, share])).toEqual([['api.json', 6e6, 0.75]])
    expect(part.segments[0]).toMatchObject({ start: 2e6, queueing: 1e6 })
  })

  it('is the whole where the moments are the ends, and nothing outside of the run', () => {
    expect(clipCriticalPath(trace, whole, 0, 12e6)).toEqual(whole)
    expect(clipCriticalPath(trace, whole, 12e6, 15e6)).toMatchObject({ duration: 0, segments: [], nodes: [] })
  })
})
