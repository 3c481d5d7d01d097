import type { RowColumns } from './model.ts'

/** Spans that a search found: asked by span, and by place in a row. */
export class SpanSet {
  /** Ascending. */
  readonly spans: Uint32Array
  readonly #bits: Uint8Array
  readonly #inRows = new WeakMap<RowColumns, Uint32Array>()

  /** `count`: spans of the trace. */
  constructor(spans: Uint32Array, count: number) {
    this.spans = spans
    this.#bits = new Uint8Array((count >> 3) + 1)
    for (const span of spans) this.#bits[span >> 3]! |= 1 << (span & 7)
  }

  has(span: number): boolean {
    return (this.#bits[span >> 3]! & (1 << (span & 7))) !== 0
  }

  /** Whether any span of the places `[first, last)` of a row was found. */
  hasAny(row: RowColumns, first: number, last: number): boolean {
    if (last - first < 16) {
      for (let place = first; place < last; place++) if (this.has(row.span[place]!)) return true
      return false
    }
    let places = this.#inRows.get(row)
    if (!places) {
      places = Uint32Array.from(row.span.keys()).filter((place) => this.has(row.span[place]!))
      this.#inRows.set(row, places)
    }
    let low = 0
    let high = places.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (places[middle]! < first) low = middle + 1
      else high = middle
    }
    return low < places.length && places[low]! < last
  }
}
