import { formatDuration } from '../../../base/index.ts'

/** Where a ruler has its lines, and what they say. */
export interface Ruler {
  /** Said once at the left edge, where lines only say how much later they are; empty where they say it all. */
  readonly base: string
  readonly ticks: ReadonlyArray<{ readonly time: number; readonly label: string }>
  readonly step: number
}

const minute = 60e9
const longSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1440].map((minutes) => minutes * minute)

/** The smallest round step that is at least so many nanoseconds. */
export function roundStep(least: number): number {
  if (least > 30e9)
    return longSteps.find((step) => step >= least) ?? Math.ceil(least / longSteps.at(-1)!) * longSteps.at(-1)!
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)))
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least) ?? power
}

/**
 * Ticks between `from` and `to`, in nanoseconds since the ruler's zero, at most `most` of them. Deep inside a long run the labels would
 * need many digits: there they count from a base.
 */
export function rulerFor(from: number, to: number, most: number): Ruler {
  const step = roundStep((to - from) / Math.max(1, most))
  const first = Math.ceil(from / step)
  const count = Math.floor(to / step) - first + 1
  const times = Array.from({ length: Math.max(0, count) }, (_, place) => (first + place) * step)
  const size = Math.max(Math.abs(from), Math.abs(to))
  if (size / step < 20_000 || size < 1e6) {
    return { base: '', step, ticks: times.map((time) => ({ time, label: exactTime(time, step, size) })) }
  }
  const coarse = 10 ** Math.ceil(Math.log10(step * 100) - 1e-9)
  const base = Math.floor(from / coarse) * coarse
  return {
    step,
    base: exactTime(base, coarse, size),
    ticks: times.map((time) => ({ time, label: `+${exactTime(time - base, step, Math.max(step, to - base))}` })),
  }
}

/** A time with as many digits as it takes to tell it from those a step before and after, in the unit that fits `size`. */
export function exactTime(time: number, step: number, size = Math.abs(time)): string {
  if (time === 0) return '0'
  if (size >= 2 * minute) return longTime(time, step)
  const [unit, length] = size >= 1e9 ? ['s', 1e9] : size >= 1e6 ? ['ms', 1e6] : size >= 1e3 ? ['µs', 1e3] : ['ns', 1]
  const decimals = Math.max(0, Math.min(6, Math.ceil(Math.log10(length / step) - 1e-9)))
  return `${(time / length).toFixed(decimals).replace('-', '−')} ${unit}`
}

/** `2:05`, `1:02:05`, with fractions of seconds where the step needs them. */
function longTime(time: number, step: number): string {
  const decimals = Math.max(0, Math.min(6, Math.ceil(Math.log10(1e9 / step) - 1e-9)))
  const seconds = Math.abs(time) / 1e9
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = (seconds % 60).toFixed(decimals).padStart(decimals > 0 ? decimals + 3 : 2, '0')
  const head = hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}` : String(minutes)
  return `${time < 0 ? '−' : ''}${head}:${rest}`
}

/** A moment for a person: since the workflow's start, to the microsecond. */
export function momentText(time: number): string {
  return Math.abs(time) < 1e6
    ? formatDuration(time)
    : exactTime(time, Math.max(1e3, 10 ** Math.floor(Math.log10(Math.abs(time)) - 5)))
}
