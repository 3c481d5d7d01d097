import { type Comparison, comparisonsOf, type ExperimentRecord } from '../src/analysis/index.ts'
import { formatChangeWithInterval, formatDuration, formatShare } from '../src/base/index.ts'
import { formatTable } from '../src/cli/table.ts'
import { median } from '../src/statistics/index.ts'
import type { AaExperiment } from './aa-experiments.ts'

/** One experiment of the A/A test and what came out. */
export interface AaResult {
  readonly experiment: AaExperiment
  /** Absent where it could not be measured. */
  readonly record?: ExperimentRecord
  /** Why it could not be measured. */
  readonly error?: string
}

/** What the whole test says. */
export interface AaSummary {
  /** Experiments on identical variants that have a verdict. */
  readonly identical: number
  /** Those that say there is a difference, whatever its size. */
  readonly different: number
  /** Those that say it is larger than the region of indifference. */
  readonly strongly: number
  readonly plants: number
  readonly found: number
  /** Experiments without a verdict, and those in which identical variants computed something else. */
  readonly failed: number
  readonly passes: boolean
}

/**
 * Judges the test: at most one experiment on identical variants may say that there is a difference, none strongly, and
 * every planted difference must be found. A significant effect within the region of indifference is a difference too. A
 * test in which anything has no verdict, or that measured nothing, does not pass.
 */
export function summarise(results: readonly AaResult[]): AaSummary {
  const judged = results.map((result) => ({ result, comparison: comparisonOf(result) }))
  const decided = judged.filter(({ comparison }) => comparison?.state && comparison.verdict !== 'different-result')
  const identical = decided.filter(({ result }) => result.experiment.expected === 'none')
  const different = identical.filter(({ comparison }) => comparison!.state!.significant).length
  const isStrong = ({ verdict }: Comparison) => verdict === 'faster' || verdict === 'slower'
  const strongly = identical.filter(({ comparison }) => isStrong(comparison!)).length
  const plants = results.filter(({ experiment }) => experiment.expected !== 'none').length
  const found = decided.filter(
    ({ result, comparison }) =>
      result.experiment.expected !== 'none' && comparison!.verdict?.startsWith(result.experiment.expected),
  ).length
  const failed = results.length - decided.length
  const measured = identical.length > 0 && plants > 0 && failed === 0
  const passes = measured && different <= 1 && strongly === 0 && found === plants
  return { identical: identical.length, different, strongly, plants, found, failed, passes }
}

/** The table of the test, a line for each experiment. */
export function tableOf(results: readonly AaResult[]): string[] {
  const rows = results.map((result) => {
    const { experiment, record, error } = result
    const comparison = comparisonOf(result)
    const state = comparison?.state ?? null
    return [
      record?.id ?? '',
      experiment.workflow,
      experiment.what,
      record ? trialText(record) : '',
      state?.sigma ? formatShare(state.sigma) : '',
      state === null ? '' : String(comparison!.blocks),
      state === null || state.estimate === null
        ? 'no data'
        : formatChangeWithInterval(state.estimate, state.low, state.high),
      state === null ? '' : state.adjustedP.toPrecision(2),
      error ?? verdictText(record, comparison),
    ]
  })
  const right = { align: 'right' as const }
  return formatTable(
    [
      ...[{ title: 'experiment' }, { title: 'workflow' }, { title: 'variants' }, { title: 'trial', ...right }],
      { title: 'σ', ...right },
      ...[
        { title: 'blocks', ...right },
        { title: 'second ÷ first', ...right },
        { title: 'p', ...right },
      ],
      { title: 'verdict' },
    ],
    rows,
  )
}

/** The summary in words. */
export function summaryLines(summary: AaSummary): string[] {
  const { identical, different, strongly, plants, found, failed, passes } = summary
  return [
    `Of ${identical} experiments on identical variants, ${different} said that there is a difference (at most 1 may), ${strongly} strongly (none may).`,
    `Of ${plants} planted differences, ${found} were found.`,
    ...(failed > 0 ? [`${failed} have no verdict.`] : []),
    passes ? 'The A/A test passes.' : 'The A/A test FAILS.',
  ]
}

function verdictText(record: ExperimentRecord | undefined, comparison: Comparison | undefined): string {
  const ended = record && record.status !== 'finished' ? ` (${record.status})` : ''
  return `${comparison?.verdict ?? 'no verdict'}${comparison?.state?.detectable ? ', but detectable' : ''}${ended}`
}

function comparisonOf({ record }: AaResult): Comparison | undefined {
  return record && comparisonsOf(record)[0]
}

/** The median time of a trial of the first variant, warm-up left out. */
function trialText({ trials }: ExperimentRecord): string {
  const values = trials.flatMap(({ variant, block, value }) =>
    variant === 0 && block >= 0 && value !== null ? [value] : [],
  )
  return values.length === 0 ? 'no data' : formatDuration(median(values))
}
