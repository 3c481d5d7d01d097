import { criticalShareOf, type NodeRow, type NodeTable } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import type { NodeDescription } from '../../../workflow/index.ts'

/** What a run says about a node of the picture. */
export interface NodeFacts {
  /** Of the critical path, with all that is inside of it; `null` where it did not run, or nothing was recorded. */
  readonly share: number | null
  /** Executions that failed, and calls of theirs. */
  readonly failures: number
  readonly row: NodeRow | undefined
}

/** What a table of nodes says about one. */
export function factsOf(table: NodeTable | null, path: string): NodeFacts {
  const row = table?.rows.find((one) => one.path === path)
  return {
    share: table && criticalShareOf(table.rows, path),
    failures: (row?.failures ?? 0) + (row?.calls.failures ?? 0),
    row,
  }
}

/** A node in one sentence: what it is, what it uses, and what a run says about it. */
export function sayNode({ path, kind, use, effects }: NodeDescription, { share, failures, row }: NodeFacts): string {
  const parts = [
    `${path}: ${kind}`,
    `effects ${effects}`,
    ...(use.length > 0 ? [`uses ${use.join(', ')}`] : []),
    ...(share === null ? [] : [`${formatShare(share)} of the critical path`]),
    ...(row && row.executions > 0 && row.durations
      ? [`ran ${formatCount(row.executions)} times, ${formatDuration(row.durations.total)} in all`]
      : []),
    ...(row && row.executions === 0 ? ['did not run'] : []),
    ...(failures > 0 ? [`${formatCount(failures)} failed`] : []),
  ]
  return parts.join(', ')
}
