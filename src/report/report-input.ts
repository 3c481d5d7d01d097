import type { Recommendation } from '../advice/index.ts'
import type { ExperimentRecord } from '../analysis/index.ts'
import type { RunRecord, Trace } from '../trace/index.ts'
import type { WorkflowDescription } from '../workflow/index.ts'

/** A run to show. Without a trace only what its record says is reported. */
export interface ReportRun {
  readonly record: RunRecord
  readonly trace?: Trace | undefined
  /** What the reader should know it as: `baseline, median trial`. */
  readonly label: string
}

/** A recommendation as the ledger keeps it. */
export interface ReportAdvice {
  readonly id: string
  readonly createdAt: number
  readonly recommendation: Recommendation
}

/** What a report is made from. Lists come in the order in which they shall be read. */
export interface ReportInput {
  /** Milliseconds since 1970. */
  readonly madeAt: number
  readonly title?: string
  readonly experiments: readonly { readonly record: ExperimentRecord; readonly description?: WorkflowDescription }[]
  readonly runs: readonly ReportRun[]
  readonly advice: readonly ReportAdvice[]
  /** Id of the recommendation whose predicted and measured gain become the headline; default: that of the last proof among the experiments. */
  readonly proof?: string
}
