import { useMemo } from 'react'
import { useStore } from 'zustand'
import { routeStore, select } from '../../state/route.ts'
import { queryOf, type RunSelection, selectionOf } from './selection.ts'

/** What is selected on the run screen: every tab reads it here, and shows only `range` where there is one. */
export function useSelection(): RunSelection {
  const query = useStore(routeStore, ({ route }) => route.query)
  return useMemo(() => selectionOf(query), [query])
}

/** Changes a part of the selection: `changeSelection({ span: 12 })`, `changeSelection({ range: null })`. */
export function changeSelection(change: Partial<RunSelection>): void {
  select(queryOf(change))
}
