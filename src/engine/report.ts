import type { ExperimentRecord } from '../analysis/index.ts'
import { StrobeError } from '../base/index.ts'
import { buildReport, type ReportModel } from '../report/index.ts'
import type { Engine } from './engine.ts'
import { findExperiment, findRun, listAdvice } from './find.ts'

/** What a report is about; several experiments make one report. */
export interface ReportRequest {
  readonly experiments?: readonly string[]
  readonly runs?: readonly string[]
  /** Default: the name of the workflow. */
  readonly title?: string
}

/** Gathers everything that a report shows. Throws `engine.unknown-id`, and `engine.nothing-to-report` where nothing was named. */
export function reportOf(engine: Engine, request: ReportRequest): ReportModel {
  const experiments = (request.experiments ?? []).map((id) => findExperiment(engine, id))
  const asked = (request.runs ?? []).map((id) => findRun(engine, id))
  if (experiments.length + asked.length === 0) {
    throw new StrobeError('engine.nothing-to-report', 'A report needs an experiment or a run to be about.')
  }
  const chosen = experiments.flatMap((experiment) => typicalRuns(experiment))
  const runs = [
    ...asked.map((record) => ({ record, label: record.variant })),
    ...chosen.map(({ runId, label }) => ({ record: findRun(engine, runId), label })),
  ]
  const workflows = new Set([
    ...experiments.map(({ settings }) => settings.workflow),
    ...asked.map(({ workflow }) => workflow),
  ])
  return buildReport({
    madeAt: engine.clock(),
    ...(request.title === undefined ? {} : { title: request.title }),
    experiments: experiments.map((record) => {
      const description = runs.find((run) => run.record.trial?.experiment === record.id)?.record.description
      return { record, ...(description ? { description } : {}) }
    }),
    runs: runs.flatMap(({ record, label }) => {
      const trace = engine.store.traces.read(record.id)
      return trace ? [{ record, trace, label }] : []
    }),
    advice: [...workflows].flatMap((workflow) => listAdvice(engine, { workflow })),
  })
}

/** Of each variant the trial whose time is the middle one: what a typical run looked like. */
function typicalRuns(experiment: ExperimentRecord): Array<{ runId: string; label: string }> {
  return experiment.settings.variants.flatMap(({ name }, variant) => {
    const trials = experiment.trials.filter(
      (trial) => trial.variant === variant && trial.block >= 0 && trial.value !== null && trial.runId !== '',
    )
    trials.sort((left, right) => left.value! - right.value!)
    const middle = trials[Math.floor((trials.length - 1) / 2)]
    return middle ? [{ runId: middle.runId, label: name }] : []
  })
}
