import type { KnobDeclarations } from './knob.ts'
import type { NodeModel, WorkflowModel } from './model.ts'

/** The names of the nodes that must have ended before a node begins. */
export function neededNodes(node: NodeModel): readonly string[] {
  const over = node.kind === 'map' ? [node.over] : []
  return [...new Set([...over, ...node.from, ...Object.keys(node.on ?? {})])]
}

/** All nodes, nested ones after the cycle that holds them. */
export function* allNodes(nodes: readonly NodeModel[]): Generator<NodeModel> {
  for (const node of nodes) {
    yield node
    if (node.kind === 'cycle') yield* allNodes(node.nodes)
  }
}

/** The declared knobs of everything that a patch may address: the run, resources and nodes, nested ones as `fit/step`. */
export function knobAddresses(model: WorkflowModel): ReadonlyMap<string, KnobDeclarations> {
  return new Map([
    ['run', model.runKnobs],
    ...model.resources.map((resource) => [resource.name, resource.knobs] as const),
    ...[...allNodes(model.nodes)].map((node) => [node.path, node.knobs] as const),
  ])
}
