import { randomUUID } from 'node:crypto'
import { type Clock, type ErrorRecord, type Progress, type ProgressUpdate, StrobeError } from '../../base/index.ts'
import { errorForClient, type JobLog, type JobRequest, type JobResult, type JobState } from '../../protocol/index.ts'
import { LogRing } from './job-log.ts'
import { RemainingTime } from './remaining-time.ts'
import type { ServiceEvents } from './service-events.ts'
import { Throttle } from './throttle.ts'

/** What the body of a job is handed. */
export interface JobContext {
  readonly progress: Progress
  /** Tells what came out of it, as soon as it is known. */
  found(result: JobResult): void
}

/** How a job ended, where it did not throw. */
export interface JobEnding {
  readonly status: 'done' | 'failed' | 'cancelled'
  readonly error?: ErrorRecord
}

/** A job to do. */
export interface JobBody {
  readonly title: string
  readonly run: (context: JobContext) => Promise<JobEnding>
  /** Called when a cancelled job has not ended in time: ends what it runs by force. */
  readonly force: () => void
}

interface Job {
  state: JobState
  readonly log: LogRing
  readonly controller: AbortController
  readonly told: Throttle<JobState>
  readonly ended: Promise<void>
}

/** Ended jobs that are remembered. */
const mostEnded = 20
/** Milliseconds between two tellings of progress, and of log lines. */
const pace = 100
/** Milliseconds after which a cancelled job is ended by force. */
const patience = 1500

/** What goes on and went on: one job at a time, because two would measure each other. */
export class Jobs {
  readonly #events: ServiceEvents
  readonly #clock: Clock
  /** By id, in the order in which they began. */
  readonly #jobs = new Map<string, Job>()

  constructor(events: ServiceEvents, clock: Clock) {
    this.#events = events
    this.#clock = clock
  }

  /** Latest first. */
  list(): JobState[] {
    return [...this.#jobs.values()].map(({ state }) => state).reverse()
  }

  /** The job that goes on. */
  get active(): JobState | undefined {
    return this.list().find(({ endedAt }) => endedAt === null)
  }

  /** Throws `studio.busy` where one goes on. */
  requireIdle(): void {
    const active = this.active
    if (!active) return
    throw new StrobeError('studio.busy', `"${active.title}" is going on. Wait for it to end, or cancel it.`, {
      data: { job: active.id },
    })
  }

  /** Begins a job. Throws `studio.busy`. */
  start(request: JobRequest, body: JobBody): JobState {
    this.requireIdle()
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    const state: JobState = {
      ...{ id: `j${randomUUID()}`, request, title: body.title, status: 'running' },
      ...{ startedAt: this.#clock(), endedAt: null, progress: {}, result: {} },
    }
    const job: Job = {
      ...{ state, log: new LogRing(), controller: new AbortController(), ended },
      told: new Throttle<JobState>(pace, (told) => this.#events.publish('job', told)),
    }
    this.#jobs.set(state.id, job)
    this.#forgetOld()
    this.#tell(job)
    void this.#perform(job, body).finally(resolve)
    return job.state
  }

  /** Tells a job to stop, and gives it as it is now. One that has ended stays as it is. Throws `studio.unknown-job`. */
  cancel(id: string): JobState {
    const job = this.#find(id)
    if (job.state.status !== 'running') return job.state
    job.state = { ...job.state, status: 'cancelling' }
    this.#tell(job)
    job.controller.abort(new StrobeError('cancelled', 'The job was cancelled.'))
    return job.state
  }

  log(id: string, from: number): JobLog {
    return { job: id, ...this.#find(id).log.from(from) }
  }

  /** Cancels what goes on, and waits until it has ended. */
  async end(): Promise<void> {
    for (const { id } of this.list()) this.cancel(id)
    await Promise.all([...this.#jobs.values()].map(({ ended }) => ended))
  }

  async #perform(job: Job, body: JobBody): Promise<void> {
    const { signal } = job.controller
    const log = this.#logger(job)
    const remaining = new RemainingTime(job.state.request, this.#clock)
    let forceTimer: NodeJS.Timeout | undefined
    signal.addEventListener('abort', () => {
      forceTimer = setTimeout(body.force, patience)
    })
    const progress: Progress = {
      signal,
      update: (update) => {
        const left = remaining.after(update)
        const { remaining: _old, ...state } = job.state
        // What a job turns to next is a line of its log: the log of an experiment tells its blocks.
        if (update.message !== undefined && update.message !== state.progress.message) log.push(describeStep(update))
        job.state = { ...state, progress: update, ...(left === undefined ? {} : { remaining: left }) }
        job.told.push(job.state)
      },
      log: (line) => log.push(line),
    }
    const found = (result: JobResult) => {
      job.state = { ...job.state, result: { ...job.state.result, ...result } }
      this.#tell(job)
    }
    const ending = await body.run({ progress, found }).catch((thrown: unknown): JobEnding => {
      return signal.aborted ? { status: 'cancelled' } : { status: 'failed', error: errorForClient(thrown) }
    })
    clearTimeout(forceTimer)
    log.flush()
    const { remaining: _none, ...state } = job.state
    job.state = { ...state, ...ending, endedAt: this.#clock() }
    this.#tell(job)
  }

  /** Takes lines, and tells them in bunches. */
  #logger({ log, state: { id } }: Job): { push(line: string): void; flush(): void } {
    let told = 0
    const tell = new Throttle<void>(pace, () => {
      const { first, lines } = log.from(told)
      told = log.end
      this.#events.publish('job-log', { job: id, first, lines })
    })
    return {
      push: (line) => {
        log.push(line)
        tell.push()
      },
      flush: () => tell.flush(),
    }
  }

  /** At once, with what was waiting to be told. */
  #tell(job: Job): void {
    job.told.push(job.state)
    job.told.flush()
  }

  #find(id: string): Job {
    const job = this.#jobs.get(id)
    if (job) return job
    throw new StrobeError('studio.unknown-job', `There is no job ${id} (any more).`, { data: { id } })
  }

  #forgetOld(): void {
    const ended = this.list().filter(({ endedAt }) => endedAt !== null)
    for (const { id } of ended.slice(mostEnded)) this.#jobs.delete(id)
  }
}

function describeStep({ message, detail }: ProgressUpdate): string {
  return detail === undefined ? `${message}` : `${message} · ${detail}`
}
