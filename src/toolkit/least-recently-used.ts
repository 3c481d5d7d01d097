/** A map of at most `capacity` entries that forgets the one that was used longest ago. */
export class LeastRecentlyUsed<Key, Value> {
  readonly #entries = new Map<Key, Value>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get size(): number {
    return this.#entries.size
  }

  /** The value of `key`, made by `make` where it is not there. */
  obtain(key: Key, make: () => Value): Value {
    const kept = this.#entries.get(key)
    if (kept !== undefined) {
      this.#entries.delete(key)
      this.#entries.set(key, kept)
      return kept
    }
    const made = make()
    this.#entries.set(key, made)
    if (this.#entries.size > this.#capacity) this.#entries.delete(this.#entries.keys().next().value as Key)
    return made
  }

  clear(): void {
    this.#entries.clear()
  }
}
