/**
 * The nearest deadline of a trial's thread, in memory that the runner's main thread reads while the thread is busy: the
 * way in which a limit holds even for code that never gives the event loop back. One double: milliseconds of
 * `process.hrtime`, `Infinity` where nothing is limited.
 */
export function createDeadlineCell(): SharedArrayBuffer {
  const cell = new SharedArrayBuffer(8)
  new Float64Array(cell)[0] = Number.POSITIVE_INFINITY
  return cell
}

/** Milliseconds on a clock that all threads of this process share and that never jumps. */
function monotonicMilliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** The thread's side: keeps the set of running limits and shows the nearest. */
export class Deadlines {
  readonly #cell: Float64Array
  readonly #running = new Set<{ readonly at: number }>()

  constructor(cell: SharedArrayBuffer) {
    this.#cell = new Float64Array(cell)
  }

  /** Starts a limit of `milliseconds` from now; the returned function ends it. */
  start(milliseconds: number): () => void {
    const deadline = { at: monotonicMilliseconds() + milliseconds }
    this.#running.add(deadline)
    if (deadline.at < this.#cell[0]!) this.#cell[0] = deadline.at
    return () => {
      this.#running.delete(deadline)
      if (deadline.at > this.#cell[0]!) return
      let nearest = Number.POSITIVE_INFINITY
      for (const { at } of this.#running) if (at < nearest) nearest = at
      this.#cell[0] = nearest
    }
  }
}

/** The runner's side: milliseconds since the nearest deadline passed; negative while it has not. */
export function overdue(cell: SharedArrayBuffer): number {
  return monotonicMilliseconds() - new Float64Array(cell)[0]!
}
