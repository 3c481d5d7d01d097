import { formatCount, formatDuration } from '../base/index.ts'
import { median } from '../statistics/index.ts'

/**
 * What the clock of CPU time could tell of a cycle's iterations. The kernel's clock of a thread moves in steps of 1 to 10 ms on
 * many machines: an iteration that is shorter reads 0, or, where a step happens to fall into it, a whole step.
 */
export interface CpuClock {
  /** CPU time of all iterations in nanoseconds. A step falls on what is running just then, so that the sum holds on average. */
  readonly total: number
  readonly iterations: number
  /** Iterations that read 0. */
  readonly belowStep: number
  /** Whether most did: then single readings say nothing, only the total does. */
  readonly isTooCoarse: boolean
  /** The step in nanoseconds as these readings show it: the middle one of those above zero. `null` where it does not show. */
  readonly step: number | null
}

/** `cpu` by iteration, in nanoseconds; `null` where there is none, or one was not measured (NaN or null). */
export function cpuClockOf(cpu: ArrayLike<number | null>): CpuClock | null {
  const values = Array.from(cpu)
  if (values.length === 0 || !values.every(isReading)) return null
  const above = values.filter((value) => value > 0)
  const belowStep = values.length - above.length
  const isTooCoarse = belowStep > values.length / 2
  return {
    ...{ total: values.reduce((sum, value) => sum + value, 0), iterations: values.length, belowStep, isTooCoarse },
    step: isTooCoarse && above.length > 0 ? median(above) : null,
  }
}

function isReading(value: number | null): value is number {
  return value !== null && !Number.isNaN(value)
}

/** Of a clock that is too coarse for single iterations: `8.00 ms in all; 97 of 100 iterations are below the clock's step (about 4.00 ms)`. */
export function coarseCpuText({ total, iterations, belowStep, step }: CpuClock): string {
  const below = `${formatCount(belowStep)} of ${formatCount(iterations)} iterations are ${belowStepText(step)}`
  return total === 0 ? below : `${formatDuration(total)} in all; ${below}`
}

/** CPU time of one iteration; 0 is said to be below the clock's step. */
export function iterationCpuText(cpu: number, step?: number | null): string {
  return cpu === 0 ? belowStepText(step) : formatDuration(cpu)
}

function belowStepText(step: number | null | undefined): string {
  return `below the clock’s step (${step == null ? '1 to 10 ms' : `about ${formatDuration(step)}`})`
}
