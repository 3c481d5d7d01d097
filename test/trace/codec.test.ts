import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  columnsOfTrace,
  decodeTrace,
  emptyTrace,
  encodeTrace,
  readLog,
  traceFromColumns,
} from '../../src/trace/index.ts'
// The list of upgraders is the room's own affair; what it does to columns of old versions is tested with upgraders made up here.
import { upgradeColumns } from '../../src/trace/upgraders.ts'
import { sampleTrace } from './sample-run.ts'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/traces/${name}`, import.meta.url))

describe('a trace', () => {
  it('comes back as it was', () => {
    for (const trace of [sampleTrace(), sampleTrace(0), emptyTrace(5)]) {
      expect(decodeTrace(encodeTrace(trace))).toEqual({ trace, diagnostics: [] })
    }
  })

  it('is viewed where it lies, not copied', () => {
    const bytes = encodeTrace(sampleTrace())
    expect(decodeTrace(bytes).trace?.spans.start.buffer).toBe(bytes.buffer)
  })

  it('never throws on changed or missing bytes, and has no reference that leads nowhere', () => {
    const whole = encodeTrace(sampleTrace(20))
    const change = fc.tuple(fc.nat(), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.nat(whole.length), (changes, cut) => {
        const bytes = whole.slice(0, cut > whole.length / 2 ? undefined : cut)
        for (const [place, value] of bytes.length > 0 ? changes : []) bytes[place % bytes.length] = value
        const { trace, diagnostics } = decodeTrace(bytes)
        if (!trace) expect(diagnostics.length).toBeGreaterThan(0)
        for (const [row, parent] of trace?.spans.parent.entries() ?? []) expect(parent).toBeLessThan(row)
        for (const name of trace?.spans.name ?? []) expect(name).toBeLessThan(trace!.strings.length)
      }),
      { numRuns: 500 },
    )
  })

  it('with a sample of a stack that is not there is refused', () => {
    const trace = sampleTrace()
    trace.samples!.stack[0] = 2
    expect(decodeTrace(encodeTrace(trace)).diagnostics).toMatchObject([{ code: 'trace.damaged' }])
  })

  it('with columns of unequal length, or without one, is refused', () => {
    const { 'spans.wait': wait, ...rest } = columnsOfTrace(sampleTrace())
    expect(traceFromColumns(rest, 1).diagnostics).toMatchObject([{ code: 'trace.damaged' }])
    const shorter = { ...rest, 'spans.wait': wait!.subarray(1) }
    expect(traceFromColumns(shorter, 1).diagnostics).toMatchObject([{ code: 'trace.damaged' }])
    expect(traceFromColumns({ ...rest, 'spans.wait': wait! }, 1).trace).toEqual(sampleTrace())
  })

  it('of a newer version is refused with a sentence that says so', () => {
    const bytes = encodeTrace({ ...emptyTrace(), version: 99 })
    expect(decodeTrace(bytes).diagnostics).toMatchObject([{ code: 'trace.newer-version' }])
  })

  it('of another program is no trace', () => {
    expect(decodeTrace(new TextEncoder().encode('{"traceEvents":[]}')).diagnostics).toMatchObject([
      { code: 'trace.not-a-trace' },
    ])
  })
})

describe('upgraders', () => {
  const append = (mark: number) => (columns: Parameters<typeof upgradeColumns>[0]) => ({
    ...columns,
    path: Uint8Array.of(...(columns.path ?? []), mark),
  })

  it('lead from any older version to the newest, one after the other', () => {
    const upgraders = [append(1), append(2)]
    expect(upgradeColumns({}, 1, upgraders)).toEqual({ columns: { path: Uint8Array.of(1, 2) } })
    expect(upgradeColumns({}, 2, upgraders)).toEqual({ columns: { path: Uint8Array.of(2) } })
    expect(upgradeColumns({}, 3, upgraders)).toEqual({ columns: {} })
  })

  it('know no version that never was, nor a newer one', () => {
    for (const version of [0, 1.5, Number.NaN]) {
      expect(upgradeColumns({}, version)).toMatchObject({ diagnostics: [{ code: 'trace.damaged' }] })
    }
    expect(upgradeColumns({}, 4, [append(1)])).toMatchObject({ diagnostics: [{ code: 'trace.newer-version' }] })
  })
})

describe('files of old versions', () => {
  const expected = JSON.parse(fixture('v1.json').toString())

  it('version 1 of the trace reads as it was written', () => {
    const { trace, diagnostics } = decodeTrace(fixture('v1.bin'))
    expect(diagnostics).toEqual([])
    expect(plain(trace)).toEqual(expected)
  })

  it('version 1 of the log reads as it was written', () => {
    const { trace, run, diagnostics, complete } = readLog(fixture('log-v1.bin'))
    expect(diagnostics).toEqual([])
    expect(plain(trace)).toEqual(expected)
    expect(run).toMatchObject({ id: 'r0000000000001', reason: 'finished', value: 100_000 })
    expect(complete).toBe(true)
  })
})

/** Typed arrays as lists, as they are in the JSON beside the fixture. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, part) => (ArrayBuffer.isView(part) ? [...(part as Uint8Array)] : part)),
  )
}
