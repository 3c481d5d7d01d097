import { formatNumber, type ProgressUpdate } from '../base/index.ts'
import type { TrialProgress } from '../runtime/index.ts'

/** What a running trial tells, as progress of whoever waits for it. */
export function describeProgress({ node, done, total, metric }: TrialProgress): ProgressUpdate {
  return {
    ...{ message: node, done },
    ...(total === undefined ? {} : { total }),
    ...(metric ? { detail: `${metric.name} ${formatNumber(metric.value)}` } : {}),
  }
}
