import { blockSwapFunction } from './block-swap.ts'
import { blockSwapInterval, type Estimate } from './block-swap-interval.ts'
import { medianAbsoluteDeviation } from './location.ts'
import { refuseUnpaired } from './refuse.ts'
import { differenceOf, failedValue, isFiniteDifference, type Numbers } from './scale.ts'
import { type Interval, pseudomedian, signedRankTest, walshInterval } from './signed-rank.ts'

/** How many times larger one side's spread may be before the rank sum alone is not trusted. */
export const largestSpreadRatio = 3

/** The spreads of two variants on a scale (median absolute deviations), and whether they differ too much. */
export interface SpreadGuard {
  readonly active: boolean
  readonly baselineSpread: number
  readonly candidateSpread: number
  /** Which side is much noisier; `null` where the guard is not active. */
  readonly noisier: 'baseline' | 'candidate' | null
}

/** Everything that one comparison of block-aligned values says, on the scale of the values. */
export interface PairedComparison extends Estimate {
  readonly blocks: number
  /** The p of the primary test: block-swap, or the larger of block-swap and signed-rank where the guard is active. */
  readonly p: number
  readonly blockSwapP: number
  readonly signedRankP: number
  /** The cross-check: pseudomedian of the block differences and the Walsh interval. */
  readonly crossCheck: Estimate
  readonly guard: SpreadGuard
}

/**
 * Compares block-aligned integers on a scale: block-swap rank-sum test, Hodges–Lehmann shift, and the interval of level
 * 1 − γ; Wilcoxon's signed-rank test and the Walsh interval as cross-check. With equal centres and very unequal spreads
 * a rank sum rejects too often, so that beyond a threefold spread both tests must agree: the larger p, the hull of both
 * intervals.
 */
export function comparePaired(baseline: Numbers, candidate: Numbers, gamma: number): PairedComparison {
  const { guard, differences, swap, blockSwapP, signedRankP, p } = preparePaired(baseline, candidate)
  const primary = blockSwapInterval(baseline, candidate, gamma, swap)
  const walsh = walshInterval(differences, gamma)
  const centre = pseudomedian(differences)
  const { low, high } = guard.active ? hullOf(primary, walsh) : primary
  return {
    blocks: baseline.length,
    p,
    blockSwapP,
    signedRankP,
    estimate: primary.estimate,
    low,
    high,
    crossCheck: {
      estimate: centre !== null && isFiniteDifference(centre) ? centre : null,
      low: walsh.low,
      high: walsh.high,
    },
    guard,
  }
}

/** Only the p-values of `comparePaired`, which are cheap: for the looks that are over. */
export function testPaired(
  baseline: Numbers,
  candidate: Numbers,
): Pick<PairedComparison, 'p' | 'blockSwapP' | 'signedRankP' | 'guard'> {
  const { p, blockSwapP, signedRankP, guard } = preparePaired(baseline, candidate)
  return { p, blockSwapP, signedRankP, guard }
}

function preparePaired(baseline: Numbers, candidate: Numbers) {
  refuseUnpaired(baseline, candidate)
  const differences = Float64Array.from(baseline, (value, block) => differenceOf(candidate[block] as number, value))
  const guard = guardSpread(baseline, candidate)
  const swap = blockSwapFunction(baseline, candidate)
  const blockSwapP = swap.test(0).p
  const signedRankP = signedRankTest(differences).p
  const p = guard.active ? Math.max(blockSwapP, signedRankP) : blockSwapP
  return { p, blockSwapP, signedRankP, guard, differences, swap }
}

/** Compares the spreads: active where one is more than three times the other, or exactly one is zero. */
export function guardSpread(baseline: Numbers, candidate: Numbers): SpreadGuard {
  const baselineSpread = spreadOf(baseline)
  const candidateSpread = spreadOf(candidate)
  const smaller = Math.min(baselineSpread, candidateSpread)
  const larger = Math.max(baselineSpread, candidateSpread)
  const active = smaller === 0 ? larger > 0 : larger > largestSpreadRatio * smaller
  const noisier = candidateSpread > baselineSpread ? 'candidate' : 'baseline'
  return { active, baselineSpread, candidateSpread, noisier: active ? noisier : null }
}

/** Failed trials are no spread: they are counted as failures. */
function spreadOf(values: Numbers): number {
  const finished = Float64Array.from(values).filter((value) => value !== failedValue)
  return finished.length === 0 ? 0 : medianAbsoluteDeviation(finished)
}

function hullOf(first: Interval, second: Interval): Interval {
  return {
    low: first.low === null || second.low === null ? null : Math.min(first.low, second.low),
    high: first.high === null || second.high === null ? null : Math.max(first.high, second.high),
  }
}
