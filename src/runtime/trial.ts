import { parentPort } from 'node:worker_threads'
import { type ErrorRecord, recordOf, StrobeError } from '../base/index.ts'
import type { LogEnd, RunReason } from '../trace/index.ts'
import { describeWorkflow, type Plan, planWorkflow, selectResult } from '../workflow/index.ts'
import { hrtime, startClock, type TraceClock } from './capture/clock.ts'
import { TrialCapture } from './capture/trial-capture.ts'
import { collectGarbage } from './collect-garbage.ts'
import { Deadlines } from './deadline-cell.ts'
import type { Execution } from './execute/execution.ts'
import { abandonAfterGrace, breathed } from './execute/limited.ts'
import { runNodes } from './execute/run-nodes.ts'
import { Slots } from './execute/slots.ts'
import { errorOfDiagnostic, loadWorkflow } from './load-workflow.ts'
import type { ThreadCommand, ThreadData, ThreadMessage, TrialProgress, TrialRequest } from './messages.ts'
import type { LoadedFiles } from './module-hooks.ts'
import { rehearse } from './rehearsal.ts'
import { OpenResources } from './resources.ts'
import { digestResult } from './result.ts'

/** Milliseconds between two reports of progress. */
const progressInterval = 200

/** What the thread itself knows of how the trial ended. */
type Ending = Pick<LogEnd, 'reason' | 'value' | 'error' | 'result' | 'metrics' | 'repeats'>

type Phases = { -readonly [Phase in keyof LogEnd['phases']]: LogEnd['phases'][Phase] }

/**
 * Runs one trial in this thread, from loading the module to the last record of its log. Never throws: whatever happens
 * becomes the reason for which the run ended.
 */
export async function runTrial(
  trial: TrialRequest,
  { requestedAt, deadlines }: ThreadData,
  files: LoadedFiles,
  tell: (message: ThreadMessage) => void,
): Promise<void> {
  await rehearse(trial.capture.level === 'standard')
  const clock = startClock()
  const phases: Phases = {
    threadStart: hrtime() - requestedAt,
    moduleLoad: null,
    resourcesOpen: null,
    resourcesClose: null,
  }
  const capture = new TrialCapture(trial, clock)
  const cycles: Execution['cycles'] = []
  const stop = new AbortController()
  const { failed, ended: stopCatching } = catchStrayErrors()
  const limitReached = commandsFrom(stop)
  const abandoned = abandonAfterGrace(stop.signal, trial.limits.grace)

  let over = false
  const finish = (end: Ending) => {
    if (over) return
    over = true
    capture.end(files.transformed)
    const metrics = end.metrics ? { metrics: { ...end.metrics, ...capture.metrics() } } : {}
    capture.log.end({ ...end, phases, cycles, ...metrics })
  }
  watchExit(() => over, finish)

  let ending: Ending
  let resources: OpenResources | undefined
  try {
    const plan = await timed(phases, 'moduleLoad', () => planTrial(trial, files, capture))
    resources = new OpenResources(plan, capture.spans)
    const execution: Execution = {
      ...{ plan, cycles, resources: resources.byName, seed: trial.seed, now: trial.now, grace: trial.limits.grace },
      ...{ capture: capture.spans, iterations: capture.iterations, deadlines: new Deadlines(deadlines) },
      slots: new Slots(plan.maxConcurrency),
      report: reporter(trial, tell),
      log: (line) => {
        capture.log.mark('log', 'info', clock.now(), 0, String(line).slice(0, 2000))
        tell({ type: 'log', line: String(line) })
      },
      nodeEnded: (path, error) => {
        capture.log.nodeResult({
          ...{ path, ok: error === undefined, end: clock.now() },
          ...(error === undefined ? {} : { error: recordOf(error) }),
        })
      },
    }
    const opened = resources
    await timed(phases, 'resourcesOpen', () => Promise.race([opened.open(stop.signal), failed, abandoned.rejected]))
    collectGarbage()
    // Neither timers nor messages have waited for the workflow yet.
    await new Promise(setImmediate)
    breathed()
    const measured = await Promise.race([
      measureAll(execution, capture, clock, stop.signal, trial.repeats ?? 1),
      failed,
      abandoned.rejected,
    ])
    const { value, cpu, result, repeats } = measured
    ending = {
      ...{ reason: 'finished', value, result: digestResult(result, plan.workflow.result?.tolerance) },
      ...{ metrics: { cpu }, ...(repeats ? { repeats } : {}) },
    }
  } catch (thrown) {
    ending = { ...failureEnding(thrown, limitReached()), value: null }
  }
  abandoned.stop()
  stopCatching()
  if (resources) {
    const opened = resources
    const failures = await timed(phases, 'resourcesClose', () => opened.close(trial.limits.grace))
    for (const failure of failures) capture.log.mark('alert', failure.code, clock.now(), 0, failure.message)
  }
  finish(ending)
  tell({ type: 'ended', outcome: { runId: trial.runId, reason: ending.reason } })
}

