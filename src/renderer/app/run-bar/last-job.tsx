import type { JobState } from '../../../protocol/index.ts'
import { openDialog } from '../../state/dialogs.ts'
import { routeOfJob } from '../../state/jobs.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Link } from '../../widgets/link.tsx'
import { Moment } from '../../widgets/moment.tsx'

/** How the last job ended, with the way to what it made, or to what kept it from making it. */
export function LastJob({ job }: { readonly job: JobState }) {
  const route = routeOfJob(job)
  const { error, byHand, diff } = { error: job.error, ...job.result }
  return (
    <div className="run-bar-job">
      <span className="run-bar-title" title={job.title}>
        {route ? <Link to={route}>{job.title}</Link> : job.title}
      </span>
      {job.status === 'failed' ? <Badge kind="failed">failed</Badge> : <Badge>{job.status}</Badge>}
      {job.endedAt !== null && (
        <span className="run-bar-time">
          <Moment at={job.endedAt} />
        </span>
      )}
      {error && (
        <span className="run-bar-detail" title={error.message}>
          {error.message}
        </span>
      )}
      {(error || byHand || diff) && (
        <Button kind="quiet" onClick={() => openDialog({ kind: 'job', id: job.id })}>
          Details…
        </Button>
      )}
    </div>
  )
}
