import type { ExperimentRecord } from '../analysis/index.ts'
import { countedBlocks } from '../analysis/index.ts'
import { type Progress, StrobeError } from '../base/index.ts'
import type { Plan } from '../statistics/index.ts'
import type { Environment } from '../trace/index.ts'
import type { ExtendRequest } from './api.ts'
import { commandArms } from './command-arm.ts'
import { ResultComparer } from './compare-results.ts'
import { experimentRow } from './documents.ts'
import type { Engine } from './engine.ts'
import { readEnvironment } from './environment.ts'
import type { Arm } from './experiment-arm.ts'
import { type ExperimentListener, ExperimentLoop } from './experiment-loop.ts'
import { workflowArms } from './experiment-workflow-arm.ts'
import { findExperiment } from './find.ts'
import { whileMeasuring } from './measuring-lock.ts'
import { describeFile, findWorkflow } from './workflows.ts'

/**
 * Goes on with an experiment that has ended, was stopped or was cut off: the same settings, the same stream of orders, and
 * the looks that its plan reserved before its first trial, so that its error rate holds. The session begins with a warm-up
 * block of its own; a block that was not whole stays out. Throws `engine.cannot-extend` where the numbers would not belong
 * together (another source, machine or Node) or the plan has no further look.
 */
export async function extendExperiment(
  engine: Engine,
  request: ExtendRequest,
  progress: Progress,
  listener: ExperimentListener = () => {},
): Promise<ExperimentRecord> {
  const { id } = findExperiment(engine, request.id)
  return whileMeasuring(engine.workspace, { wait: engine.wait, progress }, async () => {
    const before = withBrokenBlock(engine, findExperiment(engine, id))
    if (before.stop === 'different-results') {
      throw cannotExtend(
        'No variant of this experiment computes what its baseline does: more blocks cannot change that.',
      )
    }
    const blocks = countedBlocks(before).length
    const plan = { ...before.plan, cap: extendedCap(before.plan, blocks, request.maxBlocks) }
    const { arms, tolerance } = await sameArms(engine, { ...before, plan }, progress)
    const extension = { startedAt: engine.clock(), blocks, fromCap: before.plan.cap, toCap: plan.cap }
    const { timeBudget: _spent, ...settings } = before.settings
    const record: ExperimentRecord = {
      ...{ ...before, plan, status: 'running', stop: null, endedAt: null },
      settings: request.timeBudget === undefined ? settings : { ...settings, timeBudget: request.timeBudget },
      extensions: [...(before.extensions ?? []), extension],
    }
    engine.store.experiments.update(experimentRow(record))
    const { reference } = before.results
    const known = {
      state: before.results,
      reference: reference === null ? undefined : engine.store.runs.get(reference),
    }
    return new ExperimentLoop(engine, record, arms, new ResultComparer(tolerance, known)).run(progress, listener)
  })
}

/**
 * The new cap: what was asked for, else the plan's own where there is a look left before it, else the next look after it.
 * Throws `engine.cannot-extend`.
 */
export function extendedCap(plan: Plan, blocks: number, asked: number | undefined): number {
  const looks = plan.looks.map((look) => look.blocks)
  const next = looks.find((look) => look > blocks)
  if (next === undefined) {
    throw cannotExtend(
      `The plan of this experiment ends with its look at ${looks.at(-1)} blocks, and ${blocks} are there: there is no α left to spend. Start a new one, with a larger preset.`,
    )
  }
  if (asked !== undefined && asked < next) {
    throw cannotExtend(
      `${blocks} blocks are there and the next verdict comes at ${next}: ask for at least ${next} blocks.`,
    )
  }
  return Math.min(asked ?? Math.max(plan.cap, next), looks.at(-1)!)
}

/**
 * A session that was cut off in the middle of a block has used up the order that was drawn for it: its trials stay, and do not
 * count.
 */
function withBrokenBlock(engine: Engine, record: ExperimentRecord): ExperimentRecord {
  const block = record.blocks.length - 1
  const runs = engine.store.runs.list({ experiment: record.id })
  const orphans = runs.filter(({ trial }) => trial !== undefined && trial.block >= block)
  if (orphans.length === 0) return record
  const broken = { block, order: [], warmUp: false, invalidated: 'cut off in the middle' }
  return { ...record, blocks: [...record.blocks, broken] }
}

/** The arms of the experiment as they are now, where they are the same as they were. */
async function sameArms(
  engine: Engine,
  record: ExperimentRecord,
  progress: Progress,
): Promise<{ arms: readonly Arm[]; tolerance: number | undefined }> {
  const now = await readEnvironment(engine.workspace)
  if (record.settings.commands) {
    refuseChange(record.environment, { ...now, source: record.environment?.source ?? '' })
    return { arms: commandArms(record), tolerance: undefined }
  }
  progress.update({ message: 'loading the workflow' })
  const file = findWorkflow(engine, record.settings.file)
  const { description, source } = await describeFile(engine, file, progress)
  refuseChange(record.environment, { ...now, source })
  return { arms: workflowArms(engine, record, description, file), tolerance: description.tolerance }
}

function refuseChange(then: Environment | undefined, now: Environment): void {
  if (then?.source !== now.source) {
    throw cannotExtend(
      "The workflow's source has changed since this experiment, so that more blocks would measure something else. Start a new one.",
    )
  }
  if (then.machine !== now.machine) {
    throw cannotExtend(
      `This experiment was made on another machine (${then.cpuModel}, ${then.os}), and times of two machines do not belong into one. Start a new one.`,
    )
  }
  if (then.node !== now.node) {
    throw cannotExtend(
      `This experiment was made with Node ${then.node}, and this is Node ${now.node}. Start a new one.`,
    )
  }
}

function cannotExtend(message: string): StrobeError {
  return new StrobeError('engine.cannot-extend', message)
}
