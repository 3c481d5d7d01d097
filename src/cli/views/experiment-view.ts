import type { Colors } from 'picocolors/types.js'
import { formatChangeWithInterval, formatCount, formatDuration } from '../../base/index.ts'
import { comparisonsOf, type ExperimentRecord, median, type RankedVariant, rankVariants } from '../../engine/index.ts'
import { formatTable } from '../table.ts'
import { formatMoment } from './moment.ts'
import { paramsText, patchText } from './patch-text.ts'

/** The verdict sentences, one per candidate; what is no verdict yet, in grey. */
export function verdictLines(record: ExperimentRecord, colours: Colors): string[] {
  return comparisonsOf(record).map(({ sentence, verdict }) =>
    verdict === null ? colours.dim(sentence) : colours.bold(sentence),
  )
}

/** A row of the ranking, with what is computed from its trials. */
export interface RankingRow extends RankedVariant {
  /** Median wall time of its counted trials in nanoseconds; `null` where none has a result. */
  readonly median: number | null
  /** Counted trials, and those of them without a result. */
  readonly trials: number
  readonly failed: number
}

/** Variants by their estimate, fastest first. Trials of the warm-up block and of blocks that do not count are left out. */
export function rankingOf(record: ExperimentRecord): RankingRow[] {
  const counted = new Set(
    record.blocks.filter(({ warmUp, invalidated }) => !warmUp && invalidated === undefined).map(({ block }) => block),
  )
  return rankVariants(record).map((row) => {
    const trials = record.trials.filter(({ variant, block }) => variant === row.variant && counted.has(block))
    const values = trials.map(({ value }) => value).filter((value) => value !== null)
    const middle = values.length > 0 ? median(Float64Array.from(values)) : null
    return { ...row, median: middle, trials: trials.length, failed: trials.length - values.length }
  })
}

/** The ranking as a table: no effect without its interval. */
export function rankingTable(record: ExperimentRecord, colours: Colors): string[] {
  const level = record.look?.kind === 'look' ? ` [${wholeShare(record.look.level)} interval]` : ''
  const rows = rankingOf(record).map((row, place) => [
    String(place + 1),
    row.name,
    row.median === null ? 'no data' : formatDuration(row.median),
    effectText(row),
    row.baseline ? '' : (row.verdict ?? 'no verdict yet'),
    formatCount(row.trials),
    row.failed > 0 ? formatCount(row.failed) : '',
    patchText(record.settings.variants[row.variant]?.patch ?? {}),
  ])
  const columns = [
    { title: '' },
    { title: 'variant' },
    { title: 'median', align: 'right' as const },
    { title: `effect${level}`, align: 'right' as const },
    { title: 'verdict' },
    { title: 'trials', align: 'right' as const },
    { title: 'failed', align: 'right' as const },
    { title: 'changes' },
  ]
  return formatTable(columns, rows, { title: colours.dim })
}

function effectText(row: RankedVariant): string {
  if (row.baseline) return '—'
  // Before the first look an estimate has no interval, and is not shown without one.
  if (row.ratio === null || row.state === null || row.verdict === 'different-result') return 'no data'
  return formatChangeWithInterval(row.ratio, row.low, row.high)
}

/** What was compared, how, and how it ended. */
export function experimentFacts(record: ExperimentRecord): Array<readonly [string, string | undefined]> {
  const { settings, plan, results, blocks } = record
  const looks = plan.looks.map((look) => look.blocks).join(', ')
  const counted = blocks.filter(({ warmUp, invalidated }) => !warmUp && invalidated === undefined).length
  const control = plan.controlArm ? ', with an A/A arm' : ''
  const ended = record.endedAt === null ? '' : `, took ${formatDuration((record.endedAt - record.startedAt) * 1e6)}`
  return [
    ['experiment', record.id],
    ['workflow', `${settings.workflow}  ${settings.file}`],
    ['started', `${formatMoment(record.startedAt)}${ended}`],
    ['status', `${record.status}${record.stop === null ? '' : `: ${stopWords[record.stop]}`}`],
    [
      'plan',
      `${plan.preset}, looks at ${looks} blocks, at most ${plan.cap}${control}; α ${plan.alpha}, ±${wholeShare(settings.rope)} does not matter`,
    ],
    ['blocks', `${formatCount(counted)} counted, ${formatCount(record.trials.length)} trials in all`],
    ['params', paramsText(settings.params)],
    ['seed', String(settings.seed)],
    ['results', resultsText(results)],
    ['for', settings.recommendation === undefined ? undefined : `proof of recommendation ${settings.recommendation}`],
  ]
}

/** A share that somebody chose, with no more digits than they gave: 2 %, 99.5 %. */
function wholeShare(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`
}

const stopWords: Readonly<Record<NonNullable<ExperimentRecord['stop']>, string>> = {
  decided: 'every comparison is decided',
  unreliable: 'no comparison can be relied on',
  cap: 'the cap of its plan was reached',
  'last-look': 'the plan has no more looks',
  'time-budget': 'the time budget was used up',
  cancelled: 'cancelled',
  'too-noisy': 'too noisy to decide',
  failed: 'trials failed',
}

function resultsText({ compared, differences, reference }: ExperimentRecord['results']): string {
  if (reference === null) return 'no data'
  if (differences.length === 0) return `all ${formatCount(compared)} compared results are the same`
  return `${formatCount(differences.length)} of ${formatCount(compared)} compared results differ: ${differences[0]?.how}`
}

/** One row per block: its order and the time of each variant. */
export function blockTable(record: ExperimentRecord, colours: Colors): string[] {
  const names = record.settings.variants.map(({ name }) => name)
  if (record.plan.controlArm) names.push('control')
  const rows = record.blocks.map(({ block, order, warmUp, invalidated }) => [
    warmUp ? 'warm-up' : String(block + 1),
    order.map((variant) => names[variant] ?? String(variant)).join(' '),
    ...names.map((_, variant) => {
      const trial = record.trials.find((candidate) => candidate.block === block && candidate.variant === variant)
      if (!trial) return 'no data'
      return trial.value === null ? trial.reason : formatDuration(trial.value)
    }),
    invalidated ?? '',
  ])
  const columns = [
    { title: 'block', align: 'right' as const },
    { title: 'order' },
    ...names.map((title) => ({ title, align: 'right' as const })),
    { title: 'not counted' },
  ]
  return formatTable(columns, rows, { title: colours.dim })
}
