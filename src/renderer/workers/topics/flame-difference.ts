import { FlameComparison, type FlameDifference } from '../../../analysis/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import type { LoadedTrace } from '../loaded-trace.ts'
import type { TraceLibrary } from '../trace-library.ts'

/** Which functions took more or less CPU time, from samples of several trials of two variants. */
export function flameDifferenceTopic(_trace: LoadedTrace, library: TraceLibrary) {
  return {
    /**
     * Trials of an experiment are paired by block, other runs in the order given; what has no partner, or no samples, is left out. `null`
     * where nothing is left.
     */
    async profiles(baseline: readonly RunRecord[], candidate: readonly RunRecord[]): Promise<FlameDifference | null> {
      const sources = new Set([...baseline, ...candidate].map(({ environment }) => environment?.source))
      // Where the source was changed between them, lines have moved.
      const comparison = new FlameComparison({ match: sources.size > 1 ? 'name' : 'place', trimmed: true })
      for (const [before, after] of pairsOf(baseline, candidate)) {
        // One block after the other: a trace is large, and the library forgets those that were opened first.
        const [one, other] = [await library.open(before), await library.open(after)]
        comparison.add(one.trace, other.trace)
      }
      return comparison.finish()
    },
  }
}

function pairsOf(baseline: readonly RunRecord[], candidate: readonly RunRecord[]): Array<[RunRecord, RunRecord]> {
  const byBlock = new Map(candidate.map((record, place) => [record.trial?.block ?? place, record]))
  return baseline.flatMap((record, place): Array<[RunRecord, RunRecord]> => {
    const partner = byBlock.get(record.trial?.block ?? place)
    return partner ? [[record, partner]] : []
  })
}
