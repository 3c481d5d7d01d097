import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLogFile } from '../../src/store/index.ts'
import type { RunRecord } from '../../src/trace/index.ts'
import { joinFrames, sampleEnd, sampleFrames, samplePlanned } from '../trace/sample-log.ts'
import { sampleRecord, sampleTrace } from '../trace/sample-run.ts'
import { codeThrownBy, temporaryStore, temporaryWorkspace } from './workspace.ts'

const finished: RunRecord = { ...sampleRecord(), ...samplePlanned, ...sampleEnd }

describe('runs', () => {
  it('come back as they were stored, typed arrays and NaN included', () => {
    const { runs } = temporaryStore()
    runs.insertRunning(sampleRecord())
    expect(runs.get('r0000000000001')).toEqual(sampleRecord())
    runs.finish(finished)
    expect(runs.get('r0000000000001')).toEqual(finished)
    expect(runs.get('r0000000000001')?.result?.numbers).toEqual(Float64Array.of(1, Number.NaN))
    expect(runs.get('r0')).toBeUndefined()
  })

  it('are still there when the store was closed and opened', () => {
    const workspace = temporaryWorkspace()
    const first = temporaryStore(workspace)
    first.importRun(finished, sampleTrace())
    first.close()
    const { runs, traces } = temporaryStore(workspace)
    expect(runs.get(finished.id)).toEqual(finished)
    expect(traces.read(finished.id)).toEqual(sampleTrace())
  })

  it('that never began cannot finish, and none begins twice', () => {
    const { runs } = temporaryStore()
    expect(codeThrownBy(() => runs.finish(finished))).toBe('store.unknown-run')
    runs.insertRunning(sampleRecord())
    expect(() => runs.insertRunning(sampleRecord())).toThrow()
  })

  it('are listed by workflow, experiment and reason, the latest first', () => {
    const { runs } = temporaryStore()
    const trial = (block: number) => ({ experiment: 'x1', block, position: 0 })
    runs.put(sampleRecord({ id: 'ra', startedAt: 1, trial: trial(0) }))
    runs.put(sampleRecord({ id: 'rb', startedAt: 3, trial: trial(1), reason: 'finished' }))
    runs.put(sampleRecord({ id: 'rc', startedAt: 2, workflow: 'fit' }))
    const ids = (filter: Parameters<typeof runs.list>[0]) => runs.list(filter).map(({ id }) => id)
    expect(ids({})).toEqual(['rb', 'rc', 'ra'])
    expect(ids({ limit: 1 })).toEqual(['rb'])
    expect(ids({ workflow: 'orders' })).toEqual(['rb', 'ra'])
    expect(ids({ experiment: 'x1', reason: 'running' })).toEqual(['ra'])
    expect(runs.count()).toBe(3)
    expect(runs.count({ reason: 'running' })).toBe(2)
    expect(runs.count({ experiment: 'x2' })).toBe(0)
  })

  it('are forgotten with their trace, and nothing else is', () => {
    const { runs, traces, importRun, checkIntegrity } = temporaryStore()
    importRun(finished, sampleTrace())
    importRun({ ...finished, id: 'r2' }, sampleTrace())
    runs.remove(finished.id)
    runs.remove('never there')
    expect(runs.get(finished.id)).toBeUndefined()
    expect(traces.read(finished.id)).toBeUndefined()
    expect(traces.read('r2')).toEqual(sampleTrace())
    expect(checkIntegrity()).toEqual([])
  })

  it('give the latest of each file', () => {
    const { runs } = temporaryStore()
    runs.put(sampleRecord({ id: 'ra', startedAt: 1 }))
    runs.put(sampleRecord({ id: 'rb', startedAt: 3 }))
    runs.put(sampleRecord({ id: 'rc', startedAt: 2, file: 'fit.workflow.ts' }))
    expect(
      runs
        .latestPerFile()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['rb', 'rc'])
  })

  it('are found by the beginning of their id', () => {
    const { runs } = temporaryStore()
    for (const id of ['rab', 'rac', 'rb', 'rb1']) runs.put(sampleRecord({ id }))
    expect(runs.find('rac')).toEqual({ kind: 'one', record: sampleRecord({ id: 'rac' }) })
    expect(runs.find('ra')).toEqual({ kind: 'ambiguous', ids: ['rab', 'rac'] })
    expect(runs.find('rb')).toEqual({ kind: 'one', record: sampleRecord({ id: 'rb' }) })
    expect(runs.find('x')).toEqual({ kind: 'none' })
    expect(runs.find("r%' OR 1=1")).toEqual({ kind: 'none' })
  })
})

