import { workflow } from 'strobe'
import { assignByLookingAtAll, makeBounds } from '../../resources/samples/assignment.ts'
import { moveCentroids, seedClusters } from '../../resources/samples/clustering.ts'
import { scatterPoints } from '../../resources/samples/geometry.ts'

/** The k-means sample as one plain function: what it costs without any cycle, task or capture around its turns. */
export default workflow('k-means-function', { params: { count: 100_000, dimensions: 2, clusters: 8, seed: 2 } })
  // As in the sample: memory that another variant of it needs, open while it runs.
  .resource('bounds', ({ params }) => makeBounds(params.count))
  .task('solve', { use: ['bounds'], effects: 'pure' }, ({ params }) => {
    const points = scatterPoints(params.count, params.dimensions, params.clusters, params.seed)
    let state = seedClusters(points, params.clusters, params.seed)
    let iterations = 0
    while (iterations < 50) {
      state = moveCentroids(points, assignByLookingAtAll(points, state.centroids), state)
      iterations++
      if (state.improvement < 1e-5) break
    }
    return { iterations, inertia: state.inertia, sizes: [...state.sizes], centroids: [...state.centroids] }
  })
  .result(({ solve }) => solve, { tolerance: 1e-9 })
