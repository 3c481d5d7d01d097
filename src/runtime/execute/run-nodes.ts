import { StrobeError } from '../../base/index.ts'
import type { NodeModel } from '../../workflow/index.ts'
import type { Execution, Scope } from './execution.ts'
import { failureAt, isAbort, messageOf } from './failure.ts'
import { breathe } from './limited.ts'
import { runCycle } from './run-cycle.ts'
import { runMap } from './run-map.ts'
import { runTask } from './run-task.ts'

/** Told of every node that ended, with what it threw where it failed. */
export type NodeEnded = (path: string, error?: unknown) => void

/**
 * Executes nodes of one level, each as soon as those that it depends on have ended, and puts their outputs into the
 * scope. The first failure aborts the others; they get the grace time to end, then the failure is thrown.
 */
export async function runNodes(
  execution: Execution,
  nodes: readonly NodeModel[],
  scope: Scope,
  ended: NodeEnded = () => {},
): Promise<void> {
  if (isChain(nodes)) {
    for (const node of nodes) {
      scope.signal.throwIfAborted()
      await runAndKeep(execution, node, scope, ended)
      if (!scope.isTurn) await breathe()
    }
    return
  }
  const siblings = new AbortController()
  const inner: Scope = { ...scope, signal: AbortSignal.any([scope.signal, siblings.signal]) }
  const waiting = new Set(nodes)
  const running = new Set<Promise<void>>()
  let failure: unknown
  const start = (node: NodeModel) => {
    waiting.delete(node)
    const run = runAndKeep(execution, node, inner, ended)
      .catch((thrown: unknown) => {
        failure ??= thrown
        siblings.abort(new StrobeError('cancelled', `"${node.path}" failed, so that its siblings were stopped.`))
      })
      .finally(() => running.delete(run))
    running.add(run)
  }
  while (waiting.size > 0 || running.size > 0) {
    if (failure !== undefined) break
    scope.signal.throwIfAborted()
    for (const node of waiting) if (isReady(node, nodes, scope)) start(node)
    await Promise.race(running)
  }
  if (failure !== undefined) {
    await settleWithin(execution.grace, running)
    throw failure
  }
}

async function runAndKeep(execution: Execution, node: NodeModel, scope: Scope, ended: NodeEnded): Promise<void> {
  try {
    scope.outputs.set(node.name, await runNode(execution, node, scope))
  } catch (thrown) {
    const failure = isAbort(thrown, scope.signal) ? scope.signal.reason : failureAt({ node: node.path }, thrown)
    ended(node.path, failure)
    throw failure
  }
  ended(node.path)
}

async function runNode(execution: Execution, node: NodeModel, scope: Scope): Promise<unknown> {
  if (node.kind === 'cycle')
    return recorded(execution, node, scope, (span) => runCycle(execution, node, { ...scope, span }, runNodes))
  const turn = execution.slots.acquire()
  if (turn !== undefined) await turn
  try {
    scope.signal.throwIfAborted()
    switch (node.kind) {
      case 'task':
        return await recorded(execution, node, scope, () => runTask(execution, node, scope))
      case 'map':
        return await recorded(execution, node, scope, (span) => runMap(execution, node, { ...scope, span }))
      default:
        throw new StrobeError('workflow.not-executed', `"${node.path}" is a ${node.kind}, which is not executed yet.`)
    }
  } finally {
    execution.slots.release()
  }
}

async function recorded(
  execution: Execution,
  node: NodeModel,
  scope: Scope,
  body: (span: number) => unknown,
): Promise<unknown> {
  const { capture } = execution
  const span = capture.begin('node', node.path, -1, scope.span)
  capture.nodeChanged(node.path, true)
  try {
    const value = await capture.within(span, () => body(span))
    capture.end(span)
    return value
  } catch (thrown) {
    capture.end(span, isAbort(thrown, scope.signal) ? 'cancelled' : 'failed', messageOf(thrown))
    throw thrown
  } finally {
    capture.nodeChanged(node.path, false)
  }
}

const chains = new WeakMap<readonly NodeModel[], boolean>()

/** Whether each node needs the one before it, so that nothing can overlap and they are simply run in order. */
function isChain(nodes: readonly NodeModel[]): boolean {
  let chain = chains.get(nodes)
  if (chain === undefined) {
    chain = nodes.every((node, place) => place === 0 || dependenciesOf(node).includes(nodes[place - 1]!.name))
    chains.set(nodes, chain)
  }
  return chain
}

function isReady(node: NodeModel, nodes: readonly NodeModel[], scope: Scope): boolean {
  return dependenciesOf(node).every((name) => scope.outputs.has(name) || !nodes.some((other) => other.name === name))
}

function dependenciesOf(node: NodeModel): readonly string[] {
  return node.kind === 'map' ? [node.over, ...node.from] : node.from
}

/** Waits until all have settled, but no longer than `milliseconds`. */
async function settleWithin(milliseconds: number, running: Iterable<Promise<void>>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([Promise.allSettled(running), late])
  clearTimeout(timer)
}
