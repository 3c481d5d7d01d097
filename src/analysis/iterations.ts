import { madToSigma, median, medianAbsoluteDeviation } from '../statistics/index.ts'
import type { CycleSummary, RunRecord, Trace } from '../trace/index.ts'
import { type CycleReason, type Goal, type WorkflowDescription, walkNodes } from '../workflow/index.ts'
import { type LinearConvergence, linearConvergence } from './convergence.ts'
import { type CpuClock, cpuClockOf } from './cpu-clock.ts'
import { nearestRank } from './durations.ts'
import { fitOverPlaces } from './line-fit.ts'
import { textOf } from './span-tree.ts'

/** One measure over the iterations of a cycle. */
export interface MeasureSummary {
  readonly total: number
  readonly mean: number
  readonly median: number
  /** Nearest rank, as in `DurationSummary`. */
  readonly p95: number
}

/** How the metric went. */
export interface MetricTrajectory {
  readonly name: string
  readonly goal: Goal
  /** One value per iteration; NaN where it was no number. */
  readonly values: Float64Array
  /** Of the values that are numbers. */
  readonly first: number
  readonly last: number
  /** Best by the goal, and the iteration that had it first. */
  readonly best: number
  readonly bestAt: number
  /** Whether the last value is better, worse or no better than the first, by the goal. */
  readonly direction: 'better' | 'worse' | 'same'
  readonly convergence: LinearConvergence | null
}

export interface IterationRow {
  readonly index: number
  /** Nanoseconds since the trace's origin. */
  readonly start: number
  readonly duration: number
  /**
   * CPU time of the thread. `null`, as the two that follow, where it was not measured; 0 is an iteration shorter than a step of
   * the CPU clock (`CycleReport.cpuClock`), never one without work: `iterationCpuText` says so.
   */
  readonly cpu: number | null
  readonly heap: number | null
  readonly gc: number | null
  /** `null` where the cycle has no metric. */
  readonly metric: number | null
  /** Digest of the state after the iteration, `null` where it could not be digested. */
  readonly digest: string | null
  /** The duration is beyond 3.5 robust standard deviations from the median (Iglewicz & Hoaglin 1993), and slower. */
  readonly outlier: boolean
}

/** One execution of a cycle. */
export interface CycleReport {
  readonly path: string
  /** `null` where the run ended without saying so. */
  readonly reason: CycleReason | null
  readonly iterations: readonly IterationRow[]
  readonly metric: MetricTrajectory | null
  /** Nanoseconds. `null` where no iteration ended; the following also where they were not measured. */
  readonly duration: MeasureSummary | null
  /**
   * CPU time of the thread in nanoseconds. Also `null` where most iterations are shorter than a step of the CPU clock and read 0:
   * of such readings no mean and no percentile says anything, and `cpuClock` has what there is to say.
   */
  readonly cpu: MeasureSummary | null
  readonly cpuClock: CpuClock | null
  /** Change of the used heap in bytes. */
  readonly heap: MeasureSummary | null
  readonly gc: MeasureSummary | null
  /** Places in `iterations` of the slowest, at most five, slowest first. */
  readonly slowest: readonly number[]
  /** How the heap went over the iterations in bytes per iteration, with the R² of the line; `null` for fewer than 8. */
  readonly memoryTrend: { readonly perIteration: number; readonly fit: number } | null
}

/** One report per execution of a cycle, in the order of their ends. Works at every capture level. */
export function reportCycles(trace: Trace, record: RunRecord, description?: WorkflowDescription): CycleReport[] {
  const metrics = new Map<string, { name: string; goal: Goal }>()
  for (const node of walkNodes((description ?? record.description)?.nodes ?? [])) {
    if (node.metric) metrics.set(node.path, node.metric)
  }
  const executions = executionsOf(trace)
  const summaries = [...record.cycles]
  const reports = executions.map(({ path, rows }) => {
    const place = summaries.findIndex((summary) => summary.path === path)
    const summary = place < 0 ? undefined : summaries.splice(place, 1)[0]
    return reportOf(trace, path, rows, summary, metrics.get(path))
  })
  // A cycle that ended before its first iteration did has a reason and no rows.
  const empty = summaries.map((summary) => reportOf(trace, summary.path, [], summary, metrics.get(summary.path)))
  return [...reports, ...empty]
}

