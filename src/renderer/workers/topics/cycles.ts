import {
  type CycleReport,
  compareParts,
  findIteration,
  type IterationRow,
  type MetricTrajectory,
  type PartDifference,
  partsOf,
  type Residuals,
  reportCycles,
  residualsOf,
} from '../../../analysis/index.ts'
import { handOver } from '../hand-over.ts'
import type { LoadedTrace } from '../loaded-trace.ts'

/** One execution of a cycle without its iterations. */
export interface CycleHead extends Omit<CycleReport, 'iterations' | 'metric'> {
  readonly iterations: number
  readonly outliers: number
  readonly metric: Omit<MetricTrajectory, 'values'> | null
}

/** The iterations of one execution as columns; NaN stands for what was not measured. Times in nanoseconds, heap in bytes. */
export interface CycleColumns {
  readonly index: Float64Array
  readonly start: Float64Array
  readonly duration: Float64Array
  readonly cpu: Float64Array
  /** Change over the iteration, and the sum of all changes so far. */
  readonly heap: Float64Array
  readonly heapSum: Float64Array
  readonly gc: Float64Array
  readonly metric: Float64Array
  /** 1 where the iteration is an outlier. */
  readonly outlier: Uint8Array
  /** Place of the first iteration that had the same state; −1 where the state is new or was not digested. */
  readonly sameAs: Int32Array
  readonly residuals: Residuals | null
}

/** Two iterations side by side. */
export interface IterationDifference {
  readonly first: IterationRow
  readonly second: IterationRow
  /** Whether both left the same state; `null` where it was not digested. */
  readonly sameState: boolean | null
  /** `null` where the run recorded no spans. */
  readonly parts: readonly PartDifference[] | null
}

/** What the cycles of a run did, iteration by iteration. */
export function cyclesTopic(trace: LoadedTrace) {
  let reports: CycleReport[] | undefined
  const all = () => {
    reports ??= reportCycles(trace.trace, trace.record)
    return reports
  }
  return {
    /** Executions of cycles, in the order of their ends. */
    list(): CycleHead[] {
      return all().map(({ iterations, metric, ...head }) => ({
        ...head,
        iterations: iterations.length,
        outliers: iterations.filter(({ outlier }) => outlier).length,
        metric: metric && withoutValues(metric),
      }))
    },
    /** The iterations of the execution at `place` in the list. */
    columns(place: number): CycleColumns | null {
      const report = all()[place]
      return report ? columnsOf(report) : null
    },
    /** Two iterations, by their places in the columns. */
    compare(place: number, first: number, second: number): IterationDifference | null {
      const report = all()[place]
      const [one, two] = [report?.iterations[first], report?.iterations[second]]
      if (!report || !one || !two) return null
      const spans = [one, two].map(({ index, start }) => findIteration(trace.trace, report.path, index, start))
      const [here, there] = spans.map((span) => (span < 0 ? null : partsOf(trace.trace, trace.whole.tree, span)))
      return {
        ...{ first: one, second: two },
        sameState: one.digest === null || two.digest === null ? null : one.digest === two.digest,
        parts: here && there ? compareParts(here, there) : null,
      }
    },
  }
}

function withoutValues({ values: _values, ...metric }: MetricTrajectory): CycleHead['metric'] {
  return metric
}

function columnsOf({ iterations, metric }: CycleReport): CycleColumns {
  const column = (of: (row: IterationRow) => number | null) =>
    Float64Array.from(iterations, (row) => of(row) ?? Number.NaN)
  const columns = {
    index: column(({ index }) => index),
    start: column(({ start }) => start),
    duration: column(({ duration }) => duration),
    cpu: column(({ cpu }) => cpu),
    heap: column(({ heap }) => heap),
    heapSum: runningSum(iterations.map(({ heap }) => heap ?? Number.NaN)),
    gc: column(({ gc }) => gc),
    metric: column(({ metric }) => metric),
    outlier: Uint8Array.from(iterations, ({ outlier }) => Number(outlier)),
    sameAs: repeatsOf(iterations),
  }
  const residuals = metric && residualsOf(metric.goal, metric.values)
  return handOver({ ...columns, residuals }, Object.values(columns))
}

function runningSum(values: readonly number[]): Float64Array {
  let sum = 0
  return Float64Array.from(values, (value) => {
    sum += value
    return sum
  })
}

function repeatsOf(iterations: readonly IterationRow[]): Int32Array {
  const seen = new Map<string, number>()
  return Int32Array.from(iterations, ({ digest }, place) => {
    if (digest === null) return -1
    const before = seen.get(digest)
    if (before === undefined) seen.set(digest, place)
    return before ?? -1
  })
}
