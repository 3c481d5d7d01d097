import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameOf, IterationFrame, type LogReading, readLog, spanKinds, spansFrame } from '../../src/trace/index.ts'
import { joinFrames, sampleEnd, sampleFrames, samplePlanned } from './sample-log.ts'
import { sampleRecord, sampleSpans, sampleTrace } from './sample-run.ts'

const whole = joinFrames(sampleFrames())

describe('a log', () => {
  it('gives back the trace, the record and the results that were written', () => {
    const reading = readLog(whole)
    expect(reading.diagnostics).toEqual([])
    expect(reading.trace).toEqual(sampleTrace())
    expect(reading.run).toEqual({ ...sampleRecord(), ...samplePlanned, ...sampleEnd })
    expect(reading.nodeResults).toEqual([{ path: 'quotes', ok: true, end: 99_000 }])
    expect(reading.complete).toBe(true)
  })

  it('holds iterations that were written by a frame of their own, one after the other', () => {
    const frame = new IterationFrame()
    const rowAt = (index: number) => ({
      ...{ cycle: 0, index, start: 50_000.5 + index, duration: 1.25 + index, cpu: 2.5, heap: -3 },
      ...{ gc: 4.75, metric: Number.NaN, digestHigh: 0xfedc_ba98, digestLow: 0x7654_3210 + index },
    })
    const columnsAt = (index: number) => ({
      ...{ cycle: Uint32Array.of(0), index: Uint32Array.of(index), start: Float64Array.of(50_000.5 + index) },
      ...{ duration: Float64Array.of(1.25 + index), cpu: Float64Array.of(2.5), heap: Float64Array.of(-3) },
      ...{ gc: Float64Array.of(4.75), metric: Float64Array.of(Number.NaN) },
      ...{ digestHigh: Uint32Array.of(0xfedc_ba98), digestLow: Uint32Array.of(0x7654_3210 + index) },
    })
    for (const index of [0, 1, 7]) {
      expect(frame.fill(rowAt(index))).toEqual(frameOf('iterations', columnsAt(index)))
    }
  })

  it('is read the same from any place in memory', () => {
    const moved = new Uint8Array(whole.length + 3)
    moved.set(whole, 3)
    expect(readLog(moved.subarray(3)).trace).toEqual(sampleTrace())
  })

  it('gives a trace that does not keep the log in memory', () => {
    const { spans, samples, iterations } = readLog(whole.slice()).trace
    const columns = [spans.start, spans.kind, samples!.time, samples!.frames.line, iterations.metric]
    for (const column of columns) expect(column.buffer.byteLength).toBeLessThan(2000)
  })

  it('lets a note speak over the end, and where there is none', () => {
    const note = frameOf('note', { reason: 'memory-limit', peakMemory: 5, error: { code: 'x', message: 'y' } })
    expect(readLog(joinFrames([...sampleFrames(), note])).run).toMatchObject({ reason: 'memory-limit', value: 100_000 })
    const killed = readLog(joinFrames([...sampleFrames().slice(0, 2), note]))
    expect(killed.run).toMatchObject({ reason: 'memory-limit', peakMemory: 5, value: null })
    expect(killed.complete).toBe(false)
  })

  it('keeps spans that never ended, as open up to the last instant that was recorded', () => {
    const frames = sampleFrames().slice(0, 7)
    const { trace } = readLog(joinFrames(frames))
    expect(spanKinds[trace.spans.kind[0]!]).toBe('workflow')
    expect(trace.spans.status.slice(0, 11)).toEqual(Uint8Array.of(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0))
    const later = readLog(joinFrames([...frames, frameOf('node-result', { path: 'a', ok: true, end: 90_000 })])).trace
    expect(trace.spans.duration[0]).toBe(59_500)
    expect(later.spans.duration[0]).toBe(90_000)
    expect(later.spans.duration[2]).toBe(88_000)
  })

  it('says that it is torn, and nothing worse, when the writer was killed', () => {
    expect(readLog(whole.subarray(0, -1)).diagnostics).toMatchObject([{ code: 'log.torn', severity: 'warning' }])
    expect(readLog(new Uint8Array(0)).diagnostics).toMatchObject([{ code: 'log.no-header' }])
  })

  it('takes rows that are written once more in place of the earlier, and none beyond them', () => {
    const frames = sampleFrames()
    const { spans } = sampleTrace()
    const rewritten = spansFrame({ ...spans, start: spans.start.map((start) => start + 7) }, 0, 1, 0)
    const { start } = readLog(joinFrames([...frames, rewritten])).trace.spans
    expect([...start]).toEqual([...spans.start].map((at, row) => (row === 0 ? at + 7 : at)))
    const beyond = readLog(joinFrames([...frames, spansFrame(spans, 0, 2, spans.start.length - 1)]))
    expect(beyond.trace).toEqual(sampleTrace())
    expect(beyond.diagnostics).toMatchObject([{ code: 'log.damaged-frame' }])
  })

  it('does not guess which spans follow a batch that was lost', () => {
    const frames = sampleFrames().filter((_, number) => number !== 6)
    const reading = readLog(joinFrames(frames))
    expect(reading.trace.spans.start.length).toBe(0)
    expect(reading.diagnostics).toMatchObject([{ code: 'log.damaged-frame', severity: 'error' }])
    expect(reading.run?.reason).toBe('finished')
  })

  it('leaves names empty whose strings were lost, instead of taking others for them', () => {
    const frames = sampleFrames()
    const lost = readLog(joinFrames([...frames.slice(0, 2), ...frames.slice(3)]))
    expect(lost.trace.strings).toEqual([''])
    expect(lost.trace.spans.name.every((name) => name === 0)).toBe(true)
    expect(lost.trace.spans.start.length).toBe(100)
    expect(lost.diagnostics).toMatchObject([{ code: 'log.bad-reference' }])
  })

  it('does not take facts of another shape than the format promises', () => {
    const wrong = (change: object) => readLog(frameOf('header', { run: { ...sampleRecord(), ...change } as never })).run
    expect(wrong({})).toBeDefined()
    for (const change of [
      { id: 7 },
      { patch: [] },
      { params: null },
      { capture: 'standard' },
      { startedAt: '2026' },
      { reason: 'gone' },
      { value: '12' },
      { phases: {} },
      { cycles: [{ path: 'fit' }] },
    ]) {
      expect(wrong(change), JSON.stringify(change)).toBeUndefined()
    }
    const header = frameOf('header', { run: sampleRecord() })
    for (const change of [{ error: 'oh' }, { result: { digest: 1 } }, { peakMemory: '1 GB' }, { reason: 'running' }]) {
      const end = readLog(joinFrames([header, frameOf('end', { ...sampleEnd, ...change } as never)]))
      expect(end.complete, JSON.stringify(change)).toBe(false)
      expect(end.diagnostics).toMatchObject([{ code: 'log.damaged-frame' }])
    }
    const { value: _value, ...partial } = sampleEnd
    expect(readLog(joinFrames([header, frameOf('end', partial as never)])).complete).toBe(false)
  })

  it('mends references that lead nowhere', () => {
    const spans = sampleSpans(3)
    spans.parent.set([-1, 2, 7])
    spans.name.set([99, 1, 1])
    spans.start[1] = Number.NaN
    const frames = [...sampleFrames().slice(0, 3), spansFrame({ ...spans, detail: new Uint32Array(3) }, 0, 3, 0)]
    const { trace, diagnostics } = readLog(joinFrames(frames))
    expect(trace.spans.parent).toEqual(Int32Array.of(-1, -1, -1))
    expect(trace.spans.name).toEqual(Uint32Array.of(0, 1, 1))
    expect(trace.spans.start).toEqual(Float64Array.of(0, 0, 2000))
    expect(diagnostics).toMatchObject([{ code: 'log.bad-reference' }])
  })

  it('refuses a newer version with a sentence', () => {
    const header = frameOf('header', { run: sampleRecord(), version: 99 })
    expect(readLog(header).diagnostics).toMatchObject([{ code: 'trace.newer-version' }])
  })
})

