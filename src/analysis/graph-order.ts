/** Something in a layer. */
interface Placed {
  readonly id: string
  readonly layer: number
}

type Link = readonly [from: string, to: string]

/** Rounds through all layers; each is kept only where fewer edges cross. */
const rounds = 6

/** Orders what stands in each layer so that few edges cross: by the mean place of what it is linked to (barycentres), there and back. */
export function orderLayers(items: readonly Placed[], links: readonly Link[]): string[][] {
  const count = Math.max(-1, ...items.map(({ layer }) => layer)) + 1
  let best = Array.from({ length: count }, (_, layer) =>
    items.filter((item) => item.layer === layer).map(({ id }) => id),
  )
  let fewest = crossingsIn(best, links)
  let current = best
  for (let round = 0; round < rounds && fewest > 0; round++) {
    current = sweep(current, links, round % 2 === 0)
    const crossings = crossingsIn(current, links)
    if (crossings >= fewest) continue
    fewest = crossings
    best = current
  }
  return best
}

function sweep(layers: readonly (readonly string[])[], links: readonly Link[], forward: boolean): string[][] {
  const next = layers.map((layer) => [...layer])
  const order = forward ? next.keys() : [...next.keys()].reverse()
  for (const layer of order) {
    const fixed = next[forward ? layer - 1 : layer + 1]
    if (!fixed) continue
    const placeOf = new Map(fixed.map((id, place) => [id, place]))
    const mean = new Map<string, number>()
    for (const [place, id] of next[layer]!.entries()) {
      const places = links.flatMap(([from, to]) => {
        const other = forward ? (to === id ? from : undefined) : from === id ? to : undefined
        const found = other === undefined ? undefined : placeOf.get(other)
        return found === undefined ? [] : [found]
      })
      // What is linked to nothing stays about where it is.
      mean.set(id, places.length > 0 ? places.reduce((sum, one) => sum + one, 0) / places.length : place)
    }
    next[layer] = next[layer]!.toSorted((a, b) => mean.get(a)! - mean.get(b)!)
  }
  return next
}

/** Pairs of edges between neighbouring layers that cross. */
export function crossingsIn(layers: readonly (readonly string[])[], links: readonly Link[]): number {
  const placeOf = new Map(layers.flatMap((layer, at) => layer.map((id, place) => [id, { at, place }] as const)))
  const byLayer = Map.groupBy(links, ([from]) => placeOf.get(from)!.at)
  let crossings = 0
  for (const own of byLayer.values()) {
    const places = own.map(([from, to]) => [placeOf.get(from)!.place, placeOf.get(to)!.place] as const)
    for (const [index, [from, to]] of places.entries()) {
      for (const [otherFrom, otherTo] of places.slice(index + 1)) {
        if ((from - otherFrom) * (to - otherTo) < 0) crossings++
      }
    }
  }
  return crossings
}
