import type { ExperimentSummary, InputOf, Page, RunSummary } from '../../protocol/index.ts'
import type { Engine } from '../engine.ts'
import { summariseExperiment, summariseRun } from './summaries.ts'

/** A page of runs, latest first. */
export function pageOfRuns({ store }: Engine, params: InputOf<'runs.list'>): Page<RunSummary> {
  const { total, rows } = store.runs.page(params)
  return { total, offset: params.offset, rows: rows.map(summariseRun) }
}

/** A page of experiments, latest first. */
export function pageOfExperiments({ store }: Engine, params: InputOf<'experiments.list'>): Page<ExperimentSummary> {
  const { offset, limit, search, workflow } = params
  const all = store.experiments.list(workflow === undefined ? {} : { workflow }).map(summariseExperiment)
  const asked = search === undefined ? all : all.filter((row) => isFound(row, search.toLowerCase()))
  return { total: asked.length, offset, rows: asked.slice(offset, offset + limit) }
}

function isFound({ id, workflow, status, variants }: ExperimentSummary, search: string): boolean {
  return [id, workflow, status, ...variants].some((text) => text.toLowerCase().includes(search))
}
