import { useStore } from 'zustand'
import type { RunRecord } from '../../../trace/index.ts'
import { routeStore } from '../../state/route.ts'
import { SourcePane } from './source-pane.tsx'

/** A place in the source that something else led to (`file`, `line` in the address); else the workflow's own file. */
export function SourceTab({ record }: { readonly record: RunRecord }) {
  const { file, line } = useStore(routeStore, ({ route }) => route.query)
  const shown = file ?? record.description?.place?.file ?? record.file
  const at = file === undefined ? (record.description?.place?.line ?? 1) : Math.max(1, Number(line) || 1)
  return (
    <SourcePane
      key={`${shown}:${at}`}
      file={shown}
      line={at}
      lines={null}
      since={record.startedAt}
      label="Source"
      all
    />
  )
}
