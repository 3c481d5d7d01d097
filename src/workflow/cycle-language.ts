import type { KnobDeclarations } from './knob.ts'
import type { CycleOutput, Goal } from './model.ts'
import type { NameIn, NewName, Nothing } from './names.ts'
import type {
  Duration,
  ItemOf,
  ListName,
  MapOptions,
  MapOutput,
  NodeContext,
  NodeOptions,
  Size,
  TaskOptions,
  TurnContext,
} from './node-options.ts'

/** Holds what a cycle's chain has declared so far. */
export const cycleSymbol: unique symbol = Symbol.for('strobe.cycle') as never

/** What surrounds a cycle: all that its callbacks may get, as types. */
export interface CycleScope {
  readonly params: object
  /** The cycle's own knobs. */
  readonly knobs: KnobDeclarations
  /** Outputs of the nodes in the cycle's `from`. */
  readonly outputs: object
  /** Resources in the cycle's `use`. */
  readonly resources: object
  /** In a nested cycle, the outer cycle's state and iteration. */
  readonly outer: object
}

/** What the cycle's own callbacks get in every turn. */
type OwnInputs<Scope extends CycleScope> = Scope['outputs'] &
  Scope['resources'] &
  NodeContext<Scope['params'], Scope['knobs']>

/** What an inner node gets. */
type InnerInputs<
  Scope extends CycleScope,
  State,
  Inner,
  From extends keyof (Inner & Scope['outputs']),
  Use extends keyof Scope['resources'],
  Knobs,
> = Pick<Inner & Scope['outputs'], From> &
  Pick<Scope['resources'], Use> &
  TurnContext<State> &
  NodeContext<Scope['params'], Knobs>

/** What `next`, `metric` and `until` get. */
type TurnInputs<Scope extends CycleScope, State, Inner> = Inner & TurnContext<State> & OwnInputs<Scope>

type Taken<Scope extends CycleScope, Inner> = NameIn<Inner> | NameIn<Scope['outputs']> | NameIn<Scope['resources']>

/** The limits of a cycle. A cycle needs at least one of them; with several, the first one reached ends it. */
export interface CycleLimitOptions {
  /** Ends the cycle as `max-iterations` after so many turns. */
  readonly maxIterations?: number
  /** Ends the cycle as `timeout`: milliseconds, or text such as `'30s'`. */
  readonly timeout?: Duration
  /** Ends the cycle as `memory-limit` when the thread's heap and buffers are larger: bytes, or text such as `'512MB'`. */
  readonly memory?: Size
  /** Ends the cycle as `stalled` after so many turns without a better metric. */
  readonly patience?: number
}

/** At least one of the limits. */
export type AtLeastOneLimit = {
  [Name in keyof CycleLimitOptions]-?: Omit<CycleLimitOptions, Name> & Required<Pick<CycleLimitOptions, Name>>
}[keyof CycleLimitOptions]

/** A cycle that is declared to its end: what the callback of `.cycle(...)` returns. */
export interface CompleteCycle<State, InnerKnobs> {
  readonly [cycleSymbol]: { readonly missing: 'nothing'; readonly state: State; readonly knobs: InnerKnobs }
}

/** The beginning of a cycle's chain. */
export interface CycleStart<Scope extends CycleScope> {
  readonly [cycleSymbol]: { readonly missing: 'a cycle begins with .start(...)' }
  /** Makes the state that the first turn begins with from the cycle's declared inputs. */
  start<State>(
    start: (inputs: OwnInputs<Scope> & Scope['outer']) => State,
  ): CycleBody<Scope, Awaited<State>, Nothing, Nothing>
}

/** The nodes of one turn of a cycle, up to `.next(...)`. */
export interface CycleBody<Scope extends CycleScope, State, Inner, InnerKnobs> {
  readonly [cycleSymbol]: { readonly missing: 'a cycle needs .next(...), which makes the state of the next turn' }

  /** Adds a task to each turn. */
  task<const Name extends string, Output>(
    name: NewName<Name, Taken<Scope, Inner>>,
    run: (inputs: InnerInputs<Scope, State, Inner, never, never, Nothing>) => Output,
  ): CycleBody<Scope, State, Inner & { readonly [Key in Name]: Awaited<Output> }, InnerKnobs>
  /** Adds a task to each turn. */
  task<
    const Name extends string,
    Output,
    From extends NameIn<Inner & Scope['outputs']> = never,
    Use extends NameIn<Scope['resources']> = never,
    Knobs extends KnobDeclarations = Nothing,
  >(
    name: NewName<Name, Taken<Scope, Inner>>,
    options: TaskOptions<From, Use, Knobs>,
    run: (inputs: InnerInputs<Scope, State, Inner, From, Use, Knobs>) => Output,
  ): CycleBody<
    Scope,
    State,
    Inner & { readonly [Key in Name]: Awaited<Output> },
    InnerKnobs & { readonly [Key in Name]: Knobs }
  >

