/** Points side by side: the coordinates of point i are at `i * dimensions` and after. */
export interface Points {
  readonly count: number
  readonly dimensions: number
  readonly coordinates: Float64Array
  /** Sum of the squares of all coordinates. */
  readonly squares: number
}

/** A random number in [0, 1) from a seed (mulberry32): the same seed gives the same numbers everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Points in heaps of different width around random centres; heaps overlap, so that there is something to decide. */
export function scatterPoints(count: number, dimensions: number, heaps: number, seed: number): Points {
  const random = seededRandom(seed)
  const centres = Float64Array.from({ length: heaps * dimensions }, () => random() * 10)
  const widths = Float64Array.from({ length: heaps }, () => 0.6 + random())
  const coordinates = new Float64Array(count * dimensions)
  let squares = 0
  for (let point = 0; point < count; point++) {
    const heap = Math.floor(random() * heaps)
    for (let axis = 0; axis < dimensions; axis++) {
      // The sum of four uniform numbers is close enough to a normal one here.
      const spread = random() + random() + random() + random() - 2
      const value = centres[heap * dimensions + axis]! + widths[heap]! * spread
      coordinates[point * dimensions + axis] = value
      squares += value * value
    }
  }
  return { count, dimensions, coordinates, squares }
}

/** The squared distance between point `a` of `left` and point `b` of `right`. */
export function squaredDistance(
  left: Float64Array,
  a: number,
  right: Float64Array,
  b: number,
  dimensions: number,
): number {
  let sum = 0
  for (let axis = 0; axis < dimensions; axis++) {
    const difference = left[a * dimensions + axis]! - right[b * dimensions + axis]!
    sum += difference * difference
  }
  return sum
}
