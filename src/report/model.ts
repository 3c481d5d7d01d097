import type { Evidence, KnobChange, Prediction, RecommendationStatus } from '../advice/index.ts'
import type { CallTotals, Comparison, DurationSummary, ExperimentStatus, FlameFrame } from '../analysis/index.ts'
import type { PlannedLook, Verdict } from '../statistics/index.ts'
import type { CaptureSettings, Counter, Environment, RunPhases, RunReason, SpanKind } from '../trace/index.ts'
import type { CycleReason, NodeDescription, Patch } from '../workflow/index.ts'

/*
 * Everything that a report says, as plain data: what a rendering prints, it finds here, and it adds no number of its own.
 * Times are nanoseconds, moments milliseconds since 1970, sizes bytes, shares and ratios plain numbers (0.02 is 2 %) unless a
 * comment says otherwise. `null` is "no data". Whatever holds numbers names the runs that they come from.
 */
export interface ReportModel {
  readonly title: string
  readonly madeAt: number
  readonly headline: Headline
  /** Each machine and source state once. */
  readonly environments: readonly ReportEnvironment[]
  /** As the newest run or experiment that has a description describes it. */
  readonly workflow: WorkflowGraph | null
  readonly experiments: readonly ExperimentSection[]
  readonly runs: readonly RunSection[]
  /** Runs whose timelines are worth one scale: the baseline's and the best variant's; `null` where one of them is missing. */
  readonly pair: { readonly baseline: string; readonly best: string } | null
  readonly advice: readonly AdviceCard[]
  /** Every recommendation and what became of it, oldest first. */
  readonly ledger: readonly LedgerRow[]
}

/** The report in one sentence. */
export interface Headline {
  readonly sentence: string
  /** Where it leans: what the colour says. `none` where nothing was decided. */
  readonly tone: 'faster' | 'slower' | 'none' | 'failed'
  /** What the sentence rests on, in a few words. */
  readonly basis: string
}

/** A machine with the state of the source, and what was made on it. */
export interface ReportEnvironment extends Environment {
  /** Ids of experiments and runs. */
  readonly usedBy: readonly string[]
}

/** The nodes of a workflow and what flows between them. */
export interface WorkflowGraph {
  readonly name: string
  readonly file: string | null
  readonly params: Readonly<Record<string, unknown>>
  /** Parents before children. */
  readonly nodes: readonly GraphNode[]
  readonly resources: readonly { readonly name: string; readonly use: readonly string[] }[]
  readonly variants: readonly { readonly name: string; readonly patch: Patch }[]
}

export interface GraphNode {
  readonly path: string
  readonly name: string
  readonly kind: NodeDescription['kind']
  /** Path of the cycle that it is in; empty at the top level. */
  readonly within: string
  /** Paths of the nodes that it takes the outputs of. */
  readonly from: readonly string[]
  readonly use: readonly string[]
  readonly effects: NodeDescription['effects']
}

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
  /** Fastest first, the baseline among them. */
  readonly ranking: readonly RankingRow[]
  readonly variants: readonly VariantSummary[]
  /** Every trial in the order in which it ran. */
  readonly trials: readonly TrialDot[]
  readonly design: ExperimentDesign
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
  readonly runId: string
  /** −1 for the warm-up block. */
  readonly block: number
  readonly variant: number
  readonly value: number | null
  readonly reason: RunReason
  /** Whether the numbers rest on it; where not, why. */
  readonly counted: boolean
  readonly leftOut: string | null
}

