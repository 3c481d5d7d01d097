import { normalTwoSided } from './normal.ts'
import { refuseInfinite, refuseNaN } from './refuse.ts'
import type { Numbers } from './scale.ts'
import { signFlipTail } from './sign-flips.ts'

/**
 * Two-sided sign test (Arbuthnott 1710): zeros dropped, exact up to 1 000 differences, then normal with continuity
 * correction. None left → 1.
 */
export function signTest(differences: Numbers): number {
  refuseNaN(differences)
  let positive = 0
  let negative = 0
  for (let index = 0; index < differences.length; index++) {
    if ((differences[index] as number) > 0) positive++
    else if ((differences[index] as number) < 0) negative++
  }
  const n = positive + negative
  const lead = Math.abs(positive - negative)
  if (n === 0 || lead === 0) return 1
  if (n > 1000) return normalTwoSided((lead - 1) / Math.sqrt(n))
  return signFlipTail(new Float64Array(n).fill(1), lead)
}

/** Up to this many differences all sign patterns are enumerated: a million. */
const largestFlipped = 20

/**
 * Two-sided sign-flip test of a mean (Fisher 1935): the share of all 2ⁿ sign patterns with |Σ ±d| ≥ |Σ d|. Exact for
 * whole numbers. `null` beyond 20 differences that are not 0; there use ranks. None → 1.
 */
export function signFlipMeanTest(differences: Numbers): number | null {
  refuseInfinite(differences)
  const sizes = Array.from(differences).filter((difference) => difference !== 0)
  if (sizes.length > largestFlipped) return null
  let sum = sizes.reduce((total, difference) => total + difference, 0)
  const reached = Math.abs(sum) * (1 - 1e-12)
  let count = 0
  for (let pattern = 1; pattern <= 2 ** sizes.length; pattern++) {
    if (Math.abs(sum) >= reached) count++
    // Gray code: the next pattern turns one sign.
    const turned = 31 - Math.clz32(pattern & -pattern)
    if (turned < sizes.length) {
      sum -= 2 * (sizes[turned] as number)
      sizes[turned] = -(sizes[turned] as number)
    }
  }
  return count / 2 ** sizes.length
}

/**
 * Two-sided binomial test by the chances of all outcomes no likelier than the observed one. For up to a few thousand
 * trials.
 */
export function binomialTest(successes: number, trials: number, chance: number): number {
  if (trials === 0) return 1
  let logTerm = trials * Math.log1p(-chance)
  const terms = new Float64Array(trials + 1)
  for (let k = 0; k <= trials; k++) {
    terms[k] = Math.exp(logTerm)
    logTerm += Math.log((trials - k) / (k + 1)) + Math.log(chance) - Math.log1p(-chance)
  }
  const observed = terms[successes] as number
  let p = 0
  for (const term of terms) if (term <= observed * (1 + 1e-9)) p += term
  return Math.min(1, p)
}
