import type { Recommendation } from '../advice/index.ts'
import type { ExperimentSettings, Isolation, PrimaryMetric } from '../analysis/index.ts'
import type { Diagnostic } from '../base/index.ts'
import type { PlannedLook, PresetName } from '../statistics/index.ts'
import type { CaptureSettings } from '../trace/index.ts'
import type { Patch, WorkflowDescription } from '../workflow/index.ts'

/** A workflow file of a workspace. Nothing of it was run to know this. */
export interface WorkflowFile {
  /** Path relative to the workspace. */
  readonly file: string
  /** Name that its last run had; absent where it never ran. */
  readonly name?: string
  /** As its last run found it; absent where it never ran. */
  readonly description?: WorkflowDescription
}

/** What `check` found. */
export interface CheckResult {
  readonly file: string
  readonly description?: WorkflowDescription
  readonly diagnostics: readonly Diagnostic[]
}

/** What may be limited by whoever starts a run; defaults are in `limits.ts`. */
export interface LimitSettings {
  /** Milliseconds from the thread's start to the result. */
  readonly timeout?: number
  /** Megabytes of the thread's old heap. */
  readonly heap?: number
}

/** One run to make. */
export interface RunRequest {
  /** Path of the workflow's file, absolute or relative to the workspace. */
  readonly file: string
  readonly variant?: string
  /** On top of the variant. */
  readonly patch?: Patch
  readonly params?: Readonly<Record<string, unknown>>
  /** Default: `standard`, without CPU samples. */
  readonly capture?: CaptureSettings
  readonly seed?: number
  readonly limits?: LimitSettings
}

/** A variant to compare: one that the workflow names, or a patch with a name of its own. */
export type VariantChoice = string | { readonly name: string; readonly patch: Patch }

/** One experiment to make. */
export interface ExperimentRequest {
  readonly file: string
  /** The first is the baseline. Default: the workflow as written and all its variants. */
  readonly variants?: readonly VariantChoice[]
  /** Default `standard`. */
  readonly preset?: PresetName
  readonly params?: Readonly<Record<string, unknown>>
  readonly capture?: CaptureSettings
  readonly seed?: number
  /** Region of indifference as a ratio; default 0.02. */
  readonly rope?: number
  /** Blocks to stop at, instead of the preset's cap. */
  readonly maxBlocks?: number
  /** When to look and how much of α each look spends, instead of the preset's. */
  readonly looks?: readonly PlannedLook[]
  /** Whether the baseline runs once more as a control arm; default as the preset says: only `rigorous`. */
  readonly controlArm?: boolean
  /** Milliseconds; the experiment stops at the first look after it. */
  readonly timeBudget?: number
  readonly limits?: LimitSettings
  /** What the verdict is about; default `wall`. */
  readonly metric?: PrimaryMetric
  /** What to stop for; default `verdict`. `direction` stops as soon as it is clear which is faster. */
  readonly goal?: ExperimentSettings['goal']
  /** What trials share; default `thread`, or `repeats` where `repeats` is given. */
  readonly isolation?: Isolation
  /** How often the workflow runs in one trial, with isolation `repeats`; default 50. */
  readonly repeats?: number
  /** What becomes of disturbed blocks; default `flag` with the preset `quick`, else `discard`. */
  readonly disturbed?: ExperimentSettings['disturbed']
}

/** An experiment to go on with. */
export interface ExtendRequest {
  /** Its id, or the beginning of it. */
  readonly id: string
  /** Counted blocks to stop at in all; default: at the next look of its plan. */
  readonly maxBlocks?: number
  /** Milliseconds for what is added; it stops at the first look after it. */
  readonly timeBudget?: number
}

/** Shell commands to compare with each other. */
export interface CommandRequest
  extends Pick<
    ExperimentRequest,
    'preset' | 'looks' | 'controlArm' | 'seed' | 'rope' | 'maxBlocks' | 'timeBudget' | 'metric' | 'goal' | 'disturbed'
  > {
  /** At least two; the first is the baseline. */
  readonly commands: readonly string[]
  /** What the variants are called; default: the commands themselves. */
  readonly names?: readonly string[]
  /** Program that runs them by `-c`, or `none`; default `/bin/sh`. */
  readonly shell?: string
  /** Working directory; default: the workspace. */
  readonly directory?: string
  /** Run before, and after, each trial, outside of its time. A `prepare` that fails makes the block not count. */
  readonly prepare?: string
  readonly cleanup?: string
  /** Count exit codes other than 0 as results; default false. */
  readonly ignoreFailure?: boolean
  /** What becomes of the commands' output; default `discard`. */
  readonly output?: 'discard' | 'inherit'
  /** Milliseconds that one trial may take; default ten minutes. */
  readonly timeout?: number
}

/** A recommendation as the ledger keeps it. */
export interface AdviceEntry {
  readonly id: string
  readonly workflow: string
  readonly file: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly recommendation: Recommendation
}

/** What to look for advice in: an experiment, a run, or the latest of a workflow. */
export interface AdviceRequest {
  readonly experiment?: string
  readonly run?: string
  readonly workflow?: string
}

/** A recommendation to apply and prove. */
export interface ApplyRequest {
  readonly id: string
  /** Default `standard`. */
  readonly preset?: PresetName
  /** Name of the new variant; default made from the recommendation. */
  readonly name?: string
  /** Add the variant to the workflow's source when the proof allows it. */
  readonly write?: boolean
  readonly timeBudget?: number
  /** What becomes of disturbed blocks, as in an `ExperimentRequest`. */
  readonly disturbed?: ExperimentSettings['disturbed']
}

/** What an application brought. */
export interface ApplyOutcome {
  readonly entry: AdviceEntry
  /** The experiment that measured it. */
  readonly experiment: string
  readonly variant: string
  /** Unified diff of the workflow's source that adds the variant; absent where it is there already, or not by a program. */
  readonly diff?: string
  /** Why the variant cannot be added by a program, with the line to write; only where it cannot. */
  readonly byHand?: string
  /** Whether the diff was written. */
  readonly written: boolean
}
