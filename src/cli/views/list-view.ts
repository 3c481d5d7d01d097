import type { Colors } from 'picocolors/types.js'
import { formatChangeWithInterval, formatCount, formatDuration } from '../../base/index.ts'
import {
  type AdviceEntry,
  comparisonsOf,
  type ExperimentRecord,
  nameOfBlock,
  type RunRecord,
  type WorkflowFile,
} from '../../engine/index.ts'
import { formatTable } from '../table.ts'
import { measuredEffect, predictedRange } from './advice-view.ts'
import { formatMoment } from './moment.ts'
import { patchText } from './patch-text.ts'

/** Workflow files; what they hold is known from their last run only, because listing runs no user code. */
export function workflowTable(files: readonly WorkflowFile[], colours: Colors): string[] {
  const rows = files.map(({ file, name, description }) => [
    file,
    name ?? 'never run',
    description ? formatCount(description.nodes.length) : '',
    description ? ['baseline', ...description.variants.map((variant) => variant.name)].join(' ') : '',
  ])
  const columns = [
    { title: 'file' },
    { title: 'workflow' },
    { title: 'nodes', align: 'right' as const },
    { title: 'variants' },
  ]
  return formatTable(columns, rows, { title: colours.dim })
}

/** Runs with their time and how they ended. */
export function runTable(runs: readonly RunRecord[], colours: Colors): string[] {
  const rows = runs.map((run) => [
    run.id,
    formatMoment(run.startedAt),
    run.workflow,
    run.variant,
    run.value === null ? 'no data' : formatDuration(run.value),
    run.reason,
    run.trial ? `${run.trial.experiment} ${run.trial.block < 0 ? '' : 'block '}${nameOfBlock(run.trial.block)}` : '',
    run.error?.code ?? '',
  ])
  const columns = [
    { title: 'run' },
    { title: 'started' },
    { title: 'workflow' },
    { title: 'variant' },
    { title: 'time', align: 'right' as const },
    { title: 'ended' },
    { title: 'trial of' },
    { title: 'error' },
  ]
  return formatTable(columns, rows, { title: colours.dim })
}

/** Experiments with their verdicts, effects with their intervals. */
export function experimentTable(experiments: readonly ExperimentRecord[], colours: Colors): string[] {
  const rows = experiments.flatMap((record) => {
    const comparisons = comparisonsOf(record)
    return comparisons.map(({ name, verdict, ratio, low, high, state }, place) => [
      ...(place > 0
        ? ['', '', '', '', '']
        : [
            record.id,
            formatMoment(record.startedAt),
            record.settings.workflow,
            record.settings.purpose,
            record.status,
          ]),
      name,
      verdict ?? 'no verdict yet',
      ratio === null || state === null ? 'no data' : formatChangeWithInterval(ratio, low, high),
    ])
  })
  const columns = [
    { title: 'experiment' },
    { title: 'started' },
    { title: 'workflow' },
    { title: 'purpose' },
    { title: 'status' },
    { title: 'variant' },
    { title: 'verdict' },
    { title: 'effect', align: 'right' as const },
  ]
  return formatTable(columns, rows, { title: colours.dim })
}

/** The ledger: what was predicted beside what was measured. */
export function adviceTable(entries: readonly AdviceEntry[], colours: Colors): string[] {
  const rows = entries.map(({ id, workflow, recommendation }) => {
    const { prediction, proof, patch } = recommendation
    return [
      id,
      workflow,
      recommendation.title,
      recommendation.status,
      prediction.kind === 'range' ? predictedRange(prediction) : 'range unknown',
      proof ? measuredEffect(proof) : 'no data',
      patch ? patchText(patch) : 'by hand',
    ]
  })
  const columns = [
    { title: 'advice' },
    { title: 'workflow' },
    { title: 'what' },
    { title: 'status' },
    { title: 'predicted', align: 'right' as const },
    { title: 'measured', align: 'right' as const },
    { title: 'patch' },
  ]
  return formatTable(columns, rows, { title: colours.dim })
}
