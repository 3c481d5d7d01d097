import { StrobeError } from '../base/index.ts'
import type { Patch } from '../workflow/index.ts'
import { EventQueue } from './event-queue.ts'
import {
  LoopServer,
  type ResourceServer,
  type ServiceScale,
  SlotResourceServer,
  SlotServer,
  ThreadResourceServer,
} from './replay-servers.ts'
import { HiddenWaitServer, type HiddenWaits } from './replay-waits.ts'
import type { CallStep, Flow, Schedule, StatementCost, Step, Strand } from './schedule-model.ts'

/** What a replay does otherwise than the recorded run. */
export interface ReplayOptions {
  /** Knobs to turn, as in a variant: `concurrency` of maps, `connections` and `lookupBatch` of resources, `maxConcurrency` of `run`. */
  readonly change?: Patch
  /** How service times react to the number of calls in flight; unchanged where absent. */
  readonly serviceScale?: ServiceScale
  /** Costs of statements that are known better than from this trace, by resource and detail. */
  readonly costs?: ReadonlyMap<string, ReadonlyMap<string, StatementCost>>
  /** No more hidden waits at once than here, in any node and in the whole run; as many as come where absent. */
  readonly hiddenWaits?: HiddenWaits
}

/** What a run would have taken. */
export interface ReplayResult {
  /** Wall time in nanoseconds. */
  readonly wall: number
  /** Time of each node, summed over its executions, in the order of their first start. */
  readonly nodes: ReadonlyArray<{ readonly path: string; readonly executions: number; readonly total: number }>
  /** `utilisation`: service given ÷ what the slots could have given, 0 to 1; `null` where nothing limits them. */
  readonly resources: ReadonlyArray<{
    readonly name: string
    readonly busy: number
    readonly slots: number
    readonly mostInUse: number
    readonly utilisation: number | null
  }>
  /** Nanoseconds and share of the wall time in which the event loop's thread ran code. */
  readonly loop: { readonly busy: number; readonly utilisation: number | null }
  readonly hiddenWaits: HiddenWaits
  /** Settings of `change` that the model does not know: they were passed over. */
  readonly passedOver: readonly string[]
}

/**
 * Puts a schedule together again, as a discrete-event simulation. Without a change it gives the recorded wall time, as far as
 * the model holds. Deterministic. Throws `analysis.replay-stuck` where dependencies form a circle.
 */
export function replay(schedule: Schedule, options: ReplayOptions = {}): ReplayResult {
  const simulation = new Simulation(schedule, options)
  return simulation.run()
}

const known = new Set(['concurrency', 'connections', 'lookupBatch', 'maxConcurrency'])

class Simulation {
  readonly #schedule: Schedule
  readonly #change: Patch
  readonly #events = new EventQueue()
  readonly #loop = new LoopServer(this.#events)
  readonly #slots: SlotServer
  readonly #waits: HiddenWaitServer
  readonly #resources: readonly ResourceServer[]
  readonly #nodes = new Map<string, { executions: number; total: number }>()

  constructor(schedule: Schedule, options: ReplayOptions) {
    this.#schedule = schedule
    this.#change = options.change ?? {}
    this.#slots = new SlotServer(this.#changed('run', 'maxConcurrency') ?? schedule.maxConcurrency)
    this.#waits = new HiddenWaitServer(this.#events, this.#loop, options.hiddenWaits)
    const scale = options.serviceScale ?? (() => 1)
    this.#resources = schedule.resources.map((resource) => {
      if (resource.kind === 'slots') {
        const slots = this.#changed(resource.name, 'connections') ?? resource.slots
        return new SlotResourceServer(this.#events, resource, slots, scale)
      }
      const batch = this.#changed(resource.name, 'lookupBatch') ?? resource.lookupBatch
      const costs = options.costs?.get(resource.name) ?? new Map<string, StatementCost>()
      return new ThreadResourceServer(this.#events, this.#loop, resource, batch, costs)
    })
  }

