import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { RunRecord } from '../../trace/index.ts'
import type { TopicAnswer, TopicArguments, TopicMethod, TopicName } from './topics/index.ts'
import { askTrace } from './trace-client.ts'

/**
 * What a topic of the trace worker answers about a run: `useTrace(record, 'nodes', 'table', [range])`. `record: null` asks for nothing yet
 * (a run without a trace). When the arguments change, the old question is dropped and the old answer stays until the new one is there.
 */
export function useTrace<Name extends TopicName, Method extends TopicMethod<Name>>(
  record: RunRecord | null,
  topic: Name,
  method: Method,
  args: TopicArguments<Name, Method>,
): UseQueryResult<TopicAnswer<Name, Method>, Error> {
  const run = record && `${record.id} ${record.reason}`
  return useQuery<TopicAnswer<Name, Method>, Error>({
    queryKey: ['trace', run, topic, method, args],
    queryFn: ({ signal }) => askTrace(record!, topic, method, args, { signal }),
    enabled: record !== null,
    // An answer of the run that was shown before would be wrong, one of another range is only late.
    placeholderData: (previous, query) => (query?.queryKey[1] === run ? (previous as never) : undefined),
    structuralSharing: false,
    gcTime: 60_000,
  })
}