  /** Adds a map over an array to each turn. */
  map<
    const Name extends string,
    Output,
    Over extends ListName<Inner & Scope['outputs']>,
    From extends NameIn<Inner & Scope['outputs']> = never,
    Use extends NameIn<Scope['resources']> = never,
    Knobs extends KnobDeclarations = Nothing,
    OnError extends 'fail' | 'collect' = 'fail',
  >(
    name: NewName<Name, Taken<Scope, Inner>>,
    options: MapOptions<Over, From, Use, Knobs, OnError>,
    run: (
      item: ItemOf<(Inner & Scope['outputs'])[Over]>,
      inputs: InnerInputs<Scope, State, Inner, From, Use, Knobs>,
      index: number,
    ) => Output,
  ): CycleBody<
    Scope,
    State,
    Inner & { readonly [Key in Name]: MapOutput<Output, OnError> },
    InnerKnobs & { readonly [Key in Name]: Knobs }
  >

  /** Adds a cycle to each turn. Its `start` gets the `state` and `iteration` of this one. */
  cycle<const Name extends string, InnerState, NestedKnobs>(
    name: NewName<Name, Taken<Scope, Inner>>,
    build: (
      cycle: CycleStart<{
        readonly params: Scope['params']
        readonly knobs: Nothing
        readonly outputs: Nothing
        readonly resources: Nothing
        readonly outer: TurnContext<State>
      }>,
    ) => CompleteCycle<InnerState, NestedKnobs>,
  ): CycleBody<
    Scope,
    State,
    Inner & { readonly [Key in Name]: CycleOutput<InnerState> },
    InnerKnobs & NestedAddresses<Name, NestedKnobs>
  >
  /** Adds a cycle to each turn. Its `start` gets the `state` and `iteration` of this one. */
  cycle<
    const Name extends string,
    InnerState,
    NestedKnobs,
    From extends NameIn<Inner & Scope['outputs']> = never,
    Use extends NameIn<Scope['resources']> = never,
    Knobs extends KnobDeclarations = Nothing,
  >(
    name: NewName<Name, Taken<Scope, Inner>>,
    options: NodeOptions<From, Use, Knobs>,
    build: (
      cycle: CycleStart<{
        readonly params: Scope['params']
        readonly knobs: Knobs
        readonly outputs: Pick<Inner & Scope['outputs'], From>
        readonly resources: Pick<Scope['resources'], Use>
        readonly outer: TurnContext<State>
      }>,
    ) => CompleteCycle<InnerState, NestedKnobs>,
  ): CycleBody<
    Scope,
    State,
    Inner & { readonly [Key in Name]: CycleOutput<InnerState> },
    InnerKnobs & { readonly [Key in Name]: Knobs } & NestedAddresses<Name, NestedKnobs>
  >

  /** Makes the state of the next turn from this one's outputs. */
  next(
    next: (inputs: TurnInputs<Scope, State, Inner>) => NoInfer<State> | Promise<NoInfer<State>>,
  ): CycleEnd<Scope, State, Inner, InnerKnobs, Nothing, 'a cycle needs a limit, add .limits({ maxIterations: … })'>
}

/** Knobs of nested nodes under their addresses: `step` in `fit` becomes `fit/step`. */
export type NestedAddresses<Outer extends string, InnerKnobs> = {
  readonly [Key in keyof InnerKnobs & string as `${Outer}/${Key}`]: InnerKnobs[Key]
}

/** The end of a cycle's chain: what it is judged by and when it ends. */
export interface CycleEnd<Scope extends CycleScope, State, Inner, InnerKnobs, Metric, Missing extends string> {
  readonly [cycleSymbol]: { readonly missing: Missing; readonly state: State; readonly knobs: InnerKnobs }

  /**
   * Names the number that says how good a turn was, and what it is meant to do: `{ goal: 'minimise' }`,
   * `{ goal: 'maximise' }` or `{ goal: 'reach', target: 0.5, tolerance: 0.01 }`. `state` is what `.next` returned.
   */
  metric(
    name: string,
    of: (inputs: TurnInputs<Scope, State, Inner>) => number,
    goal: Goal,
  ): CycleEnd<Scope, State, Inner, InnerKnobs, { readonly metric: number }, Missing>

  /**
   * Ends the cycle when it returns true, asked after every turn: as `converged`, or as `stopped` where there is no metric.
   * `state` is what `.next` returned.
   */
  until(
    until: (inputs: TurnInputs<Scope, State, Inner> & Metric) => boolean,
  ): CycleEnd<Scope, State, Inner, InnerKnobs, Metric, Missing>

  /** Says when the cycle ends at the latest. Every cycle needs at least one limit. */
  limits(limits: AtLeastOneLimit): CycleEnd<Scope, State, Inner, InnerKnobs, Metric, 'nothing'>
}
