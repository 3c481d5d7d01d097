import { describe, expect, it } from 'vitest'
import { advise, type Recommendation } from '../../src/advice/index.ts'
import type { Trace } from '../../src/trace/index.ts'
import type { WorkflowDescription } from '../../src/workflow/index.ts'
import { describeNodes } from '../fixtures/describe-nodes.ts'
import { drawMap } from '../fixtures/draw-map.ts'
import { drawTrace, spansOf, withoutSpans } from '../fixtures/draw-trace.ts'
import { recordRun } from '../fixtures/record-run.ts'

function adviseOn(description: WorkflowDescription, trace: Trace, patch = {}): Recommendation[] {
  return advise({ description, runs: [{ record: recordRun({ patch }), trace }] })
}

const concurrency = { concurrency: [1, 1, 64] } as const
const fetching = describeNodes({
  nodes: { pages: { over: 'urls', effects: 'read-only', knobs: concurrency } },
})
const serialFetches = drawTrace(drawMap('pages', { items: 10, calls: [{ label: 'fetch: GET /page/:n', time: 18 }] }))

describe('items that wait one after the other', () => {
  it('finds a map of plain fetch calls, with a patch and a range', () => {
    const [advice, ...rest] = adviseOn(fetching, serialFetches)
    expect(rest).toEqual([])
    expect(advice).toMatchObject({
      rule: 'serial-calls',
      fingerprint: 'serial-calls:drawn:pages',
      place: 'pages',
      status: 'open',
      patch: { pages: { concurrency: expect.any(Number) } },
    })
    expect(advice?.prediction).toMatchObject({ kind: 'range' })
    if (advice?.prediction.kind !== 'range') return
    expect(advice.prediction.low).toBeLessThan(0.3)
    // Nothing shows that the server can do two things at once.
    expect(advice.prediction.high).toBeGreaterThan(0.85)
    expect(advice.prediction.basis).toContain('one at a time')
  })

  it('chooses the smallest concurrency that is nearly as good as the best', () => {
    const [advice] = adviseOn(fetching, serialFetches)
    // Ten items of 18 ms waiting and 2 ms of computing: with 8 at once two rounds are needed, with 16 or 64 one.
    expect(advice?.changes).toEqual([{ address: 'pages', knob: 'concurrency', from: 1, to: 16 }])
  })

  it('does not ask for more than brings more', () => {
    // A hundred items that compute 2 of 20 ms keep the thread busy from ten at once on.
    const trace = drawTrace(drawMap('pages', { items: 100, calls: [{ label: 'fetch: GET /page/:n', time: 18 }] }))
    expect(adviseOn(fetching, trace)[0]?.changes[0]?.to).toBe(16)
  })

  it('cites the spans that it rests on, and is gone without them', () => {
    const [advice] = adviseOn(fetching, serialFetches)
    const cited = advice!.evidence.spanIds
    expect(cited).toEqual(expect.arrayContaining(spansOf(serialFetches, 'fetch')))
    expect(adviseOn(fetching, withoutSpans(serialFetches, cited))).toEqual([])
    expect(adviseOn(fetching, withoutSpans(serialFetches, spansOf(serialFetches, 'fetch')))).toEqual([])
  })

  it('predicts less where the calls are shorter', () => {
    const shorter = drawTrace(drawMap('pages', { items: 10, calls: [{ label: 'fetch: GET /page/:n', time: 4 }] }))
    const [long, short] = [adviseOn(fetching, serialFetches)[0], adviseOn(fetching, shorter)[0]]
    if (long?.prediction.kind !== 'range' || short?.prediction.kind !== 'range') throw new Error('no range')
    expect(short.prediction.low).toBeGreaterThan(long.prediction.low * 1.5)
  })

  describe('with other runs as evidence', () => {
    const calls = (time: number) => [{ label: 'fetch: GET /page/:n', time }]
    const serial = drawTrace(drawMap('pages', { items: 36, calls: calls(18) }))
    const six = (time: number) => drawTrace(drawMap('pages', { items: 36, lanes: 6, calls: calls(time) }))
    const timed = (trace: Trace, parts = {}) => ({
      record: recordRun({ value: trace.spans.duration[0]!, ...parts }),
      trace,
    })
    const adviceWith = (other?: Trace) => {
      const variant = { id: 'r2', variant: 'six', patch: { pages: { concurrency: 6 } } }
      const runs = [timed(serial), ...(other ? [timed(other, variant)] : [])]
      const [advice] = advise({ description: fetching, runs })
      if (advice?.prediction.kind !== 'range') throw new Error('no range')
      return advice.prediction
    }

    it('knows better how the service reacts to more calls in flight', () => {
      expect(adviceWith().high).toBeGreaterThan(0.85)
      expect(adviceWith(six(18)).high).toBeLessThan(0.5)
      expect(adviceWith(six(54)).high).toBeGreaterThan(adviceWith(six(18)).high)
      expect(adviceWith(six(18)).basis).toContain('up to 6 calls in flight')
    })

    it('holds on to runs of the same experiment', () => {
      const place = (block: number) => ({ trial: { experiment: 'x1', block, position: 0 } })
      const patch = { pages: { concurrency: 6 } }
      const runs = [
        timed(serial, place(0)),
        timed(six(18), { id: 'r2', variant: 'six', patch, ...place(0) }),
        // Another day, another machine.
        timed(six(90), { id: 'r3', variant: 'six', patch }),
      ]
      const [advice] = advise({ description: fetching, runs })
      expect(advice?.prediction).toEqual(adviceWith(six(18)))
      expect(advice?.scope).toContain('with 2 runs as evidence')
    })

    it('widens the range by what the replay missed for them', () => {
      const stalled = six(18)
      stalled.spans.duration[0]! *= 3
      expect(adviceWith(stalled).high).toBeGreaterThan(adviceWith(six(18)).high * 2)
      expect(adviceWith(stalled).basis).toContain('six was measured')
    })
  })

  it('says in words what to do where there is no knob', () => {
    const knobless = describeNodes({ nodes: { pages: { over: 'urls', effects: 'pure' } } })
    const [advice] = adviseOn(knobless, serialFetches)
    expect(advice?.patch).toBeUndefined()
    expect(advice?.changes).toEqual([])
    expect(advice?.action).toContain('Declare a knob "concurrency"')
  })

  describe('in waits that no call recorded', () => {
    // Thirty items that wait for 4 of 5 ms without a call: on timers of their own, or in turn for a lock. Nothing recorded tells.
    const point = (time: number, share: number) => [time, share] as const
    const counter = { name: 'event-loop-utilisation', unit: 'share', points: [point(0, 0), point(150, 0.2)] } as const
    const waiting = drawTrace(drawMap('pages', { items: 30, calls: [], lead: 5 }), { counters: [counter] })
    const rangeOf = (trace: Trace) => {
      const [advice] = adviseOn(fetching, trace)
      if (advice?.prediction.kind !== 'range') throw new Error('no range')
      return advice.prediction
    }

    it('promises nothing at worst, and says why', () => {
      const { low, high, basis } = rangeOf(waiting)
      expect(low).toBeLessThan(0.4)
      // As long as without the change, and 5 % that the replay may miss.
      expect(high).toBeCloseTo(1.05, 3)
      expect(basis).toContain('120 ms of waiting is in no recorded call')
    })

    it('says nothing of it where calls recorded the waiting', () => {
      expect(rangeOf(serialFetches).basis).not.toContain('in no recorded call')
    })
  })

  it('finds waiting that no call recorded by the idle thread', () => {
    const picture = drawMap('pages', { items: 10, calls: [], lead: 10 })
    const description = describeNodes({ nodes: { pages: { over: 'urls', effects: 'read-only', knobs: concurrency } } })
    const utilised = (share: number) => ({
      counters: [
        { name: 'event-loop-utilisation', unit: 'share' as const, points: [[0, 0] as const, [100, share] as const] },
      ],
    })
    expect(adviseOn(description, drawTrace(picture, utilised(0.1)))).toHaveLength(1)
    expect(adviseOn(description, drawTrace(picture, utilised(0.9)))).toEqual([])
    expect(adviseOn(description, drawTrace(picture))).toEqual([])
  })
})

