import { describe, expect, it } from 'vitest'
import { messagesOf, placeOfError } from '../../src/renderer/screens/run/error-place.ts'
import { runVerdict } from '../../src/renderer/screens/run/run-verdict.ts'
import { LoadedTrace } from '../../src/renderer/workers/loaded-trace.ts'
import { nodesTopic } from '../../src/renderer/workers/topics/nodes.ts'
import { summaryTopic } from '../../src/renderer/workers/topics/summary.ts'
import { drawTrace, spansOf } from '../fixtures/draw-trace.ts'
import { recordRun } from '../fixtures/record-run.ts'

const trace = drawTrace(
  `
  workflow                  |====================|
    orders                  |====                |
    quotes                  |    =============== |
      item                  |    ======----===== |
        call api.json: GET  |    ~~==  ====   == |
        call db.lookup: A   |        ==  =       |
`,
  {
    counters: [
      { name: 'event-loop-utilisation', unit: 'share', points: [[0, 0] as const, [20, 0.25] as const] },
      { name: 'heap', unit: 'bytes', points: [[2, 5] as const, [12, 9] as const] },
    ],
  },
)
const loaded = new LoadedTrace(recordRun({}), trace)
const summary = summaryTopic(loaded)

describe('a run in a few numbers', () => {
  it('divides the critical path among calls and what nodes did besides', () => {
    const { parts, duration } = summary.numbers(null)
    expect(duration).toBe(20e6)
    expect(parts!.reduce((sum, { time }) => sum + time, 0)).toBe(20e6)
    expect(parts!.map(({ node, call, time, queueing }) => [node, call, time / 1e6, queueing / 1e6])).toEqual([
      ['quotes', 'api.json', 10, 2],
      ['orders', '', 4, 0],
      ['quotes', '', 3, 0],
      ['quotes', 'db.lookup', 2, 0],
      ['', '', 1, 0],
    ])
  })

  it('says the same of a stretch, of which the rest of the run is no part', () => {
    const numbers = summary.numbers({ from: 0, to: 8e6 })
    expect(numbers.parts!.map(({ node, call, time }) => [node, call, time / 1e6])).toEqual([
      ['orders', '', 4],
      ['quotes', 'api.json', 4],
    ])
    expect(numbers).toMatchObject({ duration: 8e6, busy: 0.25, heap: 5, failed: 0, firstFailed: null })
  })

  it('gives the nodes of a stretch the part of the critical path that is in it', () => {
    const table = nodesTopic(loaded).table({ from: 2e6, to: 8e6 })
    expect(table.rows.map(({ path, critical }) => [path, critical?.time])).toEqual([
      ['orders', 2e6],
      ['quotes', 4e6],
    ])
    expect(table.rows[1]!.slowest).toBe(spansOf(trace, 'quotes')[0])
    expect(nodesTopic(loaded).table(null).rows[0]!.critical).toEqual({ time: 4e6, share: 0.2 })
  })

  it('takes for the critical path of a stretch what held up the run, not what ends at the same edge', () => {
    const both = drawTrace(`
      workflow   |==========|
        quick    |======    |
        slow     |==========|
    `)
    const table = nodesTopic(new LoadedTrace(recordRun({}), both)).table({ from: 0, to: 4e6 })
    expect(table.rows.map(({ path, critical }) => [path, critical?.share])).toEqual([
      ['quick', 0],
      ['slow', 1],
    ])
  })

  it('leads to where a failure began', () => {
    const failed = drawTrace(`
      workflow        |=====!|
        quotes        | ===! |
          item        | -==! |
    `)
    const { failed: count, firstFailed } = summaryTopic(new LoadedTrace(recordRun({}), failed)).numbers(null)
    expect(count).toBe(3)
    expect(firstFailed).toBe(spansOf(failed, 'item').at(-1))
  })

  it('says nothing where nothing was recorded', () => {
    const none = summaryTopic(new LoadedTrace(recordRun({}), drawTrace(''))).numbers(null)
    expect(none).toMatchObject({ duration: null, parts: null, busy: null, heap: null, collections: null })
  })
})

