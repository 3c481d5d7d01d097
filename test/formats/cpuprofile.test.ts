import { describe, expect, it } from 'vitest'
import { type CpuProfile, type CpuProfileContext, readCpuProfile } from '../../src/formats/index.ts'
import { frameOrigins } from '../../src/trace/index.ts'

const frame = (functionName: string, lineNumber = 0) => ({
  ...{
    functionName,
    scriptId: '1',
    url: functionName.startsWith('(') ? '' : 'file:///a.js',
    lineNumber,
    columnNumber: 2,
  },
})

const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)', -1), children: [2, 5, 6] },
    { id: 2, callFrame: frame('outer', 9), children: [3] },
    {
      id: 3,
      callFrame: frame('inner', 19),
      positionTicks: [
        { line: 21, ticks: 2 },
        { line: 24, ticks: 1 },
      ],
    },
    { id: 5, callFrame: frame('(idle)', -1) },
    { id: 6, callFrame: frame('(garbage collector)', -1) },
  ],
  startTime: 1000,
  endTime: 8000,
  samples: [3, 3, 5, 6, 3, 2, 77],
  timeDeltas: [100, 1000, 1000, 1000, 1000, 1000, 1000],
}

function read(source: CpuProfile, more: Partial<CpuProfileContext> = {}) {
  const strings = ['']
  const intern = (text: string) => {
    const at = strings.indexOf(text)
    return at >= 0 ? at : strings.push(text) - 1
  }
  const samples = readCpuProfile(source, {
    ...{ interval: 1e6, intern, instant: (microseconds) => microseconds * 1000, nodeOf: () => '' },
    locate: ({ lineNumber }) => ({ file: '/a.ts', line: lineNumber + 1, column: 3, origin: 'user' }),
    locateLine: (_frame, line) => line + 100,
    ...more,
  })
  return { samples, strings }
}

describe('readCpuProfile', () => {
  it('keeps what ran, with its time and weight, and leaves out idling and samples without a node', () => {
    const { samples, strings } = read(profile)
    expect([...samples.time]).toEqual([2_100_000, 3_100_000, 5_100_000, 6_100_000, 7_100_000])
    expect([...samples.weight]).toEqual([1e6, 1e6, 1e6, 1e6, 1e6])
    const names = [...samples.stack].map((stack) => strings[samples.frames.name[samples.stacks.frame[stack]!]!])
    expect(names).toEqual(['inner', 'inner', '(garbage collector)', 'inner', 'outer'])
  })

  it('knows functions that are called like something that every object has', () => {
    const named = {
      ...profile,
      nodes: profile.nodes.map((node) => (node.id === 2 ? { ...node, callFrame: frame('constructor', 9) } : node)),
    }
    const { samples, strings } = read(named)
    const at = [...samples.frames.name].findIndex((name) => strings[name] === 'constructor')
    expect(frameOrigins[samples.frames.origin[at]!]).toBe('user')
  })

  it('makes a tree of stacks, callers before callees', () => {
    const { samples, strings } = read(profile)
    const { parent, frame } = samples.stacks
    for (let stack = 0; stack < parent.length; stack++) expect(parent[stack]).toBeLessThan(stack)
    const inner = samples.stack[0]!
    expect(strings[samples.frames.name[frame[parent[inner]!]!]!]).toBe('outer')
    expect(parent[parent[inner]!]).toBe(-1)
  })

  it('deals the ticks of a function out to its lines, so that the sum of each line is true', () => {
    const { samples } = read(profile)
    const inner = [...samples.line.keys()].filter((sample) => samples.stack[sample] === samples.stack[0])
    expect(inner.map((sample) => samples.line[sample])).toEqual([121, 121, 124])
  })

  it('says where frames come from', () => {
    const { samples, strings } = read(profile)
    const origin = (name: string) => {
      const row = [...samples.frames.name].findIndex((id) => strings[id] === name)
      return frameOrigins[samples.frames.origin[row]!]
    }
    expect([origin('outer'), origin('(garbage collector)')]).toEqual(['user', 'gc'])
  })

  it('is not led astray by children that are not there, rings, or no samples at all', () => {
    const ring: CpuProfile = {
      ...profile,
      nodes: [
        { id: 1, callFrame: frame('(root)', -1), children: [2, 99] },
        { id: 2, callFrame: frame('a'), children: [3] },
        { id: 3, callFrame: frame('b'), children: [2] },
      ],
      samples: [3, 2],
      timeDeltas: [0, 1],
    }
    expect(read(ring).samples.time.length).toBe(2)
    expect(read({ nodes: [], startTime: 0, endTime: 0 }).samples.time.length).toBe(0)
  })
})
