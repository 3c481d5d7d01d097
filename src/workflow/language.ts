import type { CompleteCycle, CycleStart, NestedAddresses } from './cycle-language.ts'
import type { IntegerKnob, KnobDeclarations, KnobValues } from './knob.ts'
import type { CycleOutput, WorkflowModel, workflowSymbol } from './model.ts'
import type { NameIn, NewName, NewVariant, Nothing } from './names.ts'
import type {
  ItemOf,
  ListName,
  MapOptions,
  MapOutput,
  MergeOptions,
  MergeOutput,
  NodeContext,
  NodeOptions,
  ResourceContext,
  ResourceOptions,
  SwitchOptions,
  TaskOptions,
} from './node-options.ts'

/** Options of a workflow as a whole. */
export interface WorkflowOptions<Params extends object> {
  /** What may be set from outside: an object of plain defaults, or a Standard Schema (Zod, Valibot, ArkType, ...). */
  readonly params?: Params
  /**
   * How many tasks and maps may be worked on at once, in the whole run: a number or an integer knob. 8 where nothing is
   * said. How many items of a map run at once is its own knob `concurrency`.
   */
  readonly maxConcurrency?: number | IntegerKnob
}

/** The params that callbacks get: what the schema puts out, or the type of the defaults. */
export type ParamsOf<Declared> = Declared extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output extends object }
    ? Output
    : Record<string, unknown>
  : Declared

/** The params as they are given: what the schema takes in, or the type of the defaults. */
export type ParamsInput<Declared> = Declared extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly input: infer Input extends object }
    ? Input
    : Record<string, unknown>
  : Declared

/** What a variant may change: knobs of nodes and resources by address, params, and knobs of the run. */
export type VariantPatch<Declared, Knobs> = {
  readonly [Address in keyof Knobs as keyof Knobs[Address] extends never ? never : Address]?: Partial<
    KnobValues<Knobs[Address]>
  >
} & ([keyof ParamsInput<Declared>] extends [never]
  ? unknown
  : { readonly params?: Readonly<Partial<ParamsInput<Declared>>> }) & {
    readonly run?: { readonly maxConcurrency?: number }
  }

/** Anything that carries a workflow, whatever its types. */
export interface AnyWorkflow {
  readonly [workflowSymbol]: WorkflowModel
}

/**
 * A workflow under construction, and a finished one: every method returns a new workflow with one more declaration.
 * Default-export it from a file named `*.workflow.ts`.
 */
