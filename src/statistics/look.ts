import { StrobeError } from '../base/index.ts'
import { hodgesLehmannShift } from './hodges-lehmann.ts'
import type { CandidateState } from './look-states.ts'
import { type ControlState, evaluateControl, type LookContext, stateOf } from './look-states.ts'
import { adjustHolm } from './multiplicity.ts'
import { comparePaired, testPaired } from './paired-comparison.ts'
import { alwaysValidP, type Plan } from './plan.ts'
import { refuseUnpaired } from './refuse.ts'
import { effectOf, logScale, type Numbers, type Scale, toScale } from './scale.ts'
import { isDecisive } from './verdict.ts'

/**
 * What an experiment has measured so far. Variants' values are in block order, invalid blocks and the warm-up block
 * left out.
 */
export interface LookInput {
  readonly plan: Plan
  /** One value per complete block, in the metric's unit; a failed or timed-out trial is +Infinity. */
  readonly baseline: Numbers
  /** One array per candidate, at most `plan.comparisons` of them, aligned with `baseline` by block. */
  readonly candidates: readonly Numbers[]
  /** The values of the A/A arm, where there is one. */
  readonly control?: Numbers
  /** The region of indifference: 0.02 is ±2 %. On the raw scale in the metric's unit. */
  readonly rope: number
  /** `log` (ratios) unless the metric can be zero or negative. */
  readonly scale?: Scale
  /** What to stop for: a verdict that decides (default), or only the direction. */
  readonly goal?: 'verdict' | 'direction'
  /**
   * The states of earlier looks, to spare their computation; without them they are computed again from the first
   * blocks.
   */
  readonly previous?: readonly LookState[]
}

/** Why an experiment may stop at a look. */
export type StopReason = 'decided' | 'unreliable' | 'cap' | 'last-look'

/** Before the first look: nothing but the estimates may be shown, in grey. */
export interface PendingState {
  readonly kind: 'pending'
  readonly reason: 'not-enough-blocks'
  /** Complete blocks so far. */
  readonly blocks: number
  readonly nextLook: number
  /** Effects so far (ratio or difference), without any inference; `null` where there is none. */
  readonly estimates: readonly (number | null)[]
  readonly stop: null
}

/** The latest planned look that the blocks reach, computed on exactly its blocks. */
export interface LookState {
  readonly kind: 'look'
  /** Which look of the plan, from 0. */
  readonly look: number
  /** Blocks that this look used; later ones are left for the next. */
  readonly blocks: number
  /** αⱼ of this look, and the level of the intervals, 1 − αⱼ/m. */
  readonly alpha: number
  readonly level: number
  readonly scale: Scale
  readonly candidates: readonly CandidateState[]
  readonly control: ControlState | null
  /** Whether the plan says to stop here, and why. */
  readonly stop: StopReason | null
  /** Blocks at the next look of the plan, also beyond the cap; `null` after the last. */
  readonly nextLook: number | null
}

/**
 * The state of an experiment at its latest planned look: per candidate the Hodges–Lehmann effect, its interval at level
 * 1 − αⱼ/m, p, always-valid p, Holm's adjustment over the m comparisons, and the verdict; and whether the plan says to
 * stop. Blocks beyond the look are not used, so that stopping at any block gives the verdict of the last look. Pure and
 * deterministic. Throws `statistics.invalid-value`, `statistics.not-paired`,
 * `statistics.invalid-rope`, `statistics.plan-mismatch`.
 */
export function evaluateLook(input: LookInput): PendingState | LookState {
  const { plan, candidates } = input
  const scale = input.scale ?? logScale
  checkInput(input)
  const arms = [input.baseline, ...candidates, ...(input.control === undefined ? [] : [input.control])]
  for (const values of arms) refuseUnpaired(input.baseline, values)
  const blocks = input.baseline.length
  const look = plan.looks.findLastIndex((planned) => planned.blocks <= blocks)
  const planned = plan.looks[look]
  if (planned === undefined) return pendingState(input, blocks, scale)

  // Later blocks are not used, but what is no measurement is refused there too.
  const used = (values: Numbers) => toScale(values, scale).subarray(0, planned.blocks)
  const baseline = used(input.baseline)
  const scaled = candidates.map(used)
  const control = input.control === undefined ? null : evaluateControl(baseline, used(input.control), plan, look)
  const context: LookContext = {
    plan,
    look,
    planned,
    scale,
    gamma: planned.alpha / plan.comparisons,
    rope: input.rope,
    controlDiffers: control?.differs ?? false,
  }
  const comparisons = scaled.map((values) => comparePaired(baseline, values, context.gamma))
  const validP = scaled.map((values, candidate) => {
    const earlier = plan.looks.slice(0, look).map(({ blocks: size }) => {
      const known = input.previous?.find((state) => state.kind === 'look' && state.blocks === size)
      return known?.candidates[candidate]?.p ?? testPaired(baseline.subarray(0, size), values.subarray(0, size)).p
    })
    return alwaysValidP([...earlier, comparisons[candidate]?.p ?? 1], plan.looks, plan.alpha)
  })
  // Comparisons of the family that are not here count as p = 1, so that m stays what the plan says.
  const adjusted = adjustHolm([...validP, ...Array.from({ length: plan.comparisons - validP.length }, () => 1)])
  const states = comparisons.map((comparison, candidate) =>
    stateOf(
      comparison,
      baseline,
      scaled[candidate] as Float64Array,
      validP[candidate] as number,
      adjusted[candidate] as number,
      context,
    ),
  )
  const nextLook = plan.looks[look + 1]?.blocks ?? null
  return {
    kind: 'look',
    look,
    blocks: planned.blocks,
    alpha: planned.alpha,
    level: 1 - context.gamma,
    scale,
    candidates: states,
    control,
    stop: stopReason(states, input.goal ?? 'verdict', nextLook, plan),
    nextLook,
  }
}

function pendingState(input: LookInput, blocks: number, scale: Scale): PendingState {
  const baseline = toScale(input.baseline, scale)
  const estimates = input.candidates.map((values) =>
    effectOf(hodgesLehmannShift(baseline, toScale(values, scale)), scale),
  )
  const nextLook = input.plan.looks[0]?.blocks ?? 0
  return { kind: 'pending', reason: 'not-enough-blocks', blocks, nextLook, estimates, stop: null }
}

function stopReason(
  states: readonly CandidateState[],
  goal: 'verdict' | 'direction',
  nextLook: number | null,
  plan: Plan,
): StopReason | null {
  const settled = (state: CandidateState) =>
    isDecisive(state.verdict) || state.verdict === 'unreliable' || (goal === 'direction' && state.significant)
  if (states.length > 0 && states.every(settled)) {
    return states.every((state) => state.verdict === 'unreliable') ? 'unreliable' : 'decided'
  }
  if (nextLook === null) return 'last-look'
  return nextLook > plan.cap ? 'cap' : null
}

function checkInput({ plan, candidates, rope }: LookInput): void {
  if (candidates.length < 1 || candidates.length > plan.comparisons) {
    const data = { planned: plan.comparisons, given: candidates.length }
    const message = `The plan is for ${plan.comparisons} comparisons, and ${candidates.length} were given.`
    throw new StrobeError('statistics.plan-mismatch', message, { data })
  }
  if (!(rope > 0 && Number.isFinite(rope))) {
    throw new StrobeError(
      'statistics.invalid-rope',
      'The region of indifference is a number above zero (0.02 is ±2 %).',
      {
        data: { rope },
      },
    )
  }
}
