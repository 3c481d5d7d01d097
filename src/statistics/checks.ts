import { rankVonNeumann } from './autocorrelation.ts'
import { dipCriticalValue, dipStatistic } from './dip.ts'
import { median } from './location.ts'
import { mannWhitneyTest } from './mann-whitney.ts'
import { refuseNaN, refuseNegative } from './refuse.ts'
import type { Numbers } from './scale.ts'
import { binomialTest } from './sign-tests.ts'
import { countSpikes } from './spikes.ts'
import { mannKendall, theilSenSlope } from './trend.ts'

/** What to do about a check that fires; the words belong to whoever shows them. */
export type Remedy =
  | 'lengthen-workload'
  | 'order-protects-verdict'
  | 'informational'
  | 'add-cool-down'
  | 'inspect-modes'
  | 'quieten-machine'
  | 'inspect-spikes'
  | 'suspect-pipeline'
  | 'variant-may-cause-invalidation'

export type CheckName =
  | 'timer'
  | 'drift'
  | 'autocorrelation'
  | 'position'
  | 'bimodality'
  | 'noise'
  | 'spikes'
  | 'one-sidedness'
  | 'invalidation'

/**
 * One check of the measurement itself: a number, whether it is a reason to act, and what to do. All throw
 * `statistics.invalid-value` for NaN. Checks of logs say nothing (`null`) where a value is zero or below.
 */
export interface Check {
  readonly name: CheckName
  /** The number to show; its meaning stands at each check. `null` where there are too few values to say. */
  readonly value: number | null
  /** What `value` was held against, in the same unit; `null` where a p-value decides. */
  readonly limit: number | null
  readonly p: number | null
  readonly fires: boolean
  readonly remedy: Remedy
}

/** p below which drift, autocorrelation and position effects are real. */
const checkAlpha = 0.01

/**
 * Timer: the larger of two troubles. `value` is the share of trials that repeat another trial's value, limit ½; a
 * median below 100 resolutions fires as well (rules of tinybench). Values in the unit of the resolution; `resolution` 0
 * where unknown.
 */
export function checkTimer(values: Numbers, resolution: number): Check {
  refuseNegative([resolution])
  const finite = finiteOf(values)
  const share = finite.length < 2 ? null : 1 - new Set(finite).size / finite.length
  const coarse = finite.length > 0 && median(finite) < 100 * resolution
  return {
    name: 'timer',
    value: share,
    limit: 0.5,
    p: null,
    fires: coarse || (share ?? 0) > 0.5,
    remedy: 'lengthen-workload',
  }
}

/**
 * Drift: Mann–Kendall over the block medians of the log times less each variant's median. `value` is the relative
 * change over the whole experiment (Theil–Sen), limit the region of indifference. `variants[variant][block]`, times
 * above zero, failed = +Infinity.
 */
export function checkDrift(variants: readonly Numbers[], rope: number): Check {
  refuseNegative([rope])
  const centred = centredLogs(variants) ?? []
  const blocks = centred[0]?.length ?? 0
  const medians: number[] = []
  for (let block = 0; block < blocks; block++) {
    const values = centred.map((values) => values[block] as number).filter(Number.isFinite)
    if (values.length > 0) medians.push(median(values))
  }
  const slope = theilSenSlope(medians)
  const value = slope === null ? null : Math.expm1(slope * medians.length)
  const p = mannKendall(medians)?.p ?? null
  const fires = p !== null && p < checkAlpha && Math.abs(value ?? 0) > rope
  return { name: 'drift', value, limit: rope, p, fires, remedy: 'order-protects-verdict' }
}

/**
 * Autocorrelation: rank von Neumann's ratio (2 for none, lower for more) of the residuals in the order in which the
 * trials ran. `orders[block]` lists the variants.
 */
export function checkAutocorrelation(variants: readonly Numbers[], orders: readonly (readonly number[])[]): Check {
  const centred = centredLogs(variants) ?? []
  const residuals: number[] = []
  orders.forEach((order, block) => {
    for (const variant of order) {
      const value = centred[variant]?.[block]
      if (value !== undefined && Number.isFinite(value)) residuals.push(value)
    }
  })
  const test = rankVonNeumann(residuals)
  const p = test?.p ?? null
  return {
    name: 'autocorrelation',
    value: test?.ratio ?? null,
    limit: null,
    p,
    fires: p !== null && p < checkAlpha,
    remedy: 'informational',
  }
}

/**
 * Position: whether the log ratio of two variants depends on which ran first in the block (Mann–Whitney between the two
 * orders). `value` is how much running second costs, relative.
 */
