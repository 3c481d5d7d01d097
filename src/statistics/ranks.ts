import { refuseNaN } from './refuse.ts'
import type { Numbers } from './scale.ts'

/**
 * Doubled midranks: twice the average of the ranks (from 1) that tied values share, so that they are integers.
 * [10, 20, 20] → [2, 5, 5].
 */
export function doubledMidranks(values: Numbers): Float64Array {
  const order = sortedOrder(values)
  const ranks = new Float64Array(values.length)
  let start = 0
  while (start < order.length) {
    let end = start + 1
    const value = values[order[start] as number]
    while (end < order.length && values[order[end] as number] === value) end++
    for (let position = start; position < end; position++) ranks[order[position] as number] = start + end + 1
    start = end
  }
  return ranks
}

/** The indices of the values, smallest value first; ties in the order in which they stand. */
export function sortedOrder(values: Numbers): Uint32Array {
  refuseNaN(values)
  const order = new Uint32Array(values.length)
  for (let index = 0; index < order.length; index++) order[index] = index
  return order.sort((left, right) => (values[left] as number) - (values[right] as number) || left - right)
}

/** Σ(t³ − t) over groups of t tied values: the tie correction of rank statistics. */
export function tieSum(values: Numbers): number {
  const sorted = Float64Array.from(values).sort()
  let sum = 0
  let start = 0
  while (start < sorted.length) {
    let end = start + 1
    while (end < sorted.length && sorted[end] === sorted[start]) end++
    const size = end - start
    sum += size ** 3 - size
    start = end
  }
  return sum
}
