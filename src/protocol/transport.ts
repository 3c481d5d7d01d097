/**
 * A way for messages between two sides, in order. Messages are plain data, as {@link requirePlain} has it; whoever writes a
 * transport decides how they travel.
 */
export interface Transport {
  /** Hands a message over; nothing happens once it has ended. Throws `protocol.not-cloneable` where the message cannot travel. */
  send(message: unknown): void
  /** What the other side sends; what came before somebody listened is kept. `undefined`: something that is no message. */
  onMessage(listener: (message: unknown) => void): void
  /** Called once, whichever side ended it, and at once where it has ended already. */
  onClose(listener: () => void): void
  close(): void
  /** Whether the other side can be gone without a word, so that it has to be asked from time to time. */
  readonly canDieSilently: boolean
}

/** Opens a way to the engine; called again after each loss. `signal` aborts when nobody wants it any more. */
export type OpenTransport = (signal: AbortSignal) => Promise<Transport>

/** What every transport does the same: keeps messages until somebody listens, and ends once. */
export class TransportEnd {
  #listener: ((message: unknown) => void) | undefined
  #kept: unknown[] = []
  readonly #closeListeners: Array<() => void> = []
  #isClosed = false

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** A message came. */
  receive(message: unknown): void {
    if (this.#isClosed) return
    if (this.#listener) this.#listener(message)
    else this.#kept.push(message)
  }

  /** It has ended. */
  end(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#kept = []
    for (const listener of this.#closeListeners.splice(0)) listener()
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listener = listener
    for (const message of this.#kept.splice(0)) this.receive(message)
  }

  onClose(listener: () => void): void {
    if (this.#isClosed) listener()
    else this.#closeListeners.push(listener)
  }
}
