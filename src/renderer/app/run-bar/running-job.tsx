import { useEffect, useState } from 'react'
import { formatDuration } from '../../../base/index.ts'
import type { JobState } from '../../../protocol/index.ts'
import { cancelActiveJob, fractionOf, routeOfJob } from '../../state/jobs.ts'
import { Button } from '../../widgets/button.tsx'
import { Link } from '../../widgets/link.tsx'
import { useClient } from '../studio-context.tsx'

/** What is being measured: how far it is, how long it has been going on and how long still, and how to stop it. */
export function RunningJob({ job }: { readonly job: JobState }) {
  const client = useClient()
  const fraction = fractionOf(job)
  const route = routeOfJob(job)
  const { message, detail } = job.progress
  const cancelling = job.status === 'cancelling'
  return (
    <div className="run-bar-job">
      <span className="run-bar-title" title={job.title}>
        {route ? <Link to={route}>{job.title}</Link> : job.title}
      </span>
      <progress aria-label={job.title} {...(fraction === undefined ? {} : { value: fraction })} />
      {fraction !== undefined && <span className="number">{Math.floor(fraction * 100)} %</span>}
      <span className="run-bar-detail" role="status">
        {[message, detail].filter(Boolean).join(' · ')}
      </span>
      <Elapsed since={job.startedAt} />
      {job.remaining !== undefined && !cancelling && (
        <span className="run-bar-time">≈ {wholeSeconds(job.remaining)} left</span>
      )}
      <Button onClick={() => void cancelActiveJob(client)} disabled={cancelling}>
        {cancelling ? 'Cancelling…' : 'Cancel'}
      </Button>
    </div>
  )
}

/** The time since `since`, told once a second. */
function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className="run-bar-time" title="Since it began">
      {wholeSeconds(Math.max(0, now - since))}
    </span>
  )
}

/** Milliseconds in whole seconds: fractions of them would flicker. */
function wholeSeconds(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1e9)
}
