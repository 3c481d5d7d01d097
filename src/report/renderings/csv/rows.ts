import type { TrialMetrics } from '../../../analysis/index.ts'
import type { ExperimentSection, LedgerRow, RunSection } from '../../model.ts'
import { armsOf } from '../odd-blocks.ts'
import type { Cell } from './cells.ts'
import type { ColumnName } from './columns.ts'

/** A row by the names of its columns; what is not named is empty. */
export type Row = { readonly [Name in ColumnName]?: Cell }

/** One row per trial, in the order in which they ran. */
export function trialRows(section: ExperimentSection): Row[] {
  const arms = armsOf(section)
  return section.trials.map(({ runId, block, position, variant, value, reason, counted, leftOut, ...trial }) => ({
    ...{ table: 'trial', experiment: section.id, run: runId, workflow: section.workflow },
    ...{ variant: arms[variant]?.name ?? null, block: block + 1, position: position === null ? null : position + 1 },
    ...{ counted, left_out: leftOut, disturbed: trial.disturbances.join('; '), ended: reason, value_ns: value },
    ...metricCells(trial.metrics ?? {}),
  }))
}

function metricCells(metrics: TrialMetrics): Row {
  return {
    wall_ns: metrics.wall ?? null,
    cpu_ns: metrics.cpu ?? null,
    user_ns: metrics.user ?? null,
    system_ns: metrics.system ?? null,
    gc_ns: metrics.gc ?? null,
    peak_heap_bytes: metrics['peak-heap'] ?? null,
    peak_memory_bytes: metrics['peak-memory'] ?? null,
    calls: metrics.calls ?? null,
  }
}

/** One row per variant, fastest first. An estimate before the first look has no interval, and is left out. */
export function variantRows({ id, workflow, ranking, variants }: ExperimentSection): Row[] {
  return ranking.map((row) => {
    const summary = variants[row.variant]
    const isShown = row.baseline || row.verdict !== null
    return {
      ...{ table: 'variant', experiment: id, workflow, variant: row.name, verdict: row.verdict },
      ...{ ratio: isShown ? row.ratio : null, ratio_low: row.low, ratio_high: row.high, level: row.level },
      ...{ adjusted_p: row.adjustedP, trials: summary?.counted ?? null, failures: summary?.failures ?? null },
      median_ns: summary?.median ?? null,
    }
  })
}

export function runRow({
  id,
  experiment,
  workflow,
  variant,
  reason,
  error,
  startedAt,
  value,
  ...run
}: RunSection): Row {
  return {
    ...{ table: 'run', experiment, run: id, workflow, variant, ended: reason, error: error?.code ?? null },
    started: momentCell(startedAt),
    ...{ value_ns: value, wall_ns: value, gc_ns: run.collections?.total ?? null, peak_memory_bytes: run.peakMemory },
  }
}

/** One row per node that ran, or could have. */
export function nodeRows({ id, workflow, variant, nodes }: RunSection): Row[] {
  return (nodes ?? []).map(({ path, kind, executions, durations, self, wait, queueing, cpu, critical, ...node }) => ({
    ...{ table: 'node', run: id, workflow, variant, node: path, kind, executions, cpu_ns: cpu },
    ...{ duration_ns: durations?.total ?? null, self_ns: self, wait_ns: wait, queueing_ns: queueing },
    ...{ critical_ns: critical?.time ?? null, critical_share: critical?.share ?? null, calls: node.calls.count },
    failures: node.failures + node.calls.failures,
  }))
}

/** One row per iteration that the report keeps. */
export function iterationRows({ id, workflow, variant, cycles }: RunSection): Row[] {
  return cycles.flatMap(({ path, metric, index, duration, cpu, heap, gc, value }) =>
    index.map((iteration, place) => ({
      ...{ table: 'iteration', run: id, workflow, variant, cycle: path, iteration },
      ...{ duration_ns: duration[place]!, cpu_ns: cpu[place]!, heap_change_bytes: heap[place]!, gc_ns: gc[place]! },
      ...{ metric_name: metric?.name ?? null, metric: value[place]! },
    })),
  )
}

export function recommendationRow({ title, place, status, createdAt, prediction, measured }: LedgerRow): Row {
  const range = prediction.kind === 'range' ? prediction : null
  return {
    ...{
      table: 'recommendation',
      experiment: measured?.experimentId ?? null,
      started: momentCell(createdAt),
    },
    ...{ title, place, status, predicted_low: range?.low ?? null, predicted_high: range?.high ?? null },
    ...{ verdict: measured?.verdict ?? null, ratio: measured?.ratio ?? null, level: measured?.level ?? null },
    ...{ ratio_low: measured?.low ?? null, ratio_high: measured?.high ?? null },
  }
}

/** Given milliseconds since 1970. */
function momentCell(milliseconds: number): Cell {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
