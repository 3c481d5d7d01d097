import { describe, expect, it } from 'vitest'
import type { CpuProfile, CpuProfileFrame } from '../../src/formats/index.ts'
import { attributeSamples } from '../../src/runtime/capture/attribution.ts'

const frame = (functionName: string, scriptId: string, lineNumber: number, columnNumber = 0): CpuProfileFrame => ({
  ...{ functionName, scriptId, lineNumber, columnNumber },
  url: scriptId === 'user' ? 'file:///w/a.workflow.ts' : 'file:///strobe/trial.js',
})

/** A profile as a list of stacks, each from the root outwards. Row 0 is the root; stack n ends in the row that `leaf` gives. */
function profileOf(stacks: CpuProfileFrame[][]): { profile: CpuProfile; leaf: (stack: number) => number } {
  const nodes: Array<{ id: number; callFrame: CpuProfileFrame; children: number[] }> = [
    { id: 1, callFrame: frame('(root)', '', -1), children: [] },
  ]
  const leaves = stacks.map((stack) => {
    let at = 0
    for (const callFrame of stack) {
      nodes.push({ id: nodes.length + 1, callFrame, children: [] })
      nodes[at]!.children.push(nodes.length)
      at = nodes.length - 1
    }
    return at
  })
  return { profile: { nodes, startTime: 0, endTime: 0 }, leaf: (stack) => leaves[stack]! }
}

const isUser = ({ scriptId }: CpuProfileFrame) => scriptId === 'user'
const extents = [
  { path: 'quotes', scriptId: 'user', startLine: 10, startColumn: 4, endLine: 20, endColumn: 3 },
  { path: 'fit/step', scriptId: 'user', startLine: 30, startColumn: 4, endLine: 30, endColumn: 60 },
]

describe('a sample belongs to', () => {
  it('the node whose function holds the outermost user frame, also when that frame is a closure inside it', () => {
    const { profile, leaf } = profileOf([
      [frame('runTask', 'strobe', 1), frame('', 'user', 10, 4), frame('helper', 'user', 90)],
      [frame('tick', 'strobe', 1), frame('inner', 'user', 15, 9)],
      [frame('', 'user', 30, 10), frame('', 'user', 12)],
    ])
    const nodeOf = attributeSamples(profile, isUser, extents, [])
    expect([0, 1, 2].map((stack) => nodeOf(leaf(stack), 0))).toEqual(['quotes', 'quotes', 'fit/step'])
  })

  it('nobody when its outermost user frame is in no node and several nodes are open', () => {
    const { profile, leaf } = profileOf([[frame('helper', 'user', 90), frame('', 'user', 12)]])
    const events = [
      { time: 5, path: 'a', open: true },
      { time: 10, path: 'b', open: true },
      { time: 20, path: 'a', open: false },
      { time: 30, path: 'b', open: false },
    ]
    const nodeOf = attributeSamples(profile, isUser, extents, events)
    expect([1, 7, 15, 25, 35].map((time) => nodeOf(leaf(0), time))).toEqual(['', 'a', '', 'b', ''])
  })

  it('the innermost of the open nodes, where the others only surround it', () => {
    const { profile, leaf } = profileOf([[frame('run', 'strobe', 1)]])
    const events = [
      { time: 1, path: 'fit', open: true },
      { time: 2, path: 'fit/step', open: true },
      { time: 3, path: 'fit/step', open: false },
    ]
    const nodeOf = attributeSamples(profile, isUser, extents, events)
    expect([1, 2, 4].map((time) => nodeOf(leaf(0), time))).toEqual(['fit', 'fit/step', 'fit'])
  })
})
