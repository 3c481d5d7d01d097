/** How many of one level make one of the next: few levels, and few look-ups at the edges of a stretch. */
const step = 8

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
