import type { NodeDescription } from '../workflow/index.ts'

/** Whether the node, and everything inside it, says that it changes nothing: only then may it overlap with others. */
export function mayOverlap(node: NodeDescription): boolean {
  return node.effects !== 'writes' && (node.nodes ?? []).every(mayOverlap)
}

/** Whether `later` needs `earlier`, directly or through others of the same level. */
export function dependsOn(
  later: NodeDescription,
  earlier: NodeDescription,
  level: readonly NodeDescription[],
): boolean {
  const pending = [...later.from]
  const seen = new Set<string>()
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === earlier.name) return true
    if (seen.has(name)) continue
    seen.add(name)
    pending.push(...(level.find((node) => node.name === name)?.from ?? []))
  }
  return false
}
