import { describe, expect, it } from 'vitest'
import {
  buildSpanTree,
  childrenOf,
  coverageOf,
  enclosing,
  gapsIn,
  unionOf,
  walkBelow,
} from '../../src/analysis/index.ts'
import { drawTrace, spansOf, withoutSpans } from '../fixtures/draw-trace.ts'

const between = (start: number, end: number) => ({ start, end })

describe('intervals', () => {
  it('merge where they overlap, touch, or contain each other', () => {
    expect(unionOf([between(5, 9), between(1, 4), between(6, 7), between(4, 5), between(12, 12)])).toEqual([
      between(1, 9),
    ])
    expect(coverageOf([between(0, 10), between(2, 3), between(8, 12), between(20, 25)])).toBe(17)
  })

  it('leave gaps within a stretch', () => {
    expect(gapsIn(between(0, 10), [between(2, 4), between(6, 12)])).toEqual([between(0, 2), between(4, 6)])
    expect(gapsIn(between(0, 10), [])).toEqual([between(0, 10)])
    expect(gapsIn(between(3, 5), [between(0, 9)])).toEqual([])
  })
})

describe('span tree', () => {
  const trace = drawTrace(`
    resource db        |=                 |
    workflow           | =================|
      quotes           | =====   -----    |
        item           | ==--    ===      |
          call api.get | = -     ==       |
      work db          |   ==      ==     |
  `)
  const tree = buildSpanTree(trace)

  it('knows the children of each span in the order of their start', () => {
    expect(tree.root).toBe(1)
    expect([...childrenOf(tree, tree.root)].map((span) => trace.strings[trace.spans.name[span]!])).toEqual([
      'quotes',
      'db',
      'quotes',
      'db',
    ])
    const [first, second] = spansOf(trace, 'quotes')
    expect([childrenOf(tree, first!).length, childrenOf(tree, second!).length]).toEqual([2, 1])
  })

  it('walks parents before children, and leaves out what it is told to', () => {
    const seen: number[] = []
    walkBelow(tree, tree.root, (span) => {
      seen.push(span)
      return trace.spans.index[span] !== 0
    })
    for (const [place, span] of seen.entries()) {
      const parent = trace.spans.parent[span]!
      expect(parent === tree.root || seen.indexOf(parent) < place).toBe(true)
    }
    // The first item of each execution is where the walk was told to stop; the second of the first goes on.
    expect(seen.filter((span) => enclosing(trace, span, 'call') === span)).toHaveLength(1)
  })

  it('bears parents that are not there', () => {
    const broken = { ...trace, spans: { ...trace.spans, parent: trace.spans.parent.map((parent) => parent + 1000) } }
    expect(buildSpanTree(broken).children).toHaveLength(0)
  })
})

describe('a drawn trace without some spans', () => {
  it('hands what was below them to their parents', () => {
    const trace = drawTrace(`
      workflow       |====|
        a            |==  |
          step parse | =  |
        b            |  ==|
    `)
    const rest = withoutSpans(trace, spansOf(trace, 'a'))
    expect([...rest.spans.parent]).toEqual([-1, 0, 0])
    expect(spansOf(rest, 'parse')).toEqual([1])
  })
})
