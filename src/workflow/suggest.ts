/** The name in `names` that is nearest to `written`, where one is near enough to be what was meant. */
function nearestName(written: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1
  for (const name of names) {
    const distance = editDistance(written.toLowerCase(), name.toLowerCase())
    if (distance < bestDistance) {
      best = name
      bestDistance = distance
    }
  }
  return best
}

/** One sentence that says which name was meant or, where none is near, which there are. */
export function suggestName(written: string, names: readonly string[], what: string): string {
  const nearest = nearestName(written, names)
  if (nearest !== undefined) return `Did you mean '${nearest}'?`
  if (names.length === 0) return `There are no ${what}.`
  const shown = names.slice(0, 12).map((name) => `'${name}'`)
  return `The ${what} are ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}.`
}

/** How many letters must be put in, taken out, replaced or swapped with their neighbour to make `a` of `b`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, beforeLast[column - 2]! + 1)
      }
      current.push(cost)
    }
    beforeLast = last
    last = current
  }
  return last[b.length]!
}
