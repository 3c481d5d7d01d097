import { describe, expect, it } from 'vitest'
import { buildCallTree, type FlameDifference, type FunctionTest, flameTreeOf } from '../../src/analysis/index.ts'
import type { Palette } from '../../src/renderer/charts/chart/palette.ts'
import { lookOfChanges } from '../../src/renderer/charts/flame/diff-colours.ts'
import { changeText, sureText } from '../../src/renderer/charts/flame/diff-words.tsx'
import { colourRows, dimUnlit, labelOf } from '../../src/renderer/charts/flame/flame-colours.ts'
import { mix, packColour } from '../../src/renderer/charts/flame/rasterise.ts'
import { placeText, shortFile, workspaceRoot } from '../../src/renderer/charts/flame/short-place.ts'
import { callKey, costText, repeatedText } from '../../src/renderer/screens/run/call-words.ts'
import { sayRow, shareText } from '../../src/renderer/screens/run/flame-words.tsx'
import { eventsMatching } from '../../src/renderer/screens/run/log-search.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'

const trace = drawTrace('workflow |====|', {
  samples: `
    node:  a     a     b     .
           main  main  main  [poll]
           read  read  (gc)  -
  `,
})
const tree = flameTreeOf(trace, buildCallTree(trace)!)
const rowOf = (name: string) => tree.frame.findIndex((frame) => frame >= 0 && tree.frames[frame]!.name === name)

/** Every token and hue as a colour of its own. */
const palette = {
  paper: 'rgb(255, 255, 255)',
  frame: 'rgb(200, 200, 200)',
  rope: 'rgb(230, 230, 230)',
  faster: 'rgb(0, 0, 255)',
  slower: 'rgb(255, 128, 0)',
  bar: (hue: number) => `rgb(10, ${hue % 256}, 10)`,
  barSoft: (hue: number) => `rgb(120, ${hue % 256}, 120)`,
} as unknown as Palette

describe('places', () => {
  it('are told relative to the workspace, or from their package on', () => {
    const root = workspaceRoot('jobs/a.workflow.ts', ['node:fs', '/home/me/w/jobs/a.workflow.ts'])
    expect(root).toBe('/home/me/w/')
    expect(placeText({ detail: '/home/me/w/lib/x.ts', line: 12 }, root)).toBe('lib/x.ts:12')
    expect(shortFile('/home/me/w2/node_modules/zod/index.js', root)).toBe('zod/index.js')
    expect(shortFile('/elsewhere/x.ts', root)).toBe('/elsewhere/x.ts')
    expect(placeText({ detail: '', line: 3 }, root)).toBe('')
    expect(placeText({ detail: '/opt/strobe/out/main/trial.js', line: 3, category: 'strobe' }, root)).toBe('trial.js:3')
    expect(workspaceRoot('a.ts', ['/x/b.ts'])).toBe('')
    expect(workspaceRoot('jobs/a.ts', ['C:\\w\\jobs\\a.ts'])).toBe('C:\\w\\')
  })
})

describe('words of a flame graph', () => {
  it('say a share with how far off it may be', () => {
    expect(shareText(0.1, 10, 100)).toBe('10.0 % ± 6')
    expect(shareText(0.1, 1000, 10_000)).toBe('10.0 % ± 0.59')
    expect(shareText(0.25, 0, 0)).toBe('25.0 %')
  })

  it('call functions without a name by their place', () => {
    const anonymous = { name: '(anonymous)', detail: '/w/a.ts', line: 3, category: 'user' } as const
    expect(labelOf(anonymous)).toBe('(anonymous) a.ts:3')
    expect(labelOf({ ...anonymous, detail: '', line: 0 })).toBe('(anonymous)')
    expect(labelOf({ name: 'db.all', detail: 'SELECT 1', line: 0, category: 'call' })).toBe('db.all SELECT 1')
  })

  it('say a row in a sentence', () => {
    expect(sayRow({ tree, row: rowOf('read'), zero: 0, root: '' })).toBe(
      'read, flow.ts:1: 2.00 ms in all, 50.0 %; itself 2.00 ms.',
    )
    expect(sayRow({ tree, row: 0, zero: 0, root: '' })).toBe('The thread was idle.')
  })
})

