import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrangeByTime,
  arrangeByWeight,
  buildCallTree,
  buildSpanTree,
  divideCpu,
  type FlameRectangles,
  type FlameTree,
  flameTreeOf,
  flameTreeOfSpans,
  foldFrames,
  functionsOf,
  layOutLeftHeavy,
  layOutSpans,
  leaveOutNodes,
  linesOfFunction,
  neighboursOf,
  type StackTree,
  sandwichOf,
  shareOfSamples,
  trimCallers,
} from '../../src/analysis/index.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'

const trace = drawTrace('workflow |=========|', {
  samples: `
    node:  load  load    .       fit/step  fit/step  .       fit/step  fit/step  load
           main  main    main    main      main      (idle)  main      main      [poll]
           read  read:5  helper  step:7    step:7    -       step:9    read      -
           -     -       -       -         helper    -       step      -         -
  `,
})
const calls = buildCallTree(trace)!
const tree = flameTreeOf(trace, calls)

/** Rectangles as text, `name from–to` in samples, indented by level. */
function textOf(
  { offsets, start, end, row }: FlameRectangles,
  { frames, frame }: StackTree<{ readonly name: string }>,
) {
  return Array.from(row, (own, index) => {
    const level = offsets.findLastIndex((first, place) => first <= index && place < offsets.length - 1)
    return `${' '.repeat(level)}${frames[frame[own]!]?.name ?? '(idle)'} ${start[index]! / 1e6}–${end[index]! / 1e6}`
  })
}

function frameOf(name: string): number {
  return tree.frames.findIndex((frame) => frame.name === name)
}

describe('flame tree', () => {
  it('counts samples, and knows the node where there is one', () => {
    const rows = [...tree.frame.keys()].slice(1).map((row) => {
      const node = tree.nodeOf[row]!
      return [tree.frames[tree.frame[row]!]!.name, tree.count[row], node < 0 ? 'several' : tree.nodes[node]]
    })
    expect(rows).toEqual([
      ['main', 7, 'several'],
      ['read', 3, 'several'],
      ['helper', 1, ''],
      ['step', 3, 'fit/step'],
      ['helper', 1, 'fit/step'],
      ['step', 1, 'fit/step'],
      ['[poll]', 1, 'load'],
    ])
  })

  it('takes the tree of spans where there are no samples', () => {
    const spans = drawTrace(`
      workflow          |========|
        quotes          |========|
          item          |====----|
            call api: Q | ==  == |
    `)
    const layout = layOutSpans(spans, buildSpanTree(spans))
    const made = flameTreeOfSpans(layout)
    expect(textOf(arrangeByWeight(made), made)).toEqual([
      'workflow 0–8',
      ' quotes 0–8',
      '  each item 0–8',
      '   api 0–4',
    ])
    expect(made.measure).toBe('spans')
  })
})

describe('rectangles by weight', () => {
  it('are those of the layout that the report draws', () => {
    const layout = layOutLeftHeavy(calls)
    const drawn = Array.from(layout.frame, (frame, row) => {
      const left = Math.round(layout.x[row]! * layout.total) / 1e6
      const width = Math.round(layout.width[row]! * layout.total) / 1e6
      return `${' '.repeat(layout.depth[row]!)}${layout.frames[frame]!.name} ${left}–${left + width}`
    })
    expect(textOf(arrangeByWeight(tree), tree).sort()).toEqual(drawn.sort())
  })

  it('lie level by level, from left to right, on what called them', () => {
    expect(textOf(arrangeByWeight(tree), tree)).toEqual([
      'main 0–7',
      '[poll] 7–8',
      ' read 0–3',
      ' step 3–6',
      ' helper 6–7',
      '  helper 3–4',
      '  step 4–5',
    ])
  })
})

describe('rectangles by time', () => {
  it('lie on the clock, with idle stretches, and merge neighbours of one stack', () => {
    expect(textOf(arrangeByTime(trace, calls), tree)).toEqual([
      'main 0–5',
      '(idle) 5–6',
      'main 6–8',
      '[poll] 8–9',
      ' read 0–2',
      ' helper 2–3',
      ' step 3–5',
      ' step 6–7',
      ' read 7–8',
      '  helper 4–5',
      '  step 6–7',
    ])
  })

  it('leave a hole where nothing was sampled or samples are left out', () => {
    const ofNode = buildCallTree(trace, { node: 'load' })!
    expect(textOf(arrangeByTime(trace, ofNode), ofNode)).toEqual(['main 0–2', '(idle) 5–6', '[poll] 8–9', ' read 0–2'])
    const { samples } = trace
    const later = {
      ...trace,
      samples: { ...samples!, time: samples!.time.map((time, at) => time + (at > 0 ? 1e6 : 0)) },
    }
    expect(textOf(arrangeByTime(later, calls), tree)[0]).toBe('main 0–1')
  })

  it('are nothing without samples', () => {
    const none = drawTrace('workflow |=|')
    expect(arrangeByTime(none, calls)).toMatchObject({ from: 0, to: 0, row: new Uint32Array(0) })
  })

  it('hold exactly the time of every row, and never overlap, whatever the samples are', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }), { minLength: 1 }), (stacks) => {
        const deepest = Math.max(1, ...stacks.map(({ length }) => length))
        const picture = Array.from({ length: deepest }, (_, level) =>
          stacks.map((stack) => stack[level] ?? (level === 0 ? '(idle)' : '-')).join('  '),
        )
        const drawn = drawTrace('workflow |=|', { samples: picture.join('\n') })
        const merged = buildCallTree(drawn)!
        const { offsets, start, end, row } = arrangeByTime(drawn, merged)
        const time = new Float64Array(merged.parent.length)
        for (let index = 0; index < row.length; index++)
          if (row[index]! > 0) time[row[index]!]! += end[index]! - start[index]!
        expect(Array.from(time).slice(1)).toEqual(Array.from(merged.inclusive).slice(1))
        for (let level = 0; level + 1 < offsets.length; level++) {
          for (let index = offsets[level]! + 1; index < offsets[level + 1]!; index++) {
            expect(start[index]!).toBeGreaterThanOrEqual(end[index - 1]!)
          }
        }
      }),
    )
  })
})

