import { StrobeError } from '../base/index.ts'
import { rankVonNeumann } from './autocorrelation.ts'
import { type ChangePoint, detectChangePoints } from './change-points.ts'
import { splitProfile } from './energy.ts'
import { madToSigma, median } from './location.ts'
import type { Numbers } from './scale.ts'
import { mannKendall, theilSenSlope } from './trend.ts'

/** Older points are left out: the cost of a permutation grows with the square of the length. */
export const longestHistory = 200
/** A shift needs this many points after it. */
export const confirmingPoints = 5

export interface HistoryOptions {
  /** Smaller shifts do not matter: 0.02 is ±2 %. */
  readonly rope: number
  readonly seed: number
  readonly alpha?: number
  readonly permutations?: number
}

/** A confirmed change of level. */
export interface HistoryShift {
  /** First point of the new regime, and the range it may lie in (statistic ≥ 90 % of its largest). */
  readonly index: number
  readonly from: number
  readonly to: number
  /** Median after ÷ median before. */
  readonly ratio: number
  readonly p: number
}

/** The last points differ, but too few of them yet. */
export interface PossibleShift {
  readonly index: number
  readonly ratio: number
  /** More points on the new side that would confirm it. */
  readonly needed: number
}

/** What the history of one workflow on one machine says. Indices count from the first point given. */
export interface HistoryAnalysis {
  readonly reason: 'not-enough-points' | null
  /** First point that was looked at. */
  readonly first: number
  readonly shifts: readonly HistoryShift[]
  /** Neighbouring points depend on each other: all shifts are indicative only. */
  readonly indicative: boolean
  /** A gradual trend of the last segment instead of steps: relative change per point. */
  readonly trend: { readonly p: number; readonly changePerPoint: number; readonly from: number } | null
  readonly possible: PossibleShift | null
}

/**
 * Analyses a series of session values above zero, oldest first: E-divisive change points (p ≤ .01) whose change of
 * median reaches both the region of indifference and twice the spread within the segments; else a gradual trend
 * (Mann–Kendall p < .01), because step detectors chop a ramp into steps; and a possible shift at the end that needs
 * more points. Under ten points there is no inference. Throws `statistics.invalid-value`.
 */
export function analyseHistory(points: Numbers, options: HistoryOptions): HistoryAnalysis {
  const first = Math.max(0, points.length - longestHistory)
  const values = Float64Array.from({ length: points.length - first }, (_, index) => checkPoint(points[first + index]))
  const nothing = { shifts: [], indicative: false, trend: null, possible: null }
  if (values.length < 2 * confirmingPoints) return { reason: 'not-enough-points', first, ...nothing }
  const { rope, seed, alpha = 0.01, permutations = 999 } = options
  const settings = { seed, alpha, permutations, minimumLength: confirmingPoints }
  const accept = (before: Float64Array, after: Float64Array) => isLarge(before, after, rope)
  const found = detectChangePoints(values, { ...settings, accept })
  const large = dropUnconfirmed(values, dropSmall(values, found, rope))
  const kept = large.length >= 2 && isRamp(values, boundsOf(values, large)) ? [] : large
  const keptBounds = boundsOf(values, kept)
  const lastStart = keptBounds.at(-2) ?? 0
  const trend = trendOf(values, lastStart)
  const shifts = kept.map(({ index, p }, position): HistoryShift => {
    const start = keptBounds[position] as number
    const end = keptBounds[position + 2] as number
    const range = rangeOf(values, start, end, index)
    const ratio = median(values.subarray(index, end)) / median(values.subarray(start, index))
    return { index: first + index, from: first + range.from, to: first + range.to, ratio, p }
  })
  const residuals = trend !== null && shifts.length === 0 ? lineResiduals(values) : stepResiduals(values, keptBounds)
  const possible = trend === null ? possibleShift(values, lastStart, rope) : null
  return {
    reason: null,
    first,
    shifts,
    indicative: (rankVonNeumann(residuals)?.p ?? 1) < 0.01,
    trend: trend === null ? null : { ...trend, from: first + lastStart },
    possible: possible === null ? null : { ...possible, index: first + possible.index },
  }
}

function boundsOf(values: Float64Array, changes: readonly ChangePoint[]): readonly number[] {
  return [0, ...changes.map(({ index }) => index), values.length]
}

/**
 * A change that was large against its whole segment may be small against its final neighbours: the smallest such goes,
 * until none is left.
 */
function dropSmall(values: Float64Array, changes: readonly ChangePoint[], rope: number): readonly ChangePoint[] {
  const bounds = boundsOf(values, changes)
  let smallest: ChangePoint | null = null
  let least = Number.POSITIVE_INFINITY
  changes.forEach((change, position) => {
    const before = values.subarray(bounds[position], change.index)
    const after = values.subarray(change.index, bounds[position + 2])
    const size = Math.abs(Math.log(median(after) / median(before)))
    if (isLarge(before, after, rope) || size >= least) return
    smallest = change
    least = size
  })
  return smallest === null
    ? changes
    : dropSmall(
        values,
        changes.filter((change) => change !== smallest),
        rope,
      )
}

