import type { ExperimentRecord } from '../analysis/index.ts'
import { newId, type Progress, StrobeError } from '../base/index.ts'
import type { WorkflowDescription } from '../workflow/index.ts'
import type { ExperimentRequest, VariantChoice } from './api.ts'
import { ResultComparer } from './compare-results.ts'
import { experimentRow } from './documents.ts'
import type { Engine } from './engine.ts'
import { readEnvironment } from './environment.ts'
import { experimentDefaults, planFor } from './experiment-defaults.ts'
import { type ExperimentListener, ExperimentLoop } from './experiment-loop.ts'
import { workflowArms } from './experiment-workflow-arm.ts'
import { whileMeasuring } from './measuring-lock.ts'
import { describeFile, findWorkflow, shownFile } from './workflows.ts'

/** What an experiment is for, beyond what the user asked. */
export type Purpose = Pick<ExperimentRecord['settings'], 'purpose' | 'recommendation'>

/**
 * Compares variants of a workflow: blocks of one trial each in random order, one trial at a time, until the plan says to
 * stop. Settings, plan and seed are stored before the first trial, every trial when it has ended. Cancelling ends it as
 * `stopped`, with what was measured. `started` is told its id before the first trial. Throws `workflow.*` for what keeps it from beginning, `engine.busy`, `engine.one-variant`.
 */
export async function runExperiment(
  engine: Engine,
  request: ExperimentRequest,
  progress: Progress,
  listener: ExperimentListener = () => {},
  purpose: Purpose = { purpose: 'compare' },
  started: (experimentId: string) => void = () => {},
): Promise<ExperimentRecord> {
  const file = findWorkflow(engine, request.file)
  return whileMeasuring(engine.workspace, { wait: engine.wait, progress }, async () => {
    progress.update({ message: 'loading the workflow' })
    const { description, source } = await describeFile(engine, file, progress)
    const environment = { ...(await readEnvironment(engine.workspace)), source }
    const planned = newExperiment(engine, request, purpose, description, shownFile(engine, file))
    const record = { ...planned, environment }
    engine.store.experiments.insert(experimentRow(record))
    started(record.id)
    const results = new ResultComparer(description.tolerance)
    const arms = workflowArms(engine, record, description, file)
    return new ExperimentLoop(engine, record, arms, results).run(progress, listener)
  })
}

function newExperiment(
  engine: Engine,
  request: ExperimentRequest,
  purpose: Purpose,
  description: WorkflowDescription,
  file: string,
): ExperimentRecord {
  const variants = (request.variants ?? ['baseline', ...description.variants.map(({ name }) => name)]).map((choice) =>
    resolveVariant(choice, description),
  )
  if (variants.length < 2) throw oneVariant(description, variants[0]?.name ?? 'baseline')
  if (request.metric === 'user' || request.metric === 'system') {
    throw new StrobeError(
      'engine.metric',
      `The ${request.metric} time of a workflow is not taken by itself. Compare its wall time or its CPU time.`,
      { data: { metric: request.metric } },
    )
  }
  return {
    id: newId('x', engine.clock, engine.random),
    settings: {
      ...{ workflow: description.name, file, variants, params: request.params ?? {}, ...purpose },
      ...commonSettings(engine, request),
      ...isolationSettings(request),
    },
    plan: planFor(request, variants.length - 1),
    ...{ status: 'running', stop: null, startedAt: engine.clock(), endedAt: null, blocks: [], trials: [], look: null },
    results: { reference: null, tolerance: description.tolerance ?? 0, compared: 0, differences: [] },
  }
}

function oneVariant({ name, variants }: WorkflowDescription, asked: string): StrobeError {
  const others = ['baseline', ...variants.map((variant) => variant.name)].filter((other) => other !== asked)
  const message =
    others.length === 0
      ? `"${name}" has one variant only, and an experiment compares at least two. Name more with .variant(), or give a patch.`
      : `Only "${asked}" was named, and an experiment compares at least two. "${name}" has ${others.length + 1} variants: name another one, of ${others.join(', ')}.`
  return new StrobeError('engine.one-variant', message, { data: { asked, others } })
}

/** What experiments of all kinds are asked for, with the defaults where nothing was said. */
export function commonSettings(engine: Engine, request: Omit<ExperimentRequest, 'file'>) {
  const preset = request.preset ?? experimentDefaults.preset
  return {
    seed: request.seed ?? Math.floor(engine.random() * 2 ** 31),
    rope: request.rope ?? experimentDefaults.rope,
    metric: request.metric ?? experimentDefaults.metric,
    goal: request.goal ?? experimentDefaults.goal,
    disturbed: request.disturbed ?? experimentDefaults.disturbed[preset],
    ...(request.timeBudget === undefined ? {} : { timeBudget: request.timeBudget }),
    ...(request.limits === undefined ? {} : { limits: request.limits }),
  }
}

/**
 * What trials share, and what they record. Repetitions record times only: spans of many executions in one trace would be
 * those of none.
 */
function isolationSettings(
  request: ExperimentRequest,
): Pick<ExperimentRecord['settings'], 'isolation' | 'repeats' | 'capture'> {
  const isolation = request.isolation ?? (request.repeats === undefined ? experimentDefaults.isolation : 'repeats')
  if (isolation !== 'repeats') return { isolation, capture: request.capture ?? { level: 'standard' } }
  const repeats = request.repeats ?? experimentDefaults.repeats
  if (!Number.isInteger(repeats) || repeats < 2) {
    throw new StrobeError(
      'engine.repeats',
      'With isolation "repeats" the workflow runs at least twice in each trial.',
      {
        data: { repeats },
      },
    )
  }
  return { isolation, repeats, capture: { level: 'off' } }
}

/** The patch of a variant by name, or as it is given. Throws `workflow.unknown-variant`. */
function resolveVariant(choice: VariantChoice, description: WorkflowDescription) {
  if (typeof choice !== 'string') return choice
  if (choice === 'baseline') return { name: choice, patch: {} }
  const found = description.variants.find(({ name }) => name === choice)
  if (found) return { name: found.name, patch: found.patch }
  const known = ['baseline', ...description.variants.map(({ name }) => name)]
  throw new StrobeError('workflow.unknown-variant', `No variant "${choice}". There are: ${known.join(', ')}.`, {
    data: { variant: choice, known },
  })
}