  run(): ReplayResult {
    let wall: number | undefined
    this.#startFlow(this.#schedule.flow, () => {
      wall = this.#events.now
    })
    this.#events.runAll()
    if (wall === undefined) {
      throw new StrobeError('analysis.replay-stuck', 'The schedule cannot be replayed: its nodes wait for each other.')
    }
    const end = wall
    const passedOver = Object.entries(this.#change).flatMap(([address, values]) =>
      Object.keys(values).flatMap((name) => (known.has(name) && address !== 'params' ? [] : [`${address}.${name}`])),
    )
    return {
      wall: end,
      nodes: [...this.#nodes].map(([path, times]) => ({ path, ...times })),
      resources: this.#resources.map(({ busy, slots, mostInUse }, place) => ({
        name: this.#schedule.resources[place]!.name,
        ...{ busy, slots, mostInUse },
        utilisation: Number.isFinite(slots) && end > 0 ? Math.min(1, busy / (slots * end)) : null,
      })),
      loop: { busy: this.#loop.busy, utilisation: end > 0 ? Math.min(1, this.#loop.busy / end) : null },
      hiddenWaits: this.#waits.waits,
      passedOver,
    }
  }

  #changed(address: string, knob: string): number | undefined {
    const value = this.#change[address]?.[knob]
    return typeof value === 'number' ? value : undefined
  }

  /** Starts each node when those before it have ended and, unless it is a cycle, a slot of the run is free. */
  #startFlow({ nodes, tail }: Flow, done: () => void): void {
    const missing = nodes.map(({ after }) => after.length)
    const followers: number[][] = nodes.map(() => [])
    for (const [place, { after }] of nodes.entries()) for (const other of after) followers[other]!.push(place)
    let left = nodes.length
    const finish = () => this.#startSequence(tail, done)
    const start = (place: number) => {
      const { path, holdsSlot, lead, body } = nodes[place]!
      const begin = () =>
        this.#startSequence(lead, () => {
          const began = this.#events.now
          this.#startStrand(body, () => {
            this.#keepTime(path, this.#events.now - began)
            if (holdsSlot) this.#slots.release()
            for (const follower of followers[place]!) if (--missing[follower]! === 0) start(follower)
            if (--left === 0) finish()
          })
        })
      if (holdsSlot) this.#slots.acquire(begin)
      else begin()
    }
    if (left === 0) finish()
    else for (const [place, { after }] of nodes.entries()) if (after.length === 0) start(place)
  }

  #startStrand({ steps, needs, endOrder }: Strand, done: () => void): void {
    const ended = new Uint8Array(steps.length)
    let prefix = 0
    let next = 0
    let left = steps.length
    if (left === 0) {
      // As an event of its own, like all that follows, so that long lists do not nest.
      this.#events.add(this.#events.now, done)
      return
    }
    const advance = () => {
      while (next < steps.length && needs[next]! <= prefix) {
        const place = next++
        this.#startStep(steps[place]!, () => {
          ended[endOrder[place]!] = 1
          while (ended[prefix]) prefix++
          if (--left === 0) done()
          else advance()
        })
      }
    }
    advance()
  }

  #startSequence(steps: readonly Step[], done: () => void, from = 0): void {
    const step = steps[from]
    if (!step) done()
    else this.#startStep(step, () => this.#startSequence(steps, done, from + 1))
  }

  #startStep(step: Step, done: () => void): void {
    switch (step.kind) {
      case 'cpu':
        this.#loop.run(step.time, done)
        break
      case 'gap':
        this.#waits.wait(step, done)
        break
      case 'call':
        this.#startCall(step, done)
        break
      case 'strand':
        this.#startStrand(step.strand, done)
        break
      case 'flow':
        this.#startFlow(step.flow, done)
        break
      case 'map':
        this.#startMap(step, done)
    }
  }

  #startCall(call: CallStep, done: () => void): void {
    const resource = this.#resources[call.resource]!
    if (call.detached) {
      resource.serve(call, () => {})
      this.#events.add(this.#events.now, done)
      return
    }
    const isThread = this.#schedule.resources[call.resource]!.kind === 'thread'
    resource.serve(call, isThread || call.cpu === 0 ? done : () => this.#loop.run(call.cpu, done))
  }

  #startMap({ path, items, tail }: Extract<Step, { kind: 'map' }>, done: () => void): void {
    const lanes = this.#changed(path, 'concurrency') ?? this.#schedule.concurrency.get(path) ?? 1
    let next = 0
    let left = items.length
    const takeNext = () => {
      const item = items[next++]
      if (!item) return
      this.#startSequence(item.lead, () =>
        this.#startStrand(item.strand, () => {
          if (--left === 0) this.#startSequence(tail, done)
          else takeNext()
        }),
      )
    }
    for (let lane = 0; lane < Math.min(lanes, items.length); lane++) takeNext()
  }

  #keepTime(path: string, time: number): void {
    const times = this.#nodes.get(path) ?? { executions: 0, total: 0 }
    this.#nodes.set(path, times)
    times.executions++
    times.total += time
  }
}
