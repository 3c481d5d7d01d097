import { type CallGroup, callsOf, groupCalls, statementWorks } from '../../../analysis/index.ts'
import type { TimeRange } from '../clip-trace.ts'
import type { LoadedTrace } from '../loaded-trace.ts'

/** Calls into libraries and resources by statement or URL pattern. */
export function callsTopic(loaded: LoadedTrace) {
  let works: ReturnType<typeof statementWorks> | undefined
  return {
    /** Most time first; spans are those of the whole trace. `node`: calls made in it and in nodes inside of it only. */
    groups(range: TimeRange | null, node: string | null): CallGroup[] {
      const view = loaded.within(range)
      // What a statement costs is fitted on all of the run: executions that a range cuts off are none.
      works ??= statementWorks([loaded.trace])
      return groupCalls(view.trace, { works, ...(node === null ? {} : { node }) }).map((group) => ({
        ...group,
        slowest: view.spanOf(group.slowest),
        first: view.spanOf(group.first),
        repeated: group.repeated && { ...group.repeated, span: view.spanOf(group.repeated.span) },
      }))
    },
    /** Spans of one group, in the order of time, as rows of the whole trace. */
    spans(range: TimeRange | null, node: string | null, name: string, detail: string): Uint32Array {
      const view = loaded.within(range)
      const rows = callsOf(view.trace, { name, detail }, node ?? undefined)
      return Uint32Array.from(rows, (row) => view.spanOf(row))
    },
  }
}
