import { StrobeError } from '../base/index.ts'
import { maxT } from './max-t.ts'
import { adjustBenjaminiHochberg } from './multiplicity.ts'
import type { Numbers } from './scale.ts'
import { shrinkEffects } from './shrinkage.ts'
import { pairedTTest } from './t-test.ts'

/** Functions with fewer samples per profile, averaged over both sides, are not tested. */
export const fewestSamples = 5
/** The share of false discoveries among coloured functions, and the chance of any false "proven" one. */
export const discoveryRate = 0.05
/** Fewer profiles per variant than this say "not enough profiles" instead of "unchanged". */
export const fewestProfiles = 10

/** What the profiles of two variants say about one function. */
export interface FunctionDifference {
  /** Index among the functions that were given. */
  readonly index: number
  /** Mean samples per profile of each side. */
  readonly baseline: number
  readonly candidate: number
  /**
   * Mean difference in samples per profile with its 95 % t-interval, and the same shrunk towards none for colouring.
   */
  readonly delta: number
  readonly low: number
  readonly high: number
  readonly shrunk: number
  /** t and p of √(count + ⅜) per block, and its Benjamini–Hochberg q. */
  readonly t: number
  readonly p: number
  readonly q: number
  /** q ≤ 5 %: coloured. */
  readonly changed: boolean
  /** Step-down maxT on counts: |t|, p alone and p adjusted for all; ≤ 5 % is proven. */
  readonly maxT: number
  readonly maxTRawP: number
  readonly maxTP: number
  readonly proven: boolean
}

/** The comparison of repeated profiles. */
export interface ProfileDifference {
  /** The functions that were tested, in the order given; the others have too few samples. */
  readonly functions: readonly FunctionDifference[]
  readonly blocks: number
  readonly reason: 'not-enough-profiles' | null
}

/**
 * Finds the functions that changed over block-aligned profiles: `baseline[block][function]` sample counts. Absolute
 * counts, never shares of the total, or one function that doubles makes all others look faster. Paired t on √(count +
 * ⅜) (Anscombe 1948) with Benjamini–Hochberg for colour, step-down maxT over sign flips for proof. Multiply samples by
 * the sampling interval for time. Under two blocks nothing is tested; under ten the result is marked. Throws
 * `statistics.not-paired` where the shapes differ.
 */
export function compareProfiles(
  baseline: readonly Numbers[],
  candidate: readonly Numbers[],
  seed = 1,
): ProfileDifference {
  const blocks = baseline.length
  const count = baseline[0]?.length ?? 0
  checkShapes(baseline, candidate, count)
  const reason = blocks < fewestProfiles ? 'not-enough-profiles' : null
  if (blocks < 2) return { functions: [], blocks, reason: 'not-enough-profiles' }
  const tested: number[] = []
  for (let index = 0; index < count; index++) {
    if ((meanOf(baseline, index) + meanOf(candidate, index)) / 2 >= fewestSamples) tested.push(index)
  }
  const roots = tested.map((index) => {
    const differences = columnOf(candidate, index, anscombe)
    const test = pairedTTest(differences.map((value, block) => value - anscombe(baseline[block]?.[index] as number)))
    return test ?? { t: 0, p: 1 }
  })
  const counts = tested.map((index) => {
    const differences = columnOf(candidate, index, (value) => value)
    return differences.map((value, block) => value - (baseline[block]?.[index] as number))
  })
  const q = adjustBenjaminiHochberg(roots.map(({ p }) => p))
  const family = maxT(counts, seed)
  const deltas = counts.map((differences) => pairedTTest(differences))
  const shrunk = shrinkEffects(
    deltas.map((delta) => ({ effect: delta?.estimate ?? 0, standardError: delta?.standardError ?? null })),
  )
  const functions = tested.map((index, position): FunctionDifference => {
    const root = roots[position]
    const delta = deltas[position]
    return {
      index,
      baseline: meanOf(baseline, index),
      candidate: meanOf(candidate, index),
      delta: delta?.estimate ?? 0,
      low: delta?.low ?? 0,
      high: delta?.high ?? 0,
      shrunk: shrunk[position] as number,
      t: root?.t ?? 0,
      p: root?.p ?? 1,
      q: q[position] as number,
      changed: (q[position] as number) <= discoveryRate,
      maxT: family.statistic[position] as number,
      maxTRawP: family.rawP[position] as number,
      maxTP: family.adjustedP[position] as number,
      proven: (family.adjustedP[position] as number) <= discoveryRate,
    }
  })
  return { functions, blocks, reason }
}

/** Stabilises the variance of a Poisson count. */
function anscombe(count: number): number {
  return Math.sqrt(count + 3 / 8)
}

function columnOf(profiles: readonly Numbers[], index: number, convert: (count: number) => number): Float64Array {
  return Float64Array.from(profiles, (profile) => convert(profile[index] as number))
}

function meanOf(profiles: readonly Numbers[], index: number): number {
  let sum = 0
  for (const profile of profiles) sum += profile[index] as number
  return sum / profiles.length
}

function checkShapes(baseline: readonly Numbers[], candidate: readonly Numbers[], count: number): void {
  const sameLength = [...baseline, ...candidate].every((profile) => profile.length === count)
  if (baseline.length !== candidate.length || !sameLength) {
    throw new StrobeError(
      'statistics.not-paired',
      'Profiles need one row per block on each side, all over the same functions.',
    )
  }
  for (const profile of [...baseline, ...candidate]) {
    for (let index = 0; index < count; index++) {
      const value = profile[index] as number
      if (!(value >= 0 && Number.isFinite(value))) {
        throw new StrobeError('statistics.invalid-value', `A sample count is ${value}, not a number from 0 up.`)
      }
    }
  }
}
