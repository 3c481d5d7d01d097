import { madToSigma, median, medianAbsoluteDeviation } from './location.ts'
import { refuseNaN } from './refuse.ts'
import type { Numbers } from './scale.ts'

/**
 * How many values are more than `deviations` robust standard deviations (1.4826 × MAD) from the median (Iglewicz &
 * Hoaglin 1993). They are never removed. A deviation is at least `resolution`, so that neighbouring steps of a timer are none
 * where most values are equal.
 */
export function countSpikes(values: Numbers, deviations = 5, resolution = 0): number {
  refuseNaN(values)
  const centre = median(values)
  const reach = deviations * Math.max(madToSigma * medianAbsoluteDeviation(values), resolution)
  let count = 0
  for (let index = 0; index < values.length; index++) if (Math.abs((values[index] as number) - centre) > reach) count++
  return count
}