describe('nodes that need nothing of each other', () => {
  const picture = `
    workflow          |====================|
      weather         |==========          |
        call fetch    | ========           |
      prices          |          ==========|
        call api.json |           ======== |
  `
  const nodes = { weather: { effects: 'read-only' }, prices: { effects: 'read-only' } } as const
  const run = { maxConcurrency: [1, 1, 8] } as const

  it('are found where maxConcurrency holds them back', () => {
    const [advice, ...rest] = adviseOn(describeNodes({ nodes, run }), drawTrace(picture))
    expect(rest).toEqual([])
    expect(advice).toMatchObject({ rule: 'serial-calls', place: 'run', patch: { run: { maxConcurrency: 2 } } })
    expect(advice?.prediction.kind === 'range' && advice.prediction.low).toBeCloseTo(0.55, 1)
    const cited = advice!.evidence.spanIds
    expect(adviseOn(describeNodes({ nodes, run }), withoutSpans(drawTrace(picture), cited))).toEqual([])
  })

  it('are left alone where one needs the other, or writes', () => {
    const chained = { ...nodes, prices: { effects: 'read-only', from: ['weather'] } } as const
    const writing = { ...nodes, prices: { effects: 'writes' } } as const
    expect(adviseOn(describeNodes({ nodes: chained, run }), drawTrace(picture))).toEqual([])
    expect(adviseOn(describeNodes({ nodes: writing, run }), drawTrace(picture))).toEqual([])
  })

  it('are left alone where they overlap already, or compute', () => {
    const overlapping = drawTrace(`
      workflow          |============|
        weather         |==========  |
          call fetch    | ========   |
        prices          |  ==========|
          call api.json |   ======== |
    `)
    const computing = drawTrace(`
      workflow          |====================|
        weather         |==========          |
        prices          |          ==========|
    `)
    expect(adviseOn(describeNodes({ nodes, run: { maxConcurrency: [2, 1, 8] } }), overlapping)).toEqual([])
    expect(adviseOn(describeNodes({ nodes, run }), computing)).toEqual([])
  })
})

