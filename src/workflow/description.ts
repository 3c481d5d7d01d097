import type { Place } from '../base/index.ts'
import type { KnobDeclarations } from './knob.ts'
import type { CycleLimits, Effects, Goal, NodeModel, Patch, WorkflowModel } from './model.ts'

/** A node as plain data: everything but its functions. */
export interface NodeDescription {
  readonly kind: NodeModel['kind']
  readonly name: string
  readonly path: string
  /** Names of nodes whose outputs it gets; for a map, `over` is among them. */
  readonly from: readonly string[]
  readonly over?: string
  readonly use: readonly string[]
  readonly effects: Effects
  readonly knobs: KnobDeclarations
  readonly thread?: boolean
  readonly timeout?: number
  readonly limits?: CycleLimits
  readonly metric?: { readonly name: string; readonly goal: Goal }
  readonly place?: Place
  readonly nodes?: readonly NodeDescription[]
}

/** A workflow as plain data: it crosses processes, is stored with every run, and is what analysis and advice look at. */
export interface WorkflowDescription {
  readonly name: string
  readonly params: Readonly<Record<string, unknown>>
  readonly runKnobs: KnobDeclarations
  readonly resources: ReadonlyArray<{
    readonly name: string
    readonly use: readonly string[]
    readonly knobs: KnobDeclarations
    readonly place?: Place
  }>
  readonly nodes: readonly NodeDescription[]
  readonly variants: ReadonlyArray<{ readonly name: string; readonly patch: Patch; readonly place?: Place }>
  readonly tolerance?: number
  readonly place?: Place
}

/** Everything of a workflow that is not a function. */
export function describeWorkflow(model: WorkflowModel): WorkflowDescription {
  const { name, params, runKnobs, resources, nodes, variants, result, place } = model
  return {
    name,
    params: params.defaults,
    runKnobs,
    resources: resources.map(({ open: _open, ...rest }) => rest),
    nodes: nodes.map(describeNode),
    variants,
    ...(result?.tolerance === undefined ? {} : { tolerance: result.tolerance }),
    ...(place ? { place } : {}),
  }
}

function describeNode(node: NodeModel): NodeDescription {
  const { kind, name, path, use, effects, knobs } = node
  const from = node.kind === 'map' ? [...new Set([node.over, ...node.from])] : node.from
  return {
    ...{ kind, name, path, from, use, effects, knobs },
    ...(node.kind === 'map' ? { over: node.over } : {}),
    ...(node.kind === 'task' || node.kind === 'map' ? { thread: node.thread } : {}),
    ...('timeout' in node && node.timeout !== undefined ? { timeout: node.timeout } : {}),
    ...(node.kind === 'cycle' ? { limits: node.limits, nodes: node.nodes.map(describeNode) } : {}),
    ...(node.kind === 'cycle' && node.metric ? { metric: { name: node.metric.name, goal: node.metric.goal } } : {}),
    ...(node.place ? { place: node.place } : {}),
  }
}

/** All nodes of a workflow, parents before their children. */
export function* walkNodes(nodes: readonly NodeDescription[]): Generator<NodeDescription> {
  for (const node of nodes) {
    yield node
    if (node.nodes) yield* walkNodes(node.nodes)
  }
}
