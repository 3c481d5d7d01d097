import { type Points, seededRandom, squaredDistance } from './geometry.ts'

/** Where the clusters are and how good that is. */
export interface Clusters {
  readonly centroids: Float64Array
  /** Points in each cluster. */
  readonly sizes: Uint32Array
  /** Sum of the squared distances of all points to the centroids of their clusters. */
  readonly inertia: number
  /** How much smaller the inertia became by the last turn, as a share. */
  readonly improvement: number
}

/** Centroids to start from: points that are far from each other (k-means++ over every fiftieth point). */
export function seedClusters(points: Points, clusters: number, seed: number): Clusters {
  const { coordinates, dimensions } = points
  const random = seededRandom(seed + 1)
  const candidates = Array.from({ length: Math.ceil(points.count / 50) }, (_, index) => index * 50)
  const nearest = new Float64Array(candidates.length).fill(Number.POSITIVE_INFINITY)
  const centroids = new Float64Array(clusters * dimensions)
  let chosen = Math.floor(random() * candidates.length)
  for (let cluster = 0; cluster < clusters; cluster++) {
    const from = candidates[chosen]! * dimensions
    centroids.set(coordinates.subarray(from, from + dimensions), cluster * dimensions)
    let total = 0
    for (const [index, point] of candidates.entries()) {
      nearest[index] = Math.min(nearest[index]!, squaredDistance(coordinates, point, centroids, cluster, dimensions))
      total += nearest[index]!
    }
    let rest = random() * total
    chosen = nearest.findIndex((distance) => {
      rest -= distance
      return rest < 0
    })
    if (chosen < 0) chosen = candidates.length - 1
  }
  return { centroids, sizes: new Uint32Array(clusters), inertia: 0, improvement: 1 }
}

/** Moves each centroid to the middle of the points that were assigned to it; one without points stays. */
export function moveCentroids(points: Points, owners: Uint8Array, before: Clusters): Clusters {
  const { count, dimensions, coordinates, squares } = points
  const sizes = new Uint32Array(before.sizes.length)
  const sums = new Float64Array(before.centroids.length)
  for (let point = 0; point < count; point++) {
    const owner = owners[point]!
    sizes[owner]!++
    for (let axis = 0; axis < dimensions; axis++) {
      sums[owner * dimensions + axis]! += coordinates[point * dimensions + axis]!
    }
  }
  // The distances to the middle add up to the squares of the points less those of the middles: no second pass is needed.
  let inertia = squares
  const centroids = sums.map((sum, place) => {
    const size = sizes[Math.floor(place / dimensions)]!
    if (size === 0) return before.centroids[place]!
    inertia -= (sum * sum) / size
    return sum / size
  })
  const improvement = before.inertia === 0 ? 1 : (before.inertia - inertia) / before.inertia
  return { centroids, sizes, inertia, improvement }
}
