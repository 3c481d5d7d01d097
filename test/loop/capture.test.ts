import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportCycles } from '../../src/analysis/index.ts'
import { silentProgress } from '../../src/base/index.ts'
import { type Engine, openEngine, type RunRecord, runOnce, traceOf } from '../../src/engine/index.ts'
import { markKinds } from '../../src/trace/index.ts'
import { endOf, newWorkspace, type ReadSpan, spansOf } from './workspace.ts'

const progress = silentProgress()
let engine: Engine

beforeAll(() => {
  engine = openEngine({ workspace: newWorkspace('capture') })
})
afterAll(() => engine.close())

async function record(file: string, request: Partial<Parameters<typeof runOnce>[1]> = {}) {
  const run = await runOnce(engine, { file: `${file}.workflow.ts`, ...request }, progress)
  expect(run.reason, endOf(run)).toBe('finished')
  const trace = traceOf(engine, run.id)!
  return { run, trace, spans: spansOf(trace) }
}

const childrenOf = (spans: readonly ReadSpan[], parent: ReadSpan) => spans.filter((span) => span.parent === parent.id)
const nodeNamed = (spans: readonly ReadSpan[], name: string) =>
  spans.find((span) => span.kind === 'node' && span.name === name)!

describe('requests of every client', () => {
  let spans: ReadSpan[]
  let run: RunRecord

  beforeAll(async () => {
    ;({ run, spans } = await record('requests'))
  })

  for (const { node, name, detail } of [
    { node: 'fetched', name: 'fetch', detail: /^GET http:\/\/127\.0\.0\.1:\d+\/quote\/:id$/ },
    { node: 'asked', name: 'http', detail: /^GET http:\/\/127\.0\.0\.1:\d+\/quote\/:id$/ },
    { node: 'quoted', name: 'api.json', detail: /^GET \/quote\/:id$/ },
  ]) {
    it(`${name} is one call under the item that made it`, () => {
      const items = childrenOf(spans, nodeNamed(spans, node))
      expect(items.map(({ kind, index }) => [kind, index])).toEqual([
        ['item', 0],
        ['item', 1],
        ['item', 2],
      ])
      for (const item of items) {
        const [call, ...more] = childrenOf(spans, item)
        expect(more).toEqual([])
        expect(call).toMatchObject({ kind: 'call', name, status: 'ok', detail: expect.stringMatching(detail) })
        expect(call!.start).toBeGreaterThanOrEqual(item.start)
        expect(call!.start + call!.duration).toBeLessThanOrEqual(item.start + item.duration)
        expect(call!.duration).toBeGreaterThan(0)
        expect(childrenOf(spans, call!)).toEqual([])
      }
    })
  }

  for (const node of ['slowByFetch', 'slowByNode']) {
    it(`${node}: a call lasts until the body is there`, () => {
      const [call] = childrenOf(spans, nodeNamed(spans, node))
      expect(call).toMatchObject({ kind: 'call', status: 'ok' })
      expect(call!.duration).toBeGreaterThan(90e6)
    })
  }

  it('a call that fails says so, and with which error', () => {
    const callIn = (node: string) => childrenOf(spans, nodeNamed(spans, node))
    expect(callIn('refused')).toMatchObject(
      [{ kind: 'call', name: 'fetch', status: 'failed', detail: /ECONNREFUSED|refused/ }].map(withText),
    )
    expect(callIn('refusedByNode')).toMatchObject(
      [{ kind: 'call', name: 'http', status: 'failed', detail: /ECONNREFUSED/ }].map(withText),
    )
    expect(callIn('missing')).toMatchObject(
      [{ kind: 'call', name: 'api.json', status: 'failed', detail: /404/ }].map(withText),
    )
    expect(run.result!.preview).toContain('"failed", "failed", "failed"')
    expect(callIn('brokenOff')).toMatchObject(
      [{ kind: 'call', name: 'http', status: 'failed', detail: /aborted|hang up/ }].map(withText),
    )
  })
})

