import { normalQuantile } from './normal.ts'

/** An effect on a scale where 0 is none (log ratios, milliseconds) with its standard error. */
export interface NoisyEffect {
  readonly effect: number
  /** `null` where unknown: such an effect is left out, and shrunk to 0. */
  readonly standardError: number | null
}

/** The standard error behind a symmetric interval of a level: its width over 2z. `null` for an unbounded one. */
export function standardErrorOf(low: number | null, high: number | null, level = 0.95): number | null {
  if (low === null || high === null) return null
  return (high - low) / (2 * normalQuantile((1 + level) / 2))
}

/**
 * Empirical-Bayes shrinkage of many effects towards none (normal–normal model, Gelman, Hill & Yajima 2012): τ² = max(0,
 * mean(θ̂²) − mean(se²)), θ̃ = θ̂·τ²/(τ² + se²). For overviews, where the largest of many noisy effects would be shown
 * too large.
 */
export function shrinkEffects(effects: readonly NoisyEffect[]): Float64Array {
  const known = effects.filter((entry) => entry.standardError !== null)
  let excess = 0
  for (const { effect, standardError } of known) excess += (effect ** 2 - (standardError ?? 0) ** 2) / known.length
  const spread = Math.max(0, excess)
  return Float64Array.from(effects, ({ effect, standardError }) => {
    if (standardError === null || spread === 0) return 0
    return (effect * spread) / (spread + standardError ** 2)
  })
}
