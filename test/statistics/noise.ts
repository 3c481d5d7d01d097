import { createRandom, normalQuantile, type Random } from '../../src/statistics/index.ts'

/** A standard normal number by inversion, from one 32-bit draw. */
function drawNormal(random: Random): number {
  return normalQuantile((random.uint32() + 0.5) / 2 ** 32)
}

/** Times around 100 with relative spread `sigma`. */
export function drawTimes(seed: number, count: number, sigma = 0.03, level = 100): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length: count }, () => level * Math.exp(sigma * drawNormal(random)))
}
