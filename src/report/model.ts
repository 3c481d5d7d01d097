import type { Evidence, KnobChange, Prediction, RecommendationStatus } from '../advice/index.ts'
import type { Verdict } from '../statistics/index.ts'
import type { Environment } from '../trace/index.ts'
import type { NodeDescription, Patch } from '../workflow/index.ts'
import type { ExperimentSection } from './experiment-model.ts'
import type { RunSection } from './run-model.ts'

export * from './experiment-model.ts'
export * from './run-model.ts'

/*
 * Everything that a report says, as plain data: what a rendering prints, it finds here, and it adds no number of its own.
 * Times are nanoseconds, moments milliseconds since 1970, sizes bytes, shares and ratios plain numbers (0.02 is 2 %) unless a
 * comment says otherwise. `null` is "no data". Whatever holds numbers names the runs that they come from.
 */
export interface ReportModel {
  readonly title: string
  readonly madeAt: number
  readonly headline: Headline
  /** What of a report is here: `selectSections` may have taken the rest out. */
  readonly sections: readonly ReportSectionName[]
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

/** A part of a report that may be left out. */
export type ReportSectionName = 'experiments' | 'runs' | 'advice' | 'appendix'

/** The report in one sentence. */
export interface Headline {
  readonly sentence: string
  /** Where it leans: what the colour says. `none` where nothing was decided. */
  readonly tone: 'faster' | 'slower' | 'none' | 'failed'
  /** What the sentence rests on, in a few words. */
  readonly basis: string
  /** Id of the experiment that it is about; `null` where it is about a run, or nothing. */
  readonly experiment: string | null
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