describe('the verdict on a run', () => {
  const { parts } = summary.numbers(null)

  it('says how long it took and what that waited for', () => {
    expect(runVerdict(recordRun({ workflow: 'orders', value: 230e6 }), parts, 20e6)).toMatchObject({
      sentence: 'orders took 230 ms',
      where: '50.0 % of it waited for api.json in quotes, 20.0 % passed in orders itself',
      tone: 'plain',
    })
  })

  it('calls it queueing where it mostly was', () => {
    const part = { node: 'quotes', call: 'api.json', time: 10, share: 1, queueing: 9, span: 1 }
    expect(runVerdict(recordRun({}), [part], 10).where).toBe('100 % of it queued for api.json in quotes')
  })

  it('names the largest part where none is large', () => {
    const small = Array.from({ length: 20 }, (_, at) => ({ ...parts![0]!, node: `n${at}`, share: 0.05 }))
    expect(runVerdict(recordRun({}), small, 20e6).where).toBe('5.00 % of it waited for api.json in n0')
  })

  it('does not say where the time went of a run whose first node never began', () => {
    const between = { node: '', call: '', time: 10, share: 1, queueing: 0, span: 0 }
    expect(runVerdict(recordRun({ reason: 'timeout', value: null }), [between], 10).where).toBe('')
  })

  it('says what to do only where the error does not', () => {
    const told = { code: 'run.timeout', message: 'The run reached its time limit. Raise the limit.' }
    expect(runVerdict(recordRun({ reason: 'timeout', value: null, error: told }), null, null).advice).toBe('')
    expect(runVerdict(recordRun({ reason: 'timeout', value: null }), null, null).advice).toContain('longer limit')
  })

  it.each(['failed', 'timeout', 'memory-limit', 'crashed', 'never-settled', 'interrupted', 'exited'] as const)(
    'says of a run that ended as %s so, after how long',
    (reason) => {
      const verdict = runVerdict(recordRun({ workflow: 'orders', reason, value: null }), null, 20e6)
      expect(verdict.sentence).toMatch(/^orders .* after 20\.0 ms$/)
      expect(verdict.tone).toBe('failed')
    },
  )
})

describe('where an error was thrown', () => {
  const stack = (...lines: string[]) => ['Error: no', ...lines.map((line) => `    at ${line}`)].join('\n')
  const error = (text: string) => ({ code: 'user.error', message: 'no', stack: text })

  it.each([
    { frames: ['run (file:///home/me/work/a%20b.ts:7:24)'], place: { file: 'a b.ts', line: 7 } },
    { frames: ['file:///home/me/work/deep/x.ts:1:2'], place: { file: 'deep/x.ts', line: 1 } },
    { frames: ['f (/home/me/work/x.ts:3:1)'], place: { file: 'x.ts', line: 3 } },
    { frames: ['f (node:internal/timers:5:1)', 'g (/home/me/work/node_modules/p/i.js:3:1)'], place: null },
    { frames: ['f (/home/me/workshop/x.ts:3:1)'], place: null },
  ])('finds $place', ({ frames, place }) => {
    expect(placeOfError(error(stack(...frames)), '/home/me/work')).toEqual(place)
  })

  it('looks into the innermost cause first, and takes a place that is named', () => {
    const inner = error(stack('f (/w/inner.ts:1:1)'))
    expect(placeOfError({ ...error(stack('f (/w/outer.ts:2:2)')), cause: inner }, '/w')?.file).toBe('inner.ts')
    const named = { code: 'workflow.bad', message: 'no', data: { place: { file: '/w/named.ts', line: 4 } } }
    expect(placeOfError(named, '/w')).toEqual({ file: 'named.ts', line: 4 })
  })

  it('says what a cause adds, and nothing twice', () => {
    const cause = { code: 'user.error', message: 'The page 9 is not there' }
    const message = 'Item 9 of "pages" failed: The page 9 is not there'
    expect(messagesOf({ code: 'user.error', message, cause })).toEqual([message])
    expect(messagesOf({ code: 'user.error', message: 'It failed.', cause })).toEqual(['It failed.', cause.message])
  })
})
