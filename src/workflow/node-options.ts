import type { KnobDeclarations, KnobValues } from './knob.ts'
import type { Effects, Settled } from './model.ts'
import type { Nothing } from './names.ts'

/** A length of time: milliseconds, or text such as `'250ms'`, `'30s'`, `'2min'`, `'1h'`. */
export type Duration = number | `${number}${'ms' | 's' | 'min' | 'h'}`

/** A size in memory: bytes, or text such as `'512MB'`, `'1.5GiB'`. */
export type Size = number | `${number}${'B' | 'KB' | 'MB' | 'GB' | 'KiB' | 'MiB' | 'GiB'}`

/** Which route of which switch a node is on: `{ size: 'large' }`. */
export type RouteChoice<Routes> = { readonly [Switch in keyof Routes]?: Routes[Switch] }

export interface ResourceOptions<Use extends string, Knobs extends KnobDeclarations> {
  /** Other resources that this one needs: they are opened before it and closed after it. */
  readonly use?: readonly Use[]
  /** Settings that may change without changing what the resource means: pool size, batch size, cache size. */
  readonly knobs?: Knobs
}

export interface NodeOptions<
  From extends string,
  Use extends string,
  Knobs extends KnobDeclarations,
  Routes = Nothing,
> {
  /** Nodes whose outputs the callback gets, by name. They run before it. */
  readonly from?: readonly From[]
  /** Resources that the callback gets, by name. */
  readonly use?: readonly Use[]
  /**
   * What the node does to the world outside its inputs and output: `pure` nothing, `read-only` it looks, `writes` it
   * changes something. `writes` where nothing is said; overlap and caching are advised only where it is safe.
   */
  readonly effects?: Effects
  /** Settings that may change without changing what the node means: chunk size, batch size. */
  readonly knobs?: Knobs
  /** Runs only where the switch picked this route: `{ size: 'large' }`. */
  readonly on?: RouteChoice<Routes>
}

export interface TaskOptions<From extends string, Use extends string, Knobs extends KnobDeclarations, Routes = Nothing>
  extends NodeOptions<From, Use, Knobs, Routes> {
  /** Hard limit of one execution: first `signal` is aborted and, after a grace time, the thread ends. */
  readonly timeout?: Duration
  /** Runs in a worker thread of its own; inputs and output are cloned, module state is not shared. */
  readonly thread?: boolean
}

export interface MapOptions<
  Over extends string,
  From extends string,
  Use extends string,
  Knobs extends KnobDeclarations,
  OnError extends 'fail' | 'collect',
  Routes = Nothing,
> extends NodeOptions<From, Use, Knobs, Routes> {
  /** The node whose output, an array, is mapped. */
  readonly over: Over
  /** What a failing item does: `fail` (as if nothing were said) the node, `collect` puts a settled result per item into the output. */
  readonly onError?: OnError
  /** Hard limit of one item. */
  readonly timeout?: Duration
  /** Runs in a worker thread of its own; items and outputs are cloned, module state is not shared. */
  readonly thread?: boolean
  /**
   * Settings that may change without changing what the node means. `concurrency` (an integer knob) is how many items
   * are worked on at once; without it, one.
   */
  readonly knobs?: Knobs
}

export interface SwitchOptions<
  Route extends string,
  From extends string,
  Use extends string,
  Knobs extends KnobDeclarations,
  Routes = Nothing,
> extends NodeOptions<From, Use, Knobs, Routes> {
  /** The routes that there are; the callback returns one of them. */
  readonly routes: readonly Route[]
}

export interface MergeOptions<From extends string, Policy extends 'first' | 'all', Routes = Nothing> {
  /** The branches that are joined. */
  readonly from: readonly From[]
  /** `first`: the output of the first branch, as listed, that ran; `all`: the outputs of all that ran, by name. */
  readonly policy?: Policy
  readonly on?: RouteChoice<Routes>
}

/** What every callback of a node gets beside its declared inputs. */
export interface NodeContext<Params, Knobs> {
  /** The workflow's params, with the values that this run was given. */
  readonly params: Readonly<Params>
  /** The values of the node's own knobs. */
  readonly knobs: KnobValues<Knobs>
  /** Aborted when the run is cancelled or a timeout is over. Hand it on to whatever can be stopped. */
  readonly signal: AbortSignal
  /** A random number in [0, 1) from the run's recorded seed. */
  readonly random: () => number
  /** Wall-clock time in milliseconds since 1970, recorded. */
  readonly now: () => number
  /** Writes a line into the run's log. */
  readonly log: (text: string) => void
}

/** What a resource's callback gets beside the resources that it uses. */
export interface ResourceContext<Params, Knobs> {
  /** The workflow's params, with the values that this run was given. */
  readonly params: Readonly<Params>
  /** The values of the resource's own knobs. */
  readonly knobs: KnobValues<Knobs>
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal
}

/** What inner nodes of a cycle get beside everything else. */
export interface TurnContext<State> {
  /** The state that this turn began with. */
  readonly state: State
  /** Number of the turn, from 0. */
  readonly iteration: number
}

/** Names of the nodes whose output is an array. */
export type ListName<Outputs> = {
  [Name in keyof Outputs & string]: Outputs[Name] extends readonly unknown[] ? Name : never
}[keyof Outputs & string]

/** The type of a list's items. */
export type ItemOf<List> = List extends readonly unknown[] ? List[number] : never

/** The output of a map. */
export type MapOutput<Value, OnError extends 'fail' | 'collect'> = [OnError] extends ['collect']
  ? Settled<Awaited<Value>>[]
  : Awaited<Value>[]

/** The output of a merge. */
export type MergeOutput<Outputs, From extends keyof Outputs, Policy extends 'first' | 'all'> = [Policy] extends ['all']
  ? { readonly [Name in From]?: Outputs[Name] }
  : Outputs[From]
