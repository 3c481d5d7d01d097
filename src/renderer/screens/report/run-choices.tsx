import { useCall } from '../../app/studio-context.tsx'
import { Button } from '../../widgets/button.tsx'
import { Link } from '../../widgets/link.tsx'
import { Moment } from '../../widgets/moment.tsx'

interface RunChoicesProps {
  readonly runs: readonly string[]
  readonly onChange: (runs: readonly string[]) => void
}

/** The runs that a report is about. They are added where they are shown: on the run's screen. */
export function RunChoices({ runs, onChange }: RunChoicesProps) {
  if (runs.length === 0) return null
  return (
    <fieldset className="report-chooser-list">
      <legend>Runs</legend>
      {runs.map((id) => (
        <span key={id} className="report-chooser-run">
          <RunName id={id} />
          <Button
            kind="quiet"
            aria-label={`Leave out run ${id}`}
            onClick={() => onChange(runs.filter((other) => other !== id))}
          >
            Leave out
          </Button>
        </span>
      ))}
    </fieldset>
  )
}

function RunName({ id }: { readonly id: string }) {
  const run = useCall('runs.get', { id })
  const record = run.data?.record
  if (!record) return <code>{run.error ? `${id} is not there` : id}</code>
  return (
    <span>
      <Link to={{ screen: 'run', id }}>
        {record.workflow}, {record.variant}
      </Link>{' '}
      <Moment at={record.startedAt} />
    </span>
  )
}
