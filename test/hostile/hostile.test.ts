import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StrobeError, silentProgress } from '../../src/base/index.ts'
import { type Engine, runOnce, traceOf } from '../../src/engine/index.ts'
import type { RunnerProcess } from '../../src/runtime/index.ts'
import type { Patch } from '../../src/workflow/index.ts'
import { hostileWorkspace, survivorsAtLast, watchedEngine } from './workspace.ts'

let engine: Engine
let runners: RunnerProcess[]

beforeAll(() => {
  ;({ engine, runners } = watchedEngine(hostileWorkspace()))
})
afterAll(() => engine.close())

async function nextRunWorks(): Promise<void> {
  const next = await runOnce(engine, { file: 'healthy.workflow.ts' }, silentProgress())
  expect(next).toMatchObject({ reason: 'finished', result: { preview: expect.stringContaining('42') } })
}

describe('a workflow that cannot be run is refused before anything of it ran', () => {
  const cases: ReadonlyArray<{ file: string; code: string; variant?: string; patch?: Patch; says: RegExp }> = [
    { file: 'syntax-error', code: 'workflow.syntax', says: /syntax-error\.workflow\.ts:5/ },
    { file: 'missing-import', code: 'workflow.missing-import', says: /not-there/ },
    { file: 'not-a-workflow', code: 'workflow.not-a-workflow', says: /export default workflow/ },
    { file: 'knobs', variant: 'wide', code: 'workflow.unknown-variant', says: /wide/ },
    { file: 'knobs', patch: { double: { speed: 3 } }, code: 'workflow.unknown-knob', says: /speed/ },
    { file: 'knobs', patch: { double: { concurrency: 40 } }, code: 'workflow.knob-range', says: /4/ },
  ]
  for (const { file, code, says, ...request } of cases) {
    it(`${file}: ${code}`, async () => {
      const before = engine.store.runs.count()
      const error = await runOnce(engine, { file: `${file}.workflow.ts`, ...request }, silentProgress()).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(StrobeError)
      expect(error).toMatchObject({ code })
      expect((error as StrobeError).message).toMatch(says)
      expect(engine.store.runs.count()).toBe(before)
      await nextRunWorks()
    })
  }
})

describe('a workflow that goes wrong ends with its true reason and keeps what was done', () => {
  // `iterations`: whole ones before the end; `dies`: the runner process does not live through it.
  const cases = [
    { file: 'throws-no-error', reason: 'failed', code: 'user.not-an-error', iterations: 3 },
    { file: 'unhandled-rejection', reason: 'failed', code: 'user.unhandled-rejection', iterations: 3 },
    { file: 'never-settles', reason: 'never-settled', code: 'run.never-settled', iterations: 3 },
    { file: 'endless-loop', reason: 'timeout', code: 'run.timeout', iterations: 3 },
    { file: 'blocked-item', reason: 'timeout', code: 'run.thread-blocked', iterations: 3 },
    { file: 'native-block', reason: 'timeout', code: 'run.process-blocked', iterations: 3, dies: true },
    { file: 'out-of-memory', reason: 'memory-limit', code: 'run.out-of-memory', iterations: 3 },
    { file: 'process-exit', reason: 'exited', code: 'run.process-exit', iterations: 3 },
    { file: 'segfault', reason: 'crashed', code: 'run.crashed', iterations: 3, dies: true },
    { file: 'uncloneable-result', reason: 'failed', code: 'run.result-not-cloneable', iterations: 3 },
    { file: 'not-a-database', reason: 'failed', code: 'toolkit.sqlite-not-a-database', iterations: 0 },
  ]
  for (const { file, reason, code, iterations, dies } of cases) {
    it(`${file}: ${reason}, ${code}`, async () => {
      const limits = { heap: 96, timeout: file === 'endless-loop' || file === 'native-block' ? 1000 : 60_000 }
      const record = await runOnce(engine, { file: `${file}.workflow.ts`, limits }, silentProgress())
      const runner = runners.at(-1)!
      expect(record).toMatchObject({ reason, error: { code }, value: null })
      // A sentence, and one that names what happened.
      expect(record.error!.message).toMatch(/^[A-Z].{20,}/s)
      expect(traceOf(engine, record.id)?.iterations.index.length).toBe(iterations)
      if (iterations > 0) expect(record.cycles).toEqual([expect.objectContaining({ path: 'loop', iterations: 3 })])
      if (dies) expect(await survivorsAtLast(runner.pid!)).toEqual([])
      await nextRunWorks()
      // The thread is gone even where the process lives on: its next job would otherwise have been refused.
      expect(engine.store.runs.list({ reason: 'running' })).toEqual([])
    })
  }

  it('leaves no process behind when the engine closes', async () => {
    const { engine: other, runners: started } = watchedEngine(hostileWorkspace())
    await runOnce(other, { file: 'endless-loop.workflow.ts', limits: { timeout: 300 } }, silentProgress())
    other.close()
    for (const { pid } of started) expect(await survivorsAtLast(pid!)).toEqual([])
    expect(started.length).toBeGreaterThan(0)
  })
})

it('a run that is cancelled in an endless loop ends within two seconds and keeps its iterations', async () => {
  const stop = new AbortController()
  const running = runOnce(engine, { file: 'endless-loop.workflow.ts' }, silentProgress(stop.signal))
  setTimeout(() => stop.abort(), 1000)
  const record = await running
  expect(record).toMatchObject({ reason: 'cancelled', error: { code: 'cancelled' } })
  expect(record.cycles).toEqual([{ path: 'loop', reason: 'cancelled', iterations: 3 }])
  await nextRunWorks()
})
