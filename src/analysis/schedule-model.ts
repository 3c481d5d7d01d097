/**
 * # The schedule of a run
 *
 * What a run did, taken apart into pieces that can be put together again under other settings. It is a model: it knows
 * one event loop that runs one piece of code at a time, resources with so many slots, database threads that are spoken to in
 * rounds, maps that run so many items at once, and dependencies. It does not know caches, locks between items, or how
 * a foreign server reacts to more load, unless it is told (`ReplayOptions`).
 *
 * Order inside an item or task is taken from what was seen: a step starts when those that had ended before it started
 * have ended again.
 */
export interface Schedule {
  /** Duration of the recorded workflow span in nanoseconds. */
  readonly duration: number
  readonly flow: Flow
  readonly resources: readonly ScheduledResource[]
  /** Tasks and maps that may run at once, over the whole run. */
  readonly maxConcurrency: number
  /** Items that a map runs at once, by path. */
  readonly concurrency: ReadonlyMap<string, number>
  /**
   * How much of the time in which other code had the thread, while a call was under way, was taken to have delayed it (0 to
   * 1). It cannot be seen in a trace, so `buildSchedule` chooses it.
   */
  readonly loopDelay: number
}

/** Nodes of one level with their dependencies: the whole run, or one turn of a cycle. */
export interface Flow {
  /** In the order of their start. */
  readonly nodes: readonly FlowNode[]
  /** What the surrounding span did itself after the last node had ended. */
  readonly tail: readonly Step[]
}

export interface FlowNode {
  readonly path: string
  /** Places in `nodes` of those that must have ended. */
  readonly after: readonly number[]
  /** What the surrounding span did itself just before the node started: done again before it starts. */
  readonly lead: readonly Step[]
  /** A cycle holds no slot of the run's `maxConcurrency`. */
  readonly holdsSlot: boolean
  readonly body: Strand
}

/** Steps in the order of their start, with their precedence. */
export interface Strand {
  readonly steps: readonly Step[]
  /**
   * How many steps, in the order in which they ended, must have ended before the step starts. Ascending. With `endOrder`
   * this says "all that had ended before it started" in one number.
   */
  readonly needs: Uint32Array
  /** Place of each step in the order of their ends. */
  readonly endOrder: Uint32Array
}

export type Step =
  /** Code on the event loop's thread: nothing else runs there meanwhile. */
  | { readonly kind: 'cpu'; readonly time: number }
  | GapStep
  | CallStep
  | { readonly kind: 'map'; readonly path: string; readonly items: readonly MapItem[]; readonly tail: readonly Step[] }
  | { readonly kind: 'strand'; readonly strand: Strand }
  | { readonly kind: 'flow'; readonly flow: Flow }

/**
 * A stretch without a recorded call in which the thread was idle for a while: a hidden wait. Nothing that was recorded says
 * what it was for: timers, locks, threads of the node's own.
 */
export interface GapStep {
  readonly kind: 'gap'
  /** Of the node that waited; empty for the run itself. */
  readonly path: string
  /** Nanoseconds of the node's code on the event loop's thread, taken to come first. Where in the stretch it ran is not known. */
  readonly cpu: number
  /** Nanoseconds that pass whatever else happens. */
  readonly time: number
}

export interface MapItem {
  /** What the map did itself just before the item started. */
  readonly lead: readonly Step[]
  readonly strand: Strand
}

/** A call of a resource. */
export interface CallStep {
  readonly kind: 'call'
  /** Place in `Schedule.resources`. */
  readonly resource: number
  /** Name and statement: `db.lookup`, `SELECT …`. */
  readonly name: string
  readonly detail: string
  /** Time in which it holds its slot, or its statement holds the thread, in nanoseconds. Queueing is not in it. */
  readonly service: number
  /**
   * Of a database thread: time of its message besides statements and work on the event loop, in nanoseconds. Below 0
   * where that work is less than estimated.
   */
  readonly latency: number
  /** Work on the event loop's thread when it has been served. */
  readonly cpu: number
  /** The same, once per message to a database thread. */
  readonly messageCpu: number
  /** May share a statement with others of the same `detail`. */
  readonly joins: boolean
  /** Nobody waited for its end. */
  readonly detached: boolean
}

export type ScheduledResource = SlotResource | ThreadResource

/** Serves `slots` calls at once, first come first served. */
export interface SlotResource {
  readonly kind: 'slots'
  readonly name: string
  /** Infinity where nothing limits it. */
  readonly slots: number
  /** The most calls that were served at once in the trace. */
  readonly observedInFlight: number
}

/** A thread that gets requests in rounds: what was asked meanwhile goes with the next message. */
export interface ThreadResource {
  readonly kind: 'thread'
  readonly name: string
  /** Keys that lookups may share a statement for. */
  readonly lookupBatch: number
  /** What a statement of so many keys costs, by detail. */
  readonly costs: ReadonlyMap<string, StatementCost>
}

/** Time of a statement in nanoseconds: `fixed + perRow · rows`. */
export interface StatementCost {
  readonly fixed: number
  readonly perRow: number
  /** Variance explained by the rows, 0 to 1; `null` where there was nothing to explain. */
  readonly fit: number | null
  /** Standard error of `perRow`; `null` where it could not be estimated. */
  readonly perRowError: number | null
  /** Executions that it rests on, how many of them had more than the least rows, and the least and the most rows among them. */
  readonly count: number
  readonly larger: number
  readonly leastRows: number
  readonly mostRows: number
}
