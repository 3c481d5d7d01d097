import { createStore } from 'zustand/vanilla'
import type { ExperimentRecord } from '../../analysis/index.ts'
import type { ConnectionState, JobLog, JobState, StudioClient, StudioState } from '../../protocol/index.ts'

/** What the engine told of itself; every screen reads it. */
export interface Session {
  readonly connection: ConnectionState
  /** `null` until the engine answered. */
  readonly studio: StudioState | null
  /** Why the engine could not say what it is; `null` where it did, or has not been asked. */
  readonly problem: Error | null
  /** Jobs by id, in the order in which they began. */
  readonly jobs: ReadonlyMap<string, JobState>
  /** Log lines of jobs, the last thousands of each. */
  readonly logs: ReadonlyMap<string, readonly string[]>
  /** Experiments that are going on, as they were last told, by id. */
  readonly live: ReadonlyMap<string, ExperimentRecord>
}

const nothing: Session = {
  connection: 'connecting',
  studio: null,
  problem: null,
  jobs: new Map(),
  logs: new Map(),
  live: new Map(),
}

export const sessionStore = createStore<Session>()(() => nothing)

const mostLines = 5000

/** Keeps the session's store up to date with what a client tells, until the returned function is called. */
export function followSession(client: StudioClient): () => void {
  const set = sessionStore.setState
  /** Number of the next line of each job's log that is not there yet. */
  const nextLines = new Map<string, number>()
  const takeLog = (log: JobLog) => {
    const from = nextLines.get(log.job) ?? 0
    const lines = log.lines.slice(Math.max(0, from - log.first))
    nextLines.set(log.job, Math.max(from, log.first + log.lines.length))
    if (lines.length > 0) set(({ logs }) => ({ logs: withLines(logs, log.job, lines) }))
  }
  const learnLog = async (id: string) => takeLog(await client.call('jobs.log', { id, from: nextLines.get(id) ?? 0 }))
  const learn = async () => {
    const [studio, jobs] = await Promise.all([client.call('studio.state', {}), client.call('jobs.list', {})])
    forgetOtherEngine(jobs)
    set({ studio, problem: null, jobs: new Map(jobs.toReversed().map((job) => [job.id, job])) })
    await Promise.all(jobs.slice(0, 3).map(({ id }) => learnLog(id)))
  }
  // An engine that was started anew numbers its jobs anew, and knows none of those that were shown.
  const forgetOtherEngine = (jobs: readonly JobState[]) => {
    const known = new Set(jobs.map(({ id }) => id))
    for (const id of nextLines.keys()) if (!known.has(id)) nextLines.delete(id)
    set(({ logs, live }) => ({
      logs: new Map([...logs].filter(([id]) => known.has(id))),
      live: jobs.some(({ endedAt }) => endedAt === null) ? live : new Map(),
    }))
  }
  const onState = (connection: ConnectionState) => {
    set({ connection })
    if (connection !== 'open') return
    learn().catch((problem: Error) => {
      // A connection that was lost again while it answered says so by its state.
      if (client.state === 'open') set({ problem })
    })
  }
  const stops = [
    client.onState(onState),
    client.on('studio', (studio) => set({ studio, problem: null })),
    client.on('job', (job) => set(({ jobs }) => ({ jobs: new Map(jobs).set(job.id, job) }))),
    client.on('job-log', (log) => {
      // Lines between were told while nobody listened.
      if (log.first > (nextLines.get(log.job) ?? 0)) learnLog(log.job).catch(() => takeLog(log))
      else takeLog(log)
    }),
    client.on('experiment', (record) => set(({ live }) => ({ live: new Map(live).set(record.id, record) }))),
  ]
  onState(client.state)
  return () => {
    for (const stop of stops) stop()
  }
}

/** The session before anything was heard, as tests begin with it. */
export function forgetSession(): void {
  sessionStore.setState(nothing, true)
}

function withLines(logs: Session['logs'], job: string, lines: readonly string[]): Session['logs'] {
  return new Map(logs).set(job, [...(logs.get(job) ?? []), ...lines].slice(-mostLines))
}

/** The job that measures now, if one does: there is at most one. */
export function activeJob({ jobs }: Session): JobState | undefined {
  return [...jobs.values()].findLast(({ status }) => status === 'running' || status === 'cancelling')
}

/** The job that goes on, or else the one that ended last. */
export function latestJob(session: Session): JobState | undefined {
  return activeJob(session) ?? [...session.jobs.values()].at(-1)
}
