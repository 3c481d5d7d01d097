import type { RunRecord } from '../../../trace/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { goTo } from '../../state/route.ts'
import { Button } from '../../widgets/button.tsx'

/** The runs of the workflow before and after this one; of a trial, those of its experiment. */
export function RunNeighbours({ record }: { readonly record: RunRecord }) {
  const experiment = record.trial?.experiment ?? null
  const runs = useCall('runs.list', { workflow: record.workflow, experiment, limit: 1000 })
  const rows = runs.data?.rows ?? []
  const place = rows.findIndex(({ id }) => id === record.id)
  // Latest first.
  const [after, before] = place < 0 ? [undefined, undefined] : [rows[place - 1], rows[place + 1]]
  return (
    <span className="run-neighbours">
      <Button
        kind="quiet"
        aria-label="Previous run"
        title={before ? `Previous run of ${record.workflow}: ${before.variant}` : 'There is no earlier run'}
        disabled={!before}
        onClick={() => before && goTo({ screen: 'run', id: before.id })}
      >
        ‹
      </Button>
      <Button
        kind="quiet"
        aria-label="Next run"
        title={after ? `Next run of ${record.workflow}: ${after.variant}` : 'There is no later run'}
        disabled={!after}
        onClick={() => after && goTo({ screen: 'run', id: after.id })}
      >
        ›
      </Button>
    </span>
  )
}