export interface Workflow<Declared extends object, Resources, Outputs, Knobs, Routes, Variants extends string>
  extends AnyWorkflow {
  /** Declares what tasks share, and how it is opened; the run opens it before the nodes that use it and closes it at its end. */
  resource<const Name extends string, Value>(
    name: NewName<Name, NameIn<Resources> | NameIn<Outputs>>,
    open: (inputs: ResourceContext<ParamsOf<Declared>, Nothing>) => Value,
  ): Workflow<Declared, Resources & { readonly [Key in Name]: Awaited<Value> }, Outputs, Knobs, Routes, Variants>
  /** Declares what tasks share, and how it is opened; the run opens it before the nodes that use it and closes it at its end. */
  resource<
    const Name extends string,
    Value,
    Use extends NameIn<Resources> = never,
    Own extends KnobDeclarations = Nothing,
  >(
    name: NewName<Name, NameIn<Resources> | NameIn<Outputs>>,
    options: ResourceOptions<Use, Own>,
    open: (inputs: Pick<Resources, Use> & ResourceContext<ParamsOf<Declared>, Own>) => Value,
  ): Workflow<
    Declared,
    Resources & { readonly [Key in Name]: Awaited<Value> },
    Outputs,
    Knobs & { readonly [Key in Name]: Own },
    Routes,
    Variants
  >

  /** Adds a task: one function, called once. Its output is what it returns, awaited. */
  task<const Name extends string, Output>(
    name: NewName<Name, NameIn<Resources> | NameIn<Outputs>>,
    run: (inputs: NodeContext<ParamsOf<Declared>, Nothing>) => Output,
  ): Workflow<Declared, Resources, Outputs & { readonly [Key in Name]: Awaited<Output> }, Knobs, Routes, Variants>
  /** Adds a task: one function, called once. Its output is what it returns, awaited. */
  task<
    const Name extends string,
    Output,
    From extends NameIn<Outputs> = never,
    Use extends NameIn<Resources> = never,
    Own extends KnobDeclarations = Nothing,
  >(
    name: NewName<Name, NameIn<Resources> | NameIn<Outputs>>,
    options: TaskOptions<From, Use, Own, Routes>,
    run: (inputs: Pick<Outputs, From> & Pick<Resources, Use> & NodeContext<ParamsOf<Declared>, Own>) => Output,
  ): Workflow<
    Declared,
    Resources,
    Outputs & { readonly [Key in Name]: Awaited<Output> },
    Knobs & { readonly [Key in Name]: Own },
    Routes,
    Variants
  >

  /** Adds a map: a task over the items of an array. Its output is an array in the same order. */
  map<
    const Name extends string,
    Output,
    Over extends ListName<Outputs>,
    From extends NameIn<Outputs> = never,
    Use extends NameIn<Resources> = never,
    Own extends KnobDeclarations = Nothing,
    OnError extends 'fail' | 'collect' = 'fail',
  >(
    name: NewName<Name, NameIn<Resources> | NameIn<Outputs>>,
    options: MapOptions<Over, From, Use, Own, OnError, Routes>,
    run: (
      item: ItemOf<Outputs[Over]>,
      inputs: Pick<Outputs, From> & Pick<Resources, Use> & NodeContext<ParamsOf<Declared>, Own>,
      index: number,
    ) => Output,
  ): Workflow<
    Declared,
    Resources,
    Outputs & { readonly [Key in Name]: MapOutput<Output, OnError> },
    Knobs & { readonly [Key in Name]: Own },
    Routes,
    Variants
  >

  /**
   * Adds a cycle: a loop of tasks with a state. The callback declares it: `.start`, then the nodes of one turn, then
   * `.next`, and `.limits`, without which it does not compile. Its output is the last state and how it ended.
   */
  cycle<const Name extends string, State, InnerKnobs>(
    name: NewName<Name, NameIn<Resources> | NameIn<Outputs>>,
    build: (
      cycle: CycleStart<{
        readonly params: ParamsOf<Declared> & object
        readonly knobs: Nothing
        readonly outputs: Nothing
        readonly resources: Nothing
        readonly outer: Nothing
      }>,
    ) => CompleteCycle<State, InnerKnobs>,
  ): Workflow<
    Declared,
    Resources,
    Outputs & { readonly [Key in Name]: CycleOutput<State> },
    Knobs & NestedAddresses<Name, InnerKnobs>,
    Routes,
    Variants
  >
  /**
   * Adds a cycle: a loop of tasks with a state. The callback declares it: `.start`, then the nodes of one turn, then
   * `.next`, and `.limits`, without which it does not compile. Its output is the last state and how it ended.
   */
  cycle<
    const Name extends string,
    State,
    InnerKnobs,
    From extends NameIn<Outputs> = never,
    Use extends NameIn<Resources> = never,
    Own extends KnobDeclarations = Nothing,
  >(
    name: NewName<Name, NameIn<Resources> | NameIn<Outputs>>,
    options: NodeOptions<From, Use, Own, Routes>,
    build: (
      cycle: CycleStart<{
        readonly params: ParamsOf<Declared> & object
        readonly knobs: Own
        readonly outputs: Pick<Outputs, From>
        readonly resources: Pick<Resources, Use>
        readonly outer: Nothing
      }>,
    ) => CompleteCycle<State, InnerKnobs>,
  ): Workflow<
    Declared,
    Resources,
    Outputs & { readonly [Key in Name]: CycleOutput<State> },
    Knobs & { readonly [Key in Name]: Own } & NestedAddresses<Name, InnerKnobs>,
    Routes,
    Variants
  >

  /** Adds a switch: picks one of its routes; nodes with `on: { [name]: route }` run only when theirs was picked. */
  switch<
    const Name extends string,
    const Route extends string,
    From extends NameIn<Outputs> = never,
    Use extends NameIn<Resources> = never,
    Own extends KnobDeclarations = Nothing,
  >(
    name: NewName<Name, NameIn<Resources> | NameIn<Outputs>>,
    options: SwitchOptions<Route, From, Use, Own, Routes>,
    pick: (
      inputs: Pick<Outputs, From> & Pick<Resources, Use> & NodeContext<ParamsOf<Declared>, Own>,
    ) => NoInfer<Route> | Promise<NoInfer<Route>>,
  ): Workflow<
    Declared,
    Resources,
    Outputs & { readonly [Key in Name]: Route },
    Knobs & { readonly [Key in Name]: Own },
    Routes & { readonly [Key in Name]: Route },
    Variants
  >

  /** Joins branches of which some did not run. */
  merge<const Name extends string, From extends NameIn<Outputs>, Policy extends 'first' | 'all' = 'first'>(
    name: NewName<Name, NameIn<Resources> | NameIn<Outputs>>,
    options: MergeOptions<From, Policy, Routes>,
  ): Workflow<
    Declared,
    Resources,
    Outputs & { readonly [Key in Name]: MergeOutput<Outputs, From, Policy> },
    Knobs,
    Routes,
    Variants
  >

  /**
   * Selects the result from the nodes' outputs. Variants whose results differ are never called faster; with a
   * `tolerance`, numbers may differ by `tolerance · max(1, |a|, |b|)`. Without a selection, the result is the outputs
   * of the nodes that no other node takes.
   */
  result(
    select: (outputs: Outputs) => unknown,
    options?: { readonly tolerance?: number },
  ): Workflow<Declared, Resources, Outputs, Knobs, Routes, Variants>

  /** Names a patch of knobs and params over the workflow as written: `{ quotes: { concurrency: 16 } }`. */
  variant<const Name extends string>(
    name: NewVariant<Name, Variants>,
    patch: VariantPatch<Declared, Knobs>,
  ): Workflow<Declared, Resources, Outputs, Knobs, Routes, Variants | Name>
}

/** The names of a workflow's variants, `baseline` among them. */
export type VariantName<Of> =
  Of extends Workflow<infer _Declared, infer _R, infer _O, infer _K, infer _S, infer Variants>
    ? Variants | 'baseline'
    : never

/** What `workflow(...)` returns before anything is declared. */
export type EmptyWorkflow<Declared extends object> = Workflow<Declared, Nothing, Nothing, Nothing, Nothing, never>
