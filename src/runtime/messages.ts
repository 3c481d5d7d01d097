import type { Diagnostic, ErrorRecord } from '../base/index.ts'
import type { CaptureSettings, RunReason } from '../trace/index.ts'
import type { Patch, WorkflowDescription } from '../workflow/index.ts'

/** Limits that hold for a whole run. */
export interface RunLimits {
  /** Milliseconds from the thread's start to the result. */
  readonly timeout: number
  /** Milliseconds that code gets to end by itself after its signal was aborted, before its thread is killed. */
  readonly grace: number
  /** Megabytes of the thread's old heap. */
  readonly heap: number
  /** Bytes of resident memory of the runner process. */
  readonly memory: number
}

/** Which workflow to load: the file's absolute path and the workspace that it belongs to. */
export interface WorkflowSource {
  readonly workspace: string
  readonly file: string
}

/** Everything that one execution of a workflow needs to know. */
export interface TrialRequest extends WorkflowSource {
  readonly runId: string
  /** The run's log: exists already, with its header. */
  readonly logPath: string
  readonly variant: string
  readonly patch: Patch
  readonly params: Readonly<Record<string, unknown>>
  readonly seed: number
  /** What `now()` answers in tasks, milliseconds since 1970: the same in all trials of an experiment. */
  readonly now: number
  readonly capture: CaptureSettings
  readonly limits: RunLimits
  /** Environment variables of the trial's thread, on top of the runner's. */
  readonly environment?: Readonly<Record<string, string>>
  /** How often the workflow runs in the thread; absent: once. More than once needs capture level `off`. */
  readonly repeats?: number
}

/** What was found when a workflow's module was loaded and checked. */
export interface WorkflowCheck {
  /** Absent where the module could not be loaded or holds no workflow. */
  readonly description?: WorkflowDescription
  readonly diagnostics: readonly Diagnostic[]
  /** SHA-256 of all own files that were loaded. */
  readonly source?: string
}

/** What the runner tells of a trial's end; everything measured is in the log. */
export interface TrialOutcome {
  readonly runId: string
  readonly reason: RunReason
  readonly error?: ErrorRecord
}

/** A look at a trial that is going on. */
export interface TrialProgress {
  readonly runId: string
  readonly node: string
  /** Items or iterations done, of how many where that is known. */
  readonly done: number
  readonly total?: number
  readonly metric?: { readonly name: string; readonly value: number }
}

export type RunnerRequest =
  | { readonly type: 'check'; readonly id: number; readonly source: WorkflowSource; readonly limits: RunLimits }
  | { readonly type: 'trial'; readonly id: number; readonly trial: TrialRequest }
  | { readonly type: 'cancel'; readonly id: number }

export type RunnerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'checked'; readonly id: number; readonly check: WorkflowCheck }
  | { readonly type: 'ended'; readonly id: number; readonly outcome: TrialOutcome }
  | { readonly type: 'progress'; readonly id: number; readonly progress: TrialProgress }
  | { readonly type: 'log'; readonly id: number; readonly line: string }

/** A transformed user file, kept by the runner so that the next thread need not transform it again. */
export interface TransformedFile {
  readonly source: string
  readonly code: string
  /** Source map, as JSON text. */
  readonly map: string
}

/** What a trial's thread is started with. */
export interface ThreadData {
  readonly job:
    | { readonly type: 'check'; readonly source: WorkflowSource }
    | { readonly type: 'trial'; readonly trial: TrialRequest }
  /** Transformed files by URL. */
  readonly transformed: ReadonlyMap<string, TransformedFile>
  /** `process.hrtime` at the moment the thread was asked for, in nanoseconds. */
  readonly requestedAt: number
  /** Where the thread shows its nearest deadline; see `deadline-cell.ts`. */
  readonly deadlines: SharedArrayBuffer
}

export type ThreadMessage =
  | { readonly type: 'transformed'; readonly url: string; readonly file: TransformedFile }
  | { readonly type: 'checked'; readonly check: WorkflowCheck }
  | { readonly type: 'running' }
  | { readonly type: 'ended'; readonly outcome: TrialOutcome }
  | { readonly type: 'progress'; readonly progress: TrialProgress }
  | { readonly type: 'log'; readonly line: string }

export type ThreadCommand = { readonly type: 'abort'; readonly reason: 'cancelled' | 'timeout' | 'memory-limit' }
