import { z } from 'zod'
import type { HistoryReference, HistorySeries } from '../../analysis/index.ts'
import type { Diagnostic } from '../../base/index.ts'
import type { WorkflowDescription } from '../../workflow/index.ts'
import { method } from '../method.ts'
import type { ExperimentSummary } from './experiments.ts'
import type { RunSummary } from './runs.ts'

/** A workflow of the workspace, as far as it is known without running anything of it. */
export interface WorkflowCard {
  /** Path of its file, relative to the workspace. */
  readonly file: string
  /** Name that its last run had; absent where it never ran. */
  readonly name?: string
  readonly description?: WorkflowDescription
  readonly runs: number
  readonly experiments: number
  readonly lastRun?: RunSummary
  readonly lastExperiment?: ExperimentSummary
  /** The newest series of its baseline, with its changes; absent where nothing was measured. */
  readonly trend?: HistorySeries
}

/** What a check of a workflow's file found. */
export interface WorkflowCheck {
  readonly file: string
  readonly description?: WorkflowDescription
  readonly diagnostics: readonly Diagnostic[]
}

/** How a variant of a workflow went over time. */
export interface WorkflowHistory {
  readonly workflow: string
  readonly variant: string
  readonly reference: HistoryReference | null
  readonly variants: readonly string[]
  /** The one with the latest point first. */
  readonly series: readonly HistorySeries[]
}

/** Lines of a source file of the workspace. */
export interface SourceExcerpt {
  /** Path relative to the workspace. */
  readonly file: string
  /** Number of the first line, from 1. */
  readonly first: number
  readonly lines: readonly string[]
  /** Whether the file was changed after `since`, if that was asked for: then lines may have moved. */
  readonly changed: boolean
}

export const workflowMethods = {
  'workflows.list': method<readonly WorkflowCard[]>()(z.object({})),
  /** Loads the module, so that it needs trust. */
  'workflows.check': method<WorkflowCheck>()(z.object({ file: z.string().min(1) })),
  'history.get': method<WorkflowHistory>()(
    z.object({ workflow: z.string(), variant: z.string().exactOptional(), reference: z.string().exactOptional() }),
  ),
  /** Reads files inside the workspace only. */
  'source.read': method<SourceExcerpt>()(
    z.object({
      file: z.string().min(1).max(4096),
      line: z.int().min(1),
      /** Lines before and after. */
      around: z.int().min(0).max(1000).default(12),
      /** Milliseconds since 1970: when the run was made that the line is from. */
      since: z.number().exactOptional(),
    }),
  ),
}
