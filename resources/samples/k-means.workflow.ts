import { knob, workflow } from 'strobe'
import { assignByLookingAtAll, assignWithinBounds, makeBounds } from './assignment.ts'
import { moveCentroids, seedClusters } from './clustering.ts'
import { scatterPoints } from './geometry.ts'

// Finds heaps in 100 000 points by k-means: turn by turn, each point goes to the nearest centroid and each centroid to the middle
// of its points, until that brings nothing more.
export default workflow('k-means', { params: { count: 100_000, dimensions: 2, clusters: 8, seed: 2 } })
  .resource('bounds', ({ params }) => makeBounds(params.count))
  .task('points', { effects: 'pure' }, ({ params }) =>
    scatterPoints(params.count, params.dimensions, params.clusters, params.seed),
  )
  .cycle('cluster', { from: ['points'], use: ['bounds'] }, (cycle) =>
    cycle
      .start(({ points, params }) => seedClusters(points, params.clusters, params.seed))
      .task(
        'assign',
        { from: ['points'], use: ['bounds'], knobs: { algorithm: knob.choice('plain', ['plain', 'bounded']) } },
        ({ points, bounds, state, iteration, knobs }) =>
          knobs.algorithm === 'plain'
            ? assignByLookingAtAll(points, state.centroids)
            : assignWithinBounds(points, state.centroids, bounds, iteration === 0),
      )
      .task('update', { from: ['points', 'assign'], effects: 'pure' }, ({ points, assign, state }) =>
        moveCentroids(points, assign, state),
      )
      .next(({ update }) => update)
      .metric('inertia', ({ state }) => state.inertia, { goal: 'minimise' })
      .until(({ state }) => state.improvement < 1e-5)
      .limits({ maxIterations: 50 }),
  )
  .result(
    ({ cluster: { state, iterations } }) => ({
      iterations,
      inertia: state.inertia,
      sizes: [...state.sizes],
      centroids: [...state.centroids],
    }),
    { tolerance: 1e-9 },
  )
  .variant('bounded', { 'cluster/assign': { algorithm: 'bounded' } })
