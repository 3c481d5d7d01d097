import { madToSigma, median, medianAbsoluteDeviation } from './location.ts'
import { refuseNaN } from './refuse.ts'
import type { Numbers } from './scale.ts'

/**
 * How many values are more than `deviations` robust standard deviations (1.4826 × MAD) from the median (Iglewicz &
 * Hoaglin 1993). They are never removed.
 */
export function countSpikes(values: Numbers, deviations = 5): number {
  refuseNaN(values)
  const centre = median(values)
  const reach = deviations * madToSigma * medianAbsoluteDeviation(values)
  let count = 0
  for (let index = 0; index < values.length; index++) if (Math.abs((values[index] as number) - centre) > reach) count++
  return count
}
