import { StrobeError } from '../base/index.ts'
import type { Numbers } from './scale.ts'

/** p·m, at most 1 (Bonferroni). */
export function adjustBonferroni(p: Numbers): Float64Array {
  return stepwise(p, 'all', (value, _rank, m) => value * m)
}

/** Holm's step-down (Holm 1979): controls the chance of any false rejection in the family. */
export function adjustHolm(p: Numbers): Float64Array {
  return stepwise(p, 'down', (value, rank, m) => value * (m - rank + 1))
}

/** Hochberg's step-up (Hochberg 1988): as Holm, sharper, for independent or positively dependent tests. */
export function adjustHochberg(p: Numbers): Float64Array {
  return stepwise(p, 'up', (value, rank, m) => value * (m - rank + 1))
}

/** Benjamini & Hochberg (1995): q-values that control the expected share of false discoveries. */
export function adjustBenjaminiHochberg(p: Numbers): Float64Array {
  return stepwise(p, 'up', (value, rank, m) => (value * m) / rank)
}

/** Benjamini & Yekutieli (2001): as Benjamini–Hochberg under any dependence. */
export function adjustBenjaminiYekutieli(p: Numbers): Float64Array {
  let harmonic = 0
  for (let rank = 1; rank <= p.length; rank++) harmonic += 1 / rank
  return stepwise(p, 'up', (value, rank, m) => (value * m * harmonic) / rank)
}

type Direction = 'down' | 'up' | 'all'

/**
 * Adjusts by rank (1 = smallest p) and makes the result monotone: running maximum downwards, running minimum upwards.
 */
function stepwise(p: Numbers, direction: Direction, adjust: (p: number, rank: number, m: number) => number) {
  const m = p.length
  for (let index = 0; index < m; index++) {
    const value = p[index] as number
    if (!(value >= 0 && value <= 1)) {
      throw new StrobeError('statistics.invalid-p', `p[${index}] is ${value}, not a number from 0 to 1.`, {
        data: { index, value },
      })
    }
  }
  const order = Array.from({ length: m }, (_, index) => index)
  order.sort((left, right) => (p[left] as number) - (p[right] as number))
  const adjusted = new Float64Array(m)
  let bound = direction === 'up' ? 1 : 0
  for (let step = 0; step < m; step++) {
    const rank = direction === 'up' ? m - step : step + 1
    const index = order[rank - 1] as number
    const value = Math.min(1, adjust(p[index] as number, rank, m))
    if (direction === 'down') bound = Math.max(bound, value)
    else if (direction === 'up') bound = Math.min(bound, value)
    else bound = value
    adjusted[index] = bound
  }
  return adjusted
}
