import { bestSplit, largestStatistic, type Split } from './energy.ts'
import { createRandom, shuffle } from './random.ts'
import { refuseInfinite } from './refuse.ts'
import type { Numbers } from './scale.ts'

export interface ChangePointOptions {
  readonly seed: number
  /** A split is accepted where p ≤ alpha. */
  readonly alpha?: number
  readonly permutations?: number
  /** Shortest segment. */
  readonly minimumLength?: number
  /**
   * Decides whether a significant split is large enough to be one: the segment before it, and after it the window it
   * was seen best in.
   */
  readonly accept?: (before: Float64Array, after: Float64Array) => boolean
}

/** An accepted change of level or distribution. */
export interface ChangePoint {
  /** First index of the new regime. */
  readonly index: number
  /** Permutation p, (1 + b)/(1 + B): never 0. */
  readonly p: number
  readonly statistic: number
}

/**
 * Hierarchical divisive estimation of change points (E-divisive, Matteson & James 2014) with a scanned window end: the
 * best split over all segments is tested against within-segment permutations of the same maximum, accepted or not, and
 * the search goes on in the parts. Deterministic for a seed; in order of index. Values are finite numbers; permutations
 * cost O(length²) each.
 */
export function detectChangePoints(series: Numbers, options: ChangePointOptions): readonly ChangePoint[] {
  const { alpha = 0.01, permutations = 999, minimumLength = 5, accept } = options
  const random = createRandom(options.seed)
  const values = Float64Array.from(series)
  refuseInfinite(values)
  const bounds = [0, values.length]
  const closed = new Set<number>()
  const found: ChangePoint[] = []
  const buffer = new Float64Array((values.length + 1) ** 2)

  for (;;) {
    const open = segmentsOf(bounds).filter(([start]) => !closed.has(start))
    const best = bestOf(values, open, minimumLength)
    if (best === null) break
    const p = permutationP(best.split.statistic, open)
    if (p > alpha) break
    const [start] = best.segment
    const { index, end, statistic } = best.split
    if (accept !== undefined && !accept(values.subarray(start, index), values.subarray(index, end))) {
      // Real but too small to matter: this segment stays whole, others may still be split.
      closed.add(start)
      continue
    }
    found.push({ index, p, statistic })
    bounds.push(index)
    bounds.sort((left, right) => left - right)
  }
  return found.sort((left, right) => left.index - right.index)

  function permutationP(observed: number, open: readonly Segment[]): number {
    // Rounding must not keep an equal permutation from counting.
    const reached = observed - 1e-12 * Math.abs(observed)
    const most = Math.floor(alpha * (permutations + 1))
    let count = 0
    for (let permutation = 0; permutation < permutations; permutation++) {
      const largest = open.reduce((soFar, [start, end]) => {
        if (end - start < 2 * minimumLength) return soFar
        const window = values.slice(start, end)
        shuffle(window, random)
        return Math.max(soFar, largestStatistic(window, minimumLength, buffer))
      }, Number.NEGATIVE_INFINITY)
      if (largest >= reached) count++
      // Already above alpha, whatever the rest will say.
      if (count + 1 > most) return (count + 1) / (permutation + 2)
    }
    return (count + 1) / (permutations + 1)
  }
}

type Segment = readonly [start: number, end: number]

function segmentsOf(bounds: readonly number[]): readonly Segment[] {
  return bounds.slice(1).map((end, index): Segment => [bounds[index] as number, end])
}

function bestOf(values: Float64Array, open: readonly Segment[], minimumLength: number) {
  let best: { readonly split: Split; readonly segment: Segment } | null = null
  for (const segment of open) {
    const split = bestSplit(values, segment[0], segment[1], { minimumLength })
    if (split !== null && (best === null || split.statistic > best.split.statistic)) best = { split, segment }
  }
  return best
}
