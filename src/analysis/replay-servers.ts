import type { EventQueue } from './event-queue.ts'
import type { CallStep, SlotResource, StatementCost, ThreadResource } from './schedule-model.ts'

/** The event loop's thread: one piece of code at a time, in the order of asking. */
export class LoopServer {
  /** Nanoseconds in which it ran code. */
  busy = 0
  readonly #events: EventQueue
  readonly #queue: Array<{ time: number; done: () => void }> = []
  #running: boolean = false
  #whenIdle: Array<() => void> = []

  constructor(events: EventQueue) {
    this.#events = events
  }

  run(time: number, done: () => void): void {
    this.#queue.push({ time, done })
    if (!this.#running) this.#next()
  }

  /** Calls back when everything that can run at this moment has run: at the end of the turn. */
  atEndOfTurn(run: () => void): void {
    this.#events.add(this.#events.now, () => (this.#running ? this.#whenIdle.push(run) : run()), 1)
  }

  #next(): void {
    const next = this.#queue.shift()
    this.#running = next !== undefined
    if (!next) {
      const idle = this.#whenIdle
      this.#whenIdle = []
      for (const run of idle) this.atEndOfTurn(run)
      return
    }
    this.busy += next.time
    this.#events.add(this.#events.now + next.time, () => {
      next.done()
      this.#next()
    })
  }
}

/** First come, first served; `Infinity` slots never queue. Of a run, a map, or a resource. */
export class SlotServer {
  inUse = 0
  mostInUse = 0
  readonly #slots: number
  readonly #queue: Array<() => void> = []

  constructor(slots: number) {
    this.#slots = slots
  }

  acquire(start: () => void): void {
    if (this.inUse >= this.#slots) {
      this.#queue.push(start)
      return
    }
    this.inUse++
    this.mostInUse = Math.max(this.mostInUse, this.inUse)
    start()
  }

  release(): void {
    const next = this.#queue.shift()
    if (next) next()
    else this.inUse--
  }
}

/** How many times longer than in the trace a call is served while so many are being served. */
export type ServiceScale = (resource: string, inFlight: number) => number

/** What a simulated resource does with a call; `done` when its answer is there. */
export interface ResourceServer {
  /** Nanoseconds of service given, summed over slots. */
  busy: number
  readonly slots: number
  readonly mostInUse: number
  serve(call: CallStep, done: () => void): void
}

interface ServedCall {
  /** Amount of service at which it is done, on the clock of `#given`. */
  readonly until: number
  readonly done: () => void
}

/**
 * A resource with slots: each call holds one for as long as it is served. The resource's pace depends on how many it serves
 * at that moment and is the same for all of them, so that a call speeds up again when others have ended.
 */
export class SlotResourceServer implements ResourceServer {
  busy = 0
  readonly slots: number
  readonly #slots: SlotServer
  readonly #events: EventQueue
  readonly #name: string
  readonly #scale: ServiceScale
  #served: ServedCall[] = []
  /** Service that each call in a slot got so far, in nanoseconds of an unscaled clock. */
  #given = 0
  #givenAt = 0
  /** Tells the latest plan for the next end from those that a change has overtaken. */
  #plan = 0

  constructor(events: EventQueue, resource: SlotResource, slots: number, scale: ServiceScale) {
    this.slots = slots
    this.#slots = new SlotServer(slots)
    this.#events = events
    this.#name = resource.name
    this.#scale = scale
  }

  get mostInUse(): number {
    return this.#slots.mostInUse
  }

  serve(call: CallStep, done: () => void): void {
    this.#slots.acquire(() => {
      this.#advance()
      this.#served.push({ until: this.#given + call.service, done })
      this.#planNext()
    })
  }

  /** Gives all calls in slots the service for the time that has passed. */
  #advance(): void {
    const inFlight = this.#served.length
    const elapsed = this.#events.now - this.#givenAt
    this.#givenAt = this.#events.now
    if (inFlight === 0 || elapsed === 0) return
    this.#given += elapsed / this.#scale(this.#name, inFlight)
    this.busy += elapsed * inFlight
  }

  #planNext(): void {
    const plan = ++this.#plan
    const next = this.#served.reduce((first, { until }) => Math.min(first, until), Number.POSITIVE_INFINITY)
    if (next === Number.POSITIVE_INFINITY) return
    const time = Math.max(0, next - this.#given) * this.#scale(this.#name, this.#served.length)
    this.#events.add(this.#events.now + time, () => {
      if (plan !== this.#plan) return
      this.#advance()
      // Set to it, so that rounding cannot leave the call unfinished for ever.
      this.#given = Math.max(this.#given, next)
      this.#endUpTo(next)
    })
  }

  #endUpTo(given: number): void {
    const ended = this.#served.filter(({ until }) => until <= given)
    this.#served = this.#served.filter(({ until }) => until > given)
    this.#planNext()
    for (const { done } of ended) {
      this.#slots.release()
      done()
    }
  }
}

