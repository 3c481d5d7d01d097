/** How many lines a second are passed on; a flood must not keep anybody from their work. */
const linesPerSecond = 200
const longestLine = 2000

/** Passes what user code prints on line by line, and says how much it left out where that is too much. */
export class LineForwarder {
  readonly #send: (line: string) => void
  #rest = ''
  #second = 0
  #sent = 0
  #dropped = 0

  constructor(send: (line: string) => void) {
    this.#send = send
  }

  /** Takes a piece of output; lines may be cut anywhere. */
  take(chunk: Buffer): void {
    const text = this.#rest + chunk.toString()
    const lines = text.split('\n')
    this.#rest = lines.pop()!.slice(-longestLine)
    for (const line of lines) this.line(line)
  }

  /** Takes one whole line. */
  line(line: string): void {
    const second = Math.floor(performance.now() / 1000)
    if (second !== this.#second) {
      this.#tellDropped()
      this.#second = second
      this.#sent = 0
    }
    if (this.#sent++ < linesPerSecond) this.#send(line.slice(0, longestLine))
    else this.#dropped++
  }

  /** To be called at the end: passes on what had no line end. */
  flush(): void {
    if (this.#rest !== '') this.line(this.#rest)
    this.#rest = ''
    this.#tellDropped()
  }

  #tellDropped(): void {
    if (this.#dropped > 0) this.#send(`… ${this.#dropped} more lines were printed and left out`)
    this.#dropped = 0
  }
}
