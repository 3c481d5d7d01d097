import { StrobeError } from '../../base/index.ts'

/** One thing to be computed. */
interface Request {
  readonly id: number
  readonly work: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Does one request after the other, and none that was cancelled while it waited: between two requests it lets messages in (`pause`), so
 * that of many requests of a mouse that moves only the last is computed.
 */
export class RequestQueue {
  readonly #waiting: Request[] = []
  readonly #pause: () => Promise<void>
  #isBusy = false

  constructor(pause: () => Promise<void>) {
    this.#pause = pause
  }

  /** Computes `work` when its turn comes. Rejects with `cancelled` when it was cancelled before that. */
  add(id: number, work: () => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id, work, resolve, reject })
      if (!this.#isBusy) void this.#run()
    })
  }

  /** Takes a request out that still waits. One that is being computed goes on. */
  cancel(id: number): void {
    const place = this.#waiting.findIndex((request) => request.id === id)
    if (place < 0) return
    const [request] = this.#waiting.splice(place, 1)
    request!.reject(new StrobeError('cancelled', 'Nobody waits for this answer any more.'))
  }

  async #run(): Promise<void> {
    this.#isBusy = true
    await this.#pause()
    for (let request = this.#waiting.shift(); request; request = this.#waiting.shift()) {
      try {
        request.resolve(await request.work())
      } catch (thrown) {
        request.reject(thrown)
      }
      await this.#pause()
    }
    this.#isBusy = false
  }
}