describe('what is hidden', () => {
  it('counts for whoever called it', () => {
    const folded = foldFrames(calls, ({ name }) => name === 'step' || name === 'main')
    expect(textOf(arrangeByWeight(folded), folded)).toEqual(['read 0–3', 'helper 3–5', '[poll] 5–6'])
    expect(folded.inclusive[0]).toBe(calls.inclusive[0])
    expect(folded.self[0]).toBe(2e6)
  })

  it('leads to one’s own code, and is left out without changing own times', () => {
    const deep = drawTrace('workflow |=====|', {
      samples: `
        [loop]  [loop]   [loop]  [tick]  step
        run     [timer]  -       step    run
        step    -        -       [read]  step
        run     -        -       -       -
      `,
    })
    const whole = buildCallTree(deep)!
    const trimmed = trimCallers(whole, ({ name }) => name === 'step')
    expect(textOf(arrangeByWeight(trimmed), trimmed)).toEqual([
      'step 0–3',
      '[loop] 3–5',
      ' run 0–2',
      ' [read] 2–3',
      ' [timer] 3–4',
      '  step 0–1',
    ])
    const own = (of: typeof whole) =>
      functionsOf(of)
        .flatMap(({ frame, self }) => (self > 0 ? [`${frame.name} ${self}`] : []))
        .sort()
    expect(own(trimmed)).toEqual(own(whole))
    expect(trimmed.inclusive[0]).toBe(whole.inclusive[0])
  })

  it('is left out with the samples of a node', () => {
    const left = leaveOutNodes(trace, calls, ['fit/step', ''])
    expect(textOf(arrangeByWeight(left), left)).toEqual(['main 0–2', '[poll] 2–3', ' read 0–2'])
  })

  it('is divided completely', () => {
    const parts = divideCpu(trace, calls)
    expect(parts.node).toEqual([
      { name: 'fit/step', time: 4e6 },
      { name: 'load', time: 3e6 },
      { name: '', time: 1e6 },
    ])
    expect(parts.origin).toEqual([
      { name: 'user', time: 7e6 },
      { name: 'node', time: 1e6 },
    ])
    expect(parts.file.reduce((sum, { time }) => sum + time, 0)).toBe(calls.inclusive[0])
  })
})

describe('sandwich', () => {
  it('shows who calls a function and what it calls, recursion once', () => {
    const { callers, callees } = sandwichOf(tree, frameOf('step'))
    expect(textOf(arrangeByWeight(callers), callers)).toEqual(['step 0–3', ' main 0–3'])
    expect(textOf(arrangeByWeight(callees), callees)).toEqual(['step 0–3', ' helper 0–1', ' step 1–2'])
    expect(callees.count[0]).toBe(3)
  })

  it('names its neighbours, with itself', () => {
    const named = (side: FlameTree) =>
      neighboursOf(side).map(({ frame, time, samples }) => [side.frames[frame]?.name ?? '', time / 1e6, samples])
    const { callers, callees } = sandwichOf(tree, frameOf('helper'))
    expect(named(callers)).toEqual([
      ['main', 1, 1],
      ['step', 1, 1],
    ])
    expect(named(callees)).toEqual([['', 2, 2]])
  })

  it('sums to the inclusive time of every function', () => {
    for (const { frame, inclusive } of functionsOf(tree)) {
      const { callers, callees } = sandwichOf(tree, tree.frames.indexOf(frame))
      for (const side of [callers, callees]) {
        expect(side.inclusive[0]).toBe(inclusive)
        expect(neighboursOf(side).reduce((sum, { time }) => sum + time, 0)).toBe(inclusive)
      }
    }
  })
})

describe('lines of a function', () => {
  it('hold its own time, and say what they do not know', () => {
    expect(linesOfFunction(trace, calls, frameOf('step'))).toEqual({
      lines: [{ line: 7, self: 1e6, samples: 1 }],
      unknown: 1e6,
    })
    expect(linesOfFunction(trace, calls, frameOf('main'))).toEqual({ lines: [], unknown: 0 })
  })
})

describe('share of samples', () => {
  it('is as wide as Wilson says', () => {
    // Newcombe 1998, table I: 81 of 263.
    const share = shareOfSamples(81, 263)!
    expect(share.low).toBeCloseTo(0.2553, 4)
    expect(share.high).toBeCloseTo(0.3662, 4)
  })

  it('holds the share, also at the ends', () => {
    expect(shareOfSamples(0, 10)).toMatchObject({ share: 0, low: 0 })
    expect(shareOfSamples(10, 10)).toMatchObject({ share: 1, high: 1 })
    expect(shareOfSamples(0, 0)).toBeNull()
  })
})
