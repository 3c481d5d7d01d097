import type { JobState, StudioClient } from '../../protocol/index.ts'
import { reportProblem } from './notices.ts'
import type { Route } from './route.ts'
import { activeJob, sessionStore } from './session.ts'

/** How far a job is, from 0 to 1; `undefined` where it cannot be said. */
export function fractionOf({ progress: { done, total } }: JobState): number | undefined {
  return done === undefined || total === undefined || total <= 0 ? undefined : Math.min(1, Math.max(0, done / total))
}

/** Where to look at what a job makes or made; `undefined` where it made nothing yet. */
export function routeOfJob({ request, result }: JobState): Route | undefined {
  if (request.kind === 'apply' && result.advice !== undefined) {
    return { screen: 'advice', id: result.advice, query: {} }
  }
  if (result.experiment !== undefined) return { screen: 'compare', id: result.experiment, query: {} }
  if (result.run !== undefined) return { screen: 'run', id: result.run, query: {} }
  return request.kind === 'samples' ? { screen: 'workspace', query: {} } : undefined
}

/** The window's title: `43 % · orders — Strobe` while something is measured. */
export function windowTitle(workspace: string | undefined, job: JobState | undefined): string {
  const place = workspace === undefined ? 'Strobe' : `${workspace} — Strobe`
  if (job === undefined) return place
  const fraction = fractionOf(job)
  return fraction === undefined ? `… ${place}` : `${Math.floor(fraction * 100)} % · ${place}`
}

/** Tells the job that goes on to stop. The page shows at once that it was told. */
export async function cancelActiveJob(client: StudioClient): Promise<void> {
  const job = activeJob(sessionStore.getState())
  if (job === undefined || job.status === 'cancelling') return
  const show = (state: JobState) => {
    sessionStore.setState(({ jobs }) => ({ jobs: new Map(jobs).set(state.id, state) }))
  }
  show({ ...job, status: 'cancelling' })
  try {
    const told = await client.call('jobs.cancel', { id: job.id })
    // Events overtake answers: an older answer must not bring an ended job back.
    if (sessionStore.getState().jobs.get(job.id)?.endedAt === null) show(told)
  } catch (error) {
    const now = sessionStore.getState().jobs.get(job.id)
    if (now?.endedAt === null) show({ ...now, status: 'running' })
    reportProblem(error, `${job.title} could not be cancelled`)
  }
}
