import type { Diagnostic } from '../base/index.ts'
import { allNodes, knobAddresses, neededNodes } from './addresses.ts'
import { checkWorkflow } from './check.ts'
import { checkPatchKnobs } from './check-patch.ts'
import type { KnobDeclarations, KnobValue } from './knob.ts'
import type { CallbackInputs, NodeModel, Patch, ResourceModel, VariantModel, WorkflowModel } from './model.ts'
import { orderByNeed } from './order.ts'
import { resolveParams } from './params.ts'
import { mergePatches, patchParams } from './patch.ts'
import { problemAt } from './problem.ts'
import { suggestName } from './suggest.ts'

/** A workflow with one variant applied and everything decided that can be decided before it runs. */
export interface Plan {
  readonly workflow: WorkflowModel
  /** `baseline` where none was asked for; `patched` for a patch without a name. */
  readonly variant: string
  /** The variant's patch with the given one on top of it. */
  readonly patch: Patch
  readonly params: Readonly<Record<string, unknown>>
  readonly maxConcurrency: number
  /** Values of all knobs, by address (`quotes`, `db`, `fit/step`). */
  readonly knobs: ReadonlyMap<string, Readonly<Record<string, KnobValue>>>
  /** Resources in an order in which each comes after those it uses. Only those that some node needs. */
  readonly resources: readonly ResourceModel[]
  /** Nodes of the top level in an order in which each comes after those it depends on; those of cycles are ordered likewise. */
  readonly nodes: readonly NodeModel[]
}

/** What a plan is asked for. */
export interface PlanRequest {
  /** Name of a declared variant; `baseline`, the workflow as written, where nothing is said. */
  readonly variant?: string
  /** Applied on top of the variant. */
  readonly patch?: Patch
  /** Params given for this run; they win over those of the variant and the patch. */
  readonly params?: Readonly<Record<string, unknown>>
}

/**
 * Decides everything that can be decided before a workflow runs. There is a plan where no diagnostic is an error. What
 * this version cannot execute is an error here, while `checkWorkflow` only warns of it.
 */
export function planWorkflow(
  model: WorkflowModel,
  request: PlanRequest = {},
): { readonly plan?: Plan; readonly diagnostics: readonly Diagnostic[] } {
  const name = request.variant ?? 'baseline'
  const variant = findVariant(model, name)
  const found = checkWorkflow(model).map(
    (diagnostic): Diagnostic =>
      diagnostic.code === 'workflow.not-executed' ? { ...diagnostic, severity: 'error' } : diagnostic,
  )
  if (!variant) found.push(unknownVariant(model, name))
  if (request.patch) found.push(...checkPatchKnobs(model, request.patch, 'patch'))
  const patch = mergePatches(variant?.patch ?? {}, request.patch ?? {})
  const params = resolveParams(model.params, [patchParams(patch), request.params ?? {}])
  found.push(...params.diagnostics.filter(({ message }) => !found.some((other) => other.message.endsWith(message))))
  if (found.some((diagnostic) => diagnostic.severity === 'error')) return { diagnostics: found }

  const knobs = resolveKnobs(model, patch)
  const plan: Plan = {
    workflow: model,
    variant: name === 'baseline' && Object.keys(request.patch ?? {}).length > 0 ? 'patched' : name,
    patch,
    params: params.values,
    maxConcurrency: Number(knobs.get('run')?.maxConcurrency),
    knobs,
    resources: neededResources(model),
    nodes: orderNodes(model.nodes),
  }
  return { plan, diagnostics: found }
}

/**
 * What the result of a run is, given the outputs of its top-level nodes: what `.result(…)` selects or, without it, the
 * outputs of the nodes that no other node takes, by name.
 */
export function selectResult(model: WorkflowModel, outputs: CallbackInputs): unknown {
  if (model.result) return model.result.select(outputs)
  const taken = new Set(model.nodes.flatMap(neededNodes))
  const last = model.nodes.filter((node) => !taken.has(node.name))
  return Object.fromEntries(last.map((node) => [node.name, outputs[node.name]]))
}

function findVariant(model: WorkflowModel, name: string): VariantModel | undefined {
  if (name === 'baseline') return { name, patch: {} }
  return model.variants.find((variant) => variant.name === name)
}

function unknownVariant(model: WorkflowModel, name: string): Diagnostic {
  const names = ['baseline', ...model.variants.map((variant) => variant.name)]
  const listed = names.map((known) => `'${known}'`).join(', ')
  const message = `The workflow '${model.name}' has no variant '${name}'; it has ${listed}.`
  return problemAt(model.place, 'workflow.unknown-variant', message, suggestName(name, names, 'variants'))
}

function resolveKnobs(model: WorkflowModel, patch: Patch): Plan['knobs'] {
  const resolve = (address: string, declared: KnobDeclarations) => {
    const values = patch[address] ?? {}
    const entries = Object.entries(declared).map(([name, knob]) => [name, values[name] ?? knob.default] as const)
    return Object.fromEntries(entries) as Record<string, KnobValue>
  }
  return new Map([...knobAddresses(model)].map(([address, declared]) => [address, resolve(address, declared)]))
}

/** The resources that some node uses, directly or through another resource, each after those it uses itself. */
function neededResources(model: WorkflowModel): readonly ResourceModel[] {
  const needed = new Set([...allNodes(model.nodes)].flatMap((node) => node.use))
  const { order = [] } = orderByNeed(model.resources, (resource) => resource.use)
  for (const resource of order.toReversed()) {
    if (needed.has(resource.name)) for (const name of resource.use) needed.add(name)
  }
  return order.filter((resource) => needed.has(resource.name))
}

function orderNodes(nodes: readonly NodeModel[]): readonly NodeModel[] {
  const { order = nodes } = orderByNeed(nodes, neededNodes)
  return order.map((node) => (node.kind === 'cycle' ? { ...node, nodes: orderNodes(node.nodes) } : node))
}
