/** The trace's string table: gives each text one number, and hands over those that the log has not seen yet. */
export class StringTable {
  readonly #ids = new Map<string, number>([['', 0]])
  #unwritten: string[] = []

  /** The id of `text`; the same text always has the same id. */
  idOf(text: string): number {
    let id = this.#ids.get(text)
    if (id === undefined) {
      id = this.#ids.size
      this.#ids.set(text, id)
      this.#unwritten.push(text)
    }
    return id
  }

  /** Strings that were added since the last call, in the order of their ids. */
  takeUnwritten(): string[] {
    if (this.#unwritten.length === 0) return this.#unwritten
    const taken = this.#unwritten
    this.#unwritten = []
    return taken
  }
}
