import type { NodeDescription, WorkflowDescription } from '../workflow/index.ts'
import type { GraphNode, WorkflowGraph } from './model.ts'
import { toPlainObject, toPlainPatch } from './plain-data.ts'

/** The nodes of a workflow with the edges between them, parents before children. */
export function buildGraph(description: WorkflowDescription, file: string | null): WorkflowGraph {
  return {
    name: description.name,
    file,
    params: toPlainObject(description.params),
    nodes: description.nodes.flatMap((node) => nodesOf(node, '', new Map(pathsOf(description.nodes)))),
    resources: description.resources.map(({ name, use }) => ({ name, use })),
    variants: description.variants.map(({ name, patch }) => ({ name, patch: toPlainPatch(patch) })),
  }
}

/** `known` says which path a name has from where the node stands: its siblings, then what is around it. */
function nodesOf(node: NodeDescription, within: string, known: ReadonlyMap<string, string>): GraphNode[] {
  const { path, name, kind, use, effects } = node
  const from = node.from.map((source) => known.get(source) ?? source)
  const inner = node.nodes ?? []
  const below = new Map([...known, ...pathsOf(inner)])
  return [{ path, name, kind, within, from, use, effects }, ...inner.flatMap((child) => nodesOf(child, path, below))]
}

function pathsOf(nodes: readonly NodeDescription[]): Array<[string, string]> {
  return nodes.map(({ name, path }) => [name, path])
}