describe('colours of rows', () => {
  it('say where a function comes from, which node it is of, or its file', () => {
    const byNode = colourRows(tree, 'node', palette)
    // Of several nodes, and of none: grey. Of one: a hue.
    expect(byNode[rowOf('main')]! & 255).toBeGreaterThan(190)
    expect(byNode[rowOf('read')]! & 255).toBeLessThan(130)
    expect(byNode[rowOf('[poll]')]! & 255).toBeGreaterThan(190)
    const byOrigin = colourRows(tree, 'origin', palette)
    expect(byOrigin[rowOf('read')]).not.toBe(byOrigin[rowOf('(gc)')])
    expect(byOrigin[0]).toBe(packColour(palette.rope))
    expect(colourRows(tree, 'file', palette)[rowOf('read')]! & 255).toBeLessThan(130)
  })

  it('step back where a search did not find them', () => {
    const rows = new Uint8Array(tree.parent.length)
    rows[rowOf('read')] = 1
    const plain = colourRows(tree, 'origin', palette)
    const white = packColour(palette.paper)
    const dim = dimUnlit(plain, { rows }, white)
    expect(dim[rowOf('read')]).toBe(plain[rowOf('read')])
    expect(dim[rowOf('main')]).toBe(mix(white, plain[rowOf('main')]!, 0.22))
  })
})

describe('changes', () => {
  const test = (shrunk: number, changed: boolean): FunctionTest => ({
    ...{
      delta: shrunk,
      low: shrunk - 1e6,
      high: shrunk + 1e6,
      shrunk,
      q: changed ? 0.01 : 0.4,
      changed,
      proven: changed,
    },
  })
  const difference: FlameDifference = {
    frames: ['less', 'unsure', 'few'].map((name) => ({ name, detail: '', line: 0, category: 'user' })),
    parent: Int32Array.from([-1, 0, 0, 0]),
    frame: Int32Array.from([-1, 0, 1, 2]),
    baseline: { self: new Float64Array(4), inclusive: new Float64Array(4) },
    candidate: { self: new Float64Array(4), inclusive: new Float64Array(4) },
    functions: [test(-5e6, true), test(4e6, false), null].map((self, frame) => ({
      ...{ frame, self, inclusive: null, movedWith: null },
      baseline: { self: 10e6, inclusive: 10e6 },
      candidate: { self: 5e6, inclusive: 5e6 },
    })),
    blocks: 12,
    samples: { baseline: 100, candidate: 90 },
    reason: null,
  }

  it('are blue or orange where they are sure, hatched where not, grey where nothing is known', () => {
    const { colours, hatched } = lookOfChanges(difference, 'self', palette)
    const [less, unsure, few] = [...colours.slice(1)]
    expect((less! >>> 16) & 255).toBe(255)
    expect(less! & 255).toBeLessThan(100)
    expect(unsure! & 255).toBeGreaterThan((unsure! >>> 16) & 255)
    expect(few).toBe(packColour(palette.frame))
    expect([...hatched]).toEqual([0, 0, 1, 0])
    expect(new Set(lookOfChanges(difference, 'inclusive', palette).colours.slice(1))).toEqual(new Set([few]))
  })

  it('are never said without their interval', () => {
    expect(changeText(test(-5e6, true))).toBe('−5.00 [−6.00, −4.00] ms')
    expect(changeText({ delta: 0, low: -800, high: 800 })).toBe('0 [−800, +800] ns')
    expect([test(-5e6, true), test(4e6, false), null].map(sureText)).toEqual([
      'proven',
      'not significant',
      'too few samples',
    ])
  })
})

describe('words of calls', () => {
  it('say what a statement costs', () => {
    const cost = { fixed: 120e3, perRow: 3e3, fit: 0.9, perRowError: 1, count: 9, larger: 4, leastRows: 1, mostRows: 8 }
    expect(costText(cost)).toBe('120 µs + 3.00 µs a row')
    expect(costText({ ...cost, fit: null })).toBe('120 µs')
    expect(repeatedText({ within: 'item', most: 7, span: 0, places: 3, of: 4 })).toBe('7 in one item')
    expect([callKey({ name: 'api.json', detail: 'GET /q' }), callKey({ name: 'fetch', detail: '' })]).toEqual([
      'api.json GET /q',
      'fetch',
    ])
  })
})

describe('search in the log', () => {
  it('looks at all words, whatever the case', () => {
    const log = {
      ...{ time: Float64Array.from([1, 2, 3]), kind: new Uint8Array(3), span: new Int32Array(3) },
      ...{
        name: ['info', 'db.all', 'heap'],
        text: ['asking for quotes', 'refused', 'too much'],
        node: ['', 'Quotes', ''],
      },
    }
    expect(eventsMatching(log, 'QUOTES')).toEqual([0, 1])
    expect(eventsMatching(log, 'heap')).toEqual([2])
    expect(eventsMatching(log, ' ')).toEqual([0, 1, 2])
    expect(eventsMatching(log, 'nothing')).toEqual([])
  })
})
