import type { TaskModel } from '../../workflow/index.ts'
import type { Execution, Scope } from './execution.ts'
import { inputsOf } from './inputs.ts'
import { runLimited } from './limited.ts'

/** Executes a task once. */
export function runTask(execution: Execution, node: TaskModel, scope: Scope): unknown {
  return runLimited(execution, scope.signal, node.timeout, `Task "${node.path}"`, (signal) =>
    node.run(inputsOf(execution, node, scope, signal)),
  )
}
