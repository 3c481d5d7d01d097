import { refuseInfinite } from './refuse.ts'
import type { Numbers } from './scale.ts'

/** The best single change in a window of a series. */
export interface Split {
  /** First index of the new regime. */
  readonly index: number
  /** End (exclusive) of the window that the change was seen best in. */
  readonly end: number
  readonly statistic: number
}

/**
 * `V`: means over all ordered pairs, both sides at least `minimumLength` long. `U`: means over pairs of different
 * points, as in the published E-divisive, from one point on each side.
 */
export interface SplitOptions {
  readonly minimumLength?: number
  readonly form?: 'V' | 'U'
  /** Scan the end of the window too, without which a regression that was mended again is not seen. */
  readonly scanEnd?: boolean
}

/**
 * The split of [start, end) that maximises the scaled energy distance nm/(n + m)·(2·mean|X − Y| − mean|X − X′| − mean|Y
 * − Y′|) of its two sides (Székely & Rizzo 2004; E-divisive, Matteson & James 2014). Ties go to the first. `null` where
 * the window is too short. Time and memory grow with the square of the length.
 */
export function bestSplit(series: Numbers, start = 0, end = series.length, options: SplitOptions = {}): Split | null {
  const { form = 'V', scanEnd = true } = options
  const shortest = options.minimumLength ?? (form === 'V' ? 5 : 1)
  const length = end - start
  if (length < 2 * shortest) return null
  refuseInfinite(series)
  const window = Float64Array.from({ length }, (_, index) => series[start + index] as number)
  const sums = pairSums(window)
  const found = scanSplits(sums, length, shortest, form, scanEnd)
  return { index: start + found.index, end: start + found.end, statistic: found.statistic }
}

/** For each first index of a new regime, the largest statistic over all ends; 0 where no split is possible. */
export function splitProfile(series: Numbers, start: number, end: number, minimumLength = 5): Float64Array {
  const length = end - start
  const window = Float64Array.from({ length }, (_, index) => series[start + index] as number)
  const sums = pairSums(window)
  const profile = new Float64Array(length)
  for (let split = minimumLength; split <= length - minimumLength; split++) {
    for (let last = split + minimumLength; last <= length; last++) {
      profile[split] = Math.max(profile[split] as number, statisticAt(sums, length + 1, split, last, 'V'))
    }
  }
  return profile
}

/** The largest statistic alone, for permutations. `buffer` holds (length + 1)² numbers and is overwritten. */
export function largestStatistic(window: Float64Array, minimumLength: number, buffer: Float64Array): number {
  const sums = pairSums(window, buffer)
  return scanSplits(sums, window.length, minimumLength, 'V', true).statistic
}

function scanSplits(sums: Float64Array, length: number, shortest: number, form: 'V' | 'U', scanEnd: boolean) {
  const stride = length + 1
  let index = shortest
  let end = length
  let statistic = Number.NEGATIVE_INFINITY
  for (let split = shortest; split <= length - shortest; split++) {
    for (let last = scanEnd ? split + shortest : length; last <= length; last++) {
      const value = statisticAt(sums, stride, split, last, form)
      if (value > statistic) {
        statistic = value
        index = split
        end = last
      }
    }
  }
  return { index, end, statistic }
}

function statisticAt(sums: Float64Array, stride: number, split: number, last: number, form: 'V' | 'U'): number {
  const n = split
  const m = last - split
  const within = sums[split * stride + split] as number
  const both = sums[split * stride + last] as number
  const cross = both - within
  const other = (sums[last * stride + last] as number) - 2 * both + within
  const pairsX = form === 'V' ? n * n : n * (n - 1)
  const pairsY = form === 'V' ? m * m : m * (m - 1)
  const spreadX = pairsX === 0 ? 0 : within / pairsX
  const spreadY = pairsY === 0 ? 0 : other / pairsY
  return ((n * m) / (n + m)) * ((2 * cross) / (n * m) - spreadX - spreadY)
}

/** sums[i·(length + 1) + j] = Σ |xₐ − x_b| over a < i, b < j. */
function pairSums(window: Float64Array, buffer?: Float64Array): Float64Array {
  const { length } = window
  const stride = length + 1
  const sums = buffer ?? new Float64Array(stride * stride)
  for (let column = 0; column < stride; column++) sums[column] = 0
  for (let row = 1; row <= length; row++) {
    const value = window[row - 1] as number
    const into = row * stride
    const above = into - stride
    let rowSum = 0
    sums[into] = 0
    for (let column = 1; column <= length; column++) {
      rowSum += Math.abs(value - (window[column - 1] as number))
      sums[into + column] = (sums[above + column] as number) + rowSum
    }
  }
  return sums
}
