import type { CaptureSettings, Environment } from '../trace/index.ts'
import type { Isolation, PrimaryMetric } from './experiment-record.ts'

/** What points must share to be compared with each other. Another machine, another load, another metric: another series. */
export interface HistoryConditions {
  /** Fingerprint of the machine; `null` where it was not recorded, and then nothing is inferred. */
  readonly machine: string | null
  /** The params in full, as the runs got them. */
  readonly params: Readonly<Record<string, unknown>>
  readonly metric: PrimaryMetric
  readonly isolation: Isolation
  readonly capture: CaptureSettings
}

/** Why a point is only shown. */
export type UnusedReason =
  /** Fewer than ten valid blocks. */
  | 'few-blocks'
  /** Runs outside of experiments: nothing is known of their noise. */
  | 'plain-runs'
  /** More than a fifth of its trials failed. */
  | 'failed-trials'
  /** The variant computed another result than its experiment's baseline. */
  | 'different-result'
  | 'unknown-machine'

/** What changed since the point before. `source`: the workflow's file or what it imports. `patch`: what the variant's name stands for. */
export type HistoryChange = 'source' | 'patch' | 'node' | 'strobe'

/** One session: an experiment, or the plain runs of one commit in a row. */
export interface HistoryPoint {
  readonly kind: 'experiment' | 'runs'
  /** Id of the experiment, or of the runs, oldest first. */
  readonly ids: readonly string[]
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt: number
  /** Median of the trials in nanoseconds, or ratio to the reference; `null`: no data. */
  readonly value: number | null
  /** 95 % interval of the value; `null` where there is none. */
  readonly low: number | null
  readonly high: number | null
  /** Valid blocks, or runs with a result. */
  readonly count: number
  readonly failed: number
  readonly commit: string | null
  /** Whether there were changes that were not committed. */
  readonly dirty: boolean
  readonly changes: readonly HistoryChange[]
  /** Absent where the point takes part in the search for changes. */
  readonly unused?: UnusedReason
}

/** A change of level that is confirmed: at least five points follow. */
export interface HistoryStep {
  /** Index into the points: first of the new level; it may be any from `from` to `to`. */
  readonly point: number
  readonly from: number
  readonly to: number
  /**
   * Level after ÷ level before (Hodges–Lehmann over the sessions), with the exact 95 % interval of Mann–Whitney, which takes the
   * place of the change as given.
   */
  readonly ratio: number
  readonly low: number | null
  readonly high: number | null
  /** Of the permutation test. */
  readonly p: number
}

/** What the points of a series say together. */
export interface HistoryFindings {
  /** Points that took part, and how many more are needed before anything can be said. */
  readonly used: number
  readonly missing: number
  readonly steps: readonly HistoryStep[]
  /** Neighbouring points depend on each other, so that the steps are indicative only. */
  readonly indicative: boolean
  /** From this point on it goes gradually up or down: relative change per point. */
  readonly trend: { readonly point: number; readonly p: number; readonly changePerPoint: number } | null
  /** The last points differ, but `needed` more have to follow before it counts. */
  readonly possible: { readonly point: number; readonly ratio: number; readonly needed: number } | null
}

/** The points of a workflow's variant under the same conditions, oldest first, and what they say. */
export interface HistorySeries {
  readonly conditions: HistoryConditions
  /** Of its latest point; absent where the machine is not known. */
  readonly environment?: Environment
  /** Of the points' values: nanoseconds, or a ratio to the reference. */
  readonly unit: 'nanoseconds' | 'ratio'
  /** Changes up to this do not matter: the region of indifference of its latest experiment. */
  readonly rope: number
  readonly points: readonly HistoryPoint[]
  readonly findings: HistoryFindings
  /** What was found and what must still be confirmed, a sentence each; never empty. */
  readonly sentences: readonly string[]
}

/** What values are divided by, so that what slows down both is no change. */
export type HistoryReference =
  /** Another variant of the same experiment. */
  | { readonly kind: 'variant'; readonly name: string }
  /** The experiment on another workflow that is nearest in time. */
  | { readonly kind: 'workflow'; readonly name: string }
