import { rankVonNeumann } from './autocorrelation.ts'
import { mean, median, mediansOfGroups } from './location.ts'
import { doubledMidranks } from './ranks.ts'
import { refuseInfinite } from './refuse.ts'
import type { Numbers } from './scale.ts'
import { type Segmentation, segmentSeries } from './segmentation.ts'

/** How a trial's iterations went. `short` is under 30 iterations, where nothing is detected. */
export type SteadyStateKind = 'flat' | 'warmup' | 'slowdown' | 'no steady state' | 'short'

/** Segments of a series and what they say. */
export interface Classification {
  readonly changePoints: readonly number[]
  readonly objective: number
  /** How many neighbours were taken together by their median to find change points: 1 up to 4 000 values. */
  readonly group: number
  /** The medians (recommended) or means (Barrett) of the segments. */
  readonly levels: readonly number[]
  readonly classification: Exclude<SteadyStateKind, 'short'>
  /** The first iteration after the last segment that is off the final level. */
  readonly steadyFrom: number
}

/** Segments within this share of the lowest level are the same. */
const sameLevel = 0.01

/**
 * Change points on ranks: optimal partition of midrank/n with penalty 4·ln n and segments of at least 5, classified on
 * the medians of the raw values. After Barrett et al. 2017 (`classifyByBarrett`), made robust: raw values with 5 %
 * spikes get segments that are not there in most flat series.
 */
export function classifySteadyState(series: Numbers): Classification {
  const n = series.length
  const ranks = doubledMidranks(series).map((rank) => rank / 2 / n)
  const segmentation = segmentSeries(ranks, { penalty: 4 * Math.log(n), minimumLength: 5 })
  return classify(series, segmentation, median)
}

/**
 * The published rule on raw values (Barrett, Bolz-Tereick, Killick, Mount & Tratt 2017): penalty 15·ln n, segments of
 * at least 2, classified on means. For reference.
 */
export function classifyByBarrett(series: Numbers): Classification {
  const segmentation = segmentSeries(series, { penalty: 15 * Math.log(series.length), minimumLength: 2 })
  return classify(series, segmentation, mean)
}

function classify(
  series: Numbers,
  { changePoints, objective, group }: Segmentation,
  levelOf: (values: Numbers) => number,
): Classification {
  const n = series.length
  const values = Float64Array.from(series)
  const starts = [0, ...changePoints]
  const ends = [...changePoints, n]
  const levels = starts.map((start, segment) => levelOf(values.subarray(start, ends[segment])))
  const final = levels.at(-1) ?? Number.NaN
  const tolerance = sameLevel * Math.min(...levels.map(Math.abs))
  const off = levels.map((level) => Math.abs(level - final) > tolerance)
  const lastOff = off.lastIndexOf(true)
  const steadyFrom = lastOff < 0 ? 0 : (ends[lastOff] as number)
  let classification: Classification['classification'] = 'warmup'
  if (lastOff < 0) classification = 'flat'
  else if (steadyFrom > n / 2) classification = 'no steady state'
  else if (levels.some((level, segment) => off[segment] && level < final)) classification = 'slowdown'
  return { changePoints, objective, group, levels, classification, steadyFrom }
}

/** What a trial's iterations come down to. */
export interface TrialValue {
  /** The median of the iterations kept, in their unit; `null` without any. */
  readonly value: number | null
  readonly reason: 'no-iterations' | null
  readonly state: SteadyStateKind
  /** The first iteration kept. */
  readonly from: number
  readonly changePoints: readonly number[]
  /** The kept iterations depend on each other: cycles, or a level that wanders. */
  readonly autocorrelated: boolean
}

/** Longer trials are cut into this many groups of neighbours, whose medians are segmented. */
const longestSegmented = 2000
/** Fewer iterations are not enough to detect anything. */
const fewestDetected = 30

/**
 * One number from a trial's iterations, blind to its variant. Under 30 iterations the first ⌈10 %⌉ (at least one) are
 * dropped. From 30 on: the median after the last change of level; where there is a slowdown, no steady state, or strong
 * autocorrelation in what is left (rank von Neumann, one-sided p < .001), the median of the second half, and `state`
 * says so. Never aborts a comparison. Iterations are finite numbers.
 */
export function trialValueOf(iterations: Numbers): TrialValue {
  const n = iterations.length
  if (n === 0) {
    return { value: null, reason: 'no-iterations', state: 'short', from: 0, changePoints: [], autocorrelated: false }
  }
  refuseInfinite(iterations)
  const values = Float64Array.from(iterations)
  if (n < fewestDetected) {
    const from = Math.min(n - 1, Math.max(1, Math.ceil(n / 10)))
    const value = median(values.subarray(from))
    return { value, reason: null, state: 'short', from, changePoints: [], autocorrelated: false }
  }
  const group = Math.ceil(n / longestSegmented)
  const grouped = mediansOfGroups(values, group)
  const found = classifySteadyState(grouped)
  const { classification, changePoints, steadyFrom } = found
  const autocorrelated = (rankVonNeumann(steadyResiduals(grouped, found))?.p ?? 1) < 0.001
  const state = autocorrelated ? 'no steady state' : classification
  const settled = state === 'flat' || state === 'warmup'
  const from = settled ? steadyFrom * group : Math.floor(n / 2)
  const value = median(values.subarray(from))
  return { value, reason: null, state, from, changePoints: changePoints.map((point) => point * group), autocorrelated }
}

/** The steady part less the level of each segment: steps too small to matter must not pass for cycles. */
function steadyResiduals(series: Float64Array, { changePoints, levels, steadyFrom }: Classification): Float64Array {
  let segment = 0
  return series
    .map((value, index) => {
      while (index >= (changePoints[segment] ?? series.length)) segment++
      return value - (levels[segment] as number)
    })
    .subarray(steadyFrom)
}
