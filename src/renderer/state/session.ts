import { createStore } from 'zustand/vanilla'
import type { ExperimentRecord } from '../../analysis/index.ts'
import type { ConnectionState, JobLog, JobState, StudioClient, StudioState } from '../../protocol/index.ts'

/** What the engine told of itself; every screen reads it. */
export interface Session {
  readonly connection: ConnectionState
  /** `null` until the engine answered. */
  readonly studio: StudioState | null
  /** Jobs by id, in the order in which they began. */
  readonly jobs: ReadonlyMap<string, JobState>
  /** Log lines of jobs, the last thousand of each. */
  readonly logs: ReadonlyMap<string, readonly string[]>
  /** Experiments that are going on, as they were last told, by id. */
  readonly live: ReadonlyMap<string, ExperimentRecord>
}

export const sessionStore = createStore<Session>()(() => ({
  connection: 'connecting',
  studio: null,
  jobs: new Map(),
  logs: new Map(),
  live: new Map(),
}))

const mostLines = 1000

/** Keeps the session's store up to date with what a client tells, until the returned function is called. */
export function followSession(client: StudioClient): () => void {
  const set = sessionStore.setState
  const learn = async () => {
    const [studio, jobs] = await Promise.all([client.call('studio.state', {}), client.call('jobs.list', {})])
    set({ studio, jobs: new Map(jobs.toReversed().map((job) => [job.id, job])) })
  }
  const onState = (connection: ConnectionState) => {
    set({ connection })
    // A connection that was lost again while it answered says so by its state.
    if (connection === 'open') learn().catch(() => {})
  }
  const stops = [
    client.onState(onState),
    client.on('studio', (studio) => set({ studio })),
    client.on('job', (job) => set(({ jobs }) => ({ jobs: new Map(jobs).set(job.id, job) }))),
    client.on('job-log', (log) => set(({ logs }) => ({ logs: withLines(logs, log) }))),
    client.on('experiment', (record) => set(({ live }) => ({ live: new Map(live).set(record.id, record) }))),
  ]
  onState(client.state)
  return () => {
    for (const stop of stops) stop()
  }
}

function withLines(logs: Session['logs'], { job, lines }: JobLog): Session['logs'] {
  return new Map(logs).set(job, [...(logs.get(job) ?? []), ...lines].slice(-mostLines))
}

/** The job that measures now, if one does: there is at most one. */
export function activeJob({ jobs }: Session): JobState | undefined {
  return [...jobs.values()].findLast(({ status }) => status === 'running' || status === 'cancelling')
}
