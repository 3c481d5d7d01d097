/**
 * The nearest deadline of a trial's thread, in memory that the runner's main thread reads while the thread is busy: the
 * way in which a limit holds even for code that never gives the event loop back. One double: milliseconds of
 * `process.hrtime`, `Infinity` where nothing is limited; then the length of a text, and the text: whose limit it is.
 */
export function createDeadlineCell(): SharedArrayBuffer {
  const cell = new SharedArrayBuffer(textAt + longestText)
  timeIn(cell)[0] = Number.POSITIVE_INFINITY
  return cell
}

const textAt = 12
const longestText = 500

const timeIn = (cell: SharedArrayBuffer) => new Float64Array(cell, 0, 1)
const lengthIn = (cell: SharedArrayBuffer) => new Uint32Array(cell, 8, 1)

/** Milliseconds on a clock that all threads of this process share and that never jumps. */
function monotonicMilliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

interface Deadline {
  readonly at: number
  readonly what: string
}

const none: Deadline = { at: Number.POSITIVE_INFINITY, what: '' }

/** The thread's side: keeps the set of running limits and shows the nearest. */
export class Deadlines {
  readonly #cell: SharedArrayBuffer
  readonly #time: Float64Array
  readonly #running = new Set<Deadline>()
  #nearest = none

  constructor(cell: SharedArrayBuffer) {
    this.#cell = cell
    this.#time = timeIn(cell)
  }

  /** Starts a limit of `milliseconds` from now for `what` (`Task "fit/step"`); the returned function ends it. */
  start(milliseconds: number, what: string): () => void {
    const deadline = { at: monotonicMilliseconds() + milliseconds, what }
    this.#running.add(deadline)
    if (deadline.at < this.#nearest.at) this.#show(deadline)
    return () => {
      this.#running.delete(deadline)
      if (deadline !== this.#nearest) return
      let nearest = none
      for (const other of this.#running) if (other.at < nearest.at) nearest = other
      this.#show(nearest)
    }
  }

  #show(deadline: Deadline): void {
    this.#nearest = deadline
    const text = Buffer.from(this.#cell, textAt, longestText)
    lengthIn(this.#cell)[0] = text.write(deadline.what)
    this.#time[0] = deadline.at
  }
}

/** The runner's side: milliseconds since the nearest deadline passed; negative while it has not. */
export function overdue(cell: SharedArrayBuffer): number {
  return monotonicMilliseconds() - timeIn(cell)[0]!
}

/** Whose limit the nearest deadline is, in words; the empty string where there is none. */
export function deadlineHolder(cell: SharedArrayBuffer): string {
  return Buffer.from(cell, textAt, Math.min(lengthIn(cell)[0]!, longestText)).toString()
}
