import type { Colors } from 'picocolors/types.js'
import { formatChangeWithInterval, formatCount, formatDuration, formatShare } from '../../base/index.ts'
import {
  comparisonsOf,
  contendersOf,
  countArms,
  type ExperimentRecord,
  invalidationsByArm,
  liveEstimatesOf,
  liveText,
  median,
  medianIntervalText,
  metricLabels,
  nameOfArm,
  nameOfBlock,
  quantityText,
  type RankedVariant,
  rankVariants,
  secondaryEffectText,
  secondaryMetricsOf,
  secondaryName,
  trialUnit,
  valuesByArm,
} from '../../engine/index.ts'
import { formatTable } from '../table.ts'
import { shorten } from '../text-width.ts'
import { formatMoment } from './moment.ts'
import { paramsText, patchText } from './patch-text.ts'

/** The verdict sentences, one per candidate; what is no verdict yet, in grey. */
export function verdictLines(record: ExperimentRecord, colours: Colors): string[] {
  return comparisonsOf(record).map(({ sentence, verdict }) =>
    verdict === null ? colours.dim(sentence) : colours.bold(sentence),
  )
}

export { secondaryMetricsOf }

/** What became of `--max-blocks` where the plan could not take it as it was; nothing where it could. */
export function capLine({ plan }: Pick<ExperimentRecord, 'plan'>, asked: number | undefined): string | undefined {
  if (asked === undefined || asked === plan.cap) return undefined
  return asked < plan.cap
    ? `note: --max-blocks ${asked} is not enough for a verdict: the first look needs ${formatCount(plan.cap)} blocks.`
    : `note: --max-blocks ${asked} adds nothing: the last look of preset ${plan.preset} is at ${formatCount(plan.cap)} blocks.`
}

/** Names of the variants that may still be the fastest; `null` before the first block, or with one variant left. */
export function contenderNames(record: ExperimentRecord): string[] | null {
  return contendersOf(record)?.contenders.map((variant) => record.settings.variants[variant]?.name ?? '') ?? null
}

/** What is known before the first look, and after the latest: to be printed in grey. Nothing where the look has it all. */
export function liveLine(record: ExperimentRecord): string | undefined {
  const live = liveEstimatesOf(record)
  // While it goes on, the progress says it.
  return live === null || record.status === 'running' ? undefined : liveText(live, false)
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
  if (record.plan.controlArm) rows.push(controlRow(record))
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

/** The control arm, which is the baseline under another label, and has no place in the ranking. */
function controlRow(record: ExperimentRecord): string[] {
  const values = valuesByArm(record, ({ value }) => value ?? undefined)[record.settings.variants.length] ?? []
  const measured = values.filter((value) => value !== undefined)
  const control = record.look?.kind === 'look' ? record.look.control : null
  const verdict = control === null ? 'no verdict yet' : control.differs ? 'differs: unreliable' : 'no difference found'
  const failed = values.length - measured.length
  return [
    ...['', 'control', measured.length === 0 ? 'no data' : formatDuration(median(measured)), '—', verdict],
    ...[formatCount(values.length), failed > 0 ? formatCount(failed) : '', 'the baseline once more'],
  ]
}

/** Other metrics than the one that the verdict is about: medians, and unadjusted 95 % intervals. */
export function secondaryTable(record: ExperimentRecord, colours: Colors): string[] {
  const rows = secondaryMetricsOf(record).flatMap((metric) =>
    metric.rows.map((row, place) => [
      place === 0 ? secondaryName(metric) : '',
      record.settings.variants[row.variant]?.name ?? '',
      row.median === null ? 'no data' : quantityText(row.median, metric.unit),
      medianIntervalText(row, metric) ?? '',
      row.effect === null ? '' : secondaryEffectText(row.effect, metric),
    ]),
  )
  const columns = [
    { title: 'also measured' },
    { title: 'variant' },
    { title: 'median', align: 'right' as const },
    { title: '[95 %]', align: 'right' as const },
    { title: 'against the baseline [95 %, unadjusted]', align: 'right' as const },
  ]
  return formatTable(columns, rows, { title: colours.dim })
}

function effectText(row: RankedVariant): string {
  if (row.baseline) return '—'
  // Before the first look an estimate has no interval, and is not shown without one.
  if (row.ratio === null || row.state === null) return 'no data'
  return formatChangeWithInterval(row.ratio, row.low, row.high)
}

/** What was compared, how, and how it ended. */
export function experimentFacts(record: ExperimentRecord): Array<readonly [string, string | undefined]> {
  const { settings, plan, results, blocks } = record
  const looks = plan.looks.map((look) => look.blocks).join(', ')
  const counted = blocks.filter(({ warmUp, invalidated }) => !warmUp && invalidated === undefined).length
  const control = plan.controlArm ? ', with a control arm' : ''
  const discarded = blocks.filter(({ invalidated }) => invalidated !== undefined).length
  const left = discarded === 0 ? '' : `, ${formatCount(discarded)} discarded`
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
    ['blocks', `${formatCount(counted)} counted, ${formatCount(record.trials.length)} trials in all${left}`],
    ['disturbed', disturbedText(record)],
    ['unit', trialUnit(record)],
    ['metric', metricLabels[settings.metric ?? 'wall'].label],
    ['command', settings.commands && commandText(settings.commands)],
    ['spread', spreadText(record)],
    ['control', controlText(record)],
    ['params', paramsText(settings.params)],
    ['seed', String(settings.seed)],
    ['results', resultsText(results)],
    ['for', settings.recommendation === undefined ? undefined : `proof of recommendation ${settings.recommendation}`],
  ]
}

