import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepApart } from '../../src/analysis/graph-layout.ts'
import { crossingsIn, orderLayers } from '../../src/analysis/graph-order.ts'
import { criticalShareOf, type GraphLayout, layersOf, layOutGraph } from '../../src/analysis/index.ts'
import type { NodeDescription } from '../../src/workflow/index.ts'

const measures = { boxWidth: 100, boxHeight: 40, columnGap: 30, rowGap: 10, padding: 8, headHeight: 20 }

function node(
  name: string,
  from: readonly string[] = [],
  nodes?: readonly NodeDescription[],
  within = '',
): NodeDescription {
  const path = within === '' ? name : `${within}/${name}`
  return {
    ...{ kind: nodes ? 'cycle' : 'task', name, path, from, use: [], effects: 'pure', knobs: {} },
    ...(nodes ? { nodes } : {}),
  }
}

function boxOf({ boxes }: GraphLayout, path: string) {
  return boxes.find((box) => box.node.path === path)!
}

describe('layers', () => {
  it('come after everything that a node waits for', () => {
    const layers = layersOf([
      { path: 'd', from: ['a', 'c'] },
      { path: 'a', from: [] },
      { path: 'c', from: ['a'] },
      { path: 'x', from: ['nobody'] },
    ])
    expect(Object.fromEntries(layers)).toEqual({ d: 2, a: 0, c: 1, x: 0 })
  })
})

describe('graph layout', () => {
  it('puts nodes from left to right, and a line into a line', () => {
    const layout = layOutGraph([node('a'), node('b', ['a']), node('c', ['b'])], measures)
    expect(layout.boxes.map(({ node: { name }, x, y }) => [name, x, y])).toEqual([
      ['a', 0, 0],
      ['b', 130, 0],
      ['c', 260, 0],
    ])
    expect(layout).toMatchObject({ width: 360, height: 40 })
    expect(layout.edges[0]).toEqual({
      from: 'a',
      to: 'b',
      points: [
        { x: 100, y: 20 },
        { x: 130, y: 20 },
      ],
    })
  })

  it('draws a cycle around its nodes', () => {
    const inner = [node('step', ['data'], undefined, 'fit'), node('check', ['step'], undefined, 'fit')]
    const layout = layOutGraph([node('data'), node('fit', ['data'], inner)], measures)
    const [fit, step, check] = ['fit', 'fit/step', 'fit/check'].map((path) => boxOf(layout, path))
    expect(fit).toMatchObject({ width: 246, height: 68, depth: 0 })
    expect(step).toMatchObject({ x: fit!.x + 8, y: fit!.y + 20, depth: 1 })
    expect(check!.x + check!.width).toBe(fit!.x + fit!.width - 8)
    // What the step takes from outside comes to the cycle.
    expect(layout.edges.map(({ from, to }) => `${from} → ${to}`).sort()).toEqual(['data → fit', 'fit/step → fit/check'])
  })

  it('leads edges around what stands between', () => {
    const layout = layOutGraph([node('a'), node('b', ['a']), node('c', ['a', 'b'])], measures)
    const past = layout.edges.find(({ from, to }) => from === 'a' && to === 'c')!
    const b = boxOf(layout, 'b')
    expect(past.points).toHaveLength(4)
    for (const { y } of past.points.slice(1, 3)) expect(y < b.y || y > b.y + b.height).toBe(true)
  })

  it('overlaps nothing, holds everything and leads edges to the right, whatever waits for what', () => {
    const shape = fc.array(fc.record({ from: fc.array(fc.nat(12), { maxLength: 4 }), inner: fc.nat(4) }), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(shape, (drawn) => {
        const nodes = drawn.map(({ from, inner }, index) => {
          const names = from.map((source) => `n${source}`)
          const inside = Array.from({ length: inner }, (_, at) =>
            node(`i${at}`, at > 0 ? ['i0'] : [], undefined, `n${index}`),
          )
          return node(`n${index}`, names, inner > 0 ? inside : undefined)
        })
        const { boxes, edges, width, height } = layOutGraph(nodes, measures)
        expect(boxes).toHaveLength(drawn.reduce((sum, { inner }) => sum + 1 + inner, 0))
        for (const [index, box] of boxes.entries()) {
          expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(-1e-6)
          expect(box.x + box.width).toBeLessThanOrEqual(width + 1e-6)
          expect(box.y + box.height).toBeLessThanOrEqual(height + 1e-6)
          for (const other of boxes.slice(index + 1)) {
            if (other.depth !== box.depth) continue
            const beside = box.x + box.width <= other.x + 1e-6 || other.x + other.width <= box.x + 1e-6
            const above = box.y + box.height <= other.y + 1e-6 || other.y + other.height <= box.y + 1e-6
            expect(beside || above).toBe(true)
          }
        }
        for (const { points } of edges) {
          for (const [place, { x }] of points.entries())
            if (place > 0) expect(x).toBeGreaterThanOrEqual(points[place - 1]!.x)
        }
      }),
    )
  })
})

describe('order within layers', () => {
  it('uncrosses edges', () => {
    const items = ['a', 'b', 'c', 'd'].map((id, place) => ({ id, layer: place < 2 ? 0 : 1 }))
    const links = [
      ['a', 'd'],
      ['b', 'c'],
    ] as const
    expect(
      crossingsIn(
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
        links,
      ),
    ).toBe(1)
    expect(crossingsIn(orderLayers(items, links), links)).toBe(0)
  })
})

describe('keeping apart', () => {
  it('stays as near as the gaps allow', () => {
    expect(keepApart([0, 0], [10])).toEqual([-5, 5])
    expect(keepApart([0, 100], [10])).toEqual([0, 100])
    expect(keepApart([5, 0, 20], [10, 10])).toEqual([-2.5, 7.5, 20])
  })
})

describe('share of the critical path', () => {
  it('takes what is inside of a node with it', () => {
    const rows = [
      { path: 'fit', critical: { share: 0.1 } },
      { path: 'fit/step', critical: { share: 0.4 } },
      { path: 'fitting', critical: null },
    ]
    expect(criticalShareOf(rows, 'fit')).toBe(0.5)
    expect(criticalShareOf(rows, 'fitting')).toBeNull()
  })
})
