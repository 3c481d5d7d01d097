import type { WorkflowCard } from '../../protocol/index.ts'
import type { Engine } from '../engine.ts'
import { historyOf } from '../history.ts'
import { listWorkflows, workflowFiles } from '../workflows.ts'
import { experimentsOfFile } from './lists.ts'
import { summariseRun } from './summaries.ts'

/** Cards of each engine, for a state of its store and of the files: trends of long histories take a while. */
const made = new WeakMap<Engine, { readonly state: string; readonly cards: readonly WorkflowCard[] }>()

/** The workflows of a workspace, each with what is known of it. Runs no user code. */
export function workflowCards(engine: Engine): readonly WorkflowCard[] {
  const state = `${engine.store.version()} ${workflowFiles(engine.workspace).join('\n')}`
  const known = made.get(engine)
  if (known?.state === state) return known.cards
  const cards = makeCards(engine)
  made.set(engine, { state, cards })
  return cards
}

function makeCards(engine: Engine): WorkflowCard[] {
  const { runs } = engine.store
  const lastRuns = new Map(runs.latestPerFile().map((run) => [run.file, run]))
  const counts = runs.countPerFile()
  return listWorkflows(engine).map(({ file, name, description }) => {
    const lastRun = lastRuns.get(file)
    const { count, last } = experimentsOfFile(engine, file)
    const trend = name === undefined ? undefined : historyOf(engine, { workflow: name }).series[0]
    return {
      ...{ file, runs: counts.get(file) ?? 0, experiments: count },
      ...(name === undefined ? {} : { name }),
      ...(description ? { description } : {}),
      ...(lastRun ? { lastRun: summariseRun(lastRun) } : {}),
      ...(last ? { lastExperiment: last } : {}),
      ...(trend ? { trend } : {}),
    }
  })
}
