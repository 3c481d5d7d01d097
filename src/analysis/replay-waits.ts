import type { EventQueue } from './event-queue.ts'
import { type LoopServer, SlotServer } from './replay-servers.ts'
import type { GapStep } from './schedule-model.ts'

/** Waiting of a run that no recorded call covers, in stretches of it with the code around it. */
export interface HiddenWaits {
  /** The most stretches that were under way at once in the whole run. */
  readonly mostAtOnce: number
  readonly nodes: ReadonlyArray<{
    readonly path: string
    /** Nanoseconds of waiting, the code left out. */
    readonly total: number
    readonly mostAtOnce: number
  }>
}

interface NodeWaits {
  readonly slots: SlotServer
  total: number
}

/**
 * Lets hidden waits pass: all that are asked for at once, or no more than the limits allow, first come first served. A
 * limit stands for what cannot be seen, a lock between items, say, which is held by the code around the waiting, too. It
 * holds within each node and over the whole run.
 */
export class HiddenWaitServer {
  readonly #events: EventQueue
  readonly #loop: LoopServer
  readonly #limits: HiddenWaits | undefined
  readonly #run: SlotServer
  readonly #nodes = new Map<string, NodeWaits>()

  constructor(events: EventQueue, loop: LoopServer, limits: HiddenWaits | undefined) {
    this.#events = events
    this.#loop = loop
    this.#limits = limits
    this.#run = new SlotServer(slotsFor(limits, limits?.mostAtOnce))
  }

  get waits(): HiddenWaits {
    return {
      mostAtOnce: this.#run.mostInUse,
      nodes: [...this.#nodes].map(([path, { slots, total }]) => ({ path, total, mostAtOnce: slots.mostInUse })),
    }
  }

  wait({ path, cpu, time }: GapStep, done: () => void): void {
    const node = this.#nodeAt(path)
    node.total += time
    const end = () => {
      this.#run.release()
      node.slots.release()
      done()
    }
    const begin = () => this.#loop.run(cpu, () => this.#events.add(this.#events.now + time, end))
    node.slots.acquire(() => this.#run.acquire(begin))
  }

  #nodeAt(path: string): NodeWaits {
    const known = this.#nodes.get(path)
    if (known) return known
    const limit = this.#limits?.nodes.find((node) => node.path === path)?.mostAtOnce
    const node = { slots: new SlotServer(slotsFor(this.#limits, limit)), total: 0 }
    this.#nodes.set(path, node)
    return node
  }
}

/** At least one, so that every wait ends. */
function slotsFor(limits: HiddenWaits | undefined, limit = 1): number {
  return limits ? Math.max(1, limit) : Number.POSITIVE_INFINITY
}
