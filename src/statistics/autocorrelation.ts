import { mean } from './location.ts'
import { normalCdf } from './normal.ts'
import { doubledMidranks } from './ranks.ts'
import { refuseInfinite } from './refuse.ts'
import type { Numbers } from './scale.ts'

/** Bartels' rank version of von Neumann's ratio: about 2 for independent values, lower where neighbours are alike. */
export interface RankVonNeumann {
  readonly ratio: number
  readonly z: number
  /** One-sided p against positive autocorrelation. */
  readonly p: number
}

/**
 * Bartels' rank von Neumann test (Bartels 1982), normal approximation with variance 4(n − 2)(5n² − 2n − 9)/(5n(n + 1)(n
 * − 1)²). Values in the order in which they were measured. `null` under 3 values, or where all are equal.
 */
export function rankVonNeumann(series: Numbers): RankVonNeumann | null {
  const n = series.length
  if (n < 3) return null
  const ranks = doubledMidranks(series)
  let steps = 0
  let squares = 0
  for (let index = 0; index < n; index++) {
    squares += ((ranks[index] as number) - (n + 1)) ** 2
    if (index > 0) steps += ((ranks[index] as number) - (ranks[index - 1] as number)) ** 2
  }
  if (squares === 0) return null
  const ratio = steps / squares
  const variance = (4 * (n - 2) * (5 * n * n - 2 * n - 9)) / (5 * n * (n + 1) * (n - 1) ** 2)
  const z = (ratio - 2) / Math.sqrt(variance)
  return { ratio, z, p: normalCdf(z) }
}

/** The autocorrelation at lag 1: Σ(xᵢ − x̄)(xᵢ₊₁ − x̄)/Σ(xᵢ − x̄)². `null` under 2 values, or where all are equal. */
export function lagOneAutocorrelation(series: Numbers): number | null {
  if (series.length < 2) return null
  refuseInfinite(series)
  const centre = mean(series)
  let products = 0
  let squares = 0
  for (let index = 0; index < series.length; index++) {
    const value = (series[index] as number) - centre
    squares += value * value
    if (index > 0) products += value * ((series[index - 1] as number) - centre)
  }
  return squares === 0 ? null : products / squares
}
