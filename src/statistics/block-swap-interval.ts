import { type BlockSwapFunction, blockSwapFunction, largestExactBlockSwap } from './block-swap.ts'
import { hodgesLehmannShift } from './hodges-lehmann.ts'
import { normalQuantile } from './normal.ts'
import { failedValue, isFiniteDifference, type Numbers } from './scale.ts'
import { type Interval, unbounded } from './signed-rank.ts'

/** An effect on a scale with its interval. `estimate` is `null` without values, or where failures make it infinite. */
export interface Estimate extends Interval {
  readonly estimate: number | null
}

/**
 * The Hodges–Lehmann shift with the interval of level 1 − γ that the block-swap test inverts to, {θ : p(θ) > γ}. p(θ)
 * is constant between neighbouring differences bⱼ − aᵢ and takes values of its own at them, so the search bisects over
 * both kinds of position, outwards from the estimate; the ends are differences that exist. A side that no shift can
 * reject is `null` (2¹⁻ⁿ > γ: too few blocks).
 */
export function blockSwapInterval(
  baseline: Numbers,
  candidate: Numbers,
  gamma: number,
  swap: BlockSwapFunction = blockSwapFunction(baseline, candidate),
): Estimate {
  const shift = hodgesLehmannShift(baseline, candidate)
  if (shift === null || !isFiniteDifference(shift)) return { estimate: null, ...unbounded }
  const interval =
    baseline.length > largestExactBlockSwap
      ? bisectShifts(swap, baseline, candidate, shift, gamma)
      : bisectPositions(swap, distinctDifferences(baseline, candidate), shift, gamma, baseline.length)
  return { estimate: shift, ...interval }
}

/**
 * Positions 0 … 2M: an odd one is the breakpoint (position − 1)/2, an even one the open interval below breakpoint
 * position/2.
 */
function bisectPositions(
  swap: BlockSwapFunction,
  breakpoints: Float64Array,
  shift: number,
  gamma: number,
  blocks: number,
): Interval {
  const last = 2 * breakpoints.length
  const kept = (position: number) => swap.test(doubledShiftAt(breakpoints, position)).p > gamma
  const start = positionOf(breakpoints, shift)
  const critical = -normalQuantile(gamma / 2)
  const keptByNormal = (position: number) => Math.abs(swap.z(doubledShiftAt(breakpoints, position))) < critical
  const boundary = (outside: number) =>
    blocks < guidedFrom
      ? lastOutside(outside, start, kept)
      : lastOutsideNear(lastOutside(outside, start, keptByNormal), outside, start, kept)
  return {
    low: kept(0) ? null : (breakpoints[lowIndex(boundary(0) + 1)] as number),
    high: kept(last) ? null : (breakpoints[highIndex(boundary(last) - 1)] as number),
  }
}

/** From this many blocks on the search starts where the normal approximation ends, which spares the costliest exact p. */
const guidedFrom = 100

/** The same position as `lastOutside`, looked for around a guess in steps that grow. */
function lastOutsideNear(guess: number, outside: number, inside: number, kept: (position: number) => boolean): number {
  let rejected = outside
  let accepted = inside
  const outwards = Math.sign(outside - inside)
  let position = guess
  for (let step = Math.max(1, Math.abs(outside - inside) >> 12); ; step *= 4) {
    if ((position - outside) * outwards >= 0 || (inside - position) * outwards >= 0) break
    const isKept = kept(position)
    if (isKept) accepted = position
    else rejected = position
    // Both sides of the boundary are known once one probe was kept and one was not.
    if (accepted !== inside && rejected !== outside) break
    position += (isKept ? outwards : -outwards) * step
  }
  return lastOutside(rejected, accepted, kept)
}

/** The outermost position that is not kept when going from `inside` towards `outside` by bisection. */
function lastOutside(outside: number, inside: number, kept: (position: number) => boolean): number {
  let rejected = outside
  let accepted = inside
  while (Math.abs(accepted - rejected) > 1) {
    const middle = Math.trunc((accepted + rejected) / 2)
    if (kept(middle)) accepted = middle
    else rejected = middle
  }
  return rejected
}

