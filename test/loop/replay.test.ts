import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildSchedule, replay, wholePatchOf } from '../../src/analysis/index.ts'
import { silentProgress } from '../../src/base/index.ts'
import { copySamples, type Engine, openEngine, runOnce, traceOf } from '../../src/engine/index.ts'
import { newWorkspace } from './workspace.ts'

let engine: Engine

beforeAll(() => {
  const workspace = newWorkspace()
  copySamples(workspace)
  engine = openEngine({ workspace })
})
afterAll(() => engine.close())

for (const { file, variant } of [
  { file: 'orders.workflow.ts', variant: 'baseline' },
  { file: 'orders.workflow.ts', variant: 'overlapped' },
  { file: 'orders.workflow.ts', variant: 'paired' },
  { file: 'k-means.workflow.ts', variant: 'baseline' },
  { file: 'k-means.workflow.ts', variant: 'bounded' },
]) {
  it(`${file}, ${variant}: put together again without a change, a run takes what it took`, async () => {
    for (let turn = 0; turn < 3; turn++) {
      const run = await runOnce(engine, { file, variant }, silentProgress())
      const schedule = buildSchedule(traceOf(engine, run.id)!, run.description!, wholePatchOf(run, run.description!))!
      expect(schedule.duration).toBe(run.value)
      const { wall, passedOver } = replay(schedule)
      expect(passedOver).toEqual([])
      expect(Math.abs(wall / run.value! - 1), `${wall} for ${run.value}`).toBeLessThanOrEqual(0.05)
    }
  })
}
