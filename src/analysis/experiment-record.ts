import type { LookState, PendingState, Plan, SteadyStateKind, StopReason } from '../statistics/index.ts'
import type { CaptureSettings, Environment, RunReason } from '../trace/index.ts'
import type { Patch } from '../workflow/index.ts'

/** A variant as it was run. */
export interface ExperimentVariant {
  readonly name: string
  readonly patch: Patch
}

/**
 * What one trial is measured by. Times in nanoseconds, sizes in bytes; smaller is better for all of them.
 * - `wall`: from the first node's start to the result; of a command from its start to its end.
 * - `cpu`: CPU time of the trial's own thread; of a command user and system time of it and what it waited for.
 * - `user`, `system`: the parts of a command's CPU time.
 * - `gc`: time in garbage collections of the thread. `peak-heap`: the highest heap in use that was seen, looked at every 20 ms.
 * - `peak-memory`: the highest resident memory of the trial's own process that was seen, looked at every 50 ms.
 * - `calls`: calls into libraries and resources.
 */
export type MetricName = 'wall' | 'cpu' | 'user' | 'system' | 'gc' | 'peak-heap' | 'peak-memory' | 'calls'

/** What was measured of a trial; what could not be measured is absent. */
export type TrialMetrics = { readonly [Name in MetricName]?: number }

/** The metrics that an experiment can decide by: times, above zero, in nanoseconds. */
export type PrimaryMetric = Extract<MetricName, 'wall' | 'cpu' | 'user' | 'system'>

/**
 * What trials share. `thread`: a fresh worker thread for each trial, in one runner process. `repeats`: the same, and the
 * workflow is repeated in the thread; the value is the median of its steady part. `process`: a fresh process for each
 * trial. The unit of the analysis is the trial in each case.
 */
export type Isolation = 'thread' | 'repeats' | 'process'

/** How the commands of an experiment are run. */
export interface CommandSettings {
  /** The commands, by variant. */
  readonly lines: readonly string[]
  /** Program that gets `-c` and the command; `none`: the command is split at spaces and run directly. */
  readonly shell: string
  /** Working directory, absolute. */
  readonly directory: string
  /** Run before, and after, each trial, outside of its time. */
  readonly prepare?: string
  readonly cleanup?: string
  /** Exit codes other than 0 are results too. */
  readonly ignoreFailure: boolean
  /** Milliseconds that one trial may take. */
  readonly timeout: number
  /** What becomes of the commands' output. */
  readonly output: 'discard' | 'inherit'
  /**
   * What took the times. `shell`: a shell around the command, right before and after it (wall to 1 µs, user and system
   * to 1 ms). `process`: this process, which adds what starting a process from it takes; no user and system times.
   */
  readonly timer: 'shell' | 'process'
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
  /** The region that was asked for, where the timer cannot tell so little: `rope` was raised after the warm-up block. */
  readonly askedRope?: number
  /** What the verdict is about; absent: `wall`. */
  readonly metric?: PrimaryMetric
  /** What to stop for: a verdict that decides (absent), or only the direction. */
  readonly goal?: 'verdict' | 'direction'
  /** Milliseconds; the experiment stops at the first look after it. */
  readonly timeBudget?: number
  /** What trials share; absent: `thread`. */
  readonly isolation?: Isolation
  /** How often the workflow runs in one trial, with isolation `repeats`. */
  readonly repeats?: number
  /** What becomes of a block that something else on the machine disturbed: run again, or only marked (absent). */
  readonly disturbed?: 'discard' | 'flag'
  /** Limits of each trial: milliseconds, and megabytes of heap. */
  readonly limits?: { readonly timeout?: number; readonly heap?: number }
  /** Present where shell commands are compared. The shell's own start is part of their times, and is not subtracted. */
  readonly commands?: CommandSettings
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
  /** What disturbed it and in which trials; absent where nothing did. The block counts all the same unless `invalidated`. */
  readonly disturbances?: readonly BlockDisturbance[]
}

/** What can disturb a trial. All of it is seen without looking at what the trial measures. */
export type DisturbanceKind = 'foreign-cpu' | 'clock-jump' | 'power-source' | 'throttled' | 'precondition'

/** What disturbed one trial of a block. */
export interface BlockDisturbance {
  /** Index into the settings' variants. */
  readonly variant: number
  readonly kind: DisturbanceKind
  /** In words, with its number: `other programs took 48 % of a core in 63 % of the trial`. */
  readonly how: string
}

/** What the machine did while a trial ran; `null` is "cannot be known here". */
export interface TrialTelemetry {
  /** Duration by the monotonic clock, in nanoseconds, with everything around the trial's value. */
  readonly duration: number
  /** CPU time of everything that is neither the studio nor the trial, in cores, over the whole trial. */
  readonly foreignCores: number | null
  /** Share of the trial in which that was more than the limit. */
  readonly disturbedShare: number | null
  /** Wall clock less monotonic clock over the trial, in milliseconds: sleep, or a clock that was set. */
  readonly clockJump: number
  /** Whether the power source changed. */
  readonly powerChanged: boolean | null
  /** How often a core was throttled for its temperature. */
  readonly throttles: number | null
}

/** How the repetitions inside a trial went. */
export interface TrialRepeats {
  readonly count: number
  readonly state: SteadyStateKind
  /** The first repetition that counts. */
  readonly from: number
}

/** One trial: a run with its place. */
export interface ExperimentTrial {
  /** The run that the trial was; `''` for a command, which leaves no run: all that was measured of it is here. */
  readonly runId: string
  readonly block: number
  /** Index into the settings' variants; one more than the last is the control arm, the baseline once more. */
  readonly variant: number
  /** The primary metric in nanoseconds (wall time unless the settings say otherwise); `null` where there is no result. */
  readonly value: number | null
  readonly reason: RunReason
  /** Everything that was measured; absent in trials of older versions. */
  readonly metrics?: TrialMetrics
  readonly telemetry?: TrialTelemetry
  /** With isolation `repeats`. */
  readonly repeats?: TrialRepeats
  /** Length of the meaningless environment variable that it ran with. */
  readonly padding?: number
  /** Of a command: what it exited with, and the signal that ended it. */
  readonly exit?: { readonly code: number | null; readonly signal: string | null }
}

/** A continuation of an experiment that had ended: the same settings, seed and looks, with more blocks. */
export interface ExperimentExtension {
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Counted blocks that were there, and the old and new cap. */
  readonly blocks: number
  readonly fromCap: number
  readonly toCap: number
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
  readonly stop: StopReason | 'time-budget' | 'cancelled' | 'too-noisy' | 'different-results' | 'failed' | null
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt: number | null
  readonly environment?: Environment
  readonly blocks: readonly ExperimentBlock[]
  readonly trials: readonly ExperimentTrial[]
  /** The latest look, or what is there before the first; `null` before the first whole block. */
  readonly look: LookState | PendingState | null
  readonly results: ResultComparison
  /** Estimates over all counted blocks so far, also between looks: to be shown in grey, without interval and verdict. */
  readonly live?: { readonly blocks: number; readonly estimates: readonly (number | null)[] }
  readonly extensions?: readonly ExperimentExtension[]
}
