/** Does something at most once in a while: at once the first time, then after `milliseconds`, with the last value. */
export class Throttle<Value> {
  readonly #milliseconds: number
  readonly #action: (value: Value) => void
  #timer: NodeJS.Timeout | undefined
  #waiting: { readonly value: Value } | undefined

  constructor(milliseconds: number, action: (value: Value) => void) {
    this.#milliseconds = milliseconds
    this.#action = action
  }

  push(value: Value): void {
    this.#waiting = { value }
    if (this.#timer === undefined) this.#act()
  }

  /** Does what is waiting now. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) this.#action(waiting.value)
  }

  #act(): void {
    this.flush()
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#waiting) this.#act()
    }, this.#milliseconds)
    this.#timer.unref()
  }
}
