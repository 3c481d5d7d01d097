import type { Diagnostic, Place } from '../base/index.ts'
import type { KnobDeclarations } from './knob.ts'
import type { StandardSchema } from './standard-schema.ts'

/** Marks a workflow object across copies of this package: `value[workflowSymbol]` is its {@link WorkflowModel}. */
export const workflowSymbol: unique symbol = Symbol.for('strobe.workflow') as never

/**
 * What a node does to the world outside its inputs and output. Overlap, caching and memoising are advised only where
 * it says that they are safe; what says nothing is taken to write.
 */
export type Effects = 'pure' | 'read-only' | 'writes'

/** What a metric is meant to do. `reach` is met within `tolerance` (absolute, default 0) of `target`. */
export type Goal =
  | { readonly goal: 'minimise' | 'maximise' }
  | { readonly goal: 'reach'; readonly target: number; readonly tolerance?: number }

/**
 * A named patch: `{ quotes: { concurrency: 16 }, 'fit/step': { chunk: 10 }, params: { limit: 5 }, run: { maxConcurrency: 4 } }`.
 * Keys are addresses of nodes and resources, or the reserved `params` and `run`.
 */
export type Patch = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** The arguments that a callback gets, by name: outputs, resources, `params`, `knobs`, `signal`, ... */
export type CallbackInputs = Readonly<Record<string, unknown>>

interface NodeBase {
  /** The name within its parent, unique among nodes and resources there. */
  readonly name: string
  /** The address: names joined by `/`, outermost first. */
  readonly path: string
  /** Names of the nodes whose outputs it gets, as written. */
  readonly from: readonly string[]
  /** Names of the resources it gets. */
  readonly use: readonly string[]
  readonly effects: Effects
  readonly knobs: KnobDeclarations
  /** It runs only where each switch named here picked the route given. */
  readonly on?: Readonly<Record<string, string>>
  /** Where it was declared, where the engine's stack told. */
  readonly place?: Place
}

export interface TaskModel extends NodeBase {
  readonly kind: 'task'
  /** Hard limit of one execution in milliseconds. */
  readonly timeout?: number
  /** Runs in a worker thread of its own. */
  readonly thread: boolean
  readonly run: (inputs: CallbackInputs) => unknown
}

export interface MapModel extends NodeBase {
  readonly kind: 'map'
  /** Name of the node whose output, a list, is mapped. */
  readonly over: string
  /** Hard limit of one item in milliseconds. */
  readonly timeout?: number
  readonly thread: boolean
  /** `fail`: the first failing item fails the node; `collect`: the output holds a settled result per item. */
  readonly onError: 'fail' | 'collect'
  readonly run: (item: unknown, inputs: CallbackInputs, index: number) => unknown
}

/** Limits of a cycle; at least one is there. Times in milliseconds, memory in bytes of the thread's heap and buffers. */
export interface CycleLimits {
  readonly maxIterations?: number
  readonly timeout?: number
  readonly memory?: number
  /** Ends as `stalled` after so many iterations without an improvement of the metric. */
  readonly patience?: number
}

/**
 * A loop. What its functions get, beside `params`, `knobs`, `signal`, `random`, `now` and `log`:
 * - `start`: the cycle's own `from` and `use`; in a nested cycle also the outer cycle's `state` and `iteration`.
 * - inner nodes: their own `from` and `use`, the `state` that the turn began with, and `iteration`, counted from 0.
 * - `next`: the cycle's own `from` and `use`, all inner outputs, the `state` that the turn began with, `iteration`.
 * - `metric.of`: what `next` gets, but `state` is what `next` returned.
 * - `until`: what `metric.of` gets and, where the cycle has one, `metric`.
 */
export interface CycleModel extends NodeBase {
  readonly kind: 'cycle'
  readonly start: (inputs: CallbackInputs) => unknown
  /** Tasks, maps and cycles of one turn. Their `from` may name each other and the cycle's own `from`. */
  readonly nodes: readonly NodeModel[]
  readonly next: (inputs: CallbackInputs) => unknown
  readonly metric?: { readonly name: string; readonly of: (inputs: CallbackInputs) => number; readonly goal: Goal }
  readonly until?: (inputs: CallbackInputs) => boolean
  readonly limits: CycleLimits
}

/** Picks one of its routes; nodes with `on: { [name]: route }` run only when theirs was picked. */
export interface SwitchModel extends NodeBase {
  readonly kind: 'switch'
  readonly routes: readonly string[]
  readonly pick: (inputs: CallbackInputs) => string
}

/** Joins branches of which some did not run. */
export interface MergeModel extends NodeBase {
  readonly kind: 'merge'
  readonly policy: 'first' | 'all'
}

export type NodeModel = TaskModel | MapModel | CycleModel | SwitchModel | MergeModel

/** What tasks share and the run opens and closes. */
export interface ResourceModel {
  readonly name: string
  readonly use: readonly string[]
  readonly knobs: KnobDeclarations
  readonly place?: Place
  readonly open: (inputs: CallbackInputs) => unknown
}

export interface ParamsModel {
  readonly defaults: Readonly<Record<string, unknown>>
  readonly schema?: StandardSchema
}

export interface VariantModel {
  readonly name: string
  readonly patch: Patch
  readonly place?: Place
}

export interface ResultModel {
  readonly select: (outputs: CallbackInputs) => unknown
  /** Numbers may differ by `tolerance · max(1, |a|, |b|)` between equal results; 0 or absent: exactly equal. */
  readonly tolerance?: number
}

/** A workflow as the runtime sees it: what the builder made, without types. */
export interface WorkflowModel {
  readonly name: string
  readonly params: ParamsModel
  /** Knobs of the run itself, addressed `run`: `maxConcurrency`. */
  readonly runKnobs: KnobDeclarations
  readonly resources: readonly ResourceModel[]
  /** In the order of declaration. */
  readonly nodes: readonly NodeModel[]
  readonly result?: ResultModel
  readonly variants: readonly VariantModel[]
  readonly place?: Place
  /** What the builder was given and could not understand; `checkWorkflow` reports it. */
  readonly problems?: readonly Diagnostic[]
}

/** Why a cycle ended: one true reason. */
export type CycleReason =
  | 'converged'
  | 'max-iterations'
  | 'timeout'
  | 'memory-limit'
  | 'stalled'
  | 'stopped'
  | 'cancelled'
  | 'failed'

/** The output of a cycle node. */
export interface CycleOutput<State> {
  readonly state: State
  readonly iterations: number
  readonly reason: CycleReason
  /** The metric after the last iteration, where the cycle has one. */
  readonly metric?: number
}

/** One item of a map with `onError: 'collect'`. */
export type Settled<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } }
