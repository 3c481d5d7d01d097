import {
  comparisonsOf,
  contendersSentence,
  countArms,
  type ExperimentRecord,
  liveEstimatesOf,
  metricLabels,
  nameOfArm,
  nameOfBlock,
  type RankedVariant,
  rankVariants,
  secondaryMetricsOf,
  trialUnit,
} from '../analysis/index.ts'
import { formatCount } from '../base/index.ts'
import { median } from '../statistics/index.ts'
import type { Patch } from '../workflow/index.ts'
import type { EnvironmentList } from './environment-list.ts'
import { flagsOf } from './experiment-flags.ts'
import type {
  BlockLine,
  ExperimentDesign,
  ExperimentSection,
  RankingRow,
  ResultEquality,
  TrialDot,
  VariantSummary,
} from './model.ts'
import { toPlainObject, toPlainPatch } from './plain-data.ts'

const layoutCaveat =
  'One build of each variant was measured. How code and data happen to lie in memory moves times by 1 to 5 %, and more trials of the same build do not average that out: one layout is one draw.'

/** What an experiment asked, how it was made, what it says, and on which trials that rests. */
export function buildExperiment(record: ExperimentRecord, environments: EnvironmentList): ExperimentSection {
  const { id, settings, status, startedAt, endedAt } = record
  const counted = countedBlocks(record)
  const trials = record.trials.map((trial) => dotOf(record, trial, counted))
  const summary = (name: string, patch: Patch, arm: number) =>
    summarise(
      name,
      patch,
      trials.filter((dot) => dot.variant === arm),
    )
  const variants = settings.variants.map(({ name, patch }, arm) => summary(name, patch, arm))
  const last = settings.variants.length
  return {
    ...{ id, status, startedAt, endedAt, variants, trials },
    blocks: record.blocks.map((block) => lineOf(block, counted)),
    live: liveEstimatesOf(record),
    extensions: record.extensions ?? [],
    workflow: settings.workflow,
    file: settings.file,
    purpose: settings.purpose,
    recommendation: settings.recommendation ?? null,
    control: countArms(record) > last ? summary(nameOfArm(record, last), {}, last) : null,
    secondary: secondaryMetricsOf(record),
    question: questionOf(record),
    ended: endedText(record),
    environment: environments.add(record.environment, id),
    verdicts: comparisonsOf(record).map(({ sentence }) => sentence),
    contenders: contendersSentence(record),
    ranking: rankVariants(record).map(rankingRow),
    design: designOf(record, counted.size),
    results: equalityOf(record),
    flags: flagsOf(record),
    caveat: layoutCaveat,
  }
}

/** Blocks that the latest look rests on: valid, complete, and no more of them than it used. */
function countedBlocks(record: ExperimentRecord): Set<number> {
  const seen = new Map<number, Set<number>>()
  for (const { block, variant } of record.trials) {
    seen.set(block, (seen.get(block) ?? new Set()).add(variant))
  }
  const whole = record.blocks
    .filter(({ warmUp, invalidated, block }) => {
      return !warmUp && invalidated === undefined && seen.get(block)?.size === countArms(record)
    })
    .map(({ block }) => block)
    .sort((a, b) => a - b)
  return new Set(whole.slice(0, record.look?.blocks ?? 0))
}

function dotOf(
  record: ExperimentRecord,
  { runId, block, variant, value, reason, metrics }: ExperimentRecord['trials'][number],
  counted: ReadonlySet<number>,
): TrialDot {
  const of = record.blocks.find((candidate) => candidate.block === block)
  const why = of?.warmUp
    ? 'warm-up block'
    : of?.invalidated === undefined
      ? 'after the latest look, or in an incomplete block'
      : `block invalidated: ${of.invalidated}`
  const isCounted = counted.has(block)
  const position = of?.order.indexOf(variant) ?? -1
  return {
    ...{ runId, block, position: position < 0 ? null : position, variant, value, reason },
    ...{ counted: isCounted, leftOut: isCounted ? null : why },
    disturbances: (of?.disturbances ?? []).flatMap((found) => (found.variant === variant ? [found.how] : [])),
    metrics: metrics ?? null,
  }
}

function lineOf(
  { block, order, warmUp, invalidated, disturbances }: ExperimentRecord['blocks'][number],
  counted: ReadonlySet<number>,
): BlockLine {
  return {
    ...{ block, name: nameOfBlock(block, warmUp), warmUp, order, counted: counted.has(block) },
    ...{ invalidated: invalidated ?? null, disturbances: disturbances ?? [] },
  }
}

function summarise(name: string, patch: Patch, dots: readonly TrialDot[]): VariantSummary {
  const counted = dots.filter((dot) => dot.counted)
  const values = counted.flatMap(({ value }) => value ?? []).sort((a, b) => a - b)
  return {
    ...{ name, patch: toPlainPatch(patch) },
    counted: counted.length,
    failures: counted.length - values.length,
    median: values.length > 0 ? median(values) : null,
    min: values[0] ?? null,
    max: values.at(-1) ?? null,
  }
}

