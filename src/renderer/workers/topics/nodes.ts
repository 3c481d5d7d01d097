import { buildNodeTable, type NodeTable } from '../../../analysis/index.ts'
import type { TimeRange } from '../clip-trace.ts'
import type { LoadedTrace } from '../loaded-trace.ts'

/** Where the time went, by node. */
export function nodesTopic(trace: LoadedTrace) {
  return {
    /** One row per node; in a range, times are those inside of it. `slowest` is a span of the whole trace. */
    table(range: TimeRange | null): NodeTable {
      const view = trace.within(range)
      const table = buildNodeTable(view.trace, view.record.description, view.tree)
      return {
        ...table,
        rows: table.rows.map((row) => ({ ...row, slowest: row.slowest === null ? null : view.spanOf(row.slowest) })),
      }
    },
  }
}