/** The breakpoint at which a kept position begins: itself, or the lower end of its open interval. */
function lowIndex(position: number): number {
  return position % 2 === 1 ? (position - 1) / 2 : position / 2 - 1
}

/** The breakpoint at which a kept position ends. */
function highIndex(position: number): number {
  return position % 2 === 1 ? (position - 1) / 2 : position / 2
}

function doubledShiftAt(breakpoints: Float64Array, position: number): number {
  const index = position >> 1
  if (position % 2 === 1) return 2 * (breakpoints[index] as number)
  if (index === 0) return 2 * (breakpoints[0] as number) - 2
  if (index === breakpoints.length) return 2 * (breakpoints[index - 1] as number) + 2
  return (breakpoints[index - 1] as number) + (breakpoints[index] as number)
}

function positionOf(breakpoints: Float64Array, shift: number): number {
  let low = 0
  let high = breakpoints.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((breakpoints[middle] as number) < shift) low = middle + 1
    else high = middle
  }
  return breakpoints[low] === shift ? 2 * low + 1 : 2 * low
}

function distinctDifferences(baseline: Numbers, candidate: Numbers): Float64Array {
  const all = new Float64Array(baseline.length * candidate.length)
  let count = 0
  for (let a = 0; a < baseline.length; a++) {
    if (baseline[a] === failedValue) continue
    for (let b = 0; b < candidate.length; b++) {
      if (candidate[b] !== failedValue) all[count++] = (candidate[b] as number) - (baseline[a] as number)
    }
  }
  const ordered = all.subarray(0, count).sort()
  let kept = 0
  for (let index = 0; index < count; index++) {
    if (index === 0 || ordered[index] !== ordered[index - 1]) ordered[kept++] = ordered[index] as number
  }
  return ordered.subarray(0, kept)
}

/**
 * For many blocks, where n² differences do not fit: searches doubled integer shifts and rounds outwards to the
 * breakpoint.
 */
function bisectShifts(
  swap: BlockSwapFunction,
  baseline: Numbers,
  candidate: Numbers,
  shift: number,
  gamma: number,
): Interval {
  const critical = -normalQuantile(gamma / 2)
  const excess = (doubledShift: number) => Math.abs(swap.z(doubledShift)) - critical
  const a = Array.from(baseline).filter((value) => value !== failedValue)
  const b = Array.from(candidate).filter((value) => value !== failedValue)
  const lowest = 2 * (smallest(b) - largest(a)) - 2
  const highest = 2 * (largest(b) - smallest(a)) + 2
  const start = Math.round(2 * shift)
  const low = firstKept(lowest, start, excess)
  const high = firstKept(highest, start, excess)
  return { low: low === null ? null : Math.floor(low / 2), high: high === null ? null : Math.ceil(high / 2) }
}

/**
 * The outermost integer with excess < 0 from `inside` towards `outside`; `null` where even `outside` has. z is nearly a
 * straight line in the shift, so that interpolation lands close, and a second probe a little beyond traps the boundary:
 * ten evaluations instead of forty.
 */
function firstKept(outside: number, inside: number, excess: (doubledShift: number) => number): number | null {
  let rejected = outside
  let accepted = inside
  let above = excess(rejected)
  if (above < 0) return null
  let below = Math.min(excess(accepted), -Number.MIN_VALUE)
  const probe = (wanted: number) => {
    const [least, most] = rejected < accepted ? [rejected + 1, accepted - 1] : [accepted + 1, rejected - 1]
    if (least > most) return
    const point = Math.min(most, Math.max(least, Math.round(wanted)))
    const value = excess(point)
    if (value < 0) {
      accepted = point
      below = value
    } else {
      rejected = point
      above = value
    }
  }
  while (Math.abs(accepted - rejected) > 1) {
    const width = accepted - rejected
    const guess = rejected + (width * above) / (above - below)
    probe(guess)
    const keptGuess = Math.abs(accepted - guess) < Math.abs(rejected - guess)
    const step = Math.sign(width) * Math.max(1, Math.abs(width) / 64)
    probe(keptGuess ? accepted - step : rejected + step)
    probe((accepted + rejected) / 2)
  }
  return accepted
}

function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
}