describe('traces', () => {
  it('belong to a run, and replace the one that it had', () => {
    const { runs, traces, checkIntegrity } = temporaryStore()
    expect(traces.read('r0000000000001')).toBeUndefined()
    expect(() => traces.write('r0000000000001', sampleTrace())).toThrow()
    runs.insertRunning(sampleRecord())
    expect(traces.read('r0000000000001')).toBeUndefined()
    traces.write('r0000000000001', sampleTrace(70_000))
    expect(traces.read('r0000000000001')).toEqual(sampleTrace(70_000))
    traces.write('r0000000000001', sampleTrace(3))
    expect(traces.read('r0000000000001')).toEqual(sampleTrace(3))
    expect(checkIntegrity()).toEqual([])
  })

  it('are imported with their run, or neither is', () => {
    const { runs, traces, importRun } = temporaryStore()
    importRun(finished, sampleTrace())
    expect(runs.get(finished.id)).toEqual(finished)
    const broken = { ...sampleTrace(), marks: undefined as never }
    expect(() => importRun({ ...finished, id: 'r2', reason: 'crashed' }, broken)).toThrow()
    expect(runs.get('r2')).toBeUndefined()
    importRun({ ...finished, reason: 'crashed' }, sampleTrace(2))
    expect(runs.get(finished.id)?.reason).toBe('crashed')
    expect(traces.read(finished.id)?.spans.start.length).toBe(2)
  })

  it('come from logs, also from those of the killed', () => {
    const { runsDirectory } = temporaryStore()
    const path = join(runsDirectory, 'r0000000000001.log')
    writeFileSync(path, joinFrames(sampleFrames()))
    expect(readLogFile(path).trace).toEqual(sampleTrace())
    writeFileSync(path, joinFrames(sampleFrames()).subarray(0, -1))
    expect(readLogFile(path)).toMatchObject({ complete: false, run: { reason: 'running' } })
    expect(codeThrownBy(() => readLogFile(join(runsDirectory, 'none.log')))).toBe('store.no-log')
  })
})

describe('experiments', () => {
  const experiment = { id: 'x1', workflow: 'orders', startedAt: 1, status: 'running', values: Float64Array.of(1, 2) }

  it('come back as they were, are updated, listed and found', () => {
    const { experiments } = temporaryStore()
    experiments.insert(experiment)
    experiments.insert({ ...experiment, id: 'x2', startedAt: 2 })
    const finishedOne = { ...experiment, status: 'finished' }
    experiments.update(finishedOne)
    expect(experiments.get('x1')).toEqual(finishedOne)
    expect(experiments.list().map(({ id }) => id)).toEqual(['x2', 'x1'])
    expect(experiments.list({ status: 'finished' })).toEqual([finishedOne])
    expect(experiments.list({ workflow: 'fit' })).toEqual([])
    expect(experiments.find('x')).toEqual({ kind: 'ambiguous', ids: ['x1', 'x2'] })
    expect(codeThrownBy(() => experiments.update({ ...experiment, id: 'x3' }))).toBe('store.unknown-experiment')
    experiments.remove('x2')
    expect(experiments.find('x')).toEqual({ kind: 'one', record: finishedOne })
  })

  it('without what the store searches by are refused', () => {
    const { experiments } = temporaryStore()
    expect(() => experiments.insert({ ...experiment, workflow: undefined as never })).toThrow()
  })
})

describe('advice', () => {
  const entry = {
    id: 'a1',
    workflow: 'orders',
    experiment: 'x1',
    createdAt: 1,
    status: 'open',
    recommendation: { a: 1 },
  }

  it('comes back as it was, is updated, listed and found', () => {
    const { advice } = temporaryStore()
    advice.insert(entry)
    const other = { id: 'a2', workflow: 'orders', createdAt: 2, status: 'open' }
    advice.insert(other)
    advice.update({ ...entry, status: 'proved' })
    expect(advice.get('a1')).toEqual({ ...entry, status: 'proved' })
    expect(advice.list({ status: 'open', workflow: 'orders' })).toEqual([other])
    expect(advice.list({ experiment: 'x1' })).toEqual([{ ...entry, status: 'proved' }])
    expect(advice.list({ limit: 1 })).toEqual([other])
    expect(advice.find('a2')).toEqual({ kind: 'one', record: other })
    expect(codeThrownBy(() => advice.update({ ...entry, id: 'a3' }))).toBe('store.unknown-recommendation')
  })
})
