import { describe, expect, it } from 'vitest'
import { FlameComparison, type FlameDifference, treeOfSide } from '../../src/analysis/index.ts'
import type { Trace } from '../../src/trace/index.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'

/** A trace with so many samples of each stack, the stack written from the root: `main read`. */
function traceOf(stacks: Readonly<Record<string, number>>): Trace {
  const columns = Object.entries(stacks).flatMap(([stack, count]) =>
    Array.from({ length: count }, () => stack.split(' ')),
  )
  const deepest = Math.max(...columns.map(({ length }) => length))
  const rows = Array.from({ length: deepest }, (_, level) => columns.map((stack) => stack[level] ?? '-').join('  '))
  return drawTrace('workflow |=|', { samples: rows.join('\n') })
}

/** Twelve blocks whose counts waver a little. */
function compare(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>): FlameDifference {
  const comparison = new FlameComparison()
  for (let block = 0; block < 12; block++) {
    const waver = (stacks: Readonly<Record<string, number>>, shift: number) =>
      traceOf(
        Object.fromEntries(Object.entries(stacks).map(([stack, count]) => [stack, count + ((block * 5 + shift) % 3)])),
      )
    comparison.add(waver(before, 0), waver(after, 1))
  }
  return comparison.finish()!
}

function functionOf(difference: FlameDifference, name: string) {
  return difference.functions.find(({ frame }) => difference.frames[frame]!.name === name)!
}

describe('difference of profiles', () => {
  const difference = compare(
    { 'main read': 20, 'main parse': 30, 'main rare': 1 },
    { 'main read': 20, 'main parse': 15, 'main rare': 1 },
  )

  it('proves what changed, and leaves alone what did not', () => {
    const parse = functionOf(difference, 'parse')
    expect(parse.self).toMatchObject({ changed: true, proven: true })
    expect(parse.self!.delta).toBeGreaterThan(-16.5e6)
    expect(parse.self!.delta).toBeLessThan(-13.5e6)
    expect(parse.self!.low).toBeLessThanOrEqual(parse.self!.delta)
    expect(functionOf(difference, 'read').self).toMatchObject({ changed: false, proven: false })
    expect(difference.functions[0]).toBe(parse)
    expect(difference.reason).toBeNull()
  })

  it('says nothing about functions with too few samples', () => {
    expect(functionOf(difference, 'rare').self).toBeNull()
  })

  it('knows that a caller is shorter because of what it called', () => {
    const main = functionOf(difference, 'main')
    expect(main.self).toBeNull()
    expect(main.inclusive).toMatchObject({ changed: true })
    expect(main.baseline.self).toBe(0)
  })

  it('puts both sides over one tree, each summing to its mean', () => {
    const total = (side: 'baseline' | 'candidate') => treeOfSide(difference, side).inclusive[0]! / 1e6
    expect(total('baseline')).toBeCloseTo(54, 6)
    expect(total('candidate')).toBeCloseTo(39, 6)
    const both = treeOfSide(difference, 'both')
    for (let row = 0; row < both.parent.length; row++) {
      for (const side of [difference.baseline, difference.candidate]) {
        expect(both.inclusive[row]!).toBeGreaterThanOrEqual(side.inclusive[row]! - 1e-6)
      }
    }
  })

  it('tells a move from a gain', () => {
    const moved = compare({ 'main old': 40, 'main other': 20 }, { 'main new': 40, 'main other': 20 })
    const old = functionOf(moved, 'old')
    expect(old.self?.changed).toBe(true)
    expect(moved.frames[old.movedWith!]!.name).toBe('new')
    expect(functionOf(difference, 'parse').movedWith).toBeNull()
  })

  it('begins at one’s own code where it is told to, and says the same of it', () => {
    const comparisons = [false, true].map((trimmed) => {
      const comparison = new FlameComparison({ trimmed })
      for (let block = 0; block < 12; block++) {
        comparison.add(traceOf({ '[loop] main': 20 + (block % 3) }), traceOf({ '[loop] main': 30 + (block % 2) }))
      }
      return comparison.finish()!
    })
    const [whole, trimmed] = comparisons.map((one) => functionOf(one, 'main'))
    expect(trimmed?.inclusive).toEqual(whole?.inclusive)
    expect(trimmed?.self?.changed).toBe(true)
    expect([...comparisons[1]!.frame]).toHaveLength(2)
  })

  it('says so where there are too few blocks, or none with samples', () => {
    const few = new FlameComparison()
    expect(few.add(traceOf({ main: 20 }), drawTrace('workflow |=|'))).toBe(false)
    expect(few.finish()).toBeNull()
    few.add(traceOf({ main: 20 }), traceOf({ main: 40 }))
    expect(few.finish()).toMatchObject({
      blocks: 1,
      reason: 'not-enough-profiles',
      samples: { baseline: 20, candidate: 40 },
    })
    expect(functionOf(few.finish()!, 'main').self).toBeNull()
  })

  it('recognises functions that moved to another line where it is told to', () => {
    const at = (line: number) => traceOf({ [`main@a.ts:1 step@a.ts:${line}`]: 20 })
    const functions = (match: 'place' | 'name') => {
      const comparison = new FlameComparison({ match })
      comparison.add(at(10), at(12))
      return comparison.finish()!.frames.map(({ name }) => name)
    }
    expect(functions('place')).toEqual(['main', 'step', 'step'])
    expect(functions('name')).toEqual(['main', 'step'])
  })
})
