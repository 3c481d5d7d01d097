import { z } from 'zod'
import type { CaptureSettings, RunMetrics, RunReason, RunRecord } from '../../trace/index.ts'
import { method } from '../method.ts'

/** A run as a list shows it. */
export interface RunSummary {
  readonly id: string
  readonly workflow: string
  readonly file: string
  readonly variant: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly reason: RunReason | 'running'
  /** Wall time in nanoseconds; `null` where there is no result. */
  readonly value: number | null
  readonly capture: CaptureSettings
  /** Id of the experiment that it was a trial of, and its block. */
  readonly experiment?: string
  readonly block?: number
  readonly metrics?: RunMetrics
  /** What went wrong, in one sentence. */
  readonly problem?: string
}

/** A part of a long list, and how long all of it is. */
export interface Page<Row> {
  readonly total: number
  readonly offset: number
  readonly rows: readonly Row[]
}

/** Which part of a list is asked for. */
export const pageSchema = {
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(1000).default(200),
}

export const runMethods = {
  /** Latest first. `search` is looked for in id, workflow, variant and reason. */
  'runs.list': method<Page<RunSummary>>()(
    z.object({
      ...pageSchema,
      workflow: z.string().exactOptional(),
      /** Id of an experiment; `null`: runs that are no trials. */
      experiment: z.string().nullable().exactOptional(),
      reason: z.string().exactOptional(),
      search: z.string().max(200).exactOptional(),
    }),
  ),
  /** By id or the beginning of it. The trace is at `traceBlob`. */
  'runs.get': method<{ readonly record: RunRecord; readonly hasTrace: boolean }>()(z.object({ id: z.string().min(1) })),
}
