/** A node of a call tree with how its time changed, in any one unit. Parents come before their children. */
export interface ChangedNode {
  /** Index of the parent; −1 for a root. */
  readonly parent: number
  readonly selfChange: number
  readonly inclusiveChange: number
}

/** A change that another one below the same ancestor takes back. */
export interface CostShift {
  readonly node: number
  /** The nearest ancestor (or the node itself) below which the time hardly changed. */
  readonly ancestor: number
  /** The node with the largest opposite change below it. */
  readonly counterpart: number
}

/** An ancestor whose inclusive change is less than this share of the node's own took part in no regression. */
const keptShare = 0.25

/**
 * Tells work that moved from work that was added (the cost-shift rule of FBDetect, Yoon et al. 2024): for each asked
 * node, the nearest ancestor that holds an opposite self change of at least a quarter, and whose inclusive change is
 * below a quarter of the node's. Renames, inlining and extraction give such pairs. `null` for a change that is one.
 */
export function findCostShift(nodes: readonly ChangedNode[], node: number): CostShift | null {
  const asked = nodes[node]
  if (asked === undefined || asked.selfChange === 0) return null
  const size = Math.abs(asked.selfChange)
  for (let ancestor = node; ancestor >= 0; ancestor = nodes[ancestor]?.parent ?? -1) {
    const counterpart = largestOpposite(nodes, node, ancestor)
    if (counterpart === null) continue
    // The nearest ancestor of both decides: farther up, unrelated changes may cancel by chance.
    const inclusive = Math.abs(nodes[ancestor]?.inclusiveChange ?? Number.POSITIVE_INFINITY)
    return inclusive < keptShare * size ? { node, ancestor, counterpart } : null
  }
  return null
}

function largestOpposite(nodes: readonly ChangedNode[], node: number, ancestor: number): number | null {
  const asked = nodes[node]?.selfChange ?? 0
  const below = new Uint8Array(nodes.length)
  below[ancestor] = 1
  let found: number | null = null
  let largest = keptShare * Math.abs(asked)
  for (let index = ancestor; index < nodes.length; index++) {
    const { parent, selfChange } = nodes[index] as ChangedNode
    if (parent >= 0 && below[parent] === 1) below[index] = 1
    if (below[index] === 0 || index === node || Math.sign(selfChange) !== -Math.sign(asked)) continue
    if (Math.abs(selfChange) >= largest) {
      largest = Math.abs(selfChange)
      found = index
    }
  }
  return found
}
