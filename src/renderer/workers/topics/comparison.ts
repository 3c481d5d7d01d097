import { buildNodeTable, compareNodes, type NodeComparison } from '../../../analysis/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import type { LoadedTrace } from '../loaded-trace.ts'
import type { TraceLibrary } from '../trace-library.ts'

/** What two variants did differently, from traces of several trials of each. */
export function comparisonTopic(_trace: LoadedTrace, library: TraceLibrary) {
  const tableOf = async (record: RunRecord) => {
    const { whole } = await library.open(record)
    return buildNodeTable(whole.trace, record.description, whole.tree)
  }
  return {
    /** What changed in which node, over the runs given of each side. */
    async nodes(baseline: readonly RunRecord[], candidate: readonly RunRecord[]): Promise<NodeComparison[]> {
      const tables = []
      // One after the other: a trace is large, and the library forgets those that were opened first.
      for (const record of [...baseline, ...candidate]) tables.push(await tableOf(record))
      return compareNodes(tables.slice(0, baseline.length), tables.slice(baseline.length))
    },
  }
}
