import { QueryClient, QueryClientProvider, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import type { Changed, MethodName, ParamsOf, ResultOf, StudioClient } from '../../protocol/index.ts'

const ClientContext = createContext<StudioClient | null>(null)

/** The engine, for components that tell it to do something. What they show comes from {@link useCall}. */
export function useClient(): StudioClient {
  const client = use(ClientContext)
  if (client === null) throw new Error('useClient was called outside of StudioProvider.')
  return client
}

/** What each change makes stale, by the beginning of the method's name. */
const affected: Readonly<Record<Changed, readonly string[]>> = {
  workflows: ['workflows.', 'history.'],
  runs: ['runs.', 'workflows.', 'history.', 'reports.build'],
  experiments: ['experiments.', 'workflows.', 'history.', 'reports.build'],
  advice: ['advice.', 'reports.build'],
  budgets: ['budgets.', 'workflows.'],
}

/** Hands the engine to all components, and asks again for what the engine says has changed. */
export function StudioProvider({ client, children }: { client: StudioClient; children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false } },
      }),
  )
  useEffect(() => {
    const stopChanged = client.on('changed', (changes) => {
      const prefixes = changes.flatMap((change) => affected[change])
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => prefixes.some((prefix) => String(queryKey[0]).startsWith(prefix)),
      })
    })
    let workspace: string | undefined
    const stopStudio = client.on('studio', (studio) => {
      const now = `${studio.workspace?.path} ${studio.workspace?.trusted}`
      if (workspace !== now) void queries.invalidateQueries()
      workspace = now
    })
    const stopState = client.onState((state) => {
      if (state === 'open') void queries.invalidateQueries()
    })
    return () => {
      stopChanged()
      stopStudio()
      stopState()
    }
  }, [client, queries])
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ClientContext>
  )
}

/**
 * What a method of the contract answers, kept and asked for again when the engine says that it changed. `params: null` asks
 * for nothing yet.
 */
export function useCall<Name extends MethodName>(
  name: Name,
  params: ParamsOf<Name> | null,
  options: { readonly keepPrevious?: boolean } = {},
): UseQueryResult<ResultOf<Name>, Error> {
  const client = useClient()
  return useQuery<ResultOf<Name>, Error>({
    queryKey: [name, params],
    queryFn: ({ signal }) => client.call(name, params!, { signal }),
    enabled: params !== null,
    ...(options.keepPrevious ? { placeholderData: (previous: ResultOf<Name> | undefined) => previous } : {}),
  } as Parameters<typeof useQuery<ResultOf<Name>, Error>>[0])
}
