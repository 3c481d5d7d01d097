/** A node as far as its place in a picture goes. */
export interface LayeredNode {
  readonly path: string
  /** Paths of the nodes that it takes the outputs of; others than those in the list are ignored. */
  readonly from: readonly string[]
}

/** Column of each node: one after the last of those that it takes the outputs of. */
export function layersOf(nodes: readonly LayeredNode[]): Map<string, number> {
  const layers = new Map<string, number>()
  // As often as there are nodes settles any order; what waits for itself stays where it is.
  for (let round = 0; round < nodes.length; round++) {
    for (const node of nodes) {
      const before = node.from.map((source) => (source === node.path ? -1 : (layers.get(source) ?? -1)))
      layers.set(node.path, Math.min(nodes.length - 1, Math.max(-1, ...before) + 1))
    }
  }
  return layers
}

/** Share of the critical path of a node with all that is inside of it; `null` where it did not run, or nothing was recorded. */
export function criticalShareOf(
  rows: ReadonlyArray<{ readonly path: string; readonly critical: { readonly share: number } | null }>,
  path: string,
): number | null {
  const shares = rows
    .filter((row) => row.path === path || row.path.startsWith(`${path}/`))
    .flatMap(({ critical }) => critical?.share ?? [])
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0)
}