async function planTrial(trial: TrialRequest, files: LoadedFiles, capture: TrialCapture): Promise<Plan> {
  const { model, diagnostics } = await loadWorkflow(trial.file, files)
  const wrong = diagnostics.find(({ severity }) => severity === 'error')
  if (wrong || !model) throw errorOfDiagnostic(wrong ?? diagnostics[0]!)
  const planned = planWorkflow(model, { variant: trial.variant, patch: trial.patch, params: trial.params })
  const refusal = planned.diagnostics.find(({ severity }) => severity === 'error')
  if (refusal || !planned.plan) throw errorOfDiagnostic(refusal ?? planned.diagnostics[0]!)
  capture.log.planned({
    description: describeWorkflow(model),
    params: planned.plan.params,
    source: files.digest(),
  })
  capture.begin(planned.plan)
  return planned.plan
}

/** One execution of the plan: wall time and CPU time of this thread in nanoseconds. */
interface Measured {
  readonly value: number
  readonly cpu: number
  readonly result: unknown
}

/**
 * Executes the plan as often as asked. Of repetitions only the last leaves iterations and node results; its result and time
 * stand for the run, `cpu` is the mean of all.
 */
async function measureAll(
  execution: Execution,
  capture: TrialCapture,
  clock: TraceClock,
  signal: AbortSignal,
  repeats: number,
): Promise<Measured & { readonly repeats?: Float64Array }> {
  if (repeats <= 1) return measure(execution, capture, clock, signal)
  const values = new Float64Array(repeats)
  const quiet = { ...execution, iterations: capture.silentIterations(), nodeEnded: () => {} }
  let cpu = 0
  for (let repeat = 0; repeat < repeats - 1; repeat++) {
    const measured = await measure({ ...quiet, cycles: [] }, capture, clock, signal)
    values[repeat] = measured.value
    cpu += measured.cpu
  }
  const last = await measure(execution, capture, clock, signal)
  values[repeats - 1] = last.value
  return { ...last, cpu: (cpu + last.cpu) / repeats, repeats: values }
}

/** Executes the plan and takes its time: from the first node's start to the result. */
async function measure(
  execution: Execution,
  capture: TrialCapture,
  clock: TraceClock,
  signal: AbortSignal,
): Promise<Measured> {
  const outputs = new Map<string, unknown>()
  const { plan } = execution
  const { span, start } = capture.beginWorkflow()
  const cpuBefore = process.threadCpuUsage()
  try {
    const scope = { outputs, extras: {}, signal, span, isTurn: false, turn: 0 }
    const result = await capture.spans.within(span, async () => {
      await runNodes(execution, plan.nodes, scope, execution.nodeEnded)
      return await selectResult(plan.workflow, Object.fromEntries(outputs))
    })
    const end = clock.now()
    const { user, system } = process.threadCpuUsage(cpuBefore)
    capture.endWorkflow(span, end, 'ok')
    return { value: end - start, cpu: (user + system) * 1000, result }
  } catch (thrown) {
    capture.endWorkflow(span, clock.now(), signal.aborted ? 'cancelled' : 'failed')
    throw thrown
  }
}

