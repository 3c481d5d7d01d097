import { buildNodeTable, clipCriticalPath, type NodeTable } from '../../../analysis/index.ts'
import type { TimeRange } from '../clip-trace.ts'
import type { LoadedTrace } from '../loaded-trace.ts'

/** Where the time went, by node. */
export function nodesTopic(loaded: LoadedTrace) {
  return {
    /**
     * One row per node; in a range, times are those inside of it, and the critical path is the part of the run's that is in it. `slowest`
     * is a span of the whole trace.
     */
    table(range: TimeRange | null): NodeTable {
      const view = loaded.within(range)
      const table = buildNodeTable(view.trace, view.record.description, view.tree)
      const { path } = loaded.whole
      const clipped = range && path ? clipCriticalPath(loaded.trace, path, range.from, range.to) : null
      const shares = new Map(clipped?.nodes.map(({ name, time, share }) => [name, { time, share }]))
      return {
        ...table,
        rows: table.rows.map((row) => ({
          ...row,
          slowest: row.slowest === null ? null : view.spanOf(row.slowest),
          critical: clipped && row.critical ? (shares.get(row.path) ?? { time: 0, share: 0 }) : row.critical,
        })),
      }
    },
  }
}
