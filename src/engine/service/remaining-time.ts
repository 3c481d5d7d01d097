import type { Clock, ProgressUpdate } from '../../base/index.ts'
import type { JobRequest } from '../../protocol/index.ts'

/** Nothing is estimated from less than so many milliseconds. */
const shortest = 1000

/** Estimates how long a job goes on, from what is done of it and the time that took. */
export class RemainingTime {
  readonly #clock: Clock
  readonly #request: JobRequest
  readonly #startedAt: number
  /** Where the counting that goes on began. */
  #begin: { readonly at: number; readonly done: number } | undefined
  #last = 0

  constructor(request: JobRequest, clock: Clock) {
    this.#clock = clock
    this.#request = request
    this.#startedAt = clock()
  }

  /**
   * Milliseconds until `done` is `total`, if it goes on as it did, or until the job's time budget is spent; undefined where too
   * little is known. A single run counts the items of one node after the other, which says nothing of the whole.
   */
  after({ done, total }: ProgressUpdate): number | undefined {
    if (this.#request.kind === 'run' || done === undefined || total === undefined) return undefined
    const now = this.#clock()
    // It counts something else from here on.
    if (!this.#begin || done < this.#last) this.#begin = { at: now, done }
    this.#last = done
    const elapsed = now - this.#begin.at
    const counted = done - this.#begin.done
    if (elapsed < shortest || counted <= 0) return undefined
    const left = (elapsed / counted) * Math.max(0, total - done)
    const budget = 'timeBudget' in this.#request ? this.#request.timeBudget : undefined
    return budget === undefined ? left : Math.min(left, Math.max(0, this.#startedAt + budget - now))
  }
}
