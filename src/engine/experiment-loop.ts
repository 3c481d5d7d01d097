import {
  type BlockDisturbance,
  type ExperimentRecord,
  type ExperimentTrial,
  timerResolution,
} from '../analysis/index.ts'
import { formatDuration, formatShare, type Progress, StrobeError } from '../base/index.ts'
import {
  blockOrders,
  controlAlpha,
  effectOf,
  evaluateLook,
  hodgesLehmannShift,
  type LookState,
  type Plan,
  toScale,
} from '../statistics/index.ts'
import type { ResultComparer } from './compare-results.ts'
import { experimentRow } from './documents.ts'
import type { Engine } from './engine.ts'
import type { Arm } from './experiment-arm.ts'
import { indifferenceFor, isTooCoarse } from './experiment-defaults.ts'
import { discardAllowance, disturbancesOf, invalidationOf, type ObservedTrial } from './experiment-disturbance.ts'
import { describeEstimates, experimentProgress } from './experiment-progress.ts'
import { drawSurroundings } from './experiment-surroundings.ts'
import { watchMachine } from './trial-telemetry.ts'

/** Told after every block, with everything measured so far committed. */
export type ExperimentListener = (record: ExperimentRecord) => void

type Mutable<Record> = { -readonly [Key in keyof Record]: Record[Key] }

/** So many whole blocks in which every trial of a variant failed end an experiment: it will not get better. */
const hopelessBlocks = 3

/** How a block ended. */
type BlockEnd = 'counted' | 'left-out' | 'cut-short'

/**
 * Runs blocks of one trial of each arm in random order, one trial at a time, until the plan says to stop. Each session
 * begins with a warm-up block, which does not count. Every trial is stored when it has ended, and everything before it is
 * told. Where the record holds blocks already, the same stream of orders goes on behind them.
 */
export class ExperimentLoop {
  readonly #engine: Engine
  readonly #arms: readonly Arm[]
  readonly #results: ResultComparer
  readonly #watch: typeof watchMachine
  readonly #record: Mutable<ExperimentRecord>
  readonly #looks: LookState[] = []
  /** The primary metric by arm and counted block; a failed trial is +Infinity. */
  readonly #values: number[][]

  /** `watch` looks at the machine while a trial runs. */
  constructor(
    engine: Engine,
    record: ExperimentRecord,
    arms: readonly Arm[],
    results: ResultComparer,
    watch: typeof watchMachine = watchMachine,
  ) {
    this.#engine = engine
    this.#watch = watch
    this.#record = { ...record }
    this.#arms = arms
    this.#results = results
    this.#values = countedValues(record, arms.length)
  }

