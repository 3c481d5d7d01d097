import type { CycleSummary, RunPhases, RunReason, RunRecord, RunResult } from './run-record.ts'
import type { ErrorRecord } from '../base/index.ts'
import type { WorkflowDescription } from '../workflow/index.ts'

/** First record of a run's log: what is known before anything of the user's was loaded. */
export interface LogHeader {
  readonly run: RunRecord
}

/** Written once the module is loaded and the plan is made. */
export interface LogPlanned {
  readonly description: WorkflowDescription
  readonly params: Readonly<Record<string, unknown>>
}

/** Written when a node of the top level has ended. */
export interface LogNodeResult {
  readonly path: string
  readonly ok: boolean
  /** Nanoseconds since the trace's origin. */
  readonly end: number
  readonly error?: ErrorRecord
}

/** Last record of a log that was written to its end. */
export interface LogEnd {
  readonly reason: RunReason
  readonly value: number | null
  readonly phases: RunPhases
  readonly cycles: readonly CycleSummary[]
  readonly error?: ErrorRecord
  readonly result?: RunResult
  readonly peakMemory?: number
}
