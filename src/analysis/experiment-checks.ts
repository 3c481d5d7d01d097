import { formatNumber, formatShare } from '../base/index.ts'
import {
  type Check,
  checkAutocorrelation,
  checkBimodality,
  checkDrift,
  checkNoise,
  checkPosition,
  checkSpikes,
  checkTimer,
  median,
  type Remedy,
} from '../statistics/index.ts'
import { countedBlocks, nameOfArm, valuesByArm } from './experiment-arms.ts'
import type { ExperimentRecord, ExperimentSettings } from './experiment-record.ts'

/** One check of the measuring itself, in words. */
export interface ExperimentCheck {
  readonly check: Check
  /** What it looked at: a variant's name, or `null` for all of them together. */
  readonly about: string | null
  /** What it found, with its number; also where it is no reason to act. */
  readonly finding: string
  /** What to do about it where it fires. */
  readonly remedy: string
}

const remedies: Readonly<Record<Remedy, string>> = {
  'lengthen-workload': 'Make a trial longer: a larger input, or repetitions within a trial.',
  'order-protects-verdict': 'The random order protects the verdict; a machine at rest gives narrower intervals.',
  informational: 'Neighbouring trials share what the machine does; the test allows for it within a block.',
  'add-cool-down': 'Run a fresh process per trial, which leaves less behind for the next one.',
  'inspect-modes': 'Look at the trials in run order: the median may jump between two modes.',
  'quieten-machine': 'Close other programs and use mains power; more blocks help, too.',
  'inspect-spikes': 'Look at the trials that stick out and at what the machine did then.',
  'suspect-pipeline': 'Suspect how it is measured before the code.',
  'variant-may-cause-invalidation': 'The variant itself may be what disturbs: look at what it does to the machine.',
}

/**
 * The smallest step of what takes a metric, in nanoseconds. Wall times: `performance.now()`, or a shell's microseconds. CPU
 * times: the kernel brings a thread's up to date at its ticks, so that they move in steps of about a millisecond.
 */
export function timerResolution(settings: ExperimentSettings): number {
  if ((settings.metric ?? 'wall') !== 'wall') return 1e6
  return settings.commands?.timer === 'shell' ? 1e3 : 30
}

/**
 * Checks of how an experiment was measured (`STATISTICS` 2.10): the timer, drift over the session, dependence of
 * neighbours, the order within a block, several modes, noise, spikes. Over the blocks that count; empty before there are two.
 */
export function checkExperiment(record: ExperimentRecord): ExperimentCheck[] {
  const { settings, look } = record
  const blocks = countedBlocks(record)
  if (blocks.length < 2) return []
  const all = valuesByArm(record, ({ value }) => value ?? Number.POSITIVE_INFINITY)
  const values = all.map((arm) => Float64Array.from(arm, (value) => value ?? Number.POSITIVE_INFINITY))
  const orders = blocks.map(({ order }) => order)
  const found: ExperimentCheck[] = []
  const add = (about: string | null, check: Check, finding: string) =>
    found.push({
      ...{ check, about, remedy: remedies[check.remedy] },
      finding: check.value === null ? 'too few trials to say' : finding,
    })
  const resolution = timerResolution(settings)

  const drift = checkDrift(values, settings.rope)
  add(null, drift, `over the session trials became ${changeText(drift.value)}`)
  const dependence = checkAutocorrelation(values, orders)
  add(null, dependence, `rank von Neumann ratio ${numberText(dependence.value)}, 2 for independent neighbours`)
  for (const [arm, own] of values.entries()) {
    const name = nameOfArm(record, arm)
    const timer = checkTimer(own, resolution)
    const repeating = `${shareText(timer.value)} of its trials repeat another one’s time`
    add(name, timer, repeating + coarsenessText(own, resolution))
    // Times that repeat have as many modes as the timer has steps: those say nothing about the variant.
    if ((timer.value ?? 0) <= (timer.limit ?? 1)) {
      const modes = checkBimodality(own)
      add(name, modes, `dip ${numberText(modes.value)}, unusual from ${numberText(modes.limit)} on`)
    }
    const spikes = checkSpikes(own, resolution)
    add(name, spikes, `${shareText(spikes.value)} of its trials are far from the others`)
    if (arm === 0) continue
    const order = checkPosition(values, orders, 0, arm)
    add(name, order, `running second makes a trial ${changeText(order.value)}`)
    const state = look?.kind === 'look' ? look.candidates[arm - 1] : undefined
    if (!state) continue
    const noise = checkNoise(state.sigma)
    add(name, noise, `one trial spreads by ${shareText(noise.value)}`)
  }
  return found
}

/** Said where a trial is so short that the steps of its timer show. */
function coarsenessText(values: Float64Array, resolution: number): string {
  const steps = median(values.filter(Number.isFinite)) / resolution
  return steps < 100 ? `, and a typical one takes ${formatNumber(steps)} steps of the timer` : ''
}

function changeText(value: number | null): string {
  if (value === null) return 'no data'
  const size = formatShare(Math.abs(value))
  return value < 0 ? `${size} faster` : `${size} slower`
}

function shareText(value: number | null): string {
  return value === null ? 'no data' : formatShare(value)
}

function numberText(value: number | null): string {
  return value === null ? 'no data' : formatNumber(value)
}