describe('a damaged log', () => {
  it('cut anywhere gives a prefix of what was recorded', () => {
    const full = readLog(whole)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        const part = readLog(whole.subarray(0, length))
        expect(part.complete).toBe(false)
        expectPrefix(part, full)
      }),
      { numRuns: 300 },
    )
  })

  it('with any bytes changed is read without throwing, and what it gives is whole', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = whole.slice()
        for (const [place, value] of changes) bytes[place % bytes.length] = value
        const full = readLog(whole)
        const { trace, run, diagnostics } = readLog(bytes)
        if (Buffer.compare(bytes, whole) !== 0) expect(diagnostics.length).toBeGreaterThan(0)
        if (run) expect(typeof run.workflow).toBe('string')
        expect(trace.spans.start.length).toBeLessThanOrEqual(full.trace.spans.start.length)
      }),
      { numRuns: 500 },
    )
  })

  it('of random bytes is read without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readLog(bytes).complete).toBe(false)
        expect(readLog(joinFrames([whole, bytes])).trace).toEqual(sampleTrace())
      }),
      { numRuns: 50 },
    )
  })
})

function expectPrefix(part: LogReading, full: LogReading): void {
  const expectBeginning = (some: ArrayLike<unknown>, all: ArrayLike<unknown>) =>
    expect(Array.from(some)).toEqual(Array.from(all).slice(0, some.length))
  expectBeginning(part.trace.strings, full.trace.strings)
  for (const name of ['kind', 'name', 'parent', 'start', 'quantity'] as const) {
    expectBeginning(part.trace.spans[name], full.trace.spans[name])
  }
  for (const name of ['index', 'start', 'metric', 'digestLow'] as const) {
    expectBeginning(part.trace.iterations[name], full.trace.iterations[name])
  }
  expectBeginning(part.nodeResults, full.nodeResults)
  if (part.trace.counters[0]) expectBeginning(part.trace.counters[0].value, full.trace.counters[0]!.value)
  for (const { code } of part.diagnostics) expect(['log.torn', 'log.no-header']).toContain(code)
}
