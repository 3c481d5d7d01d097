import type { ExperimentSettings, Isolation, PrimaryMetric } from '../analysis/index.ts'
import { makePlan, type Plan, type PresetName, presets } from '../statistics/index.ts'
import type { ExperimentRequest } from './api.ts'

/** What an experiment does where nobody says otherwise. */
export const experimentDefaults = {
  /** Looks, their shares of α, cap, and whether the baseline runs once more as a control arm: the presets of `statistics`. */
  preset: 'standard' as PresetName,
  /** Region of indifference, as a ratio: ±2 %. */
  rope: 0.02,
  metric: 'wall' as PrimaryMetric,
  goal: 'verdict' as const,
  isolation: 'thread' as Isolation,
  /** Repetitions in a thread with isolation `repeats`: enough for a steady state to be looked for, which needs 30. */
  repeats: 50,
  /**
   * Blocks that something else on the machine disturbed are run again where there is time for it. Quick only marks them: it
   * must end on a busy machine too, and random order keeps its verdict valid with them, only less sharp.
   */
  disturbed: { quick: 'flag', standard: 'discard', rigorous: 'discard' } as const satisfies Record<
    PresetName,
    ExperimentSettings['disturbed']
  >,
} as const

/**
 * The plan of an experiment, to be stored before its first trial: a preset, with what was asked for otherwise. Throws
 * `statistics.invalid-plan`.
 */
export function planFor(
  request: Pick<ExperimentRequest, 'preset' | 'looks' | 'controlArm' | 'maxBlocks'>,
  comparisons: number,
): Plan {
  const { preset = experimentDefaults.preset, looks, maxBlocks } = request
  const cap = maxBlocks ?? looks?.at(-1)?.blocks
  const options = { comparisons, ...(cap === undefined ? {} : { cap }) }
  const controlArm = request.controlArm ?? presets[preset].controlArm
  const plan = looks ? makePlan({ ...presets[preset], looks }, options) : makePlan(preset, options)
  return { ...plan, controlArm }
}

/**
 * The largest region of indifference that a timer may force on an experiment, as a multiple of what was asked for and as a
 * ratio: beyond both, "no change" would be said of changes that matter, and nothing is said instead.
 */
const largestRaise = { times: 5, rope: 0.1 } as const

/** Whether a threshold was raised so far that a verdict would say nothing. */
export function isTooCoarse(asked: number, raised: number): boolean {
  return raised > Math.max(asked * largestRaise.times, largestRaise.rope)
}

/**
 * The region of indifference that a timer can tell: never below two of its steps, relative to the median. `values` are
 * those of the warm-up block, of all variants together, so that neither labels nor counted trials have a say.
 */
export function indifferenceFor(asked: number, values: readonly number[], resolution: number): number {
  const sorted = values.filter((value) => value > 0 && Number.isFinite(value)).sort((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  return middle === undefined ? asked : Math.max(asked, (2 * resolution) / middle)
}
