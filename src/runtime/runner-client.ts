import { readFileSync } from 'node:fs'
import { type ErrorRecord, type Progress, StrobeError } from '../base/index.ts'
import { type RunReason, readLog } from '../trace/index.ts'
import type {
  RunLimits,
  RunnerReply,
  RunnerRequest,
  TrialProgress,
  TrialRequest,
  WorkflowCheck,
  WorkflowSource,
} from './messages.ts'
import type { RunnerProcess, Spawner } from './runner-process.ts'
import { appendNote } from './trial-log.ts'

interface Job {
  readonly id: number
  readonly process: RunnerProcess
  readonly ended: (reply: RunnerReply) => void
  readonly died: (ending: { reason: RunReason; error: ErrorRecord }) => void
  readonly progressed: (progress: TrialProgress) => void
  readonly logged: (line: string) => void
}

/** How long a runner may take to acknowledge a cancel beyond the grace time, before its process is ended: milliseconds. */
const patience = 1500

/**
 * The engine's end of a runner process. Jobs go one at a time; a process that died is replaced at the next job. User code
 * never makes these calls throw: how a trial ended stands in its log.
 */
export class RunnerClient {
  readonly #spawn: Spawner
  #process: RunnerProcess | undefined
  /** Resolved when the process, or the last one that was there, is gone. */
  #gone: Promise<void> = Promise.resolve()
  /** Variables for the next process that is started. */
  #environment: Readonly<Record<string, string>> = {}
  #job: Job | undefined
  #nextId = 1

  constructor(spawn: Spawner) {
    this.#spawn = spawn
  }

  /** Loads a workflow's module and says what is in it and what is wrong with it. */
  async check(source: WorkflowSource, limits: RunLimits, progress: Progress): Promise<WorkflowCheck> {
    let check: WorkflowCheck | undefined
    await this.#do(
      (id) => ({ type: 'check', id, source, limits }),
      limits,
      progress,
      () => {},
      (reply) => {
        if (reply.type === 'checked') check = reply.check
      },
      ({ error }) => {
        const place = { file: source.file }
        check = { diagnostics: [{ severity: 'error', code: error.code, message: error.message, place }] }
      },
    )
    if (!check) throw new StrobeError('cancelled', 'Checking the workflow was cancelled.')
    return check
  }

  /** Runs a trial to its end, whatever end that is. The trial's log says how it went. */
  async run(trial: TrialRequest, progress: Progress, progressed: (progress: TrialProgress) => void): Promise<void> {
    await this.#do(
      (id) => ({ type: 'trial', id, trial }),
      trial.limits,
      progress,
      progressed,
      () => {},
      (ending) => {
        // A process that died after the trial had ended took nothing with it.
        if (!readLog(readFileSync(trial.logPath)).complete) appendNote(trial.logPath, ending)
      },
    )
  }

  /** Id of the runner process, where there is one. */
  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** Sees to it that the next job gets a fresh process with these variables, and that the old one is gone before. */
  async renew(environment: Readonly<Record<string, string>>): Promise<void> {
    this.close()
    await this.#gone
    this.#environment = environment
  }

  /** Ends the process and what it started. */
  close(): void {
    this.#process?.kill()
    this.#process = undefined
  }

  async #do(
    request: (id: number) => RunnerRequest,
    limits: RunLimits,
    progress: Progress,
    progressed: (progress: TrialProgress) => void,
    ended: (reply: RunnerReply) => void,
    died: (ending: { reason: RunReason; error: ErrorRecord }) => void,
  ): Promise<void> {
    if (this.#job) throw new StrobeError('runtime.busy', 'A runner takes one job at a time.')
    const id = this.#nextId++
    const process = this.#start()
    const { promise, resolve } = Promise.withResolvers<void>()
    let killTimer: NodeJS.Timeout | undefined
    let isLate = false
    const cancel = () => {
      process.send({ type: 'cancel', id })
      killTimer = setTimeout(() => process.kill(), limits.grace * 1.5 + 250 + patience)
    }
    // A thread that hangs in native code outlives its own limits: then the whole process goes.
    const endForGood = () => {
      isLate = true
      process.kill()
    }
    const lastLimit = setTimeout(endForGood, limits.timeout + limits.grace * 2 + 250 + patience)
    this.#job = {
      ...{ id, process },
      ended: (reply) => {
        ended(reply)
        resolve()
      },
      died: (ending) => {
        died(progress.signal.aborted ? cancelledWith(ending) : isLate ? lateWith(limits.timeout) : ending)
        resolve()
      },
      progressed,
      logged: (line) => progress.log(line),
    }
    if (progress.signal.aborted) cancel()
    else progress.signal.addEventListener('abort', cancel, { once: true })
    try {
      process.send(request(id))
      await promise
    } finally {
      this.#job = undefined
      clearTimeout(killTimer)
      clearTimeout(lastLimit)
      progress.signal.removeEventListener('abort', cancel)
    }
  }

  #start(): RunnerProcess {
    if (this.#process) return this.#process
    const started = this.#spawn(this.#environment)
    this.#process = started
    this.#environment = {}
    const { promise: gone, resolve: leave } = Promise.withResolvers<void>()
    this.#gone = gone
    started.onReply((reply) => {
      const job = this.#job
      if (!job || reply.type === 'ready' || reply.id !== job.id) return
      if (reply.type === 'progress') job.progressed(reply.progress)
      else if (reply.type === 'log') job.logged(reply.line)
      else job.ended(reply)
    })
    started.onExit((code, signal, lastWords) => {
      leave()
      if (this.#process === started) this.#process = undefined
      // A process that was replaced may end late: the job of its successor is none of its business.
      if (this.#job?.process === started) this.#job.died(endingOfProcess(code, signal, lastWords))
    })
    return started
  }
}

function cancelledWith(ending: { error: ErrorRecord }): { reason: RunReason; error: ErrorRecord } {
  return { reason: 'cancelled', error: { ...ending.error, code: 'cancelled', message: 'The run was cancelled.' } }
}

function lateWith(timeout: number): { reason: RunReason; error: ErrorRecord } {
  const message = `The run passed its time limit of ${timeout} ms in a call that nothing interrupts, so its process was ended.`
  return { reason: 'timeout', error: { code: 'run.process-blocked', message, data: { timeout } } }
}

function endingOfProcess(code: number | null, signal: string | null, lastWords: string) {
  const how = signal ? `by signal ${signal}` : `with exit code ${code}`
  const data = { code, signal, lastWords: lastWords.slice(-1000) }
  if (/heap out of memory|Allocation failed|invalid array length Allocation/i.test(lastWords)) {
    const message = `The runner process ran out of memory (it ended ${how}).`
    return { reason: 'memory-limit' as const, error: { code: 'run.out-of-memory', message, data } }
  }
  if (signal === 'SIGKILL') {
    const message = 'The runner process was killed, by somebody else or for want of memory.'
    return { reason: 'crashed' as const, error: { code: 'run.runner-killed', message, data } }
  }
  const message = `The runner process crashed: it ended ${how}. A native module or the user's code brought it down.`
  return { reason: 'crashed' as const, error: { code: 'run.crashed', message, data } }
}
