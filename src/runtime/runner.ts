import { Worker } from 'node:worker_threads'
import { type ErrorRecord, recordOf } from '../base/index.ts'
import type { RunReason } from '../trace/index.ts'
import { builtFile } from './built-file.ts'
import { hrtime } from './capture/clock.ts'
import { createDeadlineCell, deadlineHolder, overdue } from './deadline-cell.ts'
import { LineForwarder } from './line-forwarder.ts'
import type {
  RunLimits,
  RunnerReply,
  RunnerRequest,
  ThreadCommand,
  ThreadData,
  ThreadMessage,
  TransformedFile,
} from './messages.ts'
import { appendNote } from './trial-log.ts'

/** How often a running thread is looked at from outside, in milliseconds. */
const watchInterval = 50

/** Why a thread was made to end. */
interface Ending {
  readonly reason: RunReason
  readonly error: ErrorRecord
}

/**
 * Runs one job at a time, each in a fresh worker thread, and sees to it that the thread ends: by the limits that it
 * shows, by the memory of the process, by being told to. What the thread could not write into its log any more, the runner adds.
 */
export class Runner {
  readonly #send: (reply: RunnerReply) => void
  readonly #transformed = new Map<string, TransformedFile>()
  #current: { readonly id: number; readonly abort: (reason: 'cancelled') => void } | undefined

  constructor(send: (reply: RunnerReply) => void) {
    this.#send = send
  }

  handle(request: RunnerRequest): void {
    if (request.type === 'cancel') {
      if (this.#current?.id === request.id) this.#current.abort('cancelled')
      return
    }
    const { id } = request
    const job: ThreadData['job'] =
      request.type === 'check' ? { type: 'check', source: request.source } : { type: 'trial', trial: request.trial }
    const limits = request.type === 'check' ? request.limits : request.trial.limits
    this.#run(id, job, limits)
  }

  #run(id: number, job: ThreadData['job'], limits: RunLimits): void {
    const deadlines = createDeadlineCell()
    const data: ThreadData = { job, transformed: this.#transformed, requestedAt: hrtime(), deadlines }
    const worker = new Worker(builtFile('trial.js'), {
      workerData: data,
      stdout: true,
      stderr: true,
      env: { ...process.env, ...(job.type === 'trial' ? job.trial.environment : {}) },
      resourceLimits: { maxOldGenerationSizeMb: limits.heap },
    })
    const lines = new LineForwarder((line) => this.#send({ type: 'log', id, line }))
    worker.stdout.on('data', (chunk: Buffer) => lines.take(chunk))
    worker.stderr.on('data', (chunk: Buffer) => lines.take(chunk))

    let ending: Ending | undefined
    let answered = false
    let peakMemory = 0
    let runDeadline = Number.POSITIVE_INFINITY
    let killAt = Number.POSITIVE_INFINITY
    const startedAt = performance.now()
    runDeadline = startedAt + limits.timeout

    const command = (message: ThreadCommand) => worker.postMessage(message)
    const end = (message: ThreadCommand, asked: Ending) => {
      if (ending) return
      ending = asked
      command(message)
      // The thread ends itself a grace time after it was told; what is still there then is blocked.
      killAt = performance.now() + limits.grace * 1.5 + 250
    }
    const kill = () => {
      // Synchronous native calls hold a thread back even from this: then the engine ends the process.
      void worker.terminate()
    }
    this.#current = {
      id,
      abort: () => end({ type: 'abort', reason: 'cancelled' }, cancelled()),
    }

    const look = () => {
      const memory = process.memoryUsage.rss()
      peakMemory = Math.max(peakMemory, memory)
      const now = performance.now()
      if (memory > limits.memory) end({ type: 'abort', reason: 'memory-limit' }, memoryLimit(limits.memory, memory))
      if (now > runDeadline) end({ type: 'abort', reason: 'timeout' }, timedOut(limits.timeout))
      if (overdue(deadlines) > limits.grace * 1.5 + 250) {
        ending ??= blocked(deadlineHolder(deadlines))
        kill()
      }
      if (now > killAt) kill()
    }
    const watch = setInterval(look, watchInterval)

    worker.on('message', (message: ThreadMessage) => {
      switch (message.type) {
        case 'transformed':
          this.#transformed.set(message.url, message.file)
          return
        case 'checked':
          answered = true
          this.#send({ type: 'checked', id, check: message.check })
          void worker.terminate()
          return
        case 'ended':
          answered = true
          // Nothing of it is needed any more, whatever timers and sockets user code has left open.
          void worker.terminate()
          return
        case 'progress':
          this.#send({ type: 'progress', id, progress: message.progress })
          return
        case 'log':
          lines.line(message.line)
      }
    })
    worker.on('error', (error) => {
      if ((error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY') ending = outOfHeap(limits.heap)
      else ending ??= { reason: 'failed', error: recordOf(error, 'user.uncaught-exception') }
    })
    worker.on('exit', (exitCode) => {
      clearInterval(watch)
      look()
      clearInterval(watch)
      lines.flush()
      this.#current = undefined
      if (job.type === 'check') {
        if (!answered) this.#send({ type: 'checked', id, check: failedCheck(job.source.file, ending, exitCode) })
        return
      }
      const { runId, logPath } = job.trial
      const fallback: Ending | undefined = answered ? undefined : ending
      appendNote(logPath, { peakMemory, ...(fallback ?? {}) })
      this.#send({ type: 'ended', id, outcome: { runId, reason: fallback?.reason ?? 'finished' } })
    })
  }
}

function failedCheck(file: string, ending: Ending | undefined, exitCode: number) {
  const error = ending?.error ?? {
    code: 'workflow.load-exited',
    message: `Loading the module ended its thread (exit code ${exitCode}) before there was a workflow.`,
  }
  return { diagnostics: [{ severity: 'error' as const, code: error.code, message: error.message, place: { file } }] }
}

function cancelled(): Ending {
  return { reason: 'cancelled', error: { code: 'cancelled', message: 'The run was cancelled.' } }
}

function timedOut(timeout: number): Ending {
  const message = `The run reached its time limit of ${timeout} ms. Raise the limit, or look at the node that was open.`
  return { reason: 'timeout', error: { code: 'run.timeout', message, data: { timeout } } }
}

function blocked(what: string): Ending {
  const message = `${what} passed its time limit while its code held the thread and did not give it back, so the thread was ended.`
  return { reason: 'timeout', error: { code: 'run.thread-blocked', message, data: { what } } }
}

function memoryLimit(limit: number, memory: number): Ending {
  const message = `The runner's memory grew to ${memory} bytes, beyond the limit of ${limit}.`
  return { reason: 'memory-limit', error: { code: 'run.memory-limit', message, data: { limit, memory } } }
}

function outOfHeap(megabytes: number): Ending {
  const message = `The workflow's thread ran out of heap, of which it had ${megabytes} MB.`
  return { reason: 'memory-limit', error: { code: 'run.out-of-memory', message, data: { megabytes } } }
}
