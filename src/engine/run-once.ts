import type { Progress } from '../base/index.ts'
import type { RunRecord } from '../trace/index.ts'
import type { RunRequest } from './api.ts'
import type { Engine } from './engine.ts'
import { readEnvironment } from './environment.ts'
import { runLimits } from './limits.ts'
import { whileMeasuring } from './measuring-lock.ts'
import { runTrial } from './trial.ts'
import { describeProgress } from './trial-progress.ts'
import { describeFile, findWorkflow, shownFile } from './workflows.ts'

/**
 * Executes a workflow once. A run that fails is a record with its reason, not a throw; thrown is what keeps a run from
 * beginning: `workflow.*`, `engine.*`, `store.*`, `cancelled`. `started` is told the run's id before anything of it ran.
 */
export async function runOnce(
  engine: Engine,
  request: RunRequest,
  progress: Progress,
  started: (runId: string) => void = () => {},
): Promise<RunRecord> {
  const file = findWorkflow(engine, request.file)
  return whileMeasuring(engine.workspace, { wait: engine.wait, progress }, async () => {
    progress.update({ message: 'loading the workflow' })
    const { description, source } = await describeFile(engine, file, progress)
    const environment = { ...(await readEnvironment(engine.workspace)), source }
    progress.update({ message: `running ${description.name}` })
    const { record } = await runTrial(
      engine,
      {
        ...{ file, shownFile: shownFile(engine, file), workflow: description.name, environment },
        ...{ variant: request.variant ?? 'baseline', patch: request.patch ?? {}, params: request.params ?? {} },
        ...{ seed: request.seed ?? 1, now: engine.clock(), limits: runLimits(request.limits) },
        capture: request.capture ?? { level: 'standard' },
      },
      progress,
      (trial) => progress.update(describeProgress(trial)),
      started,
    )
    return record
  })
}
