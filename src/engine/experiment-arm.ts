import type { ExperimentTrial, TrialMetrics } from '../analysis/index.ts'
import type { Progress } from '../base/index.ts'
import type { RunReason, RunRecord } from '../trace/index.ts'

/** Where in the experiment a trial is, and what was drawn for it. */
export interface TrialDraw {
  readonly experiment: string
  readonly block: number
  /** Place in the order of the block, from 0. */
  readonly position: number
  /** Environment variables that make each trial's memory lie elsewhere, and its own folder for temporary files. */
  readonly variables: Readonly<Record<string, string>>
}

/** One trial, whatever it was a trial of. */
export interface ArmTrial {
  /** The run that it left; `''` where it left none. */
  readonly runId: string
  readonly reason: RunReason
  /** All that was measured; empty where there is no result. */
  readonly metrics: TrialMetrics
  /** The run's record, where its result can be compared with others. */
  readonly record?: RunRecord
  /** What had to hold before the trial and did not. */
  readonly precondition?: string
  readonly repeats?: ExperimentTrial['repeats']
  readonly exit?: ExperimentTrial['exit']
}

/**
 * Something that an experiment compares: a variant of a workflow, the control arm, a shell command. All arms of an
 * experiment go through one loop. Cancelling ends a trial with the reason `cancelled`; it throws only where nothing can be
 * measured at all.
 */
export interface Arm {
  runTrial(draw: TrialDraw, progress: Progress): Promise<ArmTrial>
}
