import { type Points, squaredDistance } from './geometry.ts'

/**
 * What is known about each point from the turn before (G. Hamerly, "Making k-means even faster", 2010): its distance to its
 * centroid is at most `upper`, and to every other centroid at least `lower`.
 */
export interface Bounds {
  readonly owners: Uint8Array
  readonly upper: Float64Array
  readonly lower: Float64Array
  centroids: Float64Array
}

/** Room for the bounds of so many points. */
export function makeBounds(count: number): Bounds {
  return {
    owners: new Uint8Array(count),
    upper: new Float64Array(count),
    lower: new Float64Array(count),
    centroids: new Float64Array(0),
  }
}

/** Gives each point the cluster whose centroid is nearest, the first one of equals, by looking at all. */
export function assignByLookingAtAll(points: Points, centroids: Float64Array): Uint8Array {
  const owners = new Uint8Array(points.count)
  for (let point = 0; point < points.count; point++) owners[point] = nearestTwo(points, point, centroids).owner
  return owners
}

/**
 * The same, but looks only where the bounds leave it open that the owner has changed. A point is passed over when its owner
 * is nearer by more than any rounding, so the owners are the very same.
 */
export function assignWithinBounds(
  points: Points,
  centroids: Float64Array,
  bounds: Bounds,
  fresh: boolean,
): Uint8Array {
  const { owners, upper, lower } = bounds
  if (fresh) {
    for (let point = 0; point < points.count; point++) lookAround(points, point, centroids, bounds)
  } else {
    const moves = distancesMoved(bounds.centroids, centroids, points.dimensions)
    const longest = Math.max(...moves)
    const gaps = halfGaps(centroids, points.dimensions)
    for (let point = 0; point < points.count; point++) {
      const owner = owners[point]!
      upper[point]! += moves[owner]!
      lower[point]! -= longest
      const safe = Math.max(gaps[owner]!, lower[point]!) * (1 - 1e-9)
      if (upper[point]! < safe) continue
      upper[point] = Math.sqrt(squaredDistance(points.coordinates, point, centroids, owner, points.dimensions))
      if (upper[point]! >= safe) lookAround(points, point, centroids, bounds)
    }
  }
  bounds.centroids = centroids
  return owners.slice()
}

function lookAround(points: Points, point: number, centroids: Float64Array, bounds: Bounds): void {
  const { owner, nearest, second } = nearestTwo(points, point, centroids)
  bounds.owners[point] = owner
  bounds.upper[point] = Math.sqrt(nearest)
  bounds.lower[point] = Math.sqrt(second)
}

/** The nearest centroid with its squared distance, and that of the next one. */
function nearestTwo(
  points: Points,
  point: number,
  centroids: Float64Array,
): { owner: number; nearest: number; second: number } {
  const clusters = centroids.length / points.dimensions
  let owner = 0
  let nearest = Number.POSITIVE_INFINITY
  let second = Number.POSITIVE_INFINITY
  for (let cluster = 0; cluster < clusters; cluster++) {
    const distance = squaredDistance(points.coordinates, point, centroids, cluster, points.dimensions)
    if (distance < nearest) {
      second = nearest
      nearest = distance
      owner = cluster
    } else if (distance < second) {
      second = distance
    }
  }
  return { owner, nearest, second }
}

function distancesMoved(before: Float64Array, after: Float64Array, dimensions: number): Float64Array {
  return Float64Array.from({ length: after.length / dimensions }, (_, cluster) =>
    Math.sqrt(squaredDistance(before, cluster, after, cluster, dimensions)),
  )
}

/** Half the distance of each centroid to its nearest neighbour: who is nearer to it than that is nearer to it than to any other. */
function halfGaps(centroids: Float64Array, dimensions: number): Float64Array {
  const clusters = centroids.length / dimensions
  return Float64Array.from({ length: clusters }, (_, cluster) => {
    let gap = Number.POSITIVE_INFINITY
    for (let other = 0; other < clusters; other++) {
      if (other !== cluster) gap = Math.min(gap, squaredDistance(centroids, cluster, centroids, other, dimensions))
    }
    return Math.sqrt(gap) / 2
  })
}
