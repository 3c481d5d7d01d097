import type { LookState, PendingState, Plan, StopReason } from '../statistics/index.ts'
import type { CaptureSettings, Environment, RunReason } from '../trace/index.ts'
import type { Patch } from '../workflow/index.ts'

/** A variant as it was run. */
export interface ExperimentVariant {
  readonly name: string
  readonly patch: Patch
}

/** What an experiment was asked to do; fixed and stored before its first trial. */
export interface ExperimentSettings {
  readonly workflow: string
  /** Path of the workflow's file, relative to the workspace. */
  readonly file: string
  /** The first is the baseline, which all others are compared with. */
  readonly variants: readonly ExperimentVariant[]
  /** Params that differ from the workflow's defaults. */
  readonly params: Readonly<Record<string, unknown>>
  /** Seed of the order of the trials in each block. */
  readonly seed: number
  /** Region of indifference as a ratio: 0.02 is ±2 %. */
  readonly rope: number
  readonly capture: CaptureSettings
  /** `compare`: which variant is faster. `proof`: whether a recommendation holds what it promised. */
  readonly purpose: 'compare' | 'proof'
  /** Id of the recommendation that a proof is about. */
  readonly recommendation?: string
}

/** Where an experiment is. `stopped`: by the user, before a verdict. `interrupted`: the studio went away in the middle. */
export type ExperimentStatus = 'running' | 'finished' | 'stopped' | 'failed' | 'interrupted'

/** One block: one trial of each variant. */
export interface ExperimentBlock {
  /** From 0; the warm-up block is −1. */
  readonly block: number
  /** Indexes into the settings' variants, in the order in which they ran. */
  readonly order: readonly number[]
  /** Run first, stored, and left out of every number. */
  readonly warmUp: boolean
  /** Why the block does not count, decided without looking at its values; absent where it counts. */
  readonly invalidated?: string
}

/** One trial: a run with its place. */
export interface ExperimentTrial {
  readonly runId: string
  readonly block: number
  /** Index into the settings' variants. */
  readonly variant: number
  /** Wall time in nanoseconds; `null` where the run has no result. */
  readonly value: number | null
  readonly reason: RunReason
}

/** A trial whose result is not the reference's. */
export interface ResultDifference {
  readonly runId: string
  /** Index into the settings' variants. */
  readonly variant: number
  /** What differs, in words: `other numbers`, `another shape`, `beyond the tolerance at number 17`. */
  readonly how: string
}

/** Whether all trials computed the same. */
export interface ResultComparison {
  /** Run of the baseline that the others are held against; `null` where no baseline has a result yet. */
  readonly reference: string | null
  readonly tolerance: number
  /** Trials whose result was compared, the reference not counted. */
  readonly compared: number
  readonly differences: readonly ResultDifference[]
}

/** One experiment, as it is stored, shown and reported. */
export interface ExperimentRecord {
  readonly id: string
  readonly settings: ExperimentSettings
  /** Looks and their shares of α, fixed before the first trial. */
  readonly plan: Plan
  readonly status: ExperimentStatus
  /** Why it ended, in the plan's words or the user's; `null` while it runs. */
  readonly stop: StopReason | 'time-budget' | 'cancelled' | 'too-noisy' | 'failed' | null
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt: number | null
  readonly environment?: Environment
  readonly blocks: readonly ExperimentBlock[]
  readonly trials: readonly ExperimentTrial[]
  /** The latest look, or what is there before the first; `null` before the first whole block. */
  readonly look: LookState | PendingState | null
  readonly results: ResultComparison
}
