import type { Clock, ProgressUpdate } from '../../base/index.ts'

/** Nothing is estimated from less than so many milliseconds. */
const shortest = 1000

/** Estimates how long something goes on, from what is done of it and the time that took. */
export class RemainingTime {
  readonly #clock: Clock
  /** Where the counting that goes on began. */
  #begin: { readonly at: number; readonly done: number } | undefined
  #last = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Milliseconds until `done` is `total`, if it goes on as it did; undefined where too little is known. */
  after({ done, total }: ProgressUpdate): number | undefined {
    if (done === undefined || total === undefined) return undefined
    // It counts something else from here on.
    if (!this.#begin || done < this.#last) this.#begin = { at: this.#clock(), done }
    this.#last = done
    const elapsed = this.#clock() - this.#begin.at
    const counted = done - this.#begin.done
    if (elapsed < shortest || counted <= 0) return undefined
    return (elapsed / counted) * Math.max(0, total - done)
  }
}