describe('lookups of a database', () => {
  it('are calls that wait for the connection, and statements with the number of their keys', async () => {
    const { spans } = await record('lookups', { patch: { db: { lookupBatch: 4 } } })
    const inRows = childrenOf(spans, nodeNamed(spans, 'rows')).flatMap((item) => childrenOf(spans, item))
    expect(inRows.length).toBe(40)
    for (const call of inRows) {
      expect(call).toMatchObject({ kind: 'call', name: 'db.lookup', status: 'ok' })
      expect(call.wait).toBeLessThanOrEqual(call.duration)
    }
    expect(inRows.some(({ wait }) => wait > 0)).toBe(true)
    const works = spans.filter(({ kind, name, detail }) => kind === 'work' && name === 'db' && /^SELECT/.test(detail))
    const lookups = works.filter(({ status }) => status === 'ok')
    expect(lookups.reduce((keys, { quantity }) => keys + quantity, 0)).toBe(40)
    expect(lookups.length).toBeLessThan(40)
    for (const { quantity, parent } of lookups) {
      expect(quantity).toBeLessThanOrEqual(4)
      expect(spans[parent]!.kind).toBe('workflow')
    }
    const [wrong] = childrenOf(spans, nodeNamed(spans, 'wrong'))
    expect(wrong).toMatchObject({ kind: 'call', status: 'failed', detail: expect.stringMatching(/no such table/) })
  })

  it('show in a counter of those that queue', async () => {
    const { trace } = await record('lookups')
    const waiting = trace.counters.find(({ name }) => name === 'waiting:db')!
    expect(Math.max(...waiting.value)).toBeGreaterThan(0)
    expect(waiting.value.at(-1)).toBe(0)
  })
})

describe('the workflow’s own words', () => {
  it('step(name, run) is a span where it was called, also after an await, and failed where it threw', async () => {
    const { spans } = await record('steps')
    const [outer, failing, ...others] = childrenOf(spans, nodeNamed(spans, 'work'))
    expect(others).toEqual([])
    expect(outer).toMatchObject({ kind: 'step', name: 'outer', status: 'ok' })
    expect(failing).toMatchObject({ kind: 'step', name: 'failing', status: 'failed', detail: 'the step failed' })
    const [inner] = childrenOf(spans, outer!)
    expect(inner).toMatchObject({ kind: 'step', name: 'inner' })
    expect(childrenOf(spans, inner!)).toMatchObject([{ kind: 'step', name: 'innermost' }])
    expect(childrenOf(spans, nodeNamed(spans, 'beside'))).toMatchObject([{ kind: 'step', name: 'alone' }])
  })

  it('log() lines are marks, and go to whoever watches', async () => {
    const lines: string[] = []
    const watched = { ...silentProgress(), log: (line: string) => lines.push(line) }
    const run = await runOnce(engine, { file: 'steps.workflow.ts' }, watched)
    const { marks, strings } = traceOf(engine, run.id)!
    const logged = Array.from(marks.kind, (kind, row) => ({ kind: markKinds[kind], text: strings[marks.detail[row]!] }))
    expect(logged.filter(({ kind }) => kind === 'log').map(({ text }) => text)).toEqual(['first line', 'last line'])
    expect(lines).toEqual(['first line', 'last line'])
  })
})

