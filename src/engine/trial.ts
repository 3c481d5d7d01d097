import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { errorFrom, newId, type Progress, StrobeError } from '../base/index.ts'
import type { RunLimits, TrialProgress } from '../runtime/index.ts'
import { trialValueOf } from '../statistics/index.ts'
import { type CaptureSettings, type Environment, frameOf, type RunRecord, type TrialPlace } from '../trace/index.ts'
import type { Patch } from '../workflow/index.ts'
import type { Engine } from './engine.ts'
import { type ImportedRun, importRun } from './import-run.ts'

/** One execution to make and store. */
export interface TrialSpecification {
  /** Absolute path. */
  readonly file: string
  /** As the run's record names it: relative to the workspace. */
  readonly shownFile: string
  readonly workflow: string
  readonly variant: string
  /** What the run is listed as, where it is not the variant's own name: a patch that is tried under a name. */
  readonly label?: string
  /** On top of the variant. */
  readonly patch: Patch
  readonly params: Readonly<Record<string, unknown>>
  readonly seed: number
  /** What tasks take for the current time, milliseconds since 1970. */
  readonly now: number
  readonly capture: CaptureSettings
  readonly limits: RunLimits
  readonly environment: Environment
  readonly place?: TrialPlace
  /** Environment variables of the trial's thread. */
  readonly variables?: Readonly<Record<string, string>>
  /** How often the workflow runs in the thread; absent: once. */
  readonly repeats?: number
}

/**
 * Executes a workflow once and commits what it recorded. However the run ends, it is stored with its true reason; only a
 * workflow that cannot be run as asked (`workflow.*`, before anything of it ran) is thrown, and leaves nothing behind. `started` is
 * told the id as soon as the run is stored.
 */
export async function runTrial(
  engine: Engine,
  specification: TrialSpecification,
  progress: Progress,
  progressed: (progress: TrialProgress) => void = () => {},
  started: (runId: string) => void = () => {},
): Promise<ImportedRun> {
  const { workflow, variant, patch, params, seed, now, capture, limits, environment, place } = specification
  const header: RunRecord = {
    ...{ id: newId('r', engine.clock, engine.random), workflow, file: specification.shownFile, patch, params },
    ...{
      variant: specification.label ?? variant,
      seed,
      capture,
      startedAt: engine.clock(),
      reason: 'running',
      value: null,
      cycles: [],
      environment,
    },
    phases: { threadStart: null, moduleLoad: null, resourcesOpen: null, resourcesClose: null },
    ...(place ? { trial: place } : {}),
  }
  const logPath = join(engine.store.runsDirectory, `${header.id}.log`)
  engine.store.runs.insertRunning(header)
  writeHeader(logPath, header)
  started(header.id)
  await engine.runner.run(
    {
      ...{ runId: header.id, logPath, workspace: engine.workspace, file: specification.file, variant, patch, params },
      ...{ seed, now, capture, limits },
      ...(specification.variables ? { environment: specification.variables } : {}),
      ...(specification.repeats === undefined ? {} : { repeats: specification.repeats }),
    },
    progress,
    progressed,
  )
  const wordless = { code: 'run.crashed', message: 'The run ended without a word about how.' }
  const imported = importRun(engine.store, logPath, { reason: 'crashed', error: wordless }, withSteadyValue)
  if (!imported) throw new StrobeError('engine.log-lost', `The log ${logPath} of the run is gone or damaged.`)
  const { error, value } = imported.record
  if (error?.code.startsWith('workflow.') && value === null && imported.trace.spans.start.length === 0) {
    engine.store.runs.remove(header.id)
    throw errorFrom(error)
  }
  return imported
}

/** Of a workflow that was repeated in its thread, the value is the median of the steady part, as `trialValueOf` finds it. */
function withSteadyValue(record: RunRecord): RunRecord {
  const { repeats, value } = record
  if (!repeats || value === null) return record
  return { ...record, value: trialValueOf(repeats).value }
}

function writeHeader(path: string, run: RunRecord): void {
  const file = openSync(path, 'wx')
  try {
    writeSync(file, frameOf('header', { run, origin: run.startedAt }))
  } finally {
    closeSync(file)
  }
}
