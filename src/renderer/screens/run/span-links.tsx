import { select } from '../../state/route.ts'
import { Button } from '../../widgets/button.tsx'
import type { SpanDetails } from '../../workers/timeline/span-details.ts'
import { queryOf } from './selection.ts'

/** Where one can go from a span: its node among the others, all calls of its statement, its source. */
export function SpanLinks({ details }: { readonly details: SpanDetails }) {
  const { node, kind, name, detail, place, start, duration } = details
  return (
    <>
      <Button onClick={() => select(queryOf({ range: { from: start, to: start + Math.max(1, duration) } }))}>
        Restrict everything to it
      </Button>
      {node !== '' && <Button onClick={() => select({ ...queryOf({ node }), tab: 'nodes' })}>Node {node}</Button>}
      {kind === 'call' && (
        <Button onClick={() => select({ tab: 'calls', call: detail === '' ? name : `${name} ${detail}` })}>
          All calls like it
        </Button>
      )}
      {place && (
        <Button onClick={() => select({ tab: 'source', file: place.file, line: String(place.line ?? 1) })}>
          Source of {node}
        </Button>
      )}
    </>
  )
}