/** Statements that go over in one message at most, and how long replies are held back to go together (nanoseconds). */
const statementsPerMessage = 64
const longestHold = 300_000

interface Statement {
  readonly call: CallStep
  readonly callers: Array<{ call: CallStep; done: () => void }>
}

/**
 * A thread that is spoken to in rounds, as the toolkit's sqlite does: what was asked in one turn of the event loop, or
 * while the thread was busy, goes over in one message; lookups of one statement share executions of up to `lookupBatch` keys; the next
 * message goes when all of the last is answered.
 */
export class ThreadResourceServer implements ResourceServer {
  busy = 0
  mostInUse = 0
  readonly slots = 1
  readonly #events: EventQueue
  readonly #loop: LoopServer
  readonly #lookupBatch: number
  readonly #costs: ReadonlyMap<string, StatementCost>
  #queue: Statement[] = []
  readonly #joinable = new Map<string, Statement>()
  #waiting: boolean = false
  #away: boolean = false

  constructor(
    events: EventQueue,
    loop: LoopServer,
    resource: ThreadResource,
    lookupBatch: number,
    costs: ReadonlyMap<string, StatementCost>,
  ) {
    this.#events = events
    this.#loop = loop
    this.#lookupBatch = lookupBatch
    this.#costs = new Map([...resource.costs, ...costs])
  }

  serve(call: CallStep, done: () => void): void {
    if (call.service === 0 && !this.#costs.has(call.detail)) {
      // No statement was seen for it (it failed, or was answered without one): it only takes its time.
      this.#events.add(this.#events.now + call.latency, done)
      return
    }
    const caller = { call, done }
    const joinable = call.joins ? this.#joinable.get(call.detail) : undefined
    if (joinable && joinable.callers.length < this.#lookupBatch) joinable.callers.push(caller)
    else {
      const statement = { call, callers: [caller] }
      this.#queue.push(statement)
      if (call.joins) this.#joinable.set(call.detail, statement)
      else this.#joinable.clear()
    }
    this.#flushSoon()
  }

  #flushSoon(): void {
    if (this.#away || this.#waiting) return
    this.#waiting = true
    this.#loop.atEndOfTurn(() => {
      this.#waiting = false
      this.#flush()
    })
  }

  #flush(): void {
    const message = this.#queue.splice(0, statementsPerMessage)
    this.#joinable.clear()
    if (message.length === 0) return
    this.#away = true
    this.mostInUse = 1
    const callers = message.flatMap((statement) => statement.callers)
    const meanOf = (part: 'latency' | 'messageCpu') => {
      return callers.reduce((sum, { call }) => sum + call[part], 0) / callers.length
    }
    const latency = meanOf('latency')
    const work = meanOf('messageCpu') + callers.reduce((sum, { call }) => sum + call.cpu, 0)
    const cpu = Math.max(0, work + Math.min(0, latency))
    let time = this.#events.now + Math.max(0, latency)
    let heldSince = time
    let held: Statement[] = []
    for (const [place, statement] of message.entries()) {
      const cost = this.#costOf(statement)
      this.busy += cost
      time += cost
      held.push(statement)
      const isLast = place === message.length - 1
      if (!isLast && time - heldSince <= longestHold) continue
      const answered = held
      this.#events.add(time, () => this.#loop.run(isLast ? cpu : 0, () => this.#answer(answered, isLast)))
      held = []
      heldSince = time
    }
  }

  #answer(statements: readonly Statement[], isLast: boolean): void {
    if (isLast) this.#away = false
    for (const { callers } of statements) for (const { done } of callers) done()
    if (isLast && this.#queue.length > 0) this.#flushSoon()
  }

  #costOf({ call, callers }: Statement): number {
    const cost = this.#costs.get(call.detail)
    const ownSize = !cost || (callers.length === 1 && (cost.leastRows === 1 || !call.joins))
    return ownSize ? call.service : cost.fixed + cost.perRow * callers.length
  }
}
