import { refuseNaN } from './refuse.ts'
import type { Numbers } from './scale.ts'

/** The values in ascending order, as a new array. */
export function sorted(values: Numbers): Float64Array {
  refuseNaN(values)
  return Float64Array.from(values).sort()
}

/** The k-th smallest (from 1) of all differences b − a, given both sorted. Time O((m + n)·log), memory O(1). */
export function kthDifference(sortedA: Numbers, sortedB: Numbers, k: number): number {
  function split(pivot: number): Split {
    let count = 0
    let below = Number.NEGATIVE_INFINITY
    let above = Number.POSITIVE_INFINITY
    let end = 0
    for (let index = 0; index < sortedA.length; index++) {
      const subtracted = sortedA[index] as number
      while (end < sortedB.length && (sortedB[end] as number) - subtracted <= pivot) end++
      count += end
      if (end > 0) below = Math.max(below, (sortedB[end - 1] as number) - subtracted)
      if (end < sortedB.length) above = Math.min(above, (sortedB[end] as number) - subtracted)
    }
    return { count, below, above }
  }
  const lowest = (sortedB[0] as number) - (sortedA[sortedA.length - 1] as number)
  const highest = (sortedB[sortedB.length - 1] as number) - (sortedA[0] as number)
  return selectBySearch(lowest, highest, k, split)
}

/** The k-th smallest (from 1) of all sums dᵢ + dⱼ with i ≤ j (doubled Walsh averages), given d sorted. */
export function kthPairSum(sortedD: Numbers, k: number): number {
  const { length } = sortedD
  function split(pivot: number): Split {
    let count = 0
    let below = Number.NEGATIVE_INFINITY
    let above = Number.POSITIVE_INFINITY
    let end = length
    for (let first = 0; first < length; first++) {
      const added = sortedD[first] as number
      while (end > first && added + (sortedD[end - 1] as number) > pivot) end--
      const start = Math.max(end, first)
      if (end > first) {
        count += end - first
        below = Math.max(below, added + (sortedD[end - 1] as number))
      }
      if (start < length) above = Math.min(above, added + (sortedD[start] as number))
    }
    return { count, below, above }
  }
  return selectBySearch(2 * (sortedD[0] as number), 2 * (sortedD[length - 1] as number), k, split)
}

/** How many of the values are ≤ a pivot, the largest of those, and the smallest of the others. */
interface Split {
  readonly count: number
  readonly below: number
  readonly above: number
}

/**
 * Search on the value. Two steps of three interpolate by count, the third halves; each snaps to values that exist, so
 * that the answer is one of them exactly.
 */
function selectBySearch(lowest: number, highest: number, k: number, split: (pivot: number) => Split): number {
  let low = lowest
  let high = highest
  // At least `countLow` values are below `low`; `countHigh` of them are known to be up to `high`.
  let countLow = 0
  let countHigh = Number.POSITIVE_INFINITY
  for (let step = 0; low < high; step++) {
    const share =
      step % 3 === 2 || countHigh === Number.POSITIVE_INFINITY ? 0.5 : (k - countLow) / (countHigh - countLow)
    let pivot = low + (high - low) * share
    if (!(pivot < high)) pivot = low
    const { count, below, above } = split(pivot)
    if (count >= k) {
      high = below
      countHigh = count
    } else {
      low = above
      countLow = count
    }
  }
  return high
}
