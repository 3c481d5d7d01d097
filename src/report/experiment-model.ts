import type {
  BlockDisturbance,
  Comparison,
  ExperimentExtension,
  ExperimentStatus,
  LiveEstimates,
  SecondaryMetric,
  TrialMetrics,
} from '../analysis/index.ts'
import type { PlannedLook } from '../statistics/index.ts'
import type { CaptureSettings, RunReason } from '../trace/index.ts'
import type { Patch } from '../workflow/index.ts'

/** One experiment. */
export interface ExperimentSection {
  readonly id: string
  readonly workflow: string
  readonly file: string
  readonly purpose: 'compare' | 'proof'
  /** Id of the recommendation that a proof is about. */
  readonly recommendation: string | null
  readonly question: string
  readonly status: ExperimentStatus
  /** Why it ended, in words; `null` while it runs. */
  readonly ended: string | null
  readonly startedAt: number
  readonly endedAt: number | null
  /** Index into the report's environments. */
  readonly environment: number | null
  /** One sentence per candidate, in the order of the settings. */
  readonly verdicts: readonly string[]
  /** Of several candidates: which may still be the fastest; `null` where the verdict says it, and before the first look. */
  readonly contenders: string | null
  /** Fastest first, the baseline among them. */
  readonly ranking: readonly RankingRow[]
  readonly variants: readonly VariantSummary[]
  /** The baseline once more under another label, where the plan has an A/A arm: its trials have the index after the last variant. */
  readonly control: VariantSummary | null
  /** Every trial in the order in which it ran. */
  readonly trials: readonly TrialDot[]
  /** Every block in the order in which they ran. */
  readonly blocks: readonly BlockLine[]
  /** Estimates between looks, where some blocks are beyond the latest: without interval and verdict, to be shown in grey. */
  readonly live: LiveEstimates | null
  /** Continuations after it had ended. */
  readonly extensions: readonly ExperimentExtension[]
  readonly design: ExperimentDesign
  /** What else was measured, with intervals and without a verdict. */
  readonly secondary: readonly SecondaryMetric[]
  readonly results: ResultEquality
  /** What a reader should know before believing the numbers. */
  readonly flags: readonly Flag[]
  /** What no number of this experiment can tell. */
  readonly caveat: string
}

/** A variant in the ranking. */
export interface RankingRow extends Omit<Comparison, 'state' | 'variant'> {
  /** Index into the section's variants. */
  readonly variant: number
  readonly baseline: boolean
  readonly significant: boolean | null
  /** p at the latest look, p valid over all looks, and that one adjusted over the m comparisons; `null` before the first look. */
  readonly p: number | null
  readonly alwaysValidP: number | null
  readonly adjustedP: number | null
  /** Spread of one trial without its block's share, relative. */
  readonly sigma: number | null
  /** Smallest relative effect that these blocks find with 80 % power. */
  readonly minimumDetectable: number | null
  readonly blocksToSettle: number | null
  /** Wilcoxon's signed-rank test at the same look, as ratios. */
  readonly crossCheck: CrossCheck | null
}

export interface CrossCheck {
  readonly ratio: number | null
  readonly low: number | null
  readonly high: number | null
  readonly p: number
  readonly disagrees: boolean
}

/** What a variant's counted trials were. */
export interface VariantSummary {
  readonly name: string
  readonly patch: Patch
  /** Trials that the numbers rest on. */
  readonly counted: number
  /** Of those: trials without a result. */
  readonly failures: number
  /** Over the counted trials that have a result. */
  readonly median: number | null
  readonly min: number | null
  readonly max: number | null
}

/** One trial: a dot. */
export interface TrialDot {
  /** Empty for a command, which leaves no run. */
  readonly runId: string
  /** −1 for the warm-up block. */
  readonly block: number
  /** Place in its block, from 0; `null` where the block was cut off, so that its order is not known. */
  readonly position: number | null
  readonly variant: number
  readonly value: number | null
  readonly reason: RunReason
  /** Whether the numbers rest on it; where not, why. */
  readonly counted: boolean
  readonly leftOut: string | null
  /** What disturbed it, in words. */
  readonly disturbances: readonly string[]
  /** Everything that was measured of it; `null` in trials of older versions. */
  readonly metrics: TrialMetrics | null
}

/** One block. */
export interface BlockLine {
  /** −1 for the first warm-up block. */
  readonly block: number
  /** As it is called everywhere: `warm-up`, `17`, `17 (warm-up)`. */
  readonly name: string
  readonly warmUp: boolean
  /** Indexes of variants in the order in which they ran; empty where it was cut off. */
  readonly order: readonly number[]
  /** Whether the latest look rests on it. */
  readonly counted: boolean
  /** Why it does not count whatever it measured. */
  readonly invalidated: string | null
  /** What disturbed which of its trials; a block that was only flagged counts all the same. */
  readonly disturbances: readonly BlockDisturbance[]
}

/** The design that was fixed before the first trial, and how far it came. */
export interface ExperimentDesign {
  readonly preset: string
  /** What all times of this section are: `wall time`. */
  readonly metric: string
  readonly seed: number
  readonly looks: readonly PlannedLook[]
  /** Family-wise error that all looks share. */
  readonly alpha: number
  readonly cap: number
  /** m: comparisons that share the question. */
  readonly comparisons: number
  readonly controlArm: boolean
  /** p of the A/A arm valid over all looks and whether it differs; `null` without one. */
  readonly control: { readonly alwaysValidP: number; readonly differs: boolean } | null
  /** Index of the latest look, from 0; `null` before the first. */
  readonly look: number | null
  /** Level of the intervals that was used, such as 0.96; `null` before the first look. */
  readonly level: number | null
  /** Region of indifference: 0.02 is ±2 %. */
  readonly rope: number
  /** Blocks that began, the warm-up block left out; of those invalidated, and why; and those that the numbers rest on. */
  readonly blocksRun: number
  readonly invalidated: readonly { readonly block: number; readonly why: string }[]
  readonly blocksCounted: number
  readonly warmUpBlocks: number
  /** `40 blocks of 3 trials, a fresh worker thread per trial`. */
  readonly unit: string
  readonly capture: CaptureSettings
  readonly params: Readonly<Record<string, unknown>>
}

/** Whether all trials computed the same. */
export interface ResultEquality {
  readonly sentence: string
  readonly equal: boolean | null
  readonly reference: string | null
  readonly tolerance: number
  readonly compared: number
  readonly differences: readonly { readonly runId: string; readonly variant: number; readonly how: string }[]
}

export interface Flag {
  readonly severity: 'note' | 'warning'
  readonly text: string
}
