/**
 * One cycle of each knot of files that import each other, as the files along it. Takes each file's imports; those of files
 * that are not keys are left out. Tarjan's strongly connected components (SIAM J. Comput. 1, 1972), then a way through.
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const knots: Set<string>[] = []

  const visit = (file: string): void => {
    order.set(file, order.size)
    low.set(file, order.size - 1)
    stack.push(file)
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue
      if (!order.has(next)) visit(next)
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0))
    }
    if (low.get(file) !== order.get(file)) return
    const knot = new Set(stack.splice(stack.indexOf(file)))
    if (knot.size > 1 || graph.get(file)?.includes(file)) knots.push(knot)
  }
  for (const file of graph.keys()) if (!order.has(file)) visit(file)
  return knots.map((knot) => shortestCycle(graph, knot))
}

/** The shortest way from the knot's first file (by name) back to itself, breadth first. */
function shortestCycle(graph: ReadonlyMap<string, readonly string[]>, knot: ReadonlySet<string>): string[] {
  const [start = ''] = [...knot].sort()
  const ways = [[start]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const next of graph.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return way
      if (!knot.has(next) || seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return [...knot]
}
