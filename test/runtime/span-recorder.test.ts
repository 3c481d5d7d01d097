import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { kindNumber, SpanRecorder, statusNumber } from '../../src/runtime/capture/span-recorder.ts'
import { StringTable } from '../../src/runtime/capture/strings.ts'
import { appendNote, TrialLog } from '../../src/runtime/trial-log.ts'
import { readLog } from '../../src/trace/index.ts'

const phases = { threadStart: null, moduleLoad: null, resourcesOpen: null, resourcesClose: null }

function newLog() {
  const path = join(mkdtempSync(join(tmpdir(), 'strobe-spans-')), 'run.log')
  const strings = new StringTable()
  const log = new TrialLog(path, strings)
  return { path, strings, log, recorder: new SpanRecorder(log) }
}

it('keeps spans that end long after their batch was written', () => {
  const { path, strings, log, recorder } = newLog()
  const count = 30_000
  const outer = recorder.begin(kindNumber.workflow, strings.idOf('w'), -1, -1, 0, 0)
  for (let index = 0; index < count; index++) {
    const span = recorder.begin(kindNumber.call, strings.idOf(`call ${index % 5}`), outer, index, 0, index + 1)
    recorder.end(span, index + 11, statusNumber.ok, index, 3)
  }
  recorder.end(outer, 99_999, statusNumber.failed, -1, 0, strings.idOf('broke'))
  recorder.flush()
  log.end({ reason: 'failed', value: null, phases, cycles: [] })
  const { trace, complete, diagnostics } = readLog(readFileSync(path))
  // The header is the engine's to write, and missing here; nothing else may be amiss.
  expect(diagnostics.map(({ code }) => code)).toEqual(['log.no-header'])
  expect(complete).toBe(true)
  expect(trace.spans.start.length).toBe(count + 1)
  expect(trace.spans.duration[0]).toBe(99_999)
  expect(trace.spans.status[0]).toBe(statusNumber.failed)
  expect(trace.strings[trace.spans.detail[0]!]).toBe('broke')
  expect([...trace.spans.duration.subarray(1)].every((duration) => duration === 10)).toBe(true)
  expect(trace.spans.quantity[count]).toBe(count - 1)
  expect(trace.strings[trace.spans.name[count]!]).toBe(`call ${(count - 1) % 5}`)
})

it('leaves a readable log behind when nothing more is written, and takes a note afterwards', () => {
  const { path, strings, recorder } = newLog()
  const outer = recorder.begin(kindNumber.workflow, strings.idOf('w'), -1, -1, 0, 100)
  const inner = recorder.begin(kindNumber.node, strings.idOf('n'), outer, -1, 0, 200)
  recorder.flush()
  recorder.end(inner, 900, statusNumber.ok)
  appendNote(path, { reason: 'crashed', error: { code: 'run.crashed', message: 'gone' } })
  const { trace, complete } = readLog(readFileSync(path))
  expect(complete).toBe(false)
  expect([...trace.spans.status]).toEqual([statusNumber.open, statusNumber.open])
})

it('moves the start of the first span, also when its row is in the log already', () => {
  for (const before of [1, 20_000]) {
    const { path, strings, log, recorder } = newLog()
    const [name, variant] = [strings.idOf('w'), strings.idOf('v')]
    const whole = recorder.begin(kindNumber.workflow, name, -1, -1, variant, 5)
    for (let index = 0; index < before; index++) {
      recorder.end(recorder.begin(kindNumber.step, strings.idOf('s'), -1, index, 0, 10), 11, statusNumber.ok)
    }
    recorder.restart(whole, kindNumber.workflow, name, variant, 1000)
    recorder.end(whole, 1500, statusNumber.ok)
    recorder.flush()
    log.end({ reason: 'finished', value: 500, phases, cycles: [] })
    const { spans, strings: texts } = readLog(readFileSync(path)).trace
    expect(spans.start.length).toBe(before + 1)
    expect([spans.kind[0], spans.status[0], spans.start[0], spans.duration[0]]).toEqual([0, statusNumber.ok, 1000, 500])
    expect([texts[spans.name[0]!], texts[spans.detail[0]!], spans.parent[0]]).toEqual(['w', 'v', -1])
    expect([spans.index[1], spans.duration[before]]).toEqual([0, 1])
  }
})
