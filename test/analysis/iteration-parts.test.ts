import { describe, expect, it } from 'vitest'
import { buildSpanTree, compareParts, findIteration, partsOf } from '../../src/analysis/index.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'

const trace = drawTrace(`
  workflow          |==========|
    fit             |==========|
      iteration     |====------|
        fit/step    |==  ==== =|
        call db.all: SELECT 1 #3,3 |  = =     |
`)
const tree = buildSpanTree(trace)
/** In milliseconds. */
const iterationAt = (index: number, start: number) => findIteration(trace, 'fit', index, start * 1e6)

describe('an iteration of a trace', () => {
  it('is the one of its number that was going on', () => {
    const [first, second] = [iterationAt(0, 0), iterationAt(1, 4)]
    expect(first).toBeGreaterThan(0)
    expect(second).toBeGreaterThan(first)
    expect(iterationAt(0, 7)).toBe(-1)
    expect(iterationAt(7, 0)).toBe(-1)
    expect(findIteration(trace, 'other', 0, 0)).toBe(-1)
  })

  it('is the sum of what its nodes and statements did', () => {
    const ofPart = (span: number) =>
      partsOf(trace, tree, span).map(({ name, detail, count, time, quantity }) => [name, detail, count, time, quantity])
    expect(ofPart(iterationAt(0, 0))).toEqual([
      ['fit/step', '', 1, 2e6, 0],
      ['db.all', 'SELECT 1', 1, 1e6, 3],
    ])
    expect(ofPart(iterationAt(1, 4))).toEqual([
      ['fit/step', '', 2, 5e6, 0],
      ['db.all', 'SELECT 1', 1, 1e6, 3],
    ])
  })
})

describe('two iterations side by side', () => {
  const part = (name: string, time: number, detail = '') => ({
    kind: detail ? ('call' as const) : ('node' as const),
    ...{ name, detail, count: 1, time, quantity: 0 },
  })

  it('show the largest difference first, also where one has a part alone', () => {
    const rows = compareParts(
      [part('a', 10), part('b', 5), part('db.all', 1, 'SELECT 1')],
      [part('a', 12), part('b', 50), part('db.all', 9, 'SELECT 2')],
    )
    expect(
      rows.map(({ name, detail, first, second }) => [name, detail, first?.time ?? null, second?.time ?? null]),
    ).toEqual([
      ['b', '', 5, 50],
      ['db.all', 'SELECT 2', null, 9],
      ['a', '', 10, 12],
      ['db.all', 'SELECT 1', 1, null],
    ])
  })
})
