import { StrobeError } from '../../base/index.ts'
import type { CallbackInputs, CycleModel, CycleOutput, CycleReason, NodeModel } from '../../workflow/index.ts'
import type { Execution, Scope } from './execution.ts'
import { failureAt, isAbort, messageOf } from './failure.ts'
import { inputsOf } from './inputs.ts'
import { abandonAfterGrace, breathe } from './limited.ts'
import { memoryInUse } from './memory.ts'
import { MetricWatch } from './metric-watch.ts'

/** Executes the nodes of one level: handed in, because a level may hold a cycle and a cycle has a level. */
type RunNodes = (execution: Execution, nodes: readonly NodeModel[], scope: Scope) => Promise<void>

interface Turn {
  readonly state: unknown
  readonly metric: number
  readonly reason?: CycleReason
}

/**
 * Executes a cycle turn by turn until one true reason ends it. Iterations that were done before a failure are in the
 * run's log by then. Running out of time or memory is no failure: the output is the state of the last whole iteration.
 */
export async function runCycle(
  execution: Execution,
  node: CycleModel,
  scope: Scope,
  runNodes: RunNodes,
): Promise<CycleOutput<unknown>> {
  const watch = new MetricWatch(node)
  const limit = startClock(execution, node)
  const signal = limit ? AbortSignal.any([scope.signal, limit.signal]) : scope.signal
  const inner: Scope = { ...scope, signal }
  let iterations = 0
  let metric = Number.NaN
  let reason: CycleReason | undefined
  let state: unknown
  const turns = async () => {
    state = await node.start(inputsOf(execution, node, scope, signal))
    while (reason === undefined) {
      reason = limitReached(node, iterations)
      if (reason !== undefined) break
      signal.throwIfAborted()
      const turn = await runTurn(execution, node, inner, state, iterations, watch, runNodes)
      state = turn.state
      metric = turn.metric
      reason = turn.reason
      iterations++
      execution.report({
        node: node.path,
        done: iterations,
        ...(node.limits.maxIterations === undefined ? {} : { total: node.limits.maxIterations }),
        ...(node.metric ? { metric: { name: node.metric.name, value: metric } } : {}),
      })
      const breath = breathe()
      if (breath !== undefined) await breath
    }
  }
  const abandoned = abandonAfterGrace(signal, execution.grace)
  try {
    await Promise.race([turns(), abandoned.rejected])
  } catch (thrown) {
    if (limit?.signal.aborted && !scope.signal.aborted) reason = 'timeout'
    else {
      keepSummary(
        execution,
        node,
        isAbort(thrown, scope.signal) ? cancelReason(scope.signal) : 'failed',
        iterations,
        metric,
      )
      throw failureAtTurn(node, iterations, thrown, scope.signal)
    }
  } finally {
    abandoned.stop()
    limit?.stop()
  }
  reason ??= 'stopped'
  keepSummary(execution, node, reason, iterations, metric)
  return { state, iterations, reason, ...(node.metric && iterations > 0 ? { metric } : {}) }
}

async function runTurn(
  execution: Execution,
  node: CycleModel,
  scope: Scope,
  state: unknown,
  index: number,
  watch: MetricWatch,
  runNodes: RunNodes,
): Promise<Turn> {
  const { capture, iterations } = execution
  const span = capture.begin('iteration', node.path, index, scope.span)
  const probe = iterations.begin()
  try {
    const turn = await capture.within(span, async () => {
      const inside: Scope = {
        outputs: new Map(scope.outputs),
        extras: { state, iteration: index },
        signal: scope.signal,
        span,
        isTurn: true,
        turn: index,
      }
      await runNodes(execution, node.nodes, inside)
      const inputs: Record<string, unknown> = {
        ...inputsOf(execution, node, scope, scope.signal, index),
        state,
        iteration: index,
      }
      for (const { name } of node.nodes) inputs[name] = inside.outputs.get(name)
      const next = await node.next(inputs)
      inputs.state = next
      return judge(node, inputs, next, watch)
    })
    capture.end(span)
    iterations.end(probe, node.path, index, turn.metric, turn.state)
    return turn
  } catch (thrown) {
    capture.end(span, isAbort(thrown, scope.signal) ? 'cancelled' : 'failed', messageOf(thrown))
    throw thrown
  }
}

async function judge(
  node: CycleModel,
  inputs: Record<string, unknown>,
  state: unknown,
  watch: MetricWatch,
): Promise<Turn> {
  const metric = node.metric ? Number(await node.metric.of(inputs)) : Number.NaN
  const seen: CallbackInputs = node.metric ? { ...inputs, metric, [node.metric.name]: metric } : inputs
  if (node.until && (await node.until(seen))) return { state, metric, reason: node.metric ? 'converged' : 'stopped' }
  const reason = watch.look(metric)
  return { state, metric, ...(reason === undefined ? {} : { reason }) }
}

function limitReached(node: CycleModel, iterations: number): CycleReason | undefined {
  const { maxIterations, memory } = node.limits
  if (maxIterations !== undefined && iterations >= maxIterations) return 'max-iterations'
  if (memory !== undefined && memoryInUse() > memory) return 'memory-limit'
  return undefined
}

/** Starts the cycle's time limit, seen from inside by a timer and from outside by its deadline. */
function startClock(execution: Execution, node: CycleModel): { signal: AbortSignal; stop: () => void } | undefined {
  const { timeout } = node.limits
  if (timeout === undefined) return undefined
  const limit = new AbortController()
  const endDeadline = execution.deadlines.start(timeout, `Cycle "${node.path}"`)
  const error = new StrobeError('run.cycle-timeout', `Cycle "${node.path}" reached its limit of ${timeout} ms.`)
  const timer = setTimeout(() => limit.abort(error), timeout)
  return {
    signal: limit.signal,
    stop: () => {
      endDeadline()
      clearTimeout(timer)
    },
  }
}

/** Why a cycle that was stopped from outside ended. */
function cancelReason(signal: AbortSignal): CycleReason {
  const code = signal.reason instanceof StrobeError ? signal.reason.code : 'cancelled'
  if (code === 'run.timeout') return 'timeout'
  return code === 'run.memory-limit' ? 'memory-limit' : 'cancelled'
}

function failureAtTurn(node: CycleModel, iteration: number, thrown: unknown, signal: AbortSignal): unknown {
  return isAbort(thrown, signal) ? thrown : failureAt({ node: node.path, iteration }, thrown)
}

function keepSummary(execution: Execution, node: CycleModel, reason: CycleReason, iterations: number, metric: number) {
  execution.cycles.push({ path: node.path, reason, iterations, ...(Number.isNaN(metric) ? {} : { metric }) })
}
