/** At most so many nodes at once: a first-in, first-out counting semaphore. */
export class Slots {
  #free: number
  readonly #queue: Array<() => void> = []

  constructor(count: number) {
    this.#free = count
  }

  /** Takes a slot, at once where one is free. */
  acquire(): Promise<void> | undefined {
    if (this.#free > 0) {
      this.#free--
      return undefined
    }
    return new Promise((resolve) => this.#queue.push(resolve))
  }

  /** Gives a slot back; whoever waited longest gets it. */
  release(): void {
    const next = this.#queue.shift()
    if (next) next()
    else this.#free++
  }
}
