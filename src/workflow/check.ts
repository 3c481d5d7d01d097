import type { Diagnostic } from '../base/index.ts'
import { allNodes } from './addresses.ts'
import { checkNames } from './check-names.ts'
import { checkKnobs, checkNode } from './check-node.ts'
import { checkPatchKnobs } from './check-patch.ts'
import type { NodeModel, VariantModel, WorkflowModel } from './model.ts'
import { reservedVariants } from './names.ts'
import { resolveParams } from './params.ts'
import { patchParams } from './patch.ts'
import { problemAt } from './problem.ts'

/**
 * Everything wrong or doubtful in a workflow, found without running any of its functions. Without an error among the
 * diagnostics, `planWorkflow` makes a plan of it, unless a warning says that something is not executed yet.
 */
export function checkWorkflow(model: WorkflowModel): Diagnostic[] {
  const { name, nodes, resources, runKnobs, place } = model
  const all = [...allNodes(nodes)]
  const empty = problemAt(place, 'workflow.no-nodes', `The workflow '${name}' has no nodes.`, 'Add .task(…) to it.')
  const nameless = problemAt(place, 'workflow.invalid-name', 'The workflow has no name.', "Write workflow('name').")
  return [
    ...(model.problems ?? []),
    ...(name === '' ? [nameless] : []),
    ...(nodes.length === 0 ? [empty] : []),
    ...checkNames(model),
    ...checkKnobs(runKnobs, `workflow '${name}'`, place),
    ...resources.flatMap((resource) => checkKnobs(resource.knobs, `resource '${resource.name}'`, resource.place)),
    ...all.flatMap(checkNode),
    ...model.variants.flatMap((variant, index) => checkVariant(model, variant, index)),
    ...all.flatMap(warnNotExecuted),
  ]
}

function checkVariant(model: WorkflowModel, variant: VariantModel, index: number): Diagnostic[] {
  const title = `variant '${variant.name}'`
  const found: Diagnostic[] = []
  if ((reservedVariants as readonly string[]).includes(variant.name) || variant.name === '') {
    const message = `The ${title} has a reserved name.`
    found.push(problemAt(variant.place, 'workflow.reserved-name', message, 'Choose another name.'))
  }
  if (model.variants.findIndex((other) => other.name === variant.name) < index) {
    const message = `The ${title} is declared twice.`
    found.push(problemAt(variant.place, 'workflow.duplicate-variant', message, 'Give one of them another name.'))
  }
  return [
    ...found,
    ...checkPatchKnobs(model, variant.patch, title, variant.place),
    ...checkVariantParams(model, variant),
  ]
}

/** A schema may ask for params that only a run gives; then it has no say before one. */
function checkVariantParams(model: WorkflowModel, variant: VariantModel): Diagnostic[] {
  if (resolveParams(model.params, []).diagnostics.length > 0) return []
  return resolveParams(model.params, [patchParams(variant.patch)]).diagnostics.map((diagnostic) => ({
    ...diagnostic,
    message: `In the variant '${variant.name}': ${diagnostic.message}`,
    ...(variant.place ? { place: variant.place } : {}),
  }))
}

function warnNotExecuted(node: NodeModel): Diagnostic[] {
  const warn = (message: string, mend: string): Diagnostic[] => [
    { ...problemAt(node.place, 'workflow.not-executed', message, mend), severity: 'warning' },
  ]
  if (node.kind === 'switch' || node.kind === 'merge') {
    const mend = 'Decide inside a task instead.'
    return warn(`The ${node.kind} '${node.path}' is not executed yet by this version of Strobe.`, mend)
  }
  if (node.kind !== 'cycle' && node.thread) {
    const message = `The ${node.kind} '${node.path}' has thread: true, which is not executed yet by this version of Strobe.`
    return warn(message, 'Leave thread out; the node then runs in the thread of the run.')
  }
  return []
}
