import { StrobeError } from '../base/index.ts'

/** Throws `statistics.invalid-value` with the place of the first NaN: there is no rank for it. */
export function refuseNaN(values: ArrayLike<number>): void {
  for (let index = 0; index < values.length; index++) if (Number.isNaN(values[index])) throw invalidValue(values, index)
}

/** Throws `statistics.invalid-value` with the place of the first value that is no finite number. */
export function refuseInfinite(values: ArrayLike<number>): void {
  for (let index = 0; index < values.length; index++)
    if (!Number.isFinite(values[index])) throw invalidValue(values, index)
}

/** Throws `statistics.invalid-value` with the place of the first NaN or value below zero. */
export function refuseNegative(values: ArrayLike<number>): void {
  for (let index = 0; index < values.length; index++)
    if (!((values[index] as number) >= 0)) throw invalidValue(values, index)
}

/** Throws `statistics.not-paired` where block-aligned values differ in number. */
export function refuseUnpaired(baseline: ArrayLike<number>, candidate: ArrayLike<number>): void {
  if (baseline.length === candidate.length) return
  const data = { baseline: baseline.length, candidate: candidate.length }
  throw new StrobeError('statistics.not-paired', 'Paired values need one value of each variant per block.', { data })
}

function invalidValue(values: ArrayLike<number>, index: number): StrobeError {
  const value = values[index]
  return new StrobeError('statistics.invalid-value', `Value ${index} is ${String(value)}, which is no measurement.`, {
    data: { index, value },
  })
}
