import type { Estimate } from './block-swap-interval.ts'
import { type PairedComparison, testPaired } from './paired-comparison.ts'
import { alwaysValidP, controlAlpha, type Plan, type PlannedLook } from './plan.ts'
import { blocksToFit, minimumDetectableEffect, trialSigma } from './power.ts'
import { effectOf, failedValue, type Numbers, type Scale } from './scale.ts'
import { decideOnScale, isDecisive, type Verdict } from './verdict.ts'

/** The share of a variant's trials that may fail before its verdict is `unreliable`. */
export const largestFailureShare = 0.2

/**
 * What a look says about one candidate. Effects are candidate ÷ baseline (log scale) or candidate − baseline (raw
 * scale).
 */
export interface CandidateState extends Estimate {
  readonly verdict: Verdict
  /** Equivalent and yet significantly different, by less than matters. */
  readonly detectable: boolean
  /** Why a verdict is `unreliable`. */
  readonly unreliable: 'failed-trials' | 'control-differs' | null
  /** p at this look; valid over all looks; and adjusted by Holm over the family. */
  readonly p: number
  readonly alwaysValidP: number
  readonly adjustedP: number
  /** adjustedP ≤ the plan's α. */
  readonly significant: boolean
  /**
   * Spread of one trial without its block's share: relative (log scale) or in the metric's unit; `null` where unknown.
   */
  readonly sigma: number | null
  /**
   * The smallest effect that these blocks find with 80 % power at this look's level: relative, or in the metric's unit.
   */
  readonly minimumDetectable: number | null
  /**
   * How many more blocks would bring the interval into the region of indifference; `null` where more would not, or none
   * are needed.
   */
  readonly blocksToSettle: number | null
  /** Significant at the first look: early stops exaggerate. */
  readonly mayBeInflated: boolean
  /** Which side is more than three times noisier than the other. */
  readonly noisier: 'baseline' | 'candidate' | null
  /**
   * Wilcoxon's signed-rank test at the same look; `disagrees` where one of the two tests rejects at αⱼ/m and the other
   * does not.
   */
  readonly crossCheck: Estimate & { readonly p: number; readonly disagrees: boolean }
  /** Failed trials of each side. */
  readonly failures: { readonly baseline: number; readonly candidate: number }
}

/** The A/A arm: the baseline against itself. When it differs, no verdict of the session can be relied on. */
export interface ControlState {
  readonly p: number
  readonly alwaysValidP: number
  readonly differs: boolean
}

/** What all candidates of a look have in common. */
export interface LookContext {
  readonly plan: Plan
  readonly look: number
  readonly planned: PlannedLook
  readonly scale: Scale
  /** αⱼ/m. */
  readonly gamma: number
  readonly rope: number
  readonly controlDiffers: boolean
}

/** Turns a comparison on a scale into effects, and gives the verdict. */
export function stateOf(
  comparison: PairedComparison,
  baseline: Numbers,
  candidate: Numbers,
  validP: number,
  adjustedP: number,
  context: LookContext,
): CandidateState {
  const { scale, gamma } = context
  const effects = estimateOf(comparison, scale)
  const significant = adjustedP <= context.plan.alpha
  const failures = { baseline: countFailures(baseline), candidate: countFailures(candidate) }
  const failedShare = Math.max(failures.baseline, failures.candidate) / baseline.length
  const failedTooOften = failedShare > largestFailureShare
  const unreliable = failedTooOften ? 'failed-trials' : context.controlDiffers ? 'control-differs' : null
  const decision = decideOnScale({ ...comparison, significant }, context.rope, scale)
  const verdict = unreliable === null ? decision.verdict : 'unreliable'
  const sigma = trialSigma([baseline, candidate])
  return {
    ...effects,
    verdict,
    detectable: unreliable === null && decision.detectable,
    unreliable,
    p: comparison.p,
    alwaysValidP: validP,
    adjustedP,
    significant,
    sigma: sigma === null ? null : sizeOf(sigma, scale),
    minimumDetectable: sigma === null ? null : detectableOf(sigma, baseline.length, gamma, scale),
    blocksToSettle: isDecisive(verdict) || unreliable !== null ? null : moreBlocks(comparison, context),
    mayBeInflated: significant && context.look === 0,
    noisier: comparison.guard.noisier,
    crossCheck: {
      ...estimateOf(comparison.crossCheck, scale),
      p: comparison.signedRankP,
      disagrees: comparison.blockSwapP <= gamma !== comparison.signedRankP <= gamma,
    },
    failures,
  }
}

/** Tests the A/A arm at every look so far, at its own level. */
export function evaluateControl(baseline: Float64Array, control: Float64Array, plan: Plan, look: number): ControlState {
  const p = plan.looks
    .slice(0, look + 1)
    .map(({ blocks }) => testPaired(baseline.subarray(0, blocks), control.subarray(0, blocks)).p)
  const validP = alwaysValidP(p, plan.looks, plan.alpha)
  return { p: p.at(-1) ?? 1, alwaysValidP: validP, differs: validP <= controlAlpha }
}

function estimateOf({ estimate, low, high }: Estimate, scale: Scale): Estimate {
  return { estimate: effectOf(estimate, scale), low: effectOf(low, scale), high: effectOf(high, scale) }
}

function moreBlocks({ blocks, estimate, low, high }: PairedComparison, context: LookContext): number | null {
  const { scale, rope } = context
  const edge = scale.kind === 'log' ? Math.log1p(rope) * 1e9 : rope / scale.resolution
  const halfWidth = low === null || high === null ? null : (high - low) / 2
  const needed = blocksToFit(blocks, halfWidth, estimate, edge)
  return needed === null ? null : Math.max(1, needed - blocks)
}

/** A size on the scale as a relative size (log) or in the metric's unit (raw). */
function sizeOf(size: number, scale: Scale): number {
  return scale.kind === 'log' ? size / 1e9 : size * scale.resolution
}

function detectableOf(sigma: number, blocks: number, gamma: number, scale: Scale): number | null {
  const effect = sizeOf(minimumDetectableEffect(sigma, blocks, gamma), scale)
  const detectable = scale.kind === 'log' ? Math.expm1(effect) : effect
  return Number.isFinite(detectable) ? detectable : null
}

function countFailures(values: Numbers): number {
  let count = 0
  for (let index = 0; index < values.length; index++) if (values[index] === failedValue) count++
  return count
}
