import { strobe } from '../finished-workspace.ts'
import { idsOf } from './answers.ts'

/** A view of the studio with data in it, as an address. */
export interface Place {
  readonly name: string
  readonly hash: string
  /** Text that is there once its data is. */
  readonly shows: string | RegExp
}

/** Every screen and every tab of a finished workspace. */
export function placesOf(workspace: string): readonly Place[] {
  const orders = idsOf(workspace, 'runs', 'orders').at(-1)!
  const kMeans = idsOf(workspace, 'runs', 'k-means').at(-1)!
  const [experiment] = idsOf(workspace, 'experiments', 'k-means')
  const ordersExperiment = idsOf(workspace, 'experiments', 'orders').at(-1)!
  const { advice } = strobe(workspace, 'list', 'advice') as { advice: readonly { id: string; status: string }[] }
  const tried = advice.find(({ status }) => status !== 'open') ?? advice[0]!
  const tabs = ['calls', 'flame', 'graph', 'source', 'log', 'result']
  return [
    { name: 'workspace', hash: '#/workspace', shows: 'experiment' },
    { name: 'run', hash: `#/run/${kMeans}?tab=nodes`, shows: 'k-means took' },
    ...tabs.map((tab) => ({ name: `run ${tab}`, hash: `#/run/${orders}?tab=${tab}`, shows: 'orders took' })),
    { name: 'run flame of samples', hash: `#/run/${kMeans}?tab=flame`, shows: 'samples' },
    { name: 'run picker', hash: '#/run', shows: 'Choose a run' },
    { name: 'cycle', hash: `#/cycle/${kMeans}`, shows: 'Converged after' },
    { name: 'cycle with two iterations', hash: `#/cycle/${kMeans}?a=0&b=5`, shows: 'Converged after' },
    { name: 'cycle picker', hash: '#/cycle', shows: 'k-means' },
    { name: 'compare', hash: `#/compare/${experiment}`, shows: /bounded is .* faster|bounded/ },
    { name: 'compare orders', hash: `#/compare/${ordersExperiment}`, shows: 'overlapped' },
    { name: 'compare picker', hash: '#/compare', shows: 'Experiments' },
    { name: 'advice', hash: `#/advice/${tried.id}`, shows: 'Evidence' },
    { name: 'report', hash: `#/report?experiments=${experiment}`, shows: 'Sections' },
  ]
}
