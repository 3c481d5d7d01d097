import { describe, expect, it } from 'vitest'
import {
  buildCallTree,
  buildSpanTree,
  type FlameLayout,
  functionsOf,
  layOutByTime,
  layOutLeftHeavy,
  layOutSpans,
  linesOf,
} from '../../src/analysis/index.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'

const trace = drawTrace('workflow |========|', {
  samples: `
    node:  load  load    .       fit/step  fit/step  fit/step  fit/step  load
           main  main    main    main      main      main      main      (idle)
           read  read:5  helper  step:7    step:7    step:9    read      -
           -     -       -       -         helper    step      -         -
  `,
})

/** Rectangles as text: `name left+width` at each depth, in samples. */
function textOf(layout: FlameLayout): string[] {
  const samples = layout.total / 1e6
  return Array.from(layout.frame, (frame, row) => {
    const left = Math.round(layout.x[row]! * samples)
    const width = Math.round(layout.width[row]! * samples)
    return `${' '.repeat(layout.depth[row]!)}${layout.frames[frame]!.name} ${left}+${width}`
  })
}

describe('call tree', () => {
  const tree = buildCallTree(trace)!

  it('sums self and inclusive time per function, recursion once', () => {
    expect(functionsOf(tree).map(({ frame, self, inclusive }) => [frame.name, self / 1e6, inclusive / 1e6])).toEqual([
      ['read', 3, 3],
      ['step', 2, 3],
      ['helper', 2, 2],
      ['main', 0, 7],
    ])
  })

  it('knows the lines', () => {
    expect(linesOf(trace, tree).map(({ file, line, self }) => [file, line, self / 1e6])).toContainEqual([
      'flow.ts',
      5,
      1,
    ])
  })

  it('leaves idle time out and says what belongs to no node', () => {
    expect(tree.inclusive[0]).toBe(7e6)
    expect(tree.unattributed).toBeCloseTo(1 / 7, 12)
  })

  it('keeps a node with what is inside it, or what belongs to none', () => {
    expect(buildCallTree(trace, { node: 'fit' })?.inclusive[0]).toBe(4e6)
    expect(buildCallTree(trace, { node: 'load' })?.inclusive[0]).toBe(2e6)
    expect(buildCallTree(trace, { node: '' })?.inclusive[0]).toBe(1e6)
    expect(buildCallTree(drawTrace('workflow |=|'))).toBeNull()
  })
})

describe('flame layout', () => {
  it('puts the heaviest on the left and merges equal stacks', () => {
    const layout = layOutLeftHeavy(buildCallTree(trace)!)
    expect(textOf(layout)).toEqual(['main 0+7', ' read 0+3', ' step 3+3', '  helper 3+1', '  step 4+1', ' helper 6+1'])
    expect(layout).toMatchObject({ levels: 3, total: 7e6, measure: 'cpu' })
  })

  it('keeps the order of time, and merges neighbours only', () => {
    expect(textOf(layOutByTime(trace, buildCallTree(trace)!))).toEqual([
      'main 0+7',
      ' read 0+2',
      ' helper 2+1',
      ' step 3+3',
      '  helper 4+1',
      '  step 5+1',
      ' read 6+1',
    ])
  })

  it('gives every rectangle a place inside the one below it', () => {
    const layout = layOutLeftHeavy(buildCallTree(trace)!)
    for (const [row, parent] of layout.parent.entries()) {
      if (parent < 0) continue
      expect(layout.x[row]).toBeGreaterThanOrEqual(layout.x[parent]! - 1e-12)
      expect(layout.x[row]! + layout.width[row]!).toBeLessThanOrEqual(layout.x[parent]! + layout.width[parent]! + 1e-12)
    }
  })

  it('draws the merged span tree where there are no samples', () => {
    const spans = drawTrace(`
      workflow          |========|
        quotes          |========|
          item          |====----|
            call api: Q | ==  == |
        work db: ROW    |   =    |
    `)
    expect(textOf(layOutSpans(spans, buildSpanTree(spans)))).toEqual([
      'workflow 0+8',
      ' quotes 0+8',
      '  each item 0+8',
      '   api 0+4',
    ])
  })

  it('widens a span whose children ran at the same time', () => {
    const spans = drawTrace(`
      workflow   |====|
        quotes   |====|
          item   |====|
          item   |====|
    `)
    const layout = layOutSpans(spans, buildSpanTree(spans))
    expect(textOf(layout)).toEqual(['workflow 0+8', ' quotes 0+8', '  each item 0+8'])
    expect(layout.levels).toBe(3)
  })

  it('is empty where there is nothing', () => {
    const empty = drawTrace('resource db |==|')
    expect(layOutSpans(empty, buildSpanTree(empty))).toMatchObject({ levels: 0, total: 0 })
  })
})
