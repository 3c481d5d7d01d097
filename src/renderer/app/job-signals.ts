import type { JobState } from '../../protocol/index.ts'
import { routeOfJob, windowTitle } from '../state/jobs.ts'
import { goTo } from '../state/route.ts'
import { activeJob, type Session, sessionStore } from '../state/session.ts'

/** Milliseconds from which on it is worth telling somebody who looks elsewhere that a job has ended. */
const long = 10_000

/** Shows in the window's title how far the job is, and tells that a long one has ended where nobody looks. Returns what ends it. */
export function followJobs(): () => void {
  let asking: ReturnType<typeof setTimeout> | undefined
  const show = (session: Session) => {
    document.title = windowTitle(session.studio?.workspace?.name, activeJob(session))
  }
  show(sessionStore.getState())
  const stop = sessionStore.subscribe((session, before) => {
    show(session)
    if (session.jobs === before.jobs) return
    for (const [id, job] of session.jobs) {
      const was = before.jobs.get(id)
      if (was === undefined && job.endedAt === null) {
        clearTimeout(asking)
        asking = setTimeout(askToNotify, long)
      }
      if (was?.endedAt === null && job.endedAt !== null) {
        clearTimeout(asking)
        if (job.endedAt - job.startedAt > long && isUnwatched()) tell(job)
      }
    }
  })
  return () => {
    clearTimeout(asking)
    stop()
  }
}

function isUnwatched(): boolean {
  return document.hidden || !document.hasFocus()
}

/** Asks once, at the first long job: before, nobody would know why. */
function askToNotify(): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'default') return
  void Notification.requestPermission().catch(() => {})
}

function tell(job: JobState): void {
  const title = `${job.title}: ${job.status}`
  const body = job.error?.message ?? job.progress.detail ?? job.progress.message ?? ''
  // A desktop shell hears this and shows it by the system; a page of a browser may do so itself.
  postMessage({ strobe: 'notify', title, body }, location.origin)
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  const shown = new Notification(title, { body, tag: job.id })
  shown.onclick = () => {
    window.focus()
    const route = routeOfJob(job)
    if (route) goTo(route)
  }
}
