/** A straight line through points: `y = intercept + slope · x`. */
export interface LineFit {
  readonly slope: number
  readonly intercept: number
  /** R²: the variance that the line explains, 0 to 1. */
  readonly fit: number
  readonly count: number
}

/** Ordinary least squares of `values` over their places 0, 1, 2, …; `null` for fewer than `least` values, or constant ones. */
export function fitOverPlaces(values: ArrayLike<number>, least: number): LineFit | null {
  const count = values.length
  if (count < Math.max(2, least)) return null
  const middle = (count - 1) / 2
  let mean = 0
  for (let place = 0; place < count; place++) mean += values[place]! / count
  let together = 0
  let spread = 0
  let total = 0
  for (let place = 0; place < count; place++) {
    together += (place - middle) * (values[place]! - mean)
    spread += (place - middle) ** 2
    total += (values[place]! - mean) ** 2
  }
  if (total === 0) return null
  const slope = together / spread
  return { slope, intercept: mean - slope * middle, fit: (slope * together) / total, count }
}
