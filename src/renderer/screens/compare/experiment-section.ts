import type { ExperimentRecord } from '../../../analysis/index.ts'
import { buildReport, type ExperimentSection, type TrialDot } from '../../../report/index.ts'

/** An experiment as the report tells it: the screen shows the same numbers, made by the same function. */
export function sectionOf(record: ExperimentRecord): ExperimentSection {
  return buildReport({ madeAt: 0, experiments: [{ record }], runs: [], advice: [] }).experiments[0]!
}

/** The index of the variant that is looked at beside the baseline: the one that was asked for, or the best of the ranking. */
export function chosenVariant({ ranking, variants }: ExperimentSection, asked: string | undefined): number {
  const named = variants.findIndex(({ name }, index) => index > 0 && name === asked)
  if (named > 0) return named
  return ranking.find(({ baseline }) => !baseline)?.variant ?? 1
}

/** At most so many trials of a side are looked into for what nodes did. */
export const mostTraces = 10

/** The last trials of a variant whose traces are worth looking into: counted, finished, and with a run behind them. */
export function tracedTrials({ trials }: ExperimentSection, variant: number, most: number = mostTraces): TrialDot[] {
  return trials
    .filter((trial) => trial.variant === variant && trial.counted && trial.value !== null && trial.runId !== '')
    .slice(-most)
}

/** The five numbers of a box: whiskers at the 5th and 95th percentile, quartiles and median. `null` without a value. */
export interface Box {
  readonly low: number
  readonly lower: number
  readonly median: number
  readonly upper: number
  readonly high: number
}

/** The box of values in any order. Percentiles by linear interpolation between ranks (Hyndman & Fan 1996, type 7). */
export function boxOf(values: readonly number[]): Box | null {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const below = sorted[Math.floor(place)]!
    return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place))
  }
  return { low: at(0.05), lower: at(0.25), median: at(0.5), upper: at(0.75), high: at(0.95) }
}

/** A place between −1 and 1 for the n-th dot of a strip: spread evenly, and the same every time (golden ratio sequence). */
export function spread(index: number): number {
  return ((index * 0.618_033_988_75) % 1) * 2 - 1
}
