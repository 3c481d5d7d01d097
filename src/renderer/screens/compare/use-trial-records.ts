import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { TrialDot } from '../../../report/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { useClient } from '../../app/studio-context.tsx'

/** The runs behind trials of both sides, those with a trace. */
export interface TrialRecords {
  readonly baseline: readonly RunRecord[]
  readonly candidate: readonly RunRecord[]
}

/** Fetches the runs that trials were. A run that is gone, or that recorded nothing, is left out. */
export function useTrialRecords(
  baseline: readonly TrialDot[],
  candidate: readonly TrialDot[],
): UseQueryResult<TrialRecords, Error> {
  const client = useClient()
  const ids = [baseline, candidate].map((side) => side.map(({ runId }) => runId))
  return useQuery({
    queryKey: ['trial-records', ...ids],
    queryFn: async ({ signal }) => {
      const fetchSide = async (side: readonly string[]) => {
        const runs = await Promise.allSettled(side.map((id) => client.call('runs.get', { id }, { signal })))
        return runs.flatMap((run) => (run.status === 'fulfilled' && run.value.hasTrace ? [run.value.record] : []))
      }
      return { baseline: await fetchSide(ids[0]!), candidate: await fetchSide(ids[1]!) }
    },
    placeholderData: (previous) => previous,
  })
}
