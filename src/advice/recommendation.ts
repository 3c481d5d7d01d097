import type { Verdict } from '../statistics/index.ts'
import type { RunRecord, Trace } from '../trace/index.ts'
import type { Patch, WorkflowDescription } from '../workflow/index.ts'

/** A number that a finding rests on. */
export interface EvidenceNumber {
  /** What it is, in a few words: `time waiting for calls`. */
  readonly label: string
  readonly value: number
  readonly unit: 'ns' | 'share' | 'count' | 'ratio'
}

/** What a finding was made from, so that it can be looked at. */
export interface Evidence {
  readonly runId: string
  /** Rows of the run's spans; at most the first 1000 of `spanCount`. Never empty. */
  readonly spanIds: readonly number[]
  readonly spanCount: number
  readonly numbers: readonly EvidenceNumber[]
}

/** Something in a trace that is worth knowing. */
export interface Finding {
  /** Name of the rule, which is the name of its file: `serial-calls`. */
  readonly rule: string
  /** Rule, workflow and place to fix: the same finding in another run has the same fingerprint. */
  readonly fingerprint: string
  /** Address of the node or resource to change. */
  readonly place: string
  readonly title: string
  readonly evidence: Evidence
  /** Why it costs time, in a sentence or two. */
  readonly explanation: string
}

/** The gain to expect, as ratios of wall times (patched ÷ as it is): 0.4 to 0.6 is 40 to 60 % less time… of the whole run. */
export type Prediction =
  | {
      readonly kind: 'range'
      /** The best case: the smaller ratio. */
      readonly low: number
      /** The worst case; may be 1 or above where nothing rules out that the patch brings nothing. */
      readonly high: number
      /** What the two ends assume, in words. */
      readonly basis: string
    }
  | {
      readonly kind: 'unknown'
      /** Why there is no range, and what would give one. */
      readonly why: string
    }

/** What was measured after a recommendation was applied. */
export interface Proof {
  readonly experimentId: string
  /** Patched ÷ as it was; `null` where there is no estimate. */
  readonly ratio: number | null
  /** Interval of the ratio; `null` is unbounded. */
  readonly low: number | null
  readonly high: number | null
  readonly verdict: Verdict
}

/**
 * `open`: not tried. `applied`: being measured. `proved`: measured to be faster. `refuted`: measured, and not faster.
 * `undecided`: measured, and not clear. `refused`: its result differs, or the user said no.
 */
export type RecommendationStatus = 'open' | 'applied' | 'proved' | 'refuted' | 'undecided' | 'refused'

/** A finding and what to do about it. */
export interface Recommendation extends Finding {
  /** What to do, as one sentence. */
  readonly action: string
  /** The variant whose runs it was found in; `patch` starts from its patch. */
  readonly base: { readonly variant: string; readonly patch: Patch }
  /** The whole patch of the variant to try, the base's included; absent where no knob can do it. */
  readonly patch?: Patch
  /** What the patch changes, knob by knob; empty without a patch. */
  readonly changes: readonly KnobChange[]
  readonly prediction: Prediction
  /** What the advice does not cover: which inputs, machine and load it was made from. */
  readonly scope: string
  /** Fingerprints of recommendations of the same list whose changes this one contains: their gains do not add up. */
  readonly includes: readonly string[]
  readonly status: RecommendationStatus
  readonly proof?: Proof
}

/** One knob that a patch turns. */
export interface KnobChange {
  /** Address of the node or resource, or `run`. */
  readonly address: string
  readonly knob: string
  readonly from: unknown
  readonly to: unknown
}

/** A run with its trace. */
export interface TracedRun {
  readonly record: RunRecord
  readonly trace: Trace
}

/** What rules look at. */
export interface AdviceInput {
  readonly description: WorkflowDescription
  /** Runs of any variants of this workflow; those that failed or have no trace of level `standard` are passed over. */
  readonly runs: readonly TracedRun[]
  /** Variant to improve; its runs are searched, those of others serve as evidence. Default `baseline`. */
  readonly variant?: string
}
