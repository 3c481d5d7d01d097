/** How many of one level make one of the next: few levels, and few look-ups at the edges of a stretch. */
const step = 8

/** The place of the greatest of every 8, 64, 512 … values. */
export function greatestPlaces(count: number, valueAt: (place: number) => number): Uint32Array[] {
  const levels: Uint32Array[] = []
  let below: Uint32Array | null = null
  for (let length = count; length > 1; ) {
    const above = new Uint32Array(Math.ceil(length / step))
    for (let place = 0; place < above.length; place++) {
      const last = Math.min(length, (place + 1) * step)
      let greatest: number = below ? below[place * step]! : place * step
      for (let next = place * step + 1; next < last; next++) {
        const candidate: number = below ? below[next]! : next
        if (valueAt(candidate) > valueAt(greatest)) greatest = candidate
      }
      above[place] = greatest
    }
    levels.push(above)
    below = above
    length = above.length
  }
  return levels
}

/** What `choose` (minimum, maximum) leaves of every 8, 64, 512 … values. */
export function extremes(values: Float64Array, choose: (a: number, b: number) => number): Float64Array[] {
  const levels: Float64Array[] = []
  for (let below = values; below.length > 1; ) {
    const above = new Float64Array(Math.ceil(below.length / step))
    for (let place = 0; place < above.length; place++) {
      let chosen = below[place * step]!
      const last = Math.min(below.length, (place + 1) * step)
      for (let next = place * step + 1; next < last; next++) chosen = choose(chosen, below[next]!)
      above[place] = chosen
    }
    levels.push(above)
    below = above
  }
  return levels
}

/** The place of the greatest value in `[from, to)`, by the levels of {@link greatestPlaces}; −1 for an empty stretch. */
export function greatestIn(
  levels: readonly Uint32Array[],
  valueAt: (place: number) => number,
  from: number,
  to: number,
): number {
  let best = -1
  let most = Number.NEGATIVE_INFINITY
  walkLevels(from, to, (level, place) => {
    const candidate = level < 0 ? place : levels[level]![place]!
    const value = valueAt(candidate)
    if (value > most) {
      most = value
      best = candidate
    }
  })
  return best
}

/** What `choose` leaves of the values in `[from, to)`, by the levels of {@link extremes}; NaN for an empty stretch. */
export function extremeIn(
  values: Float64Array,
  levels: readonly Float64Array[],
  choose: (a: number, b: number) => number,
  from: number,
  to: number,
): number {
  let chosen = Number.NaN
  walkLevels(from, to, (level, place) => {
    const value = level < 0 ? values[place]! : levels[level]![place]!
    chosen = Number.isNaN(chosen) ? value : choose(chosen, value)
  })
  return chosen
}

/** Visits as few blocks as make up `[from, to)`: level −1 are single values, level 0 blocks of 8, level 1 blocks of 64 … */
function walkLevels(from: number, to: number, visit: (level: number, place: number) => void): void {
  let low = from
  let high = to
  for (let level = -1; low < high; level++) {
    while (low < high && low % step !== 0) visit(level, low++)
    while (low < high && high % step !== 0) visit(level, --high)
    low /= step
    high /= step
  }
}
