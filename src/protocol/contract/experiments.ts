import { z } from 'zod'
import type { ExperimentRecord, ExperimentStatus, RankedVariant } from '../../analysis/index.ts'
import { method } from '../method.ts'
import { type Page, pageSchema } from './runs.ts'

/** An experiment as a list shows it. */
export interface ExperimentSummary {
  readonly id: string
  readonly workflow: string
  readonly file: string
  readonly status: ExperimentStatus
  readonly purpose: 'compare' | 'proof'
  readonly startedAt: number
  readonly endedAt: number | null
  /** Names, the baseline first. */
  readonly variants: readonly string[]
  readonly blocks: number
  /** As `rankVariants` ranks them: the same numbers as everywhere else. */
  readonly ranking: readonly RankedVariant[]
  /** The verdict on the best candidate in one sentence; absent before the first look. */
  readonly sentence?: string
}

export const experimentMethods = {
  /** Latest first. `search` is looked for in id, workflow, variants and status; `verdict` is that of the best candidate. */
  'experiments.list': method<Page<ExperimentSummary>>()(
    z.object({
      ...pageSchema,
      workflow: z.string().exactOptional(),
      verdict: z.string().exactOptional(),
      search: z.string().max(200).exactOptional(),
    }),
  ),
  /** By id or the beginning of it. */
  'experiments.get': method<ExperimentRecord>()(z.object({ id: z.string().min(1) })),
}
