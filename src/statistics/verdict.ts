import { isFiniteDifference, type Scale } from './scale.ts'

/**
 * What an experiment says about a candidate. `different-result` comes before all statistics and is given by whoever
 * compares results.
 */
export type Verdict =
  | 'faster'
  | 'slower'
  | 'equivalent'
  | 'faster-maybe-negligible'
  | 'slower-maybe-negligible'
  | 'inconclusive'
  | 'different-result'
  | 'unreliable'

/** The verdicts that statistics alone can reach. */
export type StatisticalVerdict = Exclude<Verdict, 'different-result' | 'unreliable'>

/** The region of indifference: effects from `low` to `high` do not matter to the user; `centre` is no effect. */
export interface Indifference {
  readonly low: number
  readonly centre: number
  readonly high: number
}

/** ±x for ratios: 1/(1 + x) to 1 + x, the same in both directions on the log scale. x = 0.02 is ±2 %. */
export function indifferenceOfRatios(rope: number): Indifference {
  return { low: 1 / (1 + rope), centre: 1, high: 1 + rope }
}

/**
 * The region of indifference that a timer allows: at least two of its steps, relative to a typical value in the same
 * unit. A smaller one would ask for a difference that cannot be read off.
 */
export function smallestRope(rope: number, resolution: number, typical: number): number {
  return typical > 0 ? Math.max(rope, (2 * resolution) / typical) : rope
}

/** What a verdict is decided from: an effect (candidate ÷ baseline, or candidate − baseline) and its interval. */
export interface VerdictInput {
  readonly significant: boolean
  readonly estimate: number | null
  /** `null` is unbounded. */
  readonly low: number | null
  readonly high: number | null
}

/** A verdict; `detectable` says that an equivalent candidate differs all the same, by less than matters. */
export interface VerdictDecision {
  readonly verdict: StatisticalVerdict
  readonly detectable: boolean
}

/**
 * One interval against the region of indifference, first match: a significant effect whose whole interval is beyond it,
 * an interval wholly inside it (equivalence by inclusion, Schuirmann 1987, at half the usual α), a significant effect
 * of unclear size, else inconclusive. "Not significant" never becomes "the same".
 */
export function decideVerdict(input: VerdictInput, indifference: Indifference): VerdictDecision {
  const { significant, estimate, low, high } = input
  if (significant && low !== null && low > indifference.high) return { verdict: 'slower', detectable: false }
  if (significant && high !== null && high < indifference.low) return { verdict: 'faster', detectable: false }
  if (low !== null && high !== null && low >= indifference.low && high <= indifference.high) {
    return { verdict: 'equivalent', detectable: significant }
  }
  if (significant && estimate !== null && estimate > indifference.centre) {
    return { verdict: 'slower-maybe-negligible', detectable: false }
  }
  if (significant && estimate !== null && estimate < indifference.centre) {
    return { verdict: 'faster-maybe-negligible', detectable: false }
  }
  return { verdict: 'inconclusive', detectable: false }
}

/**
 * `decideVerdict` for an effect on a scale (nano-logs or steps), against ±rope. Nothing is lost there that a ratio cannot
 * hold, and the border belongs to the region: two rounded logs are off by up to one nano-log together, steps times
 * their resolution by the rounding of doubles. Neither may decide.
 */
export function decideOnScale(input: VerdictInput, rope: number, scale: Scale): VerdictDecision {
  const edge = scale.kind === 'log' ? Math.log1p(rope) * 1e9 + 1 : (rope / scale.resolution) * (1 + 1e-9)
  const known = (value: number | null) => (value !== null && isFiniteDifference(value) ? value : null)
  const { significant, estimate, low, high } = input
  return decideVerdict(
    { significant, estimate: known(estimate), low: known(low), high: known(high) },
    { low: -edge, centre: 0, high: edge },
  )
}

/** The verdicts after which more blocks would change nothing. */
export function isDecisive(verdict: Verdict): boolean {
  return verdict === 'faster' || verdict === 'slower' || verdict === 'equivalent'
}
