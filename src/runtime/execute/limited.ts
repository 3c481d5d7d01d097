import { StrobeError } from '../../base/index.ts'
import type { Execution } from './execution.ts'

/**
 * Runs `body` with a hard limit: when `timeout` milliseconds have passed its signal is aborted, and when it has not
 * settled a grace time later it is given up with `run.task-timeout`. Code that blocks the thread is ended by the runner,
 * which sees the deadline from outside. Without a limit `body` is simply called.
 */
export function runLimited(
  execution: Execution,
  outer: AbortSignal,
  timeout: number | undefined,
  what: string,
  body: (signal: AbortSignal) => unknown,
): unknown {
  if (timeout === undefined) return body(outer)
  const controller = new AbortController()
  const signal = AbortSignal.any([outer, controller.signal])
  const endDeadline = execution.deadlines.start(timeout, what)
  const error = new StrobeError('run.task-timeout', `${what} took longer than its limit of ${timeout} ms.`, {
    data: { timeout },
  })
  let abortTimer: NodeJS.Timeout | undefined
  let giveUpTimer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    abortTimer = setTimeout(() => {
      controller.abort(error)
      giveUpTimer = setTimeout(() => reject(error), execution.grace)
    }, timeout)
  })
  const began = performance.now()
  // Code that held the thread kept the timer from firing: the clock tells all the same.
  const isLate = () => controller.signal.aborted || performance.now() - began >= timeout
  const settled = (async () => {
    try {
      const value = await body(signal)
      if (isLate()) throw error
      return value
    } catch (thrown) {
      throw isLate() ? error : thrown
    }
  })()
  return Promise.race([settled, limit]).finally(() => {
    endDeadline()
    clearTimeout(abortTimer)
    clearTimeout(giveUpTimer)
  })
}

/**
 * A promise that is rejected with the signal's reason a grace time after it was aborted, to race against code that may
 * not heed it. `stop` ends the watch.
 */
export function abandonAfterGrace(signal: AbortSignal, grace: number): { rejected: Promise<never>; stop: () => void } {
  const { promise: rejected, reject } = Promise.withResolvers<never>()
  rejected.catch(() => {})
  let timer: NodeJS.Timeout | undefined
  const aborted = () => {
    timer = setTimeout(() => reject(signal.reason), grace)
  }
  if (signal.aborted) aborted()
  else signal.addEventListener('abort', aborted, { once: true })
  return {
    rejected,
    stop: () => {
      signal.removeEventListener('abort', aborted)
      clearTimeout(timer)
    },
  }
}

const longestTurn = 50

let turnBegan = performance.now()

/** To be called where the event loop has just had a turn: counts from now. */
export function breathed(): void {
  turnBegan = performance.now()
}

/**
 * Gives the event loop a turn when it has had none for 50 ms, so that cancelling, limits and counters work between the
 * steps of work that never waits. Cheap to call after every step.
 */
export function breathe(): Promise<void> | undefined {
  if (performance.now() - turnBegan < longestTurn) return undefined
  return new Promise((resolve) => {
    setImmediate(() => {
      breathed()
      resolve()
    })
  })
}
