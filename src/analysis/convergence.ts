import type { Goal } from '../workflow/index.ts'
import { fitOverPlaces } from './line-fit.ts'

/**
 * Each step leaves `rate` of the residual: 0.5 halves it. Fitted on the logarithm of the residuals: the distance to the
 * target of a `reach` goal; else the size of the step from one iteration to the next, which shrinks by the same rate and needs no known limit.
 */
export interface LinearConvergence {
  readonly rate: number
  /** R² of the fit; at least 0.9, else convergence is not called linear. */
  readonly fit: number
}

/** How far a metric was from where it was going, by iteration, and the line through it. */
export interface Residuals {
  /** Place in the values of the first of them: 1 where they are steps from the value before. */
  readonly first: number
  /** Distances; 0 where the limit was reached exactly, NaN where there is no number. */
  readonly values: Float64Array
  /** `value at place = start · rate ^ place`, place 0 being the first residual; `null` where convergence is not linear. */
  readonly line: { readonly start: number; readonly rate: number; readonly fit: number } | null
}

/** Fewer residuals than this, or a line that explains less, do not make convergence linear. */
const leastResiduals = 5
const leastFit = 0.9

/** The residuals of a metric's values: distances to the target of a `reach` goal, else sizes of the steps. */
export function residualsOf(goal: Goal, values: Float64Array): Residuals {
  const toTarget = goal.goal === 'reach'
  const residuals = toTarget
    ? values.map((value) => Math.abs(value - goal.target))
    : values.subarray(1).map((value, place) => Math.abs(value - values[place]!))
  return { first: toTarget ? 0 : 1, values: residuals, line: lineThrough(residuals) }
}

/** Whether a metric converges linearly, and how fast; `null` where it does not. */
export function linearConvergence(goal: Goal, values: Float64Array): LinearConvergence | null {
  const { line } = residualsOf(goal, values)
  return line && { rate: line.rate, fit: line.fit }
}

function lineThrough(residuals: Float64Array): Residuals['line'] {
  // Once a residual is 0 the limit is reached exactly; what comes after says nothing about the rate.
  const zero = residuals.indexOf(0)
  const logs = (zero < 0 ? residuals : residuals.subarray(0, zero)).map(Math.log)
  if (!logs.every(Number.isFinite)) return null
  const line = fitOverPlaces(logs, leastResiduals)
  if (!line || line.fit < leastFit || line.slope >= 0) return null
  return { start: Math.exp(line.intercept), rate: Math.exp(line.slope), fit: line.fit }
}
