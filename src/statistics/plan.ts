import { StrobeError } from '../base/index.ts'

/** One moment at which the data may be looked at: after so many valid blocks, spending so much of α. */
export interface PlannedLook {
  readonly blocks: number
  readonly alpha: number
}

export type PresetName = 'quick' | 'standard' | 'rigorous'

/** What a preset is before it is fitted to a number of comparisons. */
export interface Preset {
  readonly looks: readonly PlannedLook[]
  /** Blocks at which an experiment stops by default though undecided. */
  readonly cap: number
  /** Whether the baseline runs once more under a second label, as an A/A arm. */
  readonly controlArm: boolean
}

const standardLooks: readonly PlannedLook[] = [
  { blocks: 10, alpha: 0.005 },
  { blocks: 20, alpha: 0.01 },
  { blocks: 40, alpha: 0.025 },
  { blocks: 80, alpha: 0.005 },
  { blocks: 160, alpha: 0.0025 },
  { blocks: 320, alpha: 0.0025 },
]

/**
 * The stopping plans. The α of the looks sums to 0.05, also beyond the cap: that share is reserved for whoever goes on.
 */
export const presets: Readonly<Record<PresetName, Preset>> = {
  quick: {
    looks: [
      { blocks: 8, alpha: 0.01 },
      { blocks: 16, alpha: 0.04 },
    ],
    cap: 16,
    controlArm: false,
  },
  standard: { looks: standardLooks, cap: 40, controlArm: false },
  rigorous: { looks: standardLooks, cap: 160, controlArm: true },
}

/** A plan as it is stored before the first trial. */
export interface Plan {
  readonly preset: PresetName | 'custom'
  /** Strictly growing in blocks. */
  readonly looks: readonly PlannedLook[]
  /** The α of the whole family: the sum over the looks. */
  readonly alpha: number
  readonly cap: number
  /** m: how many comparisons share the question (each candidate against the baseline). */
  readonly comparisons: number
  readonly controlArm: boolean
}

/** The level at which the A/A arm counts as different. */
export const controlAlpha = 0.01

/**
 * Fits a preset, or looks of one's own, to m comparisons. At α₁/m the first look must be able to reject at all, which
 * needs 2¹⁻ⁿ ≤ α₁/m, so it moves up to the smallest such n (m = 3: 11 blocks, m = 9: 12). Whatever rule stops the
 * experiment at a look, P(any wrong rejection) ≤ Σ αⱼ by the union bound (α spending, Lan & DeMets 1983). `cap` is
 * blocks. Throws `statistics.invalid-plan`.
 */
export function makePlan(
  preset: PresetName | Preset,
  options: { readonly comparisons?: number; readonly cap?: number } = {},
): Plan {
  const { looks, cap, controlArm } = typeof preset === 'string' ? presets[preset] : preset
  const comparisons = options.comparisons ?? 1
  const alpha = checkLooks(looks)
  if (!Number.isInteger(comparisons) || comparisons < 1) throw invalidPlan('A plan compares at least one candidate.')
  const fitted: PlannedLook[] = []
  let previous = 0
  for (const look of looks) {
    const blocks = Math.max(look.blocks, smallestRejectingBlocks(look.alpha / comparisons), previous + 1)
    fitted.push({ blocks, alpha: look.alpha })
    previous = blocks
  }
  const lastLook = fitted.at(-1)?.blocks ?? 0
  const firstLook = fitted[0]?.blocks ?? 0
  const wanted = options.cap ?? cap
  if (!(wanted >= 1)) throw invalidPlan('The cap of a plan is a number of blocks above zero.')
  return {
    preset: typeof preset === 'string' ? preset : 'custom',
    looks: fitted,
    alpha,
    cap: Math.min(lastLook, Math.max(firstLook, wanted)),
    comparisons,
    controlArm,
  }
}

/** The smallest n at which a swap of labels within n blocks can give p ≤ α: 2¹⁻ⁿ ≤ α. */
export function smallestRejectingBlocks(alpha: number): number {
  let blocks = 1
  while (2 ** (1 - blocks) > alpha) blocks++
  return blocks
}

/**
 * The p-value that stays valid however often one looks: the smallest over the looks so far of min(1, pᵢ·α/αᵢ). Because
 * Σ αᵢ = α, P(it ever falls to c) ≤ c for every c.
 */
export function alwaysValidP(p: readonly number[], looks: readonly PlannedLook[], alpha: number): number {
  let smallest = 1
  for (let index = 0; index < p.length; index++) {
    const look = looks[index]
    if (look === undefined) throw invalidPlan('There are more p-values than looks.')
    smallest = Math.min(smallest, ((p[index] as number) * alpha) / look.alpha)
  }
  return smallest
}

function checkLooks(looks: readonly PlannedLook[]): number {
  let alpha = 0
  let previous = 0
  for (const look of looks) {
    if (!Number.isInteger(look.blocks) || look.blocks <= previous) throw invalidPlan('Looks must grow in blocks.')
    if (!(look.alpha > 0 && look.alpha < 1)) throw invalidPlan('Each look spends an α above 0 and below 1.')
    previous = look.blocks
    alpha += look.alpha
  }
  if (looks.length === 0) throw invalidPlan('A plan needs at least one look.')
  // Sums of decimal fractions: 0.005 + 0.01 + … is 0.05 only up to rounding.
  const rounded = Number(alpha.toPrecision(12))
  if (rounded >= 1) throw invalidPlan('The α of all looks together must stay below 1.')
  return rounded
}

function invalidPlan(message: string): StrobeError {
  return new StrobeError('statistics.invalid-plan', message)
}
