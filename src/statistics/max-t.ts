import { createRandom } from './random.ts'
import type { Numbers } from './scale.ts'

/** The step-down maxT test of many functions at once; all arrays are in the order of the functions. */
export interface MaxT {
  /** |t| of the mean difference. */
  readonly statistic: Float64Array
  /** Sign-flip p of each function alone. */
  readonly rawP: Float64Array
  /** p adjusted for the whole family. */
  readonly adjustedP: Float64Array
  /** Sign patterns counted, the observed one among them. */
  readonly patterns: number
  readonly method: 'exact' | 'sampled'
}

/** Up to this many blocks all 2ⁿ sign patterns are enumerated; beyond, this many are drawn. */
const largestEnumerated = 12
const sampledPatterns = 4096

/**
 * Westfall & Young's step-down maxT (1993, algorithm 2.8) over sign flips of whole blocks: the family-wise error is
 * controlled under any dependence between functions, and the resolution 2¹⁻ⁿ does not depend on how many there are.
 * `differences[function][block]`, whole counts. All 2ⁿ patterns for n ≤ 12, else 4 096 drawn with `seed`, the observed
 * one included.
 */
export function maxT(differences: readonly Numbers[], seed = 1): MaxT {
  const functions = differences.length
  const blocks = differences[0]?.length ?? 0
  const squares = Float64Array.from(differences, sumOfSquares)
  const observed = Float64Array.from(differences, (values, index) =>
    tOf(sumOf(values), squares[index] as number, blocks),
  )
  const order = Array.from({ length: functions }, (_, index) => index)
  order.sort((left, right) => (observed[right] as number) - (observed[left] as number) || left - right)
  const rawCount = new Float64Array(functions)
  const maxCount = new Float64Array(functions)
  const patterns = forEachPattern(differences, blocks, seed, (sums) => {
    // From the weakest to the strongest: each function competes with itself and all weaker ones.
    let largest = 0
    for (let rank = functions - 1; rank >= 0; rank--) {
      const index = order[rank] as number
      const flipped = tOf(Math.abs(sums[index] as number), squares[index] as number, blocks)
      // A relative slack for rounding: equal patterns of another function must count as reaching.
      const reached = (observed[index] as number) * (1 - 1e-12)
      if (flipped >= reached) rawCount[index] = (rawCount[index] as number) + 1
      largest = Math.max(largest, flipped)
      if (largest >= reached) maxCount[index] = (maxCount[index] as number) + 1
    }
  })
  const adjustedP = new Float64Array(functions)
  let bound = 0
  for (const index of order) {
    bound = Math.max(bound, (maxCount[index] as number) / patterns)
    adjustedP[index] = bound
  }
  const method = blocks <= largestEnumerated ? 'exact' : 'sampled'
  return { statistic: observed, rawP: rawCount.map((count) => count / patterns), adjustedP, patterns, method }
}

/** |t| from Σd and Σd²: the studentised mean of n differences. No spread around a mean that is not 0 → ∞. */
function tOf(sum: number, squares: number, n: number): number {
  if (sum === 0) return 0
  const rest = n * squares - sum * sum
  return rest <= 0 ? Number.POSITIVE_INFINITY : Math.abs(sum) * Math.sqrt((n - 1) / rest)
}

/** Calls `visit` with the flipped sums of every pattern, and gives the number of patterns. */
function forEachPattern(
  differences: readonly Numbers[],
  blocks: number,
  seed: number,
  visit: (sums: Float64Array) => void,
): number {
  const sums = Float64Array.from(differences, sumOf)
  const signs = new Int8Array(blocks).fill(1)
  const flip = (block: number) => {
    const change = -2 * (signs[block] as number)
    signs[block] = -(signs[block] as number)
    for (let index = 0; index < sums.length; index++) {
      sums[index] = (sums[index] as number) + change * (differences[index]?.[block] as number)
    }
  }
  visit(sums)
  if (blocks <= largestEnumerated) {
    // Gray code: consecutive patterns differ in one block.
    for (let pattern = 1; pattern < 2 ** blocks; pattern++) {
      flip(31 - Math.clz32(pattern & -pattern))
      visit(sums)
    }
    return 2 ** blocks
  }
  const random = createRandom(seed)
  for (let pattern = 1; pattern < sampledPatterns; pattern++) {
    for (let block = 0; block < blocks; block++) if (random.below(2) === 1) flip(block)
    visit(sums)
  }
  return sampledPatterns
}

function sumOf(values: Numbers): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index] as number
  return sum
}

function sumOfSquares(values: Numbers): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += (values[index] as number) ** 2
  return sum
}