function rankingRow({ state: found, ...row }: RankedVariant): RankingRow {
  // What computes something else has no gain, and no p of one either.
  const state = row.verdict === 'different-result' ? null : found
  return {
    ...row,
    significant: state?.significant ?? null,
    p: state?.p ?? null,
    alwaysValidP: state?.alwaysValidP ?? null,
    adjustedP: state?.adjustedP ?? null,
    sigma: state?.sigma ?? null,
    minimumDetectable: state?.minimumDetectable ?? null,
    blocksToSettle: state?.blocksToSettle ?? null,
    crossCheck: state
      ? {
          ratio: state.crossCheck.estimate,
          low: state.crossCheck.low,
          high: state.crossCheck.high,
          p: state.crossCheck.p,
          disagrees: state.crossCheck.disagrees,
        }
      : null,
  }
}

function designOf(record: ExperimentRecord, blocksCounted: number): ExperimentDesign {
  const { plan, settings, look } = record
  const measured = record.blocks.filter(({ warmUp }) => !warmUp)
  const k = countArms(record)
  const blocks = `${formatCount(blocksCounted)} ${blocksCounted === 1 ? 'block' : 'blocks'}`
  const control = look?.kind === 'look' ? look.control : null
  return {
    preset: plan.preset,
    metric: metricLabels[settings.metric ?? 'wall'].label,
    seed: settings.seed,
    looks: plan.looks,
    alpha: plan.alpha,
    cap: plan.cap,
    comparisons: plan.comparisons,
    controlArm: plan.controlArm,
    control: control && { alwaysValidP: control.alwaysValidP, differs: control.differs },
    look: look?.kind === 'look' ? look.look : null,
    level: look?.kind === 'look' ? look.level : null,
    rope: settings.rope,
    blocksRun: measured.length,
    invalidated: measured.flatMap(({ block, invalidated }) =>
      invalidated === undefined ? [] : [{ block, why: invalidated }],
    ),
    blocksCounted,
    warmUpBlocks: record.blocks.length - measured.length,
    unit: `${blocks} of ${k} ${k === 1 ? 'trial' : 'trials'} in random order, ${trialUnit(record)}`,
    capture: settings.capture,
    params: toPlainObject(settings.params),
  }
}

function equalityOf({ results, settings }: ExperimentRecord): ResultEquality {
  const { reference, tolerance, compared, differences } = results
  const within = tolerance > 0 ? ` within a tolerance of ${tolerance}` : ''
  const of = new Set(differences.map(({ variant }) => settings.variants[variant]?.name ?? `variant ${variant}`))
  const sentence =
    reference === null || compared === 0
      ? 'No results were compared: no data.'
      : differences.length === 0
        ? `All ${formatCount(compared + 1)} results are equal${within}.`
        : `${formatCount(differences.length)} of ${formatCount(compared)} compared results differ from the baseline's: ${[...of].join(', ')}.`
  const equal = reference === null || compared === 0 ? null : differences.length === 0
  return { sentence, equal, reference, tolerance, compared, differences }
}

function questionOf({ settings }: ExperimentRecord): string {
  const [baseline, ...candidates] = settings.variants.map(({ name }) => name)
  const margin = `by more than ±${marginText(settings.rope)}`
  if (settings.purpose === 'proof')
    return `Does ${candidates.join(' and ')} hold what was predicted, against ${baseline}?`
  if (candidates.length === 0) return `How long does ${baseline ?? settings.workflow} take?`
  if (candidates.length === 1) return `Is ${candidates[0]} faster than ${baseline}, ${margin}?`
  return `Which of ${candidates.slice(0, -1).join(', ')} and ${candidates.at(-1)} is faster than ${baseline}, ${margin}?`
}

/** A margin as the user wrote it: 0.02 → 2 %. */
function marginText(rope: number): string {
  return `${Number((rope * 100).toPrecision(3))} %`
}

const stopTexts: Readonly<Record<NonNullable<ExperimentRecord['stop']>, string>> = {
  decided: 'every variant has a verdict',
  unreliable: 'no verdict can be relied on',
  cap: 'the plan’s cap of blocks was reached',
  'last-look': 'the plan’s last look was reached',
  'time-budget': 'the time budget was used up',
  cancelled: 'it was stopped by hand',
  'too-noisy': 'the machine was too noisy',
  'different-results': 'no variant computes what the baseline does',
  failed: 'it failed',
}

function endedText({ status, stop }: ExperimentRecord): string | null {
  if (stop !== null) return stopTexts[stop]
  return status === 'interrupted' ? 'the studio went away in the middle' : null
}
