import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { errorFrom, StrobeError } from '../../../base/index.ts'
import type { JobRequest, JobState, ParamsOf } from '../../../protocol/index.ts'
import { useClient } from '../../app/studio-context.tsx'
import { routeOfJob } from '../../state/jobs.ts'
import { goTo } from '../../state/route.ts'
import { sessionStore } from '../../state/session.ts'

/** A job that was started from here. */
interface StartedJob {
  readonly start: (request: ParamsOf<'jobs.start'>) => Promise<void>
  /** Between being asked for and being known to do its work. */
  readonly starting: boolean
  /** As it is now; absent before it has begun. */
  readonly job: JobState | undefined
  /** Why it did not begin, or ended before it made anything. */
  readonly error: Error | null
}

/**
 * Starts a job and, as soon as it is known what it makes, goes there; `onKnown` is told first. What keeps it from beginning,
 * and what ends it before it made anything, is an error to be shown where it was started.
 */
export function useStartedJob(onKnown: () => void): StartedJob {
  const client = useClient()
  const [id, setId] = useState<string>()
  const [asked, setAsked] = useState(false)
  const [refusal, setRefusal] = useState<Error | null>(null)
  const job = useStore(sessionStore, ({ jobs }) => (id === undefined ? undefined : jobs.get(id)))
  // Samples are many things: they appear where they were asked for.
  const route = job && job.request.kind !== 'samples' ? routeOfJob(job) : undefined
  const leads = route?.id === undefined ? undefined : `${route.screen} ${route.id}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is first known where it leads
  useEffect(() => {
    if (leads === undefined || !route) return
    onKnown()
    goTo(route)
  }, [leads])
  const start = async (request: ParamsOf<'jobs.start'>) => {
    setAsked(true)
    setRefusal(null)
    setId(undefined)
    try {
      const begun = await client.call('jobs.start', request)
      setId(begun.id)
    } catch (thrown) {
      setRefusal(thrown instanceof Error ? thrown : new Error(String(thrown)))
    }
    setAsked(false)
  }
  const waits = job !== undefined && job.endedAt === null && leads === undefined
  return { start, starting: asked || waits, job, error: refusal ?? (leads === undefined ? errorOfJob(job) : null) }
}

/** What kind of thing goes on for a workflow's file. */
export function isAboutFile(request: JobRequest, file: string): boolean {
  return 'file' in request && request.file === file
}

function errorOfJob(job: JobState | undefined): Error | null {
  if (!job || job.endedAt === null) return null
  if (job.error) return errorFrom(job.error)
  if (job.status === 'cancelled') return new StrobeError('cancelled', 'It was cancelled before it made anything.')
  return job.status === 'failed' ? new StrobeError('studio.job-failed', 'It ended before it made anything.') : null
}
