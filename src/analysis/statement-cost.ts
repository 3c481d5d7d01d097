import type { Trace } from '../trace/index.ts'
import type { StatementCost } from './schedule-model.ts'
import { kindIndex, textOf } from './span-tree.ts'

/** One execution of a statement. */
export interface StatementWork {
  /** Keys or rows. */
  readonly rows: number
  /** Nanoseconds. */
  readonly duration: number
}

/** Executions of statements that succeeded, by resource and detail. */
export function statementWorks(traces: Iterable<Trace>): Map<string, Map<string, StatementWork[]>> {
  const works = new Map<string, Map<string, StatementWork[]>>()
  for (const trace of traces) {
    const { kind, status, name, detail, quantity, duration } = trace.spans
    for (let span = 0; span < kind.length; span++) {
      if (kind[span] !== kindIndex.work || status[span] !== 0 || quantity[span]! < 0) continue
      const byDetail = works.get(textOf(trace, name[span]!)) ?? new Map<string, StatementWork[]>()
      works.set(textOf(trace, name[span]!), byDetail)
      const list = byDetail.get(textOf(trace, detail[span]!)) ?? []
      byDetail.set(textOf(trace, detail[span]!), list)
      list.push({ rows: quantity[span]!, duration: duration[span]! })
    }
  }
  return works
}

/**
 * Fits `duration = fixed + perRow · rows` by least squares over all executions, both parts kept at or above 0. Executions
 * of one size cannot tell the two apart: then `fixed` is their mean, `perRow` 0 and `fit` null. `undefined` without any.
 *
 * The slowest executions of each size (above three times its median: a collection, a page fault) are left out, so that
 * one spike at one size does not tilt the line.
 */
export function fitStatementCost(works: readonly StatementWork[]): StatementCost | undefined {
  if (works.length === 0) return undefined
  const kept = withoutSpikes(works)
  const rows = kept.map((work) => work.rows)
  // Not by spreading into Math.min: a run may have more statements than a call may have arguments.
  const leastRows = rows.reduce((a, b) => Math.min(a, b))
  const mostRows = rows.reduce((a, b) => Math.max(a, b))
  const meanRows = sum(rows) / kept.length
  const meanDuration = sum(kept.map(({ duration }) => duration)) / kept.length
  const larger = rows.filter((value) => value > leastRows).length
  const about = { count: kept.length, larger, leastRows, mostRows }
  const spread = sum(rows.map((value) => (value - meanRows) ** 2))
  if (spread === 0) return { fixed: meanDuration, perRow: 0, fit: null, perRowError: null, ...about }
  const together = sum(kept.map((work) => (work.rows - meanRows) * (work.duration - meanDuration)))
  let perRow = Math.max(0, together / spread)
  let fixed = meanDuration - perRow * meanRows
  if (fixed < 0) {
    // Through the origin: least squares with the fixed part at its bound.
    fixed = 0
    perRow = sum(kept.map((work) => work.rows * work.duration)) / sum(rows.map((value) => value ** 2))
  }
  const residual = sum(kept.map((work) => (work.duration - fixed - perRow * work.rows) ** 2))
  const total = sum(kept.map(({ duration }) => (duration - meanDuration) ** 2))
  const perRowError = kept.length > 2 ? Math.sqrt(residual / (kept.length - 2) / spread) : null
  return { fixed, perRow, fit: total > 0 ? Math.max(0, 1 - residual / total) : null, perRowError, ...about }
}

function withoutSpikes(works: readonly StatementWork[]): readonly StatementWork[] {
  const bySize = Map.groupBy(works, (work) => work.rows)
  return [...bySize.values()].flatMap((group) => {
    const sorted = group.map(({ duration }) => duration).sort((a, b) => a - b)
    const limit = 3 * sorted[sorted.length >> 1]!
    return group.length < 5 ? group : group.filter(({ duration }) => duration <= limit)
  })
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}
