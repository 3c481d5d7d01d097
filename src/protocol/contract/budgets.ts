import { z } from 'zod'
import type { Budget } from '../../analysis/index.ts'
import { method } from '../method.ts'

/** Targets that the runs of a workflow are held to. Times in nanoseconds, sizes in bytes; what is absent has no target. */
const budgetSchema = z.object({
  wall: z.number().positive().exactOptional(),
  cpu: z.number().positive().exactOptional(),
  gc: z.number().positive().exactOptional(),
  peakHeap: z.number().positive().exactOptional(),
}) satisfies z.ZodType<Budget>

export const budgetMethods = {
  /** By name of the workflow. */
  'budgets.list': method<Readonly<Record<string, Budget>>>()(z.object({})),
  /** Kept in the workspace's `strobe.budgets.json`, so that it goes with the source; an empty budget takes it away. */
  'budgets.set': method<Readonly<Record<string, Budget>>>()(
    z.object({ workflow: z.string().min(1), budget: budgetSchema }),
  ),
}
