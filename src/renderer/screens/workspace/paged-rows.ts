import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { Page, ParamsOf, ResultOf } from '../../../protocol/index.ts'
import { useClient } from '../../app/studio-context.tsx'

/** Methods that answer a part of a long list. */
type ListMethod = 'runs.list' | 'experiments.list'
type RowOf<Name extends ListMethod> = ResultOf<Name> extends Page<infer Row> ? Row : never

const pageSize = 200

interface PagedRows<Row> {
  readonly count: number
  readonly rowAt: (index: number) => Row | undefined
  readonly onVisible: (first: number, last: number) => void
  readonly error: Error | null
  /** Whether nothing is known yet. */
  readonly loading: boolean
  readonly retry: () => void
}

/**
 * The rows of a list of any length, fetched in pages as they come into sight. Pages that were seen stay until the filter
 * changes; what is in sight is asked for again when the engine says that it changed.
 */
export function usePagedRows<Name extends ListMethod>(
  method: Name,
  filter: Omit<ParamsOf<Name>, 'offset' | 'limit'>,
): PagedRows<RowOf<Name>> {
  const client = useClient()
  const key = JSON.stringify([method, filter])
  const [shown, setShown] = useState({ key, first: 0, last: 0 })
  // Another list begins at its top, whatever was in sight of the one before.
  const { first, last } = shown.key === key ? shown : { first: 0, last: 0 }
  const pages = Array.from({ length: last - first + 1 }, (_, place) => first + place)
  const results = useQueries({
    queries: pages.map((page) => {
      const params = { ...filter, offset: page * pageSize, limit: pageSize } as ParamsOf<Name>
      return {
        queryKey: [method, params],
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call(method, params, { signal }),
        placeholderData: (previous: unknown) => previous,
      }
    }),
  }) as ReadonlyArray<UseQueryResult<Page<RowOf<Name>>, Error>>
  const known = useRef(new Map<number, Page<RowOf<Name>>>())
  const knownKey = useRef(key)
  if (knownKey.current !== key && results.every(({ isPlaceholderData }) => !isPlaceholderData)) {
    known.current = new Map()
    knownKey.current = key
  }
  let total: number | undefined
  for (const [place, { data, isPlaceholderData }] of results.entries()) {
    if (data === undefined) continue
    total ??= data.total
    if (!isPlaceholderData) known.current.set(pages[place]!, data)
  }
  const onVisible = useCallback(
    (from: number, to: number) => {
      const next = { key, first: Math.floor(from / pageSize), last: Math.floor(to / pageSize) }
      setShown((now) => (now.key === key && now.first === next.first && now.last === next.last ? now : next))
    },
    [key],
  )
  const rowAt = (index: number): RowOf<Name> | undefined => {
    const page = Math.floor(index / pageSize)
    const place = pages.indexOf(page)
    const data = (place < 0 ? undefined : results[place]?.data) ?? known.current.get(page)
    return data?.rows[index - page * pageSize]
  }
  const failed = results.find(({ error }) => error !== null)
  return {
    count: total ?? known.current.get(0)?.total ?? 0,
    rowAt,
    onVisible,
    error: failed?.error ?? null,
    loading: total === undefined && failed === undefined,
    retry: () => {
      for (const { refetch } of results) void refetch()
    },
  }
}
