import type { EventName, PayloadOf } from '../../protocol/index.ts'

type Listener = (payload: never) => void

/** Who listens to what the studio tells. */
export class ServiceEvents {
  readonly #listeners = new Map<EventName, Set<Listener>>()

  on<Name extends EventName>(name: Name, listener: (payload: PayloadOf<Name>) => void): () => void {
    // An entry of its own for each call: the same function may listen twice.
    const own: Listener = (payload) => listener(payload)
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(own))
    return () => void listeners.delete(own)
  }

  /** Tells everybody. A listener that throws is a bug of its own: it keeps neither the others nor the studio from going on. */
  publish<Name extends EventName>(name: Name, payload: PayloadOf<Name>): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        listener(payload as never)
      } catch (thrown) {
        process.emitWarning(thrown instanceof Error ? thrown : new Error(String(thrown)))
      }
    }
  }
}
