import type { ExperimentRecord } from '../../../src/analysis/index.ts'
import type { RankingRow } from '../../../src/cli/views/experiment-view.ts'
import { strobe } from '../finished-workspace.ts'

/** The ids of what a workspace holds of a workflow, the latest first; of runs those that are no trials. */
export function idsOf(workspace: string, kind: 'runs' | 'experiments' | 'advice', workflow: string): readonly string[] {
  const answer = strobe(workspace, 'list', kind, '--limit', '10000') as Record<string, readonly Listed[]>
  const own = answer[kind]!.filter((one) => (one.workflow ?? one.settings?.workflow) === workflow)
  return own.filter(({ trial }) => trial === undefined).map(({ id }) => id)
}

interface Listed {
  readonly id: string
  readonly workflow?: string
  readonly trial?: unknown
  readonly settings?: { readonly workflow: string }
}

/** An experiment as the command line shows it. */
export function experimentOf(workspace: string, id: string) {
  return strobe(workspace, 'show', id) as {
    readonly experiment: ExperimentRecord
    readonly ranking: readonly RankingRow[]
  }
}