export function checkPosition(
  variants: readonly Numbers[],
  orders: readonly (readonly number[])[],
  baseline: number,
  candidate: number,
): Check {
  const first: number[] = []
  const second: number[] = []
  const logs = [variants[baseline] ?? [], variants[candidate] ?? []].map(logsOf)
  orders.forEach((order, block) => {
    const ratio = (logs[1]?.[block] ?? Number.NaN) - (logs[0]?.[block] ?? Number.NaN)
    if (Number.isFinite(ratio)) (order.indexOf(candidate) < order.indexOf(baseline) ? first : second).push(ratio)
  })
  const test = mannWhitneyTest(first, second)
  const p = test?.p ?? null
  const value = test === null ? null : Math.expm1((median(second) - median(first)) / 2)
  return { name: 'position', value, limit: null, p, fires: p !== null && p < checkAlpha, remedy: 'add-cool-down' }
}

/**
 * Bimodality: Hartigan's dip of one variant's log times against its 99 % value for uniform data; 20 trials and more.
 */
export function checkBimodality(values: Numbers): Check {
  const finite = finiteOf(values)
  const logs = finite.length < 20 ? null : logsOf(finite)
  const limit = logs === null ? null : dipCriticalValue(finite.length)
  const value = logs === null ? null : dipStatistic(logs)
  return { name: 'bimodality', value, limit, p: null, fires: (value ?? 0) > (limit ?? 1), remedy: 'inspect-modes' }
}

/** Noise: the relative spread of a trial (`CandidateState.sigma`), limit 10 %. */
export function checkNoise(sigma: number | null): Check {
  if (sigma !== null) refuseNegative([sigma])
  return { name: 'noise', value: sigma, limit: 0.1, p: null, fires: (sigma ?? 0) > 0.1, remedy: 'quieten-machine' }
}

/** Trials below which a spread is too uncertain to call one of them a spike: of three normal ones, 21 in 100 sets have one. */
const fewestForSpikes = 10

/**
 * Spikes: the share of a variant's trials more than five robust deviations from its median, limit 10 %; 10 trials and
 * more. `resolution` is the step of the timer, 0 where unknown. Failed trials count as spikes of their own kind elsewhere.
 */
export function checkSpikes(values: Numbers, resolution = 0): Check {
  refuseNegative([resolution])
  const finite = finiteOf(values)
  const share = finite.length < fewestForSpikes ? null : countSpikes(finite, 5, resolution) / finite.length
  return { name: 'spikes', value: share, limit: 0.1, p: null, fires: (share ?? 0) > 0.1, remedy: 'inspect-spikes' }
}

/**
 * One-sidedness over a project's history: the share of regressions among all flagged results. Eight flags and more
 * without an improvement point at the measuring, not at the code.
 */
export function checkOneSidedness(regressions: number, improvements: number): Check {
  refuseNegative([regressions, improvements])
  const flags = regressions + improvements
  const value = flags === 0 ? null : regressions / flags
  const fires = flags >= 8 && improvements === 0
  return { name: 'one-sidedness', value, limit: null, p: null, fires, remedy: 'suspect-pipeline' }
}

/**
 * Invalidation: the share of invalid trials that one variant has, against its fair share of 1/k, by an exact binomial
 * test at 5 %.
 */
export function checkInvalidation(ofVariant: number, ofAll: number, variants: number): Check {
  refuseNegative([ofVariant, ofAll, variants])
  const value = ofAll === 0 ? null : ofVariant / ofAll
  const p = ofAll === 0 ? null : binomialTest(ofVariant, ofAll, 1 / variants)
  const fires = p !== null && p < 0.05
  return { name: 'invalidation', value, limit: 1 / variants, p, fires, remedy: 'variant-may-cause-invalidation' }
}

function finiteOf(values: Numbers): Float64Array {
  refuseNaN(values)
  return Float64Array.from(values).filter(Number.isFinite)
}

/** Natural logs; failures are Infinity and stay so. `null` where one does not exist: zero and below. */
function logsOf(values: Numbers): Float64Array | null {
  refuseNaN(values)
  const copy = Float64Array.from(values)
  return copy.every((value) => value > 0) ? copy.map(Math.log) : null
}

/** Natural logs less the variant's median. `null` where one does not exist. */
function centredLogs(variants: readonly Numbers[]): Float64Array[] | null {
  const all = variants.map(logsOf)
  if (!all.every((logs) => logs !== null)) return null
  return all.map((logs) => {
    const centre = median(logs.filter(Number.isFinite))
    return logs.map((value) => value - centre)
  })
}
