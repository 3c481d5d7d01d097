/** Things to happen at moments of a simulated time: the earliest first, at one moment by rank, then in the order of their adding. */
export class EventQueue {
  /** Moment of the event that is happening, in nanoseconds. */
  now = 0
  readonly #heap: Event[] = []
  #added = 0

  /** `rank` 1 happens after everything else of its moment. */
  add(time: number, run: () => void, rank: 0 | 1 = 0): void {
    const heap = this.#heap
    const event = { time, rank, order: this.#added++, run }
    let place = heap.push(event) - 1
    while (place > 0) {
      const above = (place - 1) >> 1
      if (!isBefore(event, heap[above]!)) break
      heap[place] = heap[above]!
      place = above
    }
    heap[place] = event
  }

  /** Lets everything happen, until nothing is left. */
  runAll(): void {
    for (let event = this.#take(); event; event = this.#take()) {
      this.now = event.time
      event.run()
    }
  }

  #take(): Event | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let place = 0
    for (;;) {
      let below = 2 * place + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++
      if (!isBefore(heap[below]!, last)) break
      heap[place] = heap[below]!
      place = below
    }
    heap[place] = last
    return first
  }
}

interface Event {
  readonly time: number
  readonly rank: number
  readonly order: number
  readonly run: () => void
}

function isBefore(a: Event, b: Event): boolean {
  return a.time - b.time < 0 || (a.time === b.time && (a.rank < b.rank || (a.rank === b.rank && a.order < b.order)))
}