function failureEnding(
  thrown: unknown,
  limit: ThreadCommand['reason'] | undefined,
): { reason: RunReason; error: ErrorRecord } {
  const error = recordOf(thrown, thrown instanceof Error ? 'user.error' : 'user.not-an-error')
  if (limit !== undefined) return { reason: limit, error }
  return { reason: error.code === 'run.task-timeout' ? 'timeout' : 'failed', error }
}

const abortErrors: Readonly<Record<ThreadCommand['reason'], readonly [code: string, message: string]>> = {
  cancelled: ['cancelled', 'The run was cancelled.'],
  timeout: ['run.timeout', 'The run reached its time limit. Raise the limit, or look at the node that was open.'],
  'memory-limit': ['run.memory-limit', "The runner's memory grew beyond its limit."],
}

/** Listens to the runner; gives a function that tells for which reason it aborted, if it did. */
function commandsFrom(stop: AbortController): () => ThreadCommand['reason'] | undefined {
  let reason: ThreadCommand['reason'] | undefined
  parentPort?.on('message', (command: ThreadCommand) => {
    reason ??= command.reason
    const [code, message] = abortErrors[reason]
    stop.abort(new StrobeError(code, message))
  })
  // Waiting for commands is no reason to stay: a run in which nothing can happen any more ends, and says so.
  parentPort?.unref()
  return () => reason
}

/** Catches what user code throws where nobody awaits it; the first of it fails the run. */
function catchStrayErrors(): { failed: Promise<never>; ended: () => void } {
  const { promise: failed, reject } = Promise.withResolvers<never>()
  failed.catch(() => {})
  const stray = (code: string, what: string) => (thrown: unknown) => {
    const { message } = recordOf(thrown, code)
    reject(new StrobeError(code, `${what}: ${message}`, { cause: thrown }))
  }
  const uncaught = stray('user.uncaught-exception', 'An error was thrown where nobody caught it')
  const unhandled = stray('user.unhandled-rejection', 'A promise was rejected and nobody handled it')
  process.on('uncaughtException', uncaught)
  process.on('unhandledRejection', unhandled)
  return {
    failed,
    ended: () => {
      process.off('uncaughtException', uncaught)
      process.off('unhandledRejection', unhandled)
      // What comes after the end is nobody's any more, and must not take the thread down before its log is closed.
      process.on('uncaughtException', () => {})
      process.on('unhandledRejection', () => {})
    },
  }
}

/** Writes the log's end when the thread exits before the trial has ended: by `process.exit`, or because nothing was left to do. */
function watchExit(isOver: () => boolean, finish: (end: Ending) => void): void {
  const exit = process.exit
  process.exit = ((code?: number) => {
    const message = `The workflow called process.exit(${code ?? ''}). Throw an error instead, so that the run can say what went wrong.`
    finish({ reason: 'exited', value: null, error: { code: 'run.process-exit', message, data: { code: code ?? 0 } } })
    return exit(code)
  }) as typeof process.exit
  process.on('exit', () => {
    if (isOver()) return
    const message =
      'The run waits for a promise that nobody will settle: nothing is left that could happen. Look at the node that is open.'
    finish({ reason: 'never-settled', value: null, error: { code: 'run.never-settled', message } })
  })
}

function reporter(trial: TrialRequest, tell: (message: ThreadMessage) => void): Execution['report'] {
  let last = performance.now()
  return (progress: Omit<TrialProgress, 'runId'>) => {
    const now = performance.now()
    if (now - last < progressInterval) return
    last = now
    tell({ type: 'progress', progress: { runId: trial.runId, ...progress } })
  }
}

async function timed<Result>(phases: Phases, phase: keyof Phases, body: () => Promise<Result>): Promise<Result> {
  const start = hrtime()
  try {
    return await body()
  } finally {
    phases[phase] = hrtime() - start
  }
}
