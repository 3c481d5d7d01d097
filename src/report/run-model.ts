import type { CallTotals, CpuClock, DurationSummary, FlameFrame } from '../analysis/index.ts'
import type { CaptureSettings, Counter, RunPhases, RunReason, SpanKind } from '../trace/index.ts'
import type { CycleReason, NodeDescription, Patch } from '../workflow/index.ts'

/** One run. Parts that need a trace are `null` where nothing was recorded. */
export interface RunSection {
  readonly id: string
  readonly label: string
  readonly workflow: string
  readonly variant: string
  /** Id of the experiment that it was a trial of. */
  readonly experiment: string | null
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
  /** 0 is an iteration shorter than a step of the CPU clock. */
  readonly cpu: readonly (number | null)[]
  readonly heap: readonly (number | null)[]
  readonly gc: readonly (number | null)[]
  readonly value: readonly (number | null)[]
  /** What the CPU clock could tell of all iterations; `null` where it was not read. */
  readonly cpuClock: CpuClock | null
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
