import type { ExperimentRecord } from '../analysis/index.ts'
import { newId, type Progress, StrobeError } from '../base/index.ts'
import { blockOrders, evaluateLook, type LookState, makePlan } from '../statistics/index.ts'
import type { WorkflowDescription } from '../workflow/index.ts'
import type { ExperimentRequest, VariantChoice } from './api.ts'
import { ResultComparer } from './compare-results.ts'
import { experimentRow } from './documents.ts'
import type { Engine } from './engine.ts'
import { readEnvironment } from './environment.ts'
import { describeEstimates, experimentProgress } from './experiment-progress.ts'
import { runLimits } from './limits.ts'
import { whileMeasuring } from './measuring-lock.ts'
import { runTrial } from './trial.ts'
import { describeFile, findWorkflow, shownFile } from './workflows.ts'

/** What an experiment is for, beyond what the user asked. */
export type Purpose = Pick<ExperimentRecord['settings'], 'purpose' | 'recommendation'>

/** Told after every block, with everything measured so far committed. */
export type ExperimentListener = (record: ExperimentRecord) => void

type Mutable<Record> = { -readonly [Key in keyof Record]: Record[Key] }

/** So many whole blocks in which every trial of a variant failed end an experiment: it will not get better. */
const hopelessBlocks = 3

/**
 * Compares variants of a workflow: blocks of one trial each in random order, one trial at a time, until the plan says to
 * stop. Settings, plan and seed are stored before the first trial, every trial when it has ended. Cancelling ends it as
 * `stopped`, with what was measured. Throws `workflow.*` for what keeps it from beginning, `engine.busy`, `engine.one-variant`.
 */
