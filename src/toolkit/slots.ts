/**
 * A fixed set of things of which each serves one taker at a time; who finds none queues, first come first served. The queue is
 * before the connections and not inside the HTTP library, so that waiting for a connection can be told from waiting for an answer.
 */
export class Slots<Thing> {
  readonly #free: Thing[]
  readonly #size: number
  readonly #queue = new Set<(thing: Thing) => void>()
  readonly #onQueue: (length: number) => void
  #whenIdle: (() => void)[] = []

  constructor(things: readonly Thing[], onQueue: (length: number) => void) {
    this.#free = [...things].reverse()
    this.#size = things.length
    this.#onQueue = onQueue
  }

  /** One that is free now. */
  takeNow(): Thing | undefined {
    return this.#free.pop()
  }

  /** The next one that becomes free. Rejects with the signal's reason where that aborts before. */
  take(signal: AbortSignal | undefined): Promise<Thing> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.delete(serve)
        this.#onQueue(this.#queue.size)
        reject(signal?.reason as Error)
      }
      const serve = (thing: Thing) => {
        signal?.removeEventListener('abort', leave)
        resolve(thing)
      }
      signal?.addEventListener('abort', leave, { once: true })
      this.#queue.add(serve)
      this.#onQueue(this.#queue.size)
    })
  }

  /** Gives one back: to who has waited longest, if anybody waits. */
  give(thing: Thing): void {
    const [serve] = this.#queue
    if (serve !== undefined) {
      this.#queue.delete(serve)
      this.#onQueue(this.#queue.size)
      serve(thing)
      return
    }
    this.#free.push(thing)
    if (this.#free.length < this.#size) return
    const resolvers = this.#whenIdle
    this.#whenIdle = []
    for (const resolve of resolvers) resolve()
  }

  /** Resolves when nothing is taken. */
  idle(): Promise<void> {
    if (this.#free.length === this.#size) return Promise.resolve()
    return new Promise((resolve) => this.#whenIdle.push(resolve))
  }
}
