import type { CallbackInputs, NodeModel } from '../../workflow/index.ts'
import type { Execution, Scope } from './execution.ts'
import { randomFor } from './random.ts'

/** The arguments of a node's callback: exactly what it declared, and what every callback gets. */
export function inputsOf(
  execution: Execution,
  node: Pick<NodeModel, 'path' | 'from' | 'use'>,
  scope: Scope,
  signal: AbortSignal,
  index = -1,
): CallbackInputs {
  const inputs: Record<string, unknown> = {
    ...scope.extras,
    params: execution.plan.params,
    knobs: execution.plan.knobs.get(node.path) ?? {},
    signal,
    random: randomFor(execution.seed, node.path, scope.turn, index),
    now: () => execution.now,
    log: execution.log,
  }
  for (const name of node.from) inputs[name] = scope.outputs.get(name)
  for (const name of node.use) inputs[name] = execution.resources.get(name)
  return inputs
}
