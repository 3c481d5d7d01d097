import { cycleModel } from './cycle-builder.ts'
import {
  type Declaration,
  knobsOf,
  mapModel,
  mergeModel,
  names,
  note,
  readDeclaration,
  switchModel,
  taskModel,
} from './declare.ts'
import { type IntegerKnob, knob } from './knob.ts'
import type { EmptyWorkflow, WorkflowOptions } from './language.ts'
import { type NodeModel, type Patch, type ResourceModel, type WorkflowModel, workflowSymbol } from './model.ts'
import type { Nothing } from './names.ts'
import { defaultParams } from './params.ts'

/**
 * Begins a workflow: a chain of resources, tasks, maps and cycles with data flowing between them.
 *
 * ```ts
 * export default workflow('squares', { params: { count: 10 } })
 *   .task('numbers', ({ params }) => Array.from({ length: params.count }, (_, index) => index))
 *   .map('squares', { over: 'numbers', effects: 'pure' }, (number) => number * number)
 *   .result(({ squares }) => squares)
 * ```
 */
export function workflow<Params extends object = Nothing>(
  name: string,
  options: WorkflowOptions<Params> = {},
): EmptyWorkflow<Params> {
  const declaration = readDeclaration('workflow', '', [name, options, () => undefined])
  const { params, maxConcurrency } = declaration.options as WorkflowOptions<Params>
  const model: WorkflowModel = {
    name: declaration.name,
    params: defaultParams(params),
    runKnobs: { maxConcurrency: concurrencyKnob(maxConcurrency) },
    resources: [],
    nodes: [],
    variants: [],
    ...(declaration.place ? { place: declaration.place } : {}),
    problems: declaration.problems,
  }
  return new WorkflowChain(model) as unknown as EmptyWorkflow<Params>
}

/** The model of a workflow, whichever copy of this package made it; `undefined` where the value is no workflow. */
export function workflowOf(value: unknown): WorkflowModel | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as { [workflowSymbol]?: WorkflowModel })[workflowSymbol]
}

function concurrencyKnob(written: number | IntegerKnob | undefined): IntegerKnob {
  return typeof written === 'object' ? written : knob.integer(written ?? 8, { min: 1, max: 256 })
}

/** The chain behind `Workflow`, without its types, which are in language.ts. Every method returns a new one. */
class WorkflowChain {
  readonly [workflowSymbol]: WorkflowModel

  constructor(model: WorkflowModel) {
    this[workflowSymbol] = model
  }

  resource(...args: unknown[]): WorkflowChain {
    const declaration = readDeclaration('resource', '', args)
    const resource: ResourceModel = {
      name: declaration.name,
      use: names(declaration, 'use'),
      knobs: knobsOf(declaration),
      open: declaration.run as ResourceModel['open'],
      ...(declaration.place ? { place: declaration.place } : {}),
    }
    return this.#with({ resources: [...this[workflowSymbol].resources, resource] }, declaration)
  }

  task(...args: unknown[]): WorkflowChain {
    return this.#withNode(readDeclaration('task', '', args), taskModel)
  }

  map(...args: unknown[]): WorkflowChain {
    return this.#withNode(readDeclaration('map', '', args), mapModel)
  }

  cycle(...args: unknown[]): WorkflowChain {
    return this.#withNode(readDeclaration('cycle', '', args), cycleModel)
  }

  switch(...args: unknown[]): WorkflowChain {
    return this.#withNode(readDeclaration('switch', '', args), switchModel)
  }

  merge(...args: unknown[]): WorkflowChain {
    return this.#withNode(readDeclaration('merge', '', args), mergeModel)
  }

  result(...args: unknown[]): WorkflowChain {
    const declaration = { ...readDeclaration('result', '', ['', ...args]), title: 'result' }
    if (this[workflowSymbol].result) {
      note(declaration, 'workflow.duplicate-part', 'The workflow has .result(…) twice.', 'Leave one of them out.')
    }
    const { tolerance } = declaration.options
    if (tolerance !== undefined && !(typeof tolerance === 'number' && tolerance >= 0 && tolerance < 1)) {
      const message = `The result has the tolerance ${String(tolerance)}.`
      note(declaration, 'workflow.invalid-option', message, 'Write a number from 0 to below 1, such as 1e-9.')
    }
    const select = declaration.run as NonNullable<WorkflowModel['result']>['select']
    const result = { select, ...(typeof tolerance === 'number' ? { tolerance } : {}) }
    return this.#with({ result }, declaration)
  }

  variant(name: string, patch: Patch): WorkflowChain {
    const declaration = readDeclaration('variant', '', [name, () => undefined])
    const isPatch = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
    const valid = isPatch(patch) && Object.values(patch).every((values) => values === undefined || isPatch(values))
    if (!valid) {
      const mend = 'Write { address: { knob: value } }, as in { quotes: { concurrency: 16 } }.'
      note(declaration, 'workflow.invalid-patch', `The ${declaration.title} is no patch.`, mend)
    }
    const variant = {
      name: declaration.name,
      patch: valid ? patch : {},
      ...(declaration.place ? { place: declaration.place } : {}),
    }
    return this.#with({ variants: [...this[workflowSymbol].variants, variant] }, declaration)
  }

  #withNode(declaration: Declaration, make: (declaration: Declaration) => NodeModel): WorkflowChain {
    const node = make(declaration)
    return this.#with({ nodes: [...this[workflowSymbol].nodes, node] }, declaration)
  }

  #with(change: Partial<WorkflowModel>, declaration: Declaration): WorkflowChain {
    const model = this[workflowSymbol]
    return new WorkflowChain({
      ...model,
      ...change,
      problems: [...(model.problems ?? []), ...declaration.problems],
    })
  }
}
