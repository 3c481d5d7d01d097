import { normalTwoSided } from './normal.ts'
import { sortedOrder } from './ranks.ts'
import { refuseUnpaired } from './refuse.ts'
import { failedValue, type Numbers } from './scale.ts'
import { signFlipTail } from './sign-flips.ts'

/** Up to this many blocks p is enumerated exactly; beyond, the sum of independent signs is as good as normal. */
export const largestExactBlockSwap = 400

/** The result of a block-swap rank-sum test. */
export interface BlockSwapTest {
  /** Two-sided p under the within-block swap of labels. */
  readonly p: number
  /** Σ (doubled rank of the candidate − doubled rank of the baseline): below zero where the candidate is lower. */
  readonly statistic: number
  /** Blocks whose two values do not tie. */
  readonly effectiveBlocks: number
  /** s/√Σδ², 0 where nothing differs; and the normal approximation, for comparison: 2·P(Z > |z|). */
  readonly z: number
  readonly pNormal: number
  readonly method: 'exact' | 'normal'
}

/** p as a function of the shift that is taken off the candidate first. */
export interface BlockSwapFunction {
  /**
   * `doubledShift` is twice the shift, an integer, so that points between two neighbouring integers can be asked for.
   */
  test(doubledShift: number): BlockSwapTest
  /** z alone, which costs a small part of p. */
  z(doubledShift: number): number
}

/**
 * The block-swap rank-sum test: Mann–Whitney's rank sum over all 2n values, with the null distribution of the coin that
 * put the two labels in order within each block (a randomisation test, Edgington 1969; its statistic Wilcoxon 1945).
 * Exact at any n, under any drift or autocorrelation, because the coin was really tossed. Values are integers on a
 * scale, `baseline[i]` and `candidate[i]` from block i; failures are `failedValue`.
 */
export function blockSwapTest(baseline: Numbers, candidate: Numbers, doubledShift = 0): BlockSwapTest {
  return blockSwapFunction(baseline, candidate).test(doubledShift)
}

/** The same test prepared for many shifts: both sides are sorted once, and merged for each shift. */
export function blockSwapFunction(baseline: Numbers, candidate: Numbers): BlockSwapFunction {
  refuseUnpaired(baseline, candidate)
  const n = baseline.length
  const orderA = sortedOrder(baseline)
  const orderB = sortedOrder(candidate)
  const doubledA = Float64Array.from(orderA, (index) => doubled(baseline[index] as number))
  const doubledB = Float64Array.from(orderB, (index) => doubled(candidate[index] as number))
  const shiftedB = new Float64Array(n)
  const differences = new Float64Array(n)

  function rankDifferences(doubledShift: number): void {
    // A failure stays a failure whatever the shift, and goes on tying with the failures of the other side.
    for (let index = 0; index < n; index++) {
      const value = doubledB[index] as number
      shiftedB[index] = value === 2 * failedValue ? value : value - doubledShift
    }
    differences.fill(0)
    let a = 0
    let b = 0
    while (a < n || b < n) {
      const value = a < n && (b >= n || (doubledA[a] as number) <= (shiftedB[b] as number)) ? doubledA[a] : shiftedB[b]
      const before = a + b
      let endA = a
      let endB = b
      while (endA < n && doubledA[endA] === value) endA++
      while (endB < n && shiftedB[endB] === value) endB++
      const rank = before + endA + endB + 1
      for (; a < endA; a++) differences[orderA[a] as number]! -= rank
      for (; b < endB; b++) differences[orderB[b] as number]! += rank
    }
  }

  function z(doubledShift: number): number {
    rankDifferences(doubledShift)
    let statistic = 0
    let squares = 0
    for (const difference of differences) {
      statistic += difference
      squares += difference * difference
    }
    return squares === 0 ? 0 : statistic / Math.sqrt(squares)
  }

  function test(doubledShift: number): BlockSwapTest {
    const standardised = z(doubledShift)
    let statistic = 0
    let effectiveBlocks = 0
    for (let index = 0; index < n; index++) {
      const difference = differences[index] as number
      statistic += difference
      if (difference !== 0) effectiveBlocks++
      differences[index] = Math.abs(difference)
    }
    const pNormal = normalTwoSided(standardised)
    const shape = { statistic, effectiveBlocks, z: standardised, pNormal }
    if (n > largestExactBlockSwap) {
      // No pattern of coins is rarer than one of 2ⁿ, whatever the normal tail says; and p must not underflow to 0.
      const rarest = 2 ** Math.max(1 - effectiveBlocks, -1074)
      return { ...shape, p: Math.max(pNormal, Math.min(1, rarest)), method: 'normal' }
    }
    return { ...shape, p: signFlipTail(differences, statistic), method: 'exact' }
  }
  return { test, z }
}

function doubled(value: number): number {
  return 2 * value
}
