/** How many subsets of a given size have each sum of doubled ranks. */
export interface RankSumCounts {
  readonly counts: Float64Array
  /** The sum of doubled ranks that an index of `counts` stands for. */
  sumOf(index: number): number
}

/**
 * Counts the subsets of `chosen` ranks by their sum, by dynamic programming. Counts above 2⁵³ are rounded, relatively;
 * all terms are positive, so that tails keep twelve digits and more.
 */
export function rankSumCounts(doubledRanks: Float64Array, chosen: number): RankSumCounts {
  const { weights, lowest, divisor, largest } = reduceRanks(doubledRanks, chosen)
  const width = largest + 1
  const counts = new Float64Array((chosen + 1) * width)
  counts[0] = 1
  for (let item = 0; item < weights.length; item++) {
    const weight = weights[item] as number
    for (let size = Math.min(item + 1, chosen); size >= 1; size--) {
      const into = size * width
      const from = into - width - weight
      for (let sum = weight; sum < width; sum++) {
        counts[into + sum] = (counts[into + sum] as number) + (counts[from + sum] as number)
      }
    }
  }
  return {
    counts: counts.subarray(chosen * width),
    sumOf: (index) => index * divisor + chosen * lowest,
  }
}

/** The additions that `rankSumCounts` would need. */
export function rankSumWork(doubledRanks: Float64Array, chosen: number): number {
  return doubledRanks.length * chosen * (reduceRanks(doubledRanks, chosen).largest + 1)
}

/** Ranks less the lowest, divided by their common divisor; `largest` is the largest sum of `chosen` of them. */
function reduceRanks(doubledRanks: Float64Array, chosen: number) {
  const ordered = Float64Array.from(doubledRanks).sort()
  const lowest = ordered[0] ?? 0
  let divisor = 0
  for (const rank of ordered) divisor = greatestCommonDivisor(rank - lowest, divisor)
  divisor = divisor === 0 ? 1 : divisor
  const weights = ordered.map((rank) => (rank - lowest) / divisor)
  let largest = 0
  for (let index = weights.length - chosen; index < weights.length; index++) largest += weights[index] as number
  return { weights, lowest, divisor, largest }
}

function greatestCommonDivisor(left: number, right: number): number {
  let larger = left
  let smaller = right
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller]
  return larger
}
