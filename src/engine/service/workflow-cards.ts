import type { WorkflowCard } from '../../protocol/index.ts'
import type { Engine } from '../engine.ts'
import { historyOf } from '../history.ts'
import { listWorkflows } from '../workflows.ts'
import { summariseExperiment, summariseRun } from './summaries.ts'

/** The workflows of a workspace, each with what is known of it. Runs no user code. */
export function workflowCards(engine: Engine): WorkflowCard[] {
  const { store } = engine
  const lastRuns = new Map(store.runs.latestPerFile().map((run) => [run.file, run]))
  return listWorkflows(engine).map(({ file, name, description }) => {
    const lastRun = lastRuns.get(file)
    const experiments = name === undefined ? [] : store.experiments.list({ workflow: name })
    const trend = name === undefined ? undefined : historyOf(engine, { workflow: name }).series[0]
    const lastExperiment = experiments[0]
    return {
      ...{ file, runs: name === undefined ? 0 : store.runs.count({ workflow: name }), experiments: experiments.length },
      ...(name === undefined ? {} : { name }),
      ...(description ? { description } : {}),
      ...(lastRun ? { lastRun: summariseRun(lastRun) } : {}),
      ...(lastExperiment ? { lastExperiment: summariseExperiment(lastExperiment) } : {}),
      ...(trend ? { trend } : {}),
    }
  })
}