/** σ of one trial and what these blocks can find, per candidate; nothing before the first look. */
function spreadText({ look, settings }: ExperimentRecord): string | undefined {
  if (look?.kind !== 'look') return undefined
  const parts = look.candidates.map(({ sigma, minimumDetectable }, place) => {
    if (sigma === null || minimumDetectable === null) return `${settings.variants[place + 1]?.name}: no data`
    return `${settings.variants[place + 1]?.name}: σ ${formatShare(sigma)} of a trial, finds ${formatShare(minimumDetectable)}`
  })
  return parts.join('; ')
}

/** Which arms' trials were what blocks were discarded for. */
function disturbedText(record: ExperimentRecord): string | undefined {
  const arms = invalidationsByArm(record).filter(({ trials }) => trials > 0)
  if (arms.length === 0) return undefined
  const parts = arms.map(({ arm, trials }) => `${nameOfArm(record, arm)} ${formatCount(trials)}`)
  return `discarded for trials of ${parts.join(', ')}`
}

function controlText({ look, plan }: ExperimentRecord): string | undefined {
  if (!plan.controlArm) return undefined
  if (look?.kind !== 'look' || !look.control) return 'no verdict yet'
  const p = `p ${look.control.alwaysValidP.toPrecision(2)}`
  return look.control.differs
    ? `differs from the baseline, ${p}: unreliable session`
    : `no different from the baseline, ${p}`
}

function commandText({ shell, timer, directory }: NonNullable<ExperimentRecord['settings']['commands']>): string {
  const how = shell === 'none' ? 'run directly' : `run by ${shell} -c, whose start is part of the times`
  const taken = timer === 'shell' ? 'taken right around them' : 'taken from this process, with what starting one costs'
  return `${how}; times ${taken}; in ${directory}`
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
  'too-noisy': 'environment too noisy: too many blocks were disturbed',
  'different-results': 'every variant computes something else than the baseline',
  failed: 'trials failed',
}

function resultsText({ compared, differences, reference }: ExperimentRecord['results']): string {
  if (reference === null) return 'no data'
  if (differences.length === 0) return `all ${formatCount(compared)} compared results are the same`
  return `${formatCount(differences.length)} of ${formatCount(compared)} compared results differ: ${differences[0]?.how}`
}

/** One row per block: its order and the time of each variant. */
export function blockTable(record: ExperimentRecord, colours: Colors): string[] {
  // Of commands the beginning has to do: the whole ones stand above.
  const names = Array.from({ length: countArms(record) }, (_, arm) => shorten(nameOfArm(record, arm), longestArm))
  const rows = record.blocks.map(({ block, order, warmUp, invalidated, disturbances }) => [
    nameOfBlock(block, warmUp),
    order.map((variant) => names[variant] ?? String(variant)).join(' '),
    ...names.map((_, variant) => {
      const trial = record.trials.find((candidate) => candidate.block === block && candidate.variant === variant)
      if (!trial) return 'no data'
      return trial.value === null ? trial.reason : formatDuration(trial.value)
    }),
    invalidated ?? '',
    invalidated === undefined ? disturbanceText(names, disturbances ?? []) : '',
  ])
  const columns = [
    { title: 'block', align: 'right' as const },
    { title: 'order' },
    ...names.map((title) => ({ title, align: 'right' as const })),
    { title: 'not counted' },
    { title: 'disturbed' },
  ]
  return formatTable(columns, rows, { title: colours.dim })
}

/** Characters of an arm's name in the table of blocks. */
const longestArm = 24

/** What was seen in which trials of a block that was not discarded for it. */
function disturbanceText(
  names: readonly string[],
  disturbances: NonNullable<ExperimentRecord['blocks'][number]['disturbances']>,
): string {
  return disturbances.map(({ variant, how }) => `${names[variant] ?? variant}: ${how}`).join('; ')
}
