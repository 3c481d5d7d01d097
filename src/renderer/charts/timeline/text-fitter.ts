/** Cuts texts to a width without asking the canvas for every bar: what was measured once is remembered. */
export class TextFitter {
  readonly #measure: (text: string) => number
  readonly #widths = new Map<string, number>()

  /** `measure` gives the width of a text in the font that it will be drawn with. */
  constructor(measure: (text: string) => number) {
    this.#measure = measure
  }

  /** The text, or as much of its beginning as fits with an ellipsis; empty where not even three letters do. */
  fit(text: string, width: number): string {
    const whole = this.#widthOf(text)
    if (whole <= width) return text
    const kept = Math.floor((text.length * (width - this.#widthOf('…'))) / whole)
    return kept >= 3 ? `${text.slice(0, kept).trimEnd()}…` : ''
  }

  #widthOf(text: string): number {
    let width = this.#widths.get(text)
    if (width === undefined) {
      if (this.#widths.size > 20_000) this.#widths.clear()
      width = this.#measure(text)
      this.#widths.set(text, width)
    }
    return width
  }
}
