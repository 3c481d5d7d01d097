import type { NodeRow, NodeTable } from './node-table.ts'

/** Mean of a measure over the runs of a variant in which it is there, and how many those are. Nanoseconds. */
export interface MeanOfRuns {
  readonly mean: number
  readonly count: number
}

/** One measure of one node in two variants. `null` where no run has it. No verdict: that takes a test on trials. */
export interface NodeDelta {
  readonly baseline: MeanOfRuns | null
  readonly candidate: MeanOfRuns | null
  /** candidate − baseline; `null` where one is missing. */
  readonly difference: number | null
  /** candidate ÷ baseline; `null` where one is missing or the baseline is 0. */
  readonly ratio: number | null
}

/** Measures of a node that are compared. Each is per run, in nanoseconds. */
export const comparedMeasures = ['total', 'self', 'wait', 'queueing', 'cpu', 'critical'] as const
export type ComparedMeasure = (typeof comparedMeasures)[number]

export interface NodeComparison extends Readonly<Record<ComparedMeasure, NodeDelta>> {
  readonly path: string
}

/**
 * What changed in which node between the runs of two variants, the largest change of time on the critical path first (of
 * total time, where there is no path). Both lists hold one table per run.
 */
export function compareNodes(baseline: readonly NodeTable[], candidate: readonly NodeTable[]): NodeComparison[] {
  const paths = new Set([...baseline, ...candidate].flatMap(({ rows }) => rows.map(({ path }) => path)))
  const comparisons = [...paths].map((path): NodeComparison => {
    const [before, after] = [rowsOf(baseline, path), rowsOf(candidate, path)]
    const delta = (measure: ComparedMeasure) => deltaOf(meanOf(before, measure), meanOf(after, measure))
    return {
      path,
      total: delta('total'),
      self: delta('self'),
      wait: delta('wait'),
      queueing: delta('queueing'),
      cpu: delta('cpu'),
      critical: delta('critical'),
    }
  })
  return comparisons.sort((a, b) => sizeOf(b) - sizeOf(a))
}

function rowsOf(tables: readonly NodeTable[], path: string): NodeRow[] {
  return tables.flatMap(({ rows }) => rows.filter((row) => row.path === path))
}

function meanOf(rows: readonly NodeRow[], measure: ComparedMeasure): MeanOfRuns | null {
  const values = rows.map((row) => measureOf(row, measure)).filter((value) => value !== null)
  if (values.length === 0) return null
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, count: values.length }
}

function measureOf(row: NodeRow, measure: ComparedMeasure): number | null {
  if (measure === 'total') return row.durations?.total ?? null
  if (measure === 'critical') return row.critical?.time ?? null
  return row[measure]
}

function deltaOf(baseline: MeanOfRuns | null, candidate: MeanOfRuns | null): NodeDelta {
  if (!baseline || !candidate) return { baseline, candidate, difference: null, ratio: null }
  const ratio = baseline.mean > 0 ? candidate.mean / baseline.mean : null
  return { baseline, candidate, difference: candidate.mean - baseline.mean, ratio }
}

function sizeOf({ critical, total }: NodeComparison): number {
  return Math.abs(critical.difference ?? total.difference ?? 0)
}
