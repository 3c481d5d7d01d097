import type { Numbers } from './scale.ts'

/**
 * P(Σ of a random subset of the weights ≤ limit), each weight in or out with probability ½, exactly by dynamic
 * programming over the sums (the recursion of Wilcoxon's signed-rank distribution: Hollander, Wolfe & Chicken, Nonparametric
 * Statistical Methods, 3rd ed. 2014, §3.1, with any weights in place of ranks). Weights are integers above zero, at most about 1 000 of them. Adds only positive terms,
 * so that far tails keep their relative accuracy.
 */
export function subsetSumTail(weights: Numbers, limit: number): number {
  const reduced = reduceWeights(weights, limit)
  if (reduced.limit < 0) return 0
  if (reduced.limit >= reduced.total) return 1
  const counts = new Float64Array(reduced.limit + 1)
  counts[0] = 1
  let highest = 0
  for (const weight of reduced.weights) {
    highest = Math.min(reduced.limit, highest + weight)
    for (let sum = highest; sum >= weight; sum--) {
      counts[sum] = (counts[sum] as number) + (counts[sum - weight] as number)
    }
  }
  let ways = 0
  for (let sum = 0; sum < counts.length; sum++) ways += counts[sum] as number
  return ways * 2 ** -reduced.weights.length
}

/**
 * P(|Σ ±weight| ≥ |statistic|) over independent fair signs: the exact two-sided p of a sign-flip test whose observed
 * sum is `statistic`. Weights are integers ≥ 0 (zeros contribute nothing); all zero → 1.
 */
export function signFlipTail(weights: Numbers, statistic: number): number {
  if (statistic === 0) return 1
  let total = 0
  for (let index = 0; index < weights.length; index++) total += weights[index] as number
  return Math.min(1, 2 * subsetSumTail(weights, Math.floor((total - Math.abs(statistic)) / 2)))
}

/** Drops zeros, divides by the common divisor (untied doubled ranks are all even: half the work), smallest first. */
function reduceWeights(weights: Numbers, limit: number): { weights: Float64Array; total: number; limit: number } {
  let divisor = 0
  let count = 0
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] === 0) continue
    divisor = greatestCommonDivisor(weights[index] as number, divisor)
    count++
  }
  const reduced = new Float64Array(count)
  let total = 0
  count = 0
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] === 0) continue
    reduced[count] = (weights[index] as number) / divisor
    total += reduced[count] as number
    count++
  }
  return { weights: reduced.sort(), total, limit: divisor === 0 ? limit : Math.floor(limit / divisor) }
}

function greatestCommonDivisor(left: number, right: number): number {
  let larger = left
  let smaller = right
  while (smaller !== 0) {
    const rest = larger % smaller
    larger = smaller
    smaller = rest
  }
  return larger
}