/**
 * The shortest segment has five points, and three of them suffice to make it one. A last shift counts only once five
 * points lie nearer to the new level than to the old; until then it is a possible one.
 */
function dropUnconfirmed(values: Float64Array, changes: readonly ChangePoint[]): readonly ChangePoint[] {
  const last = changes.at(-1)
  if (last === undefined) return changes
  const before = median(values.subarray(changes.at(-2)?.index ?? 0, last.index))
  const segment = values.subarray(last.index)
  const after = median(segment)
  const beyond = segment.filter((value) => Math.abs(value - after) < Math.abs(value - before)).length
  return beyond >= confirmingPoints ? changes : changes.slice(0, -1)
}

function isLarge(before: Float64Array, after: Float64Array, rope: number): boolean {
  const ratio = median(after) / median(before)
  return Math.abs(ratio - 1) >= Math.max(rope, 2 * relativeSpread([before, after]))
}

/** 1.4826 × MAD of the log values less their segment's median. */
function relativeSpread(segments: readonly Float64Array[]): number {
  const residuals: number[] = []
  for (const segment of segments) {
    const centre = Math.log(median(segment))
    for (const value of segment) residuals.push(Math.abs(Math.log(value) - centre))
  }
  return madToSigma * median(residuals)
}

/**
 * Steps that all go one way were a ramp where a straight line explains the points better than the steps do: by the
 * Bayesian information criterion with Laplace residuals, 2n·ln(mean |residual|) + parameters·ln n. A line has two
 * parameters, k steps have 2k + 1.
 */
function isRamp(values: Float64Array, bounds: readonly number[]): boolean {
  const levels = bounds.slice(1).map((end, index) => median(values.subarray(bounds[index], end)))
  const steps = levels.slice(1).map((level, index) => Math.sign(level - (levels[index] as number)))
  if (!steps.every((step) => step === steps[0])) return false
  const criterion = (residuals: Float64Array, parameters: number) => {
    const size = residuals.reduce((sum, residual) => sum + Math.abs(residual), 0) / values.length
    return 2 * values.length * Math.log(size) + parameters * Math.log(values.length)
  }
  return criterion(lineResiduals(values), 2) < criterion(stepResiduals(values, bounds), 2 * steps.length + 1)
}

function lineResiduals(values: Float64Array): Float64Array {
  const slope = theilSenSlope(values) ?? 0
  const level = values.map((value, index) => value - slope * index)
  const centre = median(level)
  return level.map((value) => value - centre)
}

function trendOf(values: Float64Array, from: number) {
  const segment = values.subarray(from)
  const test = segment.length < 2 * confirmingPoints ? null : mannKendall(segment)
  if (test === null || test.p >= 0.01) return null
  const slope = theilSenSlope(segment.map(Math.log)) ?? 0
  return { p: test.p, changePerPoint: Math.expm1(slope) }
}

/** The last one to four points all beyond three robust deviations and the region of indifference, on the same side. */
function possibleShift(values: Float64Array, start: number, rope: number): PossibleShift | null {
  for (let count = confirmingPoints - 1; count >= 1; count--) {
    const index = values.length - count
    const before = values.subarray(start, index)
    if (before.length < confirmingPoints) continue
    const centre = median(before)
    const reach = Math.max(rope, 3 * relativeSpread([before]))
    const changes = values.subarray(index).map((value) => value / centre - 1)
    if (changes.every((change) => change > reach) || changes.every((change) => change < -reach)) {
      return { index, ratio: 1 + median(changes), needed: confirmingPoints - count }
    }
  }
  return null
}

function rangeOf(values: Float64Array, start: number, end: number, index: number) {
  const profile = splitProfile(values, start, end, confirmingPoints)
  const enough = 0.9 * (profile[index - start] as number)
  let from = index
  let to = index
  while ((profile[from - 1 - start] ?? 0) >= enough && from - 1 > start) from--
  while ((profile[to + 1 - start] ?? 0) >= enough && to + 1 < end) to++
  return { from, to }
}

function stepResiduals(values: Float64Array, bounds: readonly number[]): Float64Array {
  const residuals = new Float64Array(values.length)
  for (let segment = 0; segment + 1 < bounds.length; segment++) {
    const start = bounds[segment] as number
    const end = bounds[segment + 1] as number
    const centre = median(values.subarray(start, end))
    for (let index = start; index < end; index++) residuals[index] = (values[index] as number) - centre
  }
  return residuals
}

function checkPoint(value: number | undefined): number {
  if (value === undefined || !(value > 0) || !Number.isFinite(value)) {
    const message = `A history holds values above zero, and one is ${value}. Leave failed sessions out.`
    throw new StrobeError('statistics.invalid-value', message, { data: { value } })
  }
  return value
}
