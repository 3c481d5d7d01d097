import type { IterationRow } from '../../trace/index.ts'
import { heapInUse } from '../execute/memory.ts'
import type { TraceClock } from './clock.ts'
import { digestState } from './state-digest.ts'
import type { StringTable } from './strings.ts'

/** What was read when an iteration began. */
export interface IterationStart {
  readonly at: number
  readonly cpu: number
  readonly heap: number
}

/**
 * Measures iterations. At level `off` it reads the clock only; at `standard` also the thread's CPU time and heap, and it
 * digests the state, after the iteration's time has been taken.
 */
export class IterationProbe {
  readonly #clock: TraceClock
  readonly #strings: StringTable
  readonly #full: boolean
  readonly #write: (row: IterationRow) => void

  constructor(clock: TraceClock, strings: StringTable, full: boolean, write: (row: IterationRow) => void) {
    this.#clock = clock
    this.#strings = strings
    this.#full = full
    this.#write = write
  }

  /** To be called right before an iteration. */
  begin(): IterationStart {
    const heap = this.#full ? heapInUse() : 0
    const cpu = this.#full ? threadCpu() : 0
    return { at: this.#clock.now(), cpu, heap }
  }

  /** To be called right after an iteration: writes its row to the log. */
  end(start: IterationStart, path: string, index: number, metric: number, state: unknown): void {
    const now = this.#clock.now()
    const cpu = this.#full ? threadCpu() - start.cpu : Number.NaN
    const heap = this.#full ? heapInUse() - start.heap : Number.NaN
    const gc = this.#full ? 0 : Number.NaN
    const [digestHigh, digestLow] = this.#full ? digestState(state) : [0, 0]
    this.#write({
      ...{ cycle: this.#strings.idOf(path), index, start: start.at, duration: now - start.at },
      ...{ cpu, heap, gc, metric, digestHigh, digestLow },
    })
  }
}

/** CPU time of this thread in nanoseconds. */
function threadCpu(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) * 1000
}