  /** Runs to the end, whatever that is. `timeBudget` in milliseconds. Throws where nothing could be measured. */
  async run(progress: Progress, listener: ExperimentListener): Promise<ExperimentRecord> {
    const { clock } = this.#engine
    const deadline = clock() + (this.#record.settings.timeBudget ?? Number.POSITIVE_INFINITY)
    const drawn = this.#record.blocks.length
    try {
      let draw = 0
      for (const order of blockOrders(this.#arms.length, this.#record.settings.seed)) {
        if (draw++ < drawn) continue
        const ended = await this.#runBlock(order, draw === drawn + 1, progress)
        if (ended === 'cut-short') return this.#end('stopped', 'cancelled')
        const stop = this.#stopReason(ended, clock() > deadline)
        if (stop !== null) return this.#end(stop === 'failed' ? 'failed' : 'finished', stop, listener)
        this.#store()
        listener({ ...this.#record })
      }
      throw new StrobeError('engine.schedule', 'The schedule of an experiment has no end, and this one had.')
    } catch (thrown) {
      if (this.#record.trials.length === 0) this.#engine.store.experiments.remove(this.#record.id)
      else this.#end('failed', 'failed')
      throw thrown
    }
  }

  /** One trial of each arm. Cut short where it was cancelled before all of them were there: then the block does not count. */
  async #runBlock(order: readonly number[], warmUp: boolean, progress: Progress): Promise<BlockEnd> {
    const block = this.#record.blocks.length - 1
    const trials: ExperimentTrial[] = []
    const observed: ObservedTrial[] = []
    for (const [position, arm] of order.entries()) {
      if (!progress.signal.aborted) {
        const detail = describeEstimates(this.#record)
        progress.update(experimentProgress(this.#record, { warmUp, position, counted: this.#counted() }, detail))
        const { trial, seen } = await this.#runTrial({ block, position, arm }, progress)
        trials.push(trial)
        observed.push(seen)
      }
      const last = trials.at(-1)
      if (progress.signal.aborted && (trials.length <= position || last?.reason === 'cancelled')) {
        if (trials.length > 0) this.#addBlock({ order, warmUp }, [], 'stopped in the middle')
        return 'cut-short'
      }
    }
    const disturbances = disturbancesOf(observed)
    if (warmUp) {
      this.#addBlock({ order, warmUp }, disturbances)
      this.#settleIndifference(trials)
      const unfit = disturbances.find(({ kind }) => kind === 'precondition')
      if (unfit) throw new StrobeError('engine.precondition', `Nothing can be measured: ${unfit.how}.`)
      return 'left-out'
    }
    const mode = this.#record.settings.disturbed ?? 'flag'
    const invalidated = invalidationOf(disturbances, mode, (arm) => this.#nameOf(arm))
    this.#addBlock({ order, warmUp }, disturbances, invalidated)
    if (invalidated !== undefined) return 'left-out'
    for (const { variant, value } of trials) this.#values[variant]!.push(value ?? Number.POSITIVE_INFINITY)
    this.#look()
    return 'counted'
  }

  async #runTrial(
    { block, position, arm }: { readonly block: number; readonly position: number; readonly arm: number },
    progress: Progress,
  ): Promise<{ trial: ExperimentTrial; seen: ObservedTrial }> {
    const surroundings = drawSurroundings(this.#engine.random)
    const telemetryAtLast = this.#watch(() => this.#engine.runner.pid)
    try {
      const draw = { experiment: this.#record.id, block, position, variables: surroundings.variables }
      const { runId, reason, metrics, record, repeats, exit, precondition } = await this.#arms[arm]!.runTrial(
        draw,
        progress,
      )
      const telemetry = telemetryAtLast()
      const metric = this.#record.settings.metric ?? 'wall'
      const measured = metrics[metric]
      const trial: ExperimentTrial = {
        ...{ runId, block, variant: arm, reason, metrics, telemetry, padding: surroundings.padding },
        // What is less than one step of the timer is one step: ratios need values above zero.
        value: measured === undefined ? null : Math.max(measured, timerResolution(this.#record.settings)),
        ...(repeats ? { repeats } : {}),
        ...(exit ? { exit } : {}),
      }
      this.#record.trials = [...this.#record.trials, trial]
      // The control arm is the baseline: where it computes something else, the baseline does.
      if (record) this.#results.add(record, arm < this.#record.settings.variants.length ? arm : 0)
      return { trial, seen: { variant: arm, telemetry, ...(precondition === undefined ? {} : { precondition }) } }
    } finally {
      telemetryAtLast()
      surroundings.clear()
    }
  }

  #addBlock(
    { order, warmUp }: { readonly order: readonly number[]; readonly warmUp: boolean },
    disturbances: readonly BlockDisturbance[],
    invalidated?: string,
  ): void {
    const added = {
      ...{ block: this.#record.blocks.length - 1, order, warmUp },
      ...(invalidated === undefined ? {} : { invalidated }),
      ...(disturbances.length > 0 ? { disturbances } : {}),
    }
    this.#record.blocks = [...this.#record.blocks, added]
    this.#record.results = this.#results.state()
  }

  /** Before the first trial that counts: a region of indifference that the timer can tell. */
  #settleIndifference(warmUp: readonly ExperimentTrial[]): void {
    const { settings } = this.#record
    if (this.#counted() > 0) return
    const values = warmUp.flatMap(({ value }) => value ?? [])
    const step = timerResolution(settings)
    const rope = indifferenceFor(settings.rope, values, step)
    if (isTooCoarse(settings.rope, rope)) {
      throw new StrobeError(
        'engine.timer-too-coarse',
        `This metric moves in steps of ${formatDuration(step)}, so that trials this short could not tell changes below ±${formatShare(rope)}. Make the trials longer, or compare the wall time.`,
        { data: { step, rope } },
      )
    }
    if (rope > settings.rope) this.#record.settings = { ...settings, rope, askedRope: settings.rope }
  }

  #look(): void {
    const [baseline = [], ...others] = this.#values
    const { plan, settings } = this.#record
    const candidates = others.slice(0, plan.comparisons)
    const control = plan.controlArm ? { control: others[plan.comparisons]! } : {}
    const { rope, goal = 'verdict' } = settings
    const look = evaluateLook({ plan, baseline, candidates, ...control, rope, goal, previous: this.#looks })
    const last = this.#looks.at(-1)
    if (look.kind === 'look' && look.look !== last?.look) this.#looks.push(look)
    this.#record.look = look
    this.#record.live = { blocks: baseline.length, estimates: candidates.map((values) => estimateOf(baseline, values)) }
  }

  #stopReason(ended: BlockEnd, late: boolean): ExperimentRecord['stop'] {
    const { look, plan, settings, results } = this.#record
    // What computes something else is never faster, whatever is measured from here on. One block that counts is kept: with
    // the baseline's time and trace.
    const different = new Set(results.differences.map(({ variant }) => variant))
    const candidates = settings.variants.map((_, variant) => variant).slice(1)
    const noneIsRight = candidates.length > 0 && candidates.every((variant) => different.has(variant))
    if (noneIsRight && this.#counted() > 0) return 'different-results'
    if (ended === 'left-out') {
      const discarded = this.#record.blocks.filter(({ invalidated, disturbances }) => invalidated && disturbances)
      return discarded.length > discardAllowance(plan.cap) ? 'too-noisy' : null
    }
    if (this.#isHopeless()) return 'failed'
    if (look?.kind !== 'look' || look.blocks !== this.#counted()) return null
    if (look.stop === 'decided' && !late && !controlCanTell(plan, look.look)) return null
    return look.stop ?? (late ? 'time-budget' : look.blocks >= plan.cap ? 'cap' : null)
  }

  #end(
    status: ExperimentRecord['status'],
    stop: ExperimentRecord['stop'],
    listener: ExperimentListener = () => {},
  ): ExperimentRecord {
    Object.assign(this.#record, { status, stop, endedAt: this.#engine.clock(), results: this.#results.state() })
    this.#store()
    const ended = { ...this.#record }
    listener(ended)
    return ended
  }

  #store(): void {
    this.#engine.store.experiments.update(experimentRow(this.#record))
  }

  /** Whether nothing can be learned any more: the baseline never has a result (once more as control, too), or no candidate does. */
  #isHopeless(): boolean {
    const candidates = this.#record.settings.variants.length - 1
    const never = this.#values.map((values) => values.length >= hopelessBlocks && !values.some(Number.isFinite))
    return never[0] === true || never[candidates + 1] === true || never.slice(1, candidates + 1).every(Boolean)
  }

  #counted(): number {
    return this.#values[0]!.length
  }

  #nameOf(arm: number): string {
    return this.#record.settings.variants[arm]?.name ?? 'control'
  }
}

/**
 * Whether a control arm could have been found to differ at a look: an exact test of n blocks gives no p below 2¹⁻ⁿ, and at the
 * first looks that is more than the control's level, whatever it measured. A verdict waits until it could.
 */
function controlCanTell({ controlArm, looks, alpha, cap }: Plan, look: number): boolean {
  const planned = looks[look]!
  const next = looks[look + 1]
  if (!controlArm || next === undefined || next.blocks > cap) return true
  return (2 ** (1 - planned.blocks) * alpha) / planned.alpha <= controlAlpha
}

/** The values of blocks that count, in the order in which they ran. */
function countedValues({ blocks, trials }: ExperimentRecord, arms: number): number[][] {
  const values: number[][] = Array.from({ length: arms }, () => [])
  const counted = blocks.filter(({ warmUp, invalidated }) => !warmUp && invalidated === undefined)
  const known = new Map(trials.map(({ block, variant, value }) => [`${block} ${variant}`, value]))
  for (const { block } of counted) {
    values.forEach((ofArm, arm) => {
      ofArm.push(known.get(`${block} ${arm}`) ?? Number.POSITIVE_INFINITY)
    })
  }
  return values
}

/** The Hodges–Lehmann ratio over all blocks so far; `null` where failures leave none. */
function estimateOf(baseline: readonly number[], candidate: readonly number[]): number | null {
  return effectOf(hodgesLehmannShift(toScale(baseline), toScale(candidate)))
}