/** Rows of the iterations of each execution: a new one begins where the index does not grow. */
function executionsOf(trace: Trace): Array<{ path: string; rows: number[] }> {
  const { cycle, index } = trace.iterations
  const executions: Array<{ path: string; rows: number[] }> = []
  const open = new Map<number, number[]>()
  for (let row = 0; row < cycle.length; row++) {
    const rows = open.get(cycle[row]!)
    if (rows && index[row]! > index[rows.at(-1)!]!) {
      rows.push(row)
      continue
    }
    const fresh = [row]
    open.set(cycle[row]!, fresh)
    executions.push({ path: textOf(trace, cycle[row]!), rows: fresh })
  }
  return executions
}

function reportOf(
  trace: Trace,
  path: string,
  rows: readonly number[],
  summary: CycleSummary | undefined,
  metric: { name: string; goal: Goal } | undefined,
): CycleReport {
  const columns = trace.iterations
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!)
  const durations = pick(columns.duration)
  const limit = outlierLimit(durations)
  const iterations = rows.map((row): IterationRow => {
    const high = columns.digestHigh[row]!
    const low = columns.digestLow[row]!
    return {
      index: columns.index[row]!,
      start: columns.start[row]!,
      duration: columns.duration[row]!,
      cpu: measured(columns.cpu[row]!),
      heap: measured(columns.heap[row]!),
      gc: measured(columns.gc[row]!),
      metric: measured(columns.metric[row]!),
      digest: high === 0 && low === 0 ? null : hexadecimal(high) + hexadecimal(low),
      outlier: columns.duration[row]! > limit,
    }
  })
  const changes = pick(columns.heap)
  const cpu = pick(columns.cpu)
  const cpuClock = cpuClockOf(cpu)
  let heap = 0
  const isMeasured = !changes.some(Number.isNaN)
  const trend = isMeasured
    ? fitOverPlaces(
        changes.map((change) => (heap += change)),
        8,
      )
    : null
  return {
    path,
    reason: summary?.reason ?? null,
    iterations,
    metric: metric ? trajectoryOf(metric, pick(columns.metric)) : null,
    duration: summarise(durations),
    cpu: cpuClock?.isTooCoarse ? null : summarise(cpu),
    cpuClock,
    heap: summarise(changes),
    gc: summarise(pick(columns.gc)),
    slowest: [...iterations.keys()].sort((a, b) => durations[b]! - durations[a]!).slice(0, 5),
    memoryTrend: trend ? { perIteration: trend.slope, fit: trend.fit } : null,
  }
}

/** NaN stands for what was not measured. */
function measured(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function summarise(values: Float64Array): MeasureSummary | null {
  if (values.length === 0 || values.some(Number.isNaN)) return null
  const total = values.reduce((sum, value) => sum + value, 0)
  const sorted = values.toSorted()
  return { total, mean: total / values.length, median: median(values), p95: nearestRank(sorted, 0.95) }
}

/** Infinity where there are too few values, or too many equal ones, to call any of them unusual. */
function outlierLimit(durations: Float64Array): number {
  const spread = medianAbsoluteDeviation(durations)
  if (durations.length < 5 || spread === 0) return Number.POSITIVE_INFINITY
  return median(durations) + 3.5 * madToSigma * spread
}

function trajectoryOf({ name, goal }: { name: string; goal: Goal }, values: Float64Array): MetricTrajectory | null {
  const loss = (value: number) =>
    goal.goal === 'reach' ? Math.abs(value - goal.target) : goal.goal === 'minimise' ? value : -value
  const numbers = values.filter((value) => !Number.isNaN(value))
  const [first, last] = [numbers[0], numbers.at(-1)]
  if (first === undefined || last === undefined) return null
  const best = numbers.reduce((a, b) => (loss(b) < loss(a) ? b : a))
  const change = loss(last) - loss(first)
  return {
    ...{ name, goal, values, first, last, best },
    bestAt: values.indexOf(best),
    direction: change < 0 ? 'better' : change > 0 ? 'worse' : 'same',
    convergence: linearConvergence(goal, numbers),
  }
}

function hexadecimal(half: number): string {
  return half.toString(16).padStart(8, '0')
}
