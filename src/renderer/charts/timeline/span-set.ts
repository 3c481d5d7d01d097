import type { FoundSpans, RowColumns } from './model.ts'

/** Spans that a search found: asked by span, and by place in a row. */
export class SpanSet {
  readonly found: FoundSpans
  readonly #inRows = new WeakMap<RowColumns, Uint32Array>()

  constructor(found: FoundSpans) {
    this.found = found
  }

  has(span: number): boolean {
    return (this.found.bits[span >> 3]! & (1 << (span & 7))) !== 0
  }

  /** Whether any span of the places `[first, last)` of a row was found. */
  hasAny(row: RowColumns, first: number, last: number): boolean {
    if (last - first < 16) {
      for (let place = first; place < last; place++) if (this.has(row.span[place]!)) return true
      return false
    }
    let places = this.#inRows.get(row)
    if (!places) {
      places = this.#placesIn(row)
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

  #placesIn({ span }: RowColumns): Uint32Array {
    const places = new Uint32Array(span.length)
    let count = 0
    for (let place = 0; place < span.length; place++) if (this.has(span[place]!)) places[count++] = place
    return places.slice(0, count)
  }
}
