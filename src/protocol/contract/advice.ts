import { z } from 'zod'
import type { Recommendation } from '../../advice/index.ts'
import { method } from '../method.ts'

/** A recommendation as the ledger keeps it. */
export interface AdviceEntry {
  readonly id: string
  readonly workflow: string
  readonly file: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly recommendation: Recommendation
}

export const adviceMethods = {
  /** The ledger: everything that was ever advised, latest first. */
  'advice.list': method<readonly AdviceEntry[]>()(z.object({ workflow: z.string().exactOptional() })),
  'advice.get': method<AdviceEntry>()(z.object({ id: z.string().min(1) })),
  /** Looks through traces for what to change, keeps it in the ledger, and gives what it found, best first. Runs no user code. */
  'advice.find': method<readonly AdviceEntry[]>()(
    z.object({
      experiment: z.string().exactOptional(),
      run: z.string().exactOptional(),
      workflow: z.string().exactOptional(),
    }),
  ),
}