describe('calls of one task', () => {
  const description = (effects: 'read-only' | 'writes') => describeNodes({ nodes: { crawl: { effects } } })
  const loop = drawTrace(`
    workflow                 |====================|
      crawl                  |====================|
        call fetch: GET /p/:n| ===---===---===--- |
  `)

  it('are shown in words, without a promise', () => {
    const [advice] = adviseOn(description('read-only'), loop)
    expect(advice).toMatchObject({ place: 'crawl', prediction: { kind: 'unknown' }, changes: [] })
    expect(advice?.action).toMatch(/^Where these calls do not need each other's answers/)
    expect(adviseOn(description('writes'), loop)).toEqual([])
  })
})

describe('healthy maps that look alike', () => {
  const nodes = (effects: 'read-only' | 'writes', initial = 1) =>
    describeNodes({ nodes: { pages: { over: 'urls', effects, knobs: { concurrency: [initial, 1, 64] } } } })
  const calls = [{ label: 'fetch: GET /page/:n', time: 18 }]

  it('one whose items write', () => {
    expect(adviseOn(nodes('writes'), serialFetches)).toEqual([])
  })

  it('one whose items overlap', () => {
    const trace = drawTrace(drawMap('pages', { items: 12, lanes: 4, calls }))
    expect(adviseOn(nodes('read-only', 4), trace)).toEqual([])
  })

  it('one whose items compute', () => {
    const trace = drawTrace(drawMap('pages', { items: 10, lead: 9, calls: [{ label: 'fetch: GET /', time: 2 }] }))
    expect(adviseOn(nodes('read-only'), trace)).toEqual([])
  })

  it('one of three items, and one that hardly counts in its run', () => {
    expect(adviseOn(nodes('read-only'), drawTrace(drawMap('pages', { items: 3, calls })))).toEqual([])
    const small = drawMap('pages', { items: 8, calls: [{ label: 'fetch: GET /', time: 4 }] }).split('\n')
    const long = small.map((line, row) => line.replace(/\|$/, `${(row === 0 ? '=' : ' ').repeat(2000)}|`))
    expect(adviseOn(nodes('read-only'), drawTrace(long.join('\n')))).toEqual([])
  })

  it('a run that failed, or that recorded nothing', () => {
    const failed = recordRun({ reason: 'failed', value: null })
    expect(advise({ description: fetching, runs: [{ record: failed, trace: serialFetches }] })).toEqual([])
    expect(advise({ description: fetching, runs: [] })).toEqual([])
    expect(adviseOn(fetching, drawTrace('resource db |==|'))).toEqual([])
  })
})