/** The design that was fixed before the first trial, and how far it came. */
export interface ExperimentDesign {
  readonly preset: string
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

/** One run. Parts that need a trace are `null` where nothing was recorded. */
export interface RunSection {
  readonly id: string
  readonly label: string
  readonly workflow: string
  readonly variant: string
  readonly patch: Patch
  readonly params: Readonly<Record<string, unknown>>
  readonly seed: number
  readonly capture: CaptureSettings
  readonly startedAt: number
  readonly reason: RunReason | 'running'
  /** How it ended, as a sentence. */
  readonly sentence: string
  readonly error: { readonly code: string; readonly message: string } | null
  readonly value: number | null
  readonly phases: RunPhases
  readonly peakMemory: number | null
  readonly result: { readonly digest: string; readonly preview: string } | null
  readonly environment: number | null
  /** Spans that were recorded. */
  readonly spans: number
  readonly nodes: readonly NodeLine[] | null
  /** CPU time that belongs to no node. */
  readonly unattributedCpu: number | null
  readonly critical: CriticalSummary | null
  readonly timeline: Timeline | null
  readonly flame: Flame | null
  /** Most self time first; `null` without CPU samples. */
  readonly functions: readonly FunctionLine[] | null
  readonly cycles: readonly CycleSection[]
  readonly counters: readonly CounterSeries[]
  readonly collections: CollectionSummary | null
}

/** All executions of one node. */
export interface NodeLine {
  readonly path: string
  readonly kind: NodeDescription['kind'] | null
  readonly executions: number
  readonly durations: DurationSummary | null
  readonly self: number | null
  readonly wait: number | null
  readonly queueing: number | null
  readonly cpu: number | null
  readonly critical: { readonly time: number; readonly share: number } | null
  readonly failures: number
  readonly calls: CallTotals
  readonly items: DurationSummary | null
}

/** What determined the wall time. The shares of nodes make up the whole. */
export interface CriticalSummary {
  readonly duration: number
  readonly nodes: readonly PathLine[]
  readonly calls: readonly PathLine[]
}

export interface PathLine {
  /** Path of a node or name of a call; empty for the workflow itself, between its nodes. */
  readonly name: string
  readonly detail: string
  readonly time: number
  readonly share: number
}

/** Spans over the workflow's wall time, by lane. */
export interface Timeline {
  readonly duration: number
  readonly lanes: readonly Lane[]
  /** Lanes that are not here because there were too many. */
  readonly lanesLeftOut: number
  /** Spans closer together than this are one bar. */
  readonly resolution: number
}

/** Spans of one kind and name. Either bars in rows, or, where more overlap than rows are readable, how many were under way. */
export interface Lane {
  readonly kind: SpanKind
  readonly label: string
  /** Path of the node that it belongs to; empty for the workflow and resources. */
  readonly node: string
  /** Nesting, from 0. */
  readonly level: number
  readonly spans: number
  readonly failures: number
  /** The most under way at one moment. */
  readonly mostAtOnce: number
  readonly bars: Bars | null
  readonly density: Density | null
}

/** Bars as columns of equal length; times since the workflow's start. */
export interface Bars {
  readonly rows: number
  readonly row: readonly number[]
  readonly start: readonly number[]
  readonly duration: readonly number[]
  /** Spans that the bar stands for, and how many of them failed. */
  readonly count: readonly number[]
  readonly failed: readonly number[]
  /** Time in the queue of a resource. */
  readonly wait: readonly number[]
}

/** Mean number under way, and of those queueing, in equal slices of the wall time. */
export interface Density {
  readonly active: readonly number[]
  readonly queueing: readonly number[]
}

/** A flame graph as columns of equal length, callers before what they call. */
export interface Flame {
  /** `cpu`: time on the CPU by samples. `spans`: time by spans, where those at the same time count each. */
  readonly measure: 'cpu' | 'spans'
  readonly total: number
  readonly levels: number
  /** Share of CPU time that belongs to no node. */
  readonly unattributed: number | null
  readonly frames: readonly FlameFrame[]
  /** Index into `frames`; −1 for neighbours too narrow to draw, merged. */
  readonly frame: readonly number[]
  /** Fractions of the whole. */
  readonly x: readonly number[]
  readonly width: readonly number[]
  readonly depth: readonly number[]
  readonly self: readonly number[]
  /** Rectangles that this one stands for. */
  readonly merged: readonly number[]
}

export interface FunctionLine {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly self: number
  readonly inclusive: number
}

/** One cycle and its iterations as columns of equal length. */
export interface CycleSection {
  readonly path: string
  readonly reason: CycleReason | null
  readonly iterations: number
  readonly metric: { readonly name: string; readonly goal: string; readonly target: number | null } | null
  /** Positions in time order; fewer than `iterations` where every n-th is kept. */
  readonly index: readonly number[]
  readonly duration: readonly number[]
  readonly cpu: readonly number[]
  readonly heap: readonly number[]
  readonly gc: readonly number[]
  readonly value: readonly (number | null)[]
  /** Over all iterations. */
  readonly durations: DurationSummary | null
}

/** One measured quantity over time, thinned to what a chart can show. */
export interface CounterSeries {
  readonly name: string
  readonly unit: Counter['unit']
  readonly time: readonly number[]
  readonly value: readonly number[]
  /** Over all values that were recorded. */
  readonly points: number
  readonly min: number
  readonly mean: number
  readonly max: number
}

export interface CollectionSummary {
  readonly count: number
  readonly total: number
  readonly longest: number
}

/** A recommendation with what it promised and what it brought. */
export interface AdviceCard {
  readonly id: string
  readonly createdAt: number
  readonly rule: string
  readonly title: string
  readonly place: string
  readonly explanation: string
  readonly action: string
  readonly scope: string
  readonly evidence: Evidence
  readonly patch: Patch | null
  readonly base: { readonly variant: string; readonly patch: Patch }
  readonly changes: readonly KnobChange[]
  readonly prediction: Prediction
  readonly status: RecommendationStatus
  readonly measured: Measured | null
  /** Titles of other recommendations of this report that it contains: their gains do not add up. */
  readonly includes: readonly string[]
}

/** What was measured after a recommendation was applied, as ratios of wall times. */
export interface Measured {
  readonly experimentId: string
  readonly ratio: number | null
  readonly low: number | null
  readonly high: number | null
  /** Level of the interval, where the experiment is part of the report. */
  readonly level: number | null
  readonly verdict: Verdict
  /** Where the measured ratio lies; `null` without a predicted range or an estimate. */
  readonly against: 'inside' | 'better' | 'worse' | null
}

export interface LedgerRow {
  readonly adviceId: string
  readonly createdAt: number
  readonly title: string
  readonly place: string
  readonly status: RecommendationStatus
  readonly prediction: Prediction
  readonly measured: Measured | null
}
