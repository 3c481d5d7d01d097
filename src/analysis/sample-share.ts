import { normalQuantile } from '../statistics/index.ts'

/** A share that was estimated from samples, with its 95 % interval; all from 0 to 1. */
export interface SampledShare {
  readonly share: number
  readonly low: number
  readonly high: number
}

const z = normalQuantile(0.975)

/**
 * How sure a share of CPU time is that `hits` of `samples` tell: Wilson's score interval (Wilson 1927). It takes samples for
 * independent of each other and of what they hit: stretches that are much longer than the interval between samples are known
 * better than it says, work in step with the sampling worse. `null` without samples.
 */
export function shareOfSamples(hits: number, samples: number): SampledShare | null {
  if (!(samples > 0)) return null
  const share = hits / samples
  const middle = (share + (z * z) / (2 * samples)) / (1 + (z * z) / samples)
  const half = (z / (1 + (z * z) / samples)) * Math.sqrt((share * (1 - share)) / samples + (z / (2 * samples)) ** 2)
  return { share, low: Math.min(share, Math.max(0, middle - half)), high: Math.max(share, Math.min(1, middle + half)) }
}
