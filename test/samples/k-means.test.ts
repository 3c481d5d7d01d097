import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignByLookingAtAll, assignWithinBounds, makeBounds } from '../../resources/samples/assignment.ts'
import { type Clusters, moveCentroids, seedClusters } from '../../resources/samples/clustering.ts'
import { type Points, scatterPoints, squaredDistance } from '../../resources/samples/geometry.ts'
import kMeans from '../../resources/samples/k-means.workflow.ts'
import { checkWorkflow, planWorkflow, workflowOf } from '../../src/workflow/index.ts'

/** Inertia by its definition, with every point at its owner's centroid. */
function inertiaOf(points: Points, owners: Uint8Array, { centroids }: Clusters): number {
  let sum = 0
  for (let point = 0; point < points.count; point++) {
    sum += squaredDistance(points.coordinates, point, centroids, owners[point]!, points.dimensions)
  }
  return sum
}

describe('k-means', () => {
  it('property: both ways to assign agree on every point in every turn, and no turn makes it worse', () => {
    const shape = fc.record({
      count: fc.integer({ min: 1, max: 600 }),
      dimensions: fc.integer({ min: 1, max: 5 }),
      clusters: fc.integer({ min: 1, max: 9 }),
      seed: fc.integer(),
    })
    fc.assert(
      fc.property(shape, ({ count, dimensions, clusters, seed }) => {
        const points = scatterPoints(count, dimensions, clusters, seed)
        const bounds = makeBounds(count)
        let state = seedClusters(points, clusters, seed)
        for (let turn = 0; turn < 15; turn++) {
          const owners = assignByLookingAtAll(points, state.centroids)
          expect(assignWithinBounds(points, state.centroids, bounds, turn === 0)).toEqual(owners)
          const next = moveCentroids(points, owners, state)
          const inertia = inertiaOf(points, owners, next)
          expect(Math.abs(next.inertia - inertia)).toBeLessThan(1e-9 * (points.squares + 1))
          if (turn > 0) expect(next.inertia).toBeLessThanOrEqual(state.inertia + 1e-9 * (points.squares + 1))
          expect(next.sizes.reduce((sum, size) => sum + size, 0)).toBe(count)
          state = next
        }
      }),
      { numRuns: 60 },
    )
  })

  it('agrees where points lie on top of each other', () => {
    const points: Points = { count: 6, dimensions: 1, coordinates: new Float64Array([0, 0, 1, 1, 2, 2]), squares: 10 }
    const centroids = new Float64Array([1, 0, 2, 1])
    const bounds = makeBounds(6)
    for (let turn = 0; turn < 3; turn++) {
      const owners = assignByLookingAtAll(points, centroids)
      expect([...owners]).toEqual([1, 1, 0, 0, 2, 2])
      expect(assignWithinBounds(points, centroids, bounds, turn === 0)).toEqual(owners)
    }
  })

  it('makes the same points from the same seed, and others from another', () => {
    expect(scatterPoints(50, 2, 3, 7)).toEqual(scatterPoints(50, 2, 3, 7))
    expect(scatterPoints(50, 2, 3, 8)).not.toEqual(scatterPoints(50, 2, 3, 7))
  })

  it('has nothing that a check finds, and a plan for each variant', () => {
    const model = workflowOf(kMeans)!
    expect(checkWorkflow(model)).toEqual([])
    for (const variant of ['baseline', 'bounded']) expect(planWorkflow(model, { variant }).plan).toBeDefined()
  })
})
