import { formatDuration, formatShare } from '../../../base/index.ts'
import type { ExperimentSummary } from '../../../protocol/index.ts'
import { makePlan, median, minimumDetectableEffect, type Plan, type PresetName } from '../../../statistics/index.ts'
import type { RunPhases, RunRecord } from '../../../trace/index.ts'

/** What an experiment would be, as far as time and sharpness depend on it. */
export interface EstimateRequest {
  readonly preset: PresetName
  /** Names of the variants, the baseline first. */
  readonly variants: readonly string[]
  /** Whether the baseline runs once more; absent: as the preset says. */
  readonly controlArm?: boolean
  /** Blocks to stop at, instead of the preset's. */
  readonly maxBlocks?: number
  /** How often the workflow runs in one trial. */
  readonly repeats?: number
}

/** What earlier measurements say of one trial. */
export interface TrialFacts {
  /** Nanoseconds of the workflow itself by variant: the median of its runs that finished. */
  readonly values: ReadonlyMap<string, number>
  /** Nanoseconds of everything around it: the thread, the module, the resources. */
  readonly overhead: number
  /** Relative spread of one trial; `null` where no experiment has measured it. */
  readonly sigma: number | null
}

/** How long an experiment would take, and what it would find. */
export interface ExperimentEstimate {
  readonly plan: Plan
  /** Nanoseconds until the first verdict and until the cap; `null` where nothing ran yet. */
  readonly time: { readonly least: number; readonly most: number } | null
  /** The smallest change that it would find at its cap with 80 % power, as a share; `null` where the spread is not known. */
  readonly finds: number | null
}

/**
 * The medians of runs that finished, the overhead of one of them, and the spread that the latest experiment saw which got far
 * enough to see one.
 */
export function trialFacts(
  runs: ReadonlyArray<Pick<RunRecord, 'variant' | 'value'>>,
  phases: RunPhases | undefined,
  experiments: ReadonlyArray<Pick<ExperimentSummary, 'ranking'>>,
): TrialFacts {
  const values = Map.groupBy(
    runs.filter(({ value }) => value !== null),
    ({ variant }) => variant,
  )
  const sigmas =
    experiments
      .map(({ ranking }) => ranking.flatMap(({ state }) => (state?.sigma ? [state.sigma] : [])))
      .find((found) => found.length > 0) ?? []
  const around = phases ? [phases.threadStart, phases.moduleLoad, phases.resourcesOpen, phases.resourcesClose] : []
  return {
    values: new Map([...values].map(([variant, found]) => [variant, median(found.map(({ value }) => value!))])),
    overhead: around.reduce((sum: number, part) => sum + (part ?? 0), 0),
    sigma: sigmas.length === 0 ? null : median(sigmas),
  }
}

/**
 * What a preset means for this workflow: blocks × the sum over all arms of value and overhead, the warm-up block with it,
 * and the minimum detectable effect of `statistics` at the last look up to the cap. A variant that never ran is taken to be
 * as slow as the slowest that did. `null` where fewer than two variants are compared.
 */
export function estimateExperiment(request: EstimateRequest, facts: TrialFacts): ExperimentEstimate | null {
  const { preset, variants, maxBlocks, repeats = 1 } = request
  if (variants.length < 2) return null
  const plan = makePlan(preset, {
    comparisons: variants.length - 1,
    ...(maxBlocks === undefined ? {} : { cap: maxBlocks }),
  })
  const arms = (request.controlArm ?? plan.controlArm) ? [...variants, variants[0]!] : variants
  const first = plan.looks[0]!.blocks
  const slowest = Math.max(...facts.values.values())
  const trial = (variant: string) => (facts.values.get(variant) ?? slowest) * repeats + facts.overhead
  const block = facts.values.size === 0 ? null : arms.reduce((sum, variant) => sum + trial(variant), 0)
  const last = plan.looks.findLast(({ blocks }) => blocks <= plan.cap)
  return {
    plan,
    time: block === null ? null : { least: (first + 1) * block, most: (plan.cap + 1) * block },
    finds:
      facts.sigma === null || !last
        ? null
        : minimumDetectableEffect(facts.sigma, last.blocks, last.alpha / plan.comparisons),
  }
}

/** How long it takes, in words. */
export function timeText({ time }: ExperimentEstimate): string {
  if (time === null) return 'Nothing ran yet that says how long it takes'
  const [least, most] = [roughly(time.least), roughly(time.most)]
  return least === most ? `About ${most}` : `About ${least} to ${most}`
}

/** A duration that is only an estimate: 17 s, 1 min 10 s, 26 min. */
function roughly(nanoseconds: number): string {
  const seconds = nanoseconds / 1e9
  if (seconds < 57.5) return `${Math.max(1, Math.round(seconds))} s`
  const step = seconds < 600 ? 10e9 : 60e9
  return formatDuration(Math.round(nanoseconds / step) * step).replace(' 00 s', '')
}

/** What it finds, in words. */
export function findsText({ finds }: ExperimentEstimate): string {
  return finds === null
    ? 'What it can find is known after a first experiment'
    : `Finds changes from about ${formatShare(finds)} on`
}
