import type { ExperimentSettings, Isolation, PrimaryMetric } from '../analysis/index.ts'
import type { PresetName } from '../statistics/index.ts'

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

/** The smallest step of what takes a metric, in nanoseconds. */
export function timerResolution(settings: ExperimentSettings): number {
  const metric = settings.metric ?? experimentDefaults.metric
  if (settings.commands?.timer === 'shell') return metric === 'wall' ? 1e3 : 1e6
  return metric === 'wall' ? 30 : 1e3
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