describe('memory and time', () => {
  it('garbage collections are marks, and each iteration knows its share', async () => {
    const { trace, run } = await record('allocating')
    const { marks, iterations, strings } = trace
    const collections = Array.from(marks.kind, (kind, row) => ({
      ...{ kind: markKinds[kind], name: strings[marks.name[row]!]! },
      ...{ time: marks.time[row]!, duration: marks.duration[row]! },
    })).filter(({ kind }) => kind === 'gc')
    expect(collections.length).toBeGreaterThan(2)
    expect(collections.map(({ name }) => name)).toContain('minor')
    for (const { time, duration } of collections) {
      expect(duration).toBeGreaterThan(0)
      expect(time).toBeGreaterThanOrEqual(0)
    }
    expect(iterations.index.length).toBe(20)
    const inIterations = sum(iterations.gc)
    expect(inIterations).toBeGreaterThan(0)
    expect(inIterations).toBeLessThanOrEqual(sum(collections.map(({ duration }) => duration)) * 1.001)
    for (const [row, gc] of iterations.gc.entries()) {
      expect(gc).toBeLessThanOrEqual(iterations.duration[row]!)
    }
    // The kernel may count a thread's time in ticks of some milliseconds: short iterations can have none.
    expect(sum(iterations.cpu)).toBeGreaterThan(0)
    expect(sum(iterations.duration)).toBeLessThanOrEqual(run.value!)
  })

  it('counters are there, with ascending times', async () => {
    const { trace } = await record('allocating')
    const names = ['heap', 'rss', 'event-loop-utilisation', 'event-loop-delay']
    expect(trace.counters.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
    for (const { name, time, value } of trace.counters) {
      expect(time.length, name).toBeGreaterThan(2)
      expect(value.length).toBe(time.length)
      for (let place = 1; place < time.length; place++) expect(time[place]).toBeGreaterThanOrEqual(time[place - 1]!)
    }
    const heap = trace.counters.find(({ name }) => name === 'heap')!
    expect(Math.min(...heap.value)).toBeGreaterThan(1e6)
  })

  it('level off records iterations and the value, and nothing that costs', async () => {
    const { trace, run } = await record('allocating', { capture: { level: 'off' } })
    expect(run).toMatchObject({ value: expect.any(Number), cycles: [{ path: 'loop', iterations: 20 }] })
    expect(trace.iterations.index.length).toBe(20)
    expect(trace.iterations.metric[19]).toBe(-20)
    // Not measured is not 0.
    const { cpu, heap, gc } = trace.iterations
    expect([...cpu, ...heap, ...gc].every(Number.isNaN)).toBe(true)
    expect(reportCycles(trace, run)[0]).toMatchObject({ cpu: null, heap: null, gc: null, memoryTrend: null })
    expect([trace.spans.start.length, trace.counters.length, trace.marks.kind.length]).toEqual([0, 0, 0])
  })

  it('300 000 spans leave memory flat, and all of them are in the store', async () => {
    const params = { turns: 100, steps: 3000, objects: 1 }
    const { trace, run } = await record('allocating', { params })
    // The workflow, the resource twice, the cycle; each turn with its task, and the steps.
    expect(trace.spans.start.length).toBe(4 + 100 * 2 + 300_000)
    expect(trace.spans.status.every((status) => status === 0)).toBe(true)
    expect(trace.iterations.index.length).toBe(100)
    const { time, value } = trace.counters.find(({ name }) => name === 'heap')!
    const half = time[0]! + run.value! / 2
    const early = Math.max(...value.filter((_, place) => time[place]! < half))
    const late = Math.max(...value.filter((_, place) => time[place]! >= half))
    // A span kept as an object would be some 200 bytes, 30 MB in each half.
    expect(late - early).toBeLessThan(15e6)
  })

  it('the workflow’s own time begins after its resources are open, however much they record', async () => {
    const { spans, run } = await record('allocating', { params: { turns: 2, objects: 1, before: 20_000 } })
    const [whole] = spans
    const opening = spans.find(({ kind, name }) => kind === 'resource' && name === 'open prepared')!
    expect(whole).toMatchObject({ kind: 'workflow', status: 'ok', duration: run.value })
    expect(whole!.start).toBeGreaterThanOrEqual(opening.start + opening.duration)
  })
})

function withText<Span extends { detail: RegExp }>(span: Span) {
  return { ...span, detail: expect.stringMatching(span.detail) }
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