export async function runExperiment(
  engine: Engine,
  request: ExperimentRequest,
  progress: Progress,
  listener: ExperimentListener = () => {},
  purpose: Purpose = { purpose: 'compare' },
): Promise<ExperimentRecord> {
  const file = findWorkflow(engine, request.file)
  return whileMeasuring(engine.workspace, { wait: engine.wait, progress }, async () => {
    progress.update({ message: 'loading the workflow' })
    const { description, source } = await describeFile(engine, file, progress)
    const environment = { ...(await readEnvironment(engine.workspace)), source }
    const record = newExperiment(engine, request, purpose, description, shownFile(engine, file))
    const experiment = new Experiment(engine, { ...record, environment }, description, request, file)
    return experiment.run(progress, listener)
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
  if (variants.length < 2) {
    throw new StrobeError(
      'engine.one-variant',
      `"${description.name}" has one variant only, and an experiment compares at least two. Name more with .variant(), or give a patch.`,
    )
  }
  const cap = request.maxBlocks === undefined ? {} : { cap: request.maxBlocks }
  return {
    id: newId('x', engine.clock, engine.random),
    settings: {
      ...{ workflow: description.name, file, variants, params: request.params ?? {}, ...purpose },
      seed: request.seed ?? Math.floor(engine.random() * 2 ** 31),
      rope: request.rope ?? 0.02,
      capture: request.capture ?? { level: 'standard' },
    },
    plan: makePlan(request.preset ?? 'standard', { comparisons: variants.length - 1, ...cap }),
    ...{ status: 'running', stop: null, startedAt: engine.clock(), endedAt: null, blocks: [], trials: [], look: null },
    results: { reference: null, tolerance: description.tolerance ?? 0, compared: 0, differences: [] },
  }
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

class Experiment {
  readonly #engine: Engine
  readonly #description: WorkflowDescription
  readonly #request: ExperimentRequest
  readonly #file: string
  readonly #record: Mutable<ExperimentRecord>
  readonly #results: ResultComparer
  readonly #looks: LookState[] = []
  /** Values in nanoseconds by arm and valid block; a failed trial is +Infinity. */
  readonly #values: number[][]

  constructor(
    engine: Engine,
    record: ExperimentRecord,
    description: WorkflowDescription,
    request: ExperimentRequest,
    file: string,
  ) {
    this.#engine = engine
    this.#record = { ...record }
    this.#description = description
    this.#request = request
    this.#file = file
    this.#results = new ResultComparer(description.tolerance)
    this.#values = Array.from({ length: this.#armCount() }, () => [])
  }

  async run(progress: Progress, listener: ExperimentListener): Promise<ExperimentRecord> {
    const { store, clock } = this.#engine
    const deadline = clock() + (this.#request.timeBudget ?? Number.POSITIVE_INFINITY)
    store.experiments.insert(experimentRow(this.#record))
    try {
      let block = -1
      for (const order of blockOrders(this.#armCount(), this.#record.settings.seed)) {
        const whole = await this.#runBlock(block, order, progress)
        if (!whole) return this.#end('stopped', 'cancelled')
        listener({ ...this.#record })
        const stop = this.#stopReason(clock() > deadline)
        if (stop !== null) return this.#end(stop === 'failed' ? 'failed' : 'finished', stop)
        store.experiments.update(experimentRow(this.#record))
        block++
      }
      throw new StrobeError('engine.schedule', 'The schedule of an experiment has no end, and this one had.')
    } catch (thrown) {
      if (this.#record.trials.length === 0) store.experiments.remove(this.#record.id)
      else this.#end('failed', 'failed')
      throw thrown
    }
  }

  /** One trial of each arm. False where it was cancelled before all of them were there: then the block does not count. */
  async #runBlock(block: number, order: readonly number[], progress: Progress): Promise<boolean> {
    const values = new Map<number, number>()
    for (const [position, arm] of order.entries()) {
      if (progress.signal.aborted) return false
      progress.update(experimentProgress(this.#record, block, position, describeEstimates(this.#record)))
      const { record } = await this.#runArm(block, position, arm, progress)
      const { id: runId, value, reason } = record
      const trial = {
        runId,
        block,
        variant: arm,
        value,
        reason: reason === 'running' ? ('interrupted' as const) : reason,
      }
      this.#record.trials = [...this.#record.trials, trial]
      if (progress.signal.aborted && reason === 'cancelled') return false
      this.#results.add(record, arm)
      values.set(arm, value ?? Number.POSITIVE_INFINITY)
    }
    const warmUp = block < 0
    this.#record.blocks = [...this.#record.blocks, { block, order, warmUp }]
    this.#record.results = this.#results.state()
    if (warmUp) return true
    for (const [arm, value] of values) this.#values[arm]!.push(value)
    this.#look()
    return true
  }

  #runArm(block: number, position: number, arm: number, progress: Progress) {
    const { settings, environment, id, startedAt } = this.#record
    // The control arm is the baseline once more, under a label of its own.
    const variant = settings.variants[arm] ?? settings.variants[0]!
    const isNamed = this.#description.variants.some(({ name }) => name === variant.name) || variant.name === 'baseline'
    return runTrial(
      this.#engine,
      {
        ...{ file: this.#file, shownFile: settings.file, workflow: settings.workflow, params: settings.params },
        ...(isNamed
          ? { variant: variant.name, patch: {} }
          : { variant: 'baseline', patch: variant.patch, label: variant.name }),
        // All trials get the same random numbers and the same time: they compute the same.
        ...{ seed: settings.seed, now: startedAt, capture: settings.capture, limits: runLimits(this.#request.limits) },
        environment: environment!,
        place: { experiment: id, block, position },
      },
      progress,
    )
  }

  #look(): void {
    const [baseline = [], ...others] = this.#values
    const { plan, settings } = this.#record
    const candidates = others.slice(0, plan.comparisons)
    const control = plan.controlArm ? { control: others[plan.comparisons]! } : {}
    const look = evaluateLook({ plan, baseline, candidates, ...control, rope: settings.rope, previous: this.#looks })
    const last = this.#looks.at(-1)
    if (look.kind === 'look' && look.look !== last?.look) this.#looks.push(look)
    this.#record.look = look
  }

  #stopReason(late: boolean): ExperimentRecord['stop'] {
    const { look, plan } = this.#record
    const blocks = this.#values[0]!.length
    const isHopeless = this.#values.some((values) => values.length >= hopelessBlocks && !values.some(Number.isFinite))
    if (isHopeless) return 'failed'
    if (look?.kind !== 'look' || look.blocks !== blocks) return null
    return look.stop ?? (late ? 'time-budget' : blocks >= plan.cap ? 'cap' : null)
  }

  #end(status: ExperimentRecord['status'], stop: ExperimentRecord['stop']): ExperimentRecord {
    Object.assign(this.#record, { status, stop, endedAt: this.#engine.clock(), results: this.#results.state() })
    this.#engine.store.experiments.update(experimentRow(this.#record))
    return { ...this.#record }
  }

  #armCount(): number {
    const { settings, plan } = this.#record
    return settings.variants.length + (plan.controlArm ? 1 : 0)
  }
}
