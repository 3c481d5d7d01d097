import './run-bar.css'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { formatDuration } from '../../base/index.ts'
import type { JobState } from '../../protocol/index.ts'
import { activeJob, sessionStore } from '../state/session.ts'
import { Button } from '../widgets/button.tsx'
import { useClient } from './studio-context.tsx'

/** What is being measured, on top of every screen: how far it is, how long still, and how to stop it. */
export function RunBar() {
  const workspace = useStore(sessionStore, ({ studio }) => studio?.workspace)
  const job = useStore(sessionStore, activeJob)
  return (
    <header className="run-bar">
      <span className="run-bar-workspace" title={workspace?.path}>
        {workspace?.name ?? 'Strobe'}
      </span>
      {job ? <Running job={job} /> : <span className="quiet">Nothing is being measured</span>}
    </header>
  )
}

function Running({ job }: { job: JobState }) {
  const client = useClient()
  const elapsed = useElapsed(job.startedAt)
  const { done, total, message, detail } = job.progress
  return (
    <div className="run-bar-job" role="status">
      <span>{job.title}</span>
      <progress aria-label={job.title} {...(total ? { value: done ?? 0, max: total } : {})} />
      <span className="quiet">
        {message} {detail}
      </span>
      <span className="number">{formatDuration(elapsed * 1e6)}</span>
      {job.remaining !== undefined && <span className="quiet">≈ {formatDuration(job.remaining * 1e6)} left</span>}
      <Button onClick={() => void client.call('jobs.cancel', { id: job.id })} disabled={job.status === 'cancelling'}>
        {job.status === 'cancelling' ? 'Cancelling…' : 'Cancel'}
      </Button>
    </div>
  )
}

/** Milliseconds since `startedAt`, told once a second. */
function useElapsed(startedAt: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, now - startedAt)
}
