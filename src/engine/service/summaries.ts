import { countedBlocks, type ExperimentRecord, rankVariants } from '../../analysis/index.ts'
import type { ExperimentSummary, RunSummary } from '../../protocol/index.ts'
import type { RunRecord } from '../../trace/index.ts'

/** A run as a list shows it. */
export function summariseRun(run: RunRecord): RunSummary {
  const { id, workflow, file, variant, startedAt, reason, value, capture, trial, metrics, error } = run
  return {
    ...{ id, workflow, file, variant, startedAt, reason, value, capture },
    ...(trial ? { experiment: trial.experiment, block: trial.block } : {}),
    ...(metrics ? { metrics } : {}),
    ...(error ? { problem: error.message } : {}),
  }
}

/** An experiment as a list shows it. */
export function summariseExperiment(record: ExperimentRecord): ExperimentSummary {
  const { id, settings, status, startedAt, endedAt, look } = record
  const ranking = rankVariants(record)
  const best = ranking.find(({ baseline }) => !baseline)
  return {
    ...{ id, workflow: settings.workflow, file: settings.file, status, purpose: settings.purpose, startedAt, endedAt },
    variants: settings.variants.map(({ name }) => name),
    blocks: countedBlocks(record).length,
    ranking,
    ...(look?.kind === 'look' && best ? { sentence: best.sentence } : {}),
  }
}
