import { hodgesLehmannShift } from './hodges-lehmann.ts'
import { adjustHolm } from './multiplicity.ts'
import { testPaired } from './paired-comparison.ts'
import { alwaysValidP, type Plan } from './plan.ts'
import { logScale, type Numbers, type Scale, toScale } from './scale.ts'

/** The answer to "which is the best?": never one winner, unless all others are shown to be slower. */
export interface Contenders {
  /** The variant that leads: the lowest typical value. */
  readonly leader: number
  /** The leader and every variant that is not significantly slower than it, in the order given. */
  readonly contenders: readonly number[]
}

/**
 * The variants that may still be the best (in the spirit of Hsu 1981): those not significantly slower than the leader,
 * with Holm's adjustment over all k(k − 1)/2 pairs, because the leader was picked by the same data, and p-values that
 * are valid over all looks. `variants[variant][block]` in the metric's unit, failed = +Infinity, lower is better.
 * Before the first look all are contenders; `null` without variants or blocks. Throws `statistics.invalid-value`.
 */
export function findContenders(variants: readonly Numbers[], plan: Plan, scale: Scale = logScale): Contenders | null {
  const reached = Math.min(...variants.map((values) => values.length))
  if (variants.length === 0 || reached === 0) return null
  const looks = plan.looks.filter(({ blocks }) => blocks <= reached)
  const blocks = looks.at(-1)?.blocks ?? reached
  const scaled = variants.map((values) => toScale(values, scale).subarray(0, blocks))
  const shiftFrom = (from: number, to: number) =>
    hodgesLehmannShift(scaled[from] as Float64Array, scaled[to] as Float64Array) ?? 0
  const places = scaled.map((_, variant) => shiftFrom(0, variant))
  const leader = places.indexOf(Math.min(...places))
  const pairs = scaled.flatMap((_, left) =>
    scaled.slice(left + 1).map((_other, offset) => [left, left + 1 + offset] as const),
  )
  const valid = pairs.map(([left, right]) => {
    const p = looks.map(
      (look) =>
        testPaired(
          (scaled[left] as Float64Array).subarray(0, look.blocks),
          (scaled[right] as Float64Array).subarray(0, look.blocks),
        ).p,
    )
    return alwaysValidP(p, looks, plan.alpha)
  })
  const adjusted = adjustHolm(valid)
  const slower = new Set<number>()
  pairs.forEach(([left, right], pair) => {
    if ((adjusted[pair] as number) > plan.alpha) return
    const other = left === leader ? right : right === leader ? left : null
    if (other !== null && shiftFrom(leader, other) > 0) slower.add(other)
  })
  return { leader, contenders: variants.map((_, variant) => variant).filter((variant) => !slower.has(variant)) }
}
