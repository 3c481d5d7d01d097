import { formatChange, formatChangeWithInterval } from '../base/index.ts'
import type { CandidateState, Verdict } from '../statistics/index.ts'
import { armsWithoutResult, contendersOf, countedBlocks, nameOfArm } from './experiment-arms.ts'
import type { ExperimentRecord } from './experiment-record.ts'

/** What an experiment says about one candidate against the baseline. */
export interface Comparison {
  /** Index into the settings' variants. */
  readonly variant: number
  readonly name: string
  /** `null` before the first look. `different-result` wherever one of its runs computed something else. */
  readonly verdict: Verdict | null
  /** Candidate ÷ baseline: below 1 is faster. `null` where there is no estimate, or another result: that has no gain. */
  readonly ratio: number | null
  /** Interval of the ratio; `null` is unbounded, or not there before the first look. */
  readonly low: number | null
  readonly high: number | null
  /** Level of the interval, such as 0.96; `null` before the first look. */
  readonly level: number | null
  /** Blocks that the numbers rest on. */
  readonly blocks: number
  /** All that the look says; `null` before the first. */
  readonly state: CandidateState | null
  /** The verdict as one sentence with its interval. */
  readonly sentence: string
}

/** Every candidate against the baseline at the latest look, in the order of the settings. */
export function comparisonsOf(record: ExperimentRecord): Comparison[] {
  const { look, settings, results } = record
  return settings.variants.slice(1).map(({ name }, place) => {
    const variant = place + 1
    const state = look?.kind === 'look' ? (look.candidates[place] ?? null) : null
    const different = results.differences.some((difference) => difference.variant === variant)
    const pending = look?.kind === 'pending' ? (look.estimates[place] ?? null) : null
    const comparison = {
      variant,
      name,
      verdict: different ? ('different-result' as const) : (state?.verdict ?? null),
      ratio: different ? null : state ? state.estimate : pending,
      low: different ? null : (state?.low ?? null),
      high: different ? null : (state?.high ?? null),
      level: look?.kind === 'look' ? look.level : null,
      blocks: look?.blocks ?? 0,
      state,
    }
    const next = look ? look.nextLook : (record.plan.looks[0]?.blocks ?? null)
    const sentence =
      (comparison.verdict === null && withoutResultText(record, variant)) ||
      verdictSentence(comparison, { rope: settings.rope, nextLook: next })
    return { ...comparison, sentence }
  })
}

/** Said where an experiment ended before its first look because trials never had a result; `null` elsewhere. */
function withoutResultText(record: ExperimentRecord, variant: number): string | null {
  if (record.stop !== 'failed') return null
  const name = nameOfArm(record, variant)
  const blocks = countedBlocks(record).length
  const failed = armsWithoutResult(record)
  if (failed.includes(variant)) return `${name} has no verdict: all of its ${blocks} trials failed`
  return failed.includes(0) ? `${name} has no verdict: all ${blocks} trials of ${nameOfArm(record, 0)} failed` : null
}

/** Of several candidates: which may still be the fastest. `null` where the verdict says it, and before the first look. */
export function contendersSentence(record: ExperimentRecord): string | null {
  if (record.settings.variants.length < 3 || record.look?.kind !== 'look') return null
  const names = contendersOf(record)?.contenders.map((variant) => nameOfArm(record, variant))
  if (names === undefined) return null
  const last = names.at(-1)
  if (names.length > 1) {
    return `May be the fastest: ${names.slice(0, -1).join(', ')} or ${last} (none is significantly slower than the leader).`
  }
  const hasLeftOut = comparisonsOf(record).some(
    ({ verdict }) => verdict === 'different-result' || verdict === 'unreliable',
  )
  return `Fastest: ${last}, and all others${hasLeftOut ? ' with a verdict' : ''} are significantly slower.`
}

/**
 * A verdict in words, never without its interval: `batched is 18.3 % faster [−20.1, −16.4]`. "Not significant" never reads
 * as "the same". `rope` is the region of indifference (0.02 is ±2 %), `nextLook` the blocks at the next verdict.
 */
function verdictSentence(
  comparison: Omit<Comparison, 'sentence' | 'variant' | 'level'>,
  { rope, nextLook }: { readonly rope: number; readonly nextLook: number | null },
): string {
  const { name, verdict, ratio, low, high, state, blocks } = comparison
  const threshold = `${Number((rope * 100).toPrecision(3))} %`
  const margin = `±${threshold}`
  const interval = ratio === null ? '' : ` ${bracketsOf(ratio, low, high)}`
  const size = ratio === null ? '' : sizeOf(ratio)
  switch (verdict) {
    case 'different-result':
      return `${name} computes a different result, so that its time says nothing`
    case 'faster':
    case 'slower':
      return `${name} is ${size} ${verdict}${interval}`
    case 'equivalent':
      return `${name}: no change beyond ${margin}${interval}${state?.detectable ? ', but a detectable one' : ''}`
    case 'faster-maybe-negligible':
    case 'slower-maybe-negligible': {
      const word = verdict === 'faster-maybe-negligible' ? 'faster' : 'slower'
      return `${name} is ${size} ${word}${interval}: may be below your ${threshold} threshold`
    }
    case 'inconclusive':
      return `${name} is undecided: ${rangeOf(low, high)}${settleText(state, margin)}`
    case 'unreliable':
      return `${name} has no reliable verdict: ${unreliableText(state)}`
    case null: {
      const soFar = ratio === null ? '' : `, ${formatChange(ratio)} so far`
      const when = nextLook === null ? '' : `: the first comes at block ${nextLook}`
      return `${name} has no verdict yet${when} (${blocks} done${soFar})`
    }
  }
}

/** Variants by their estimate, fastest first, the baseline among them with a ratio of 1; those without a usable ratio last. */
export function rankVariants(record: ExperimentRecord): RankedVariant[] {
  const baseline = record.settings.variants[0]
  const rows: RankedVariant[] = comparisonsOf(record).map((comparison) => ({ ...comparison, baseline: false }))
  if (baseline) rows.push({ ...baselineRow(record), name: baseline.name })
  const usable = (row: RankedVariant) => row.ratio !== null && row.verdict !== 'different-result'
  return rows.sort(
    (a, b) =>
      Number(usable(b)) - Number(usable(a)) ||
      (a.ratio ?? Number.POSITIVE_INFINITY) - (b.ratio ?? Number.POSITIVE_INFINITY) ||
      a.variant - b.variant,
  )
}

/** A row of a ranking. The baseline has no verdict, and by definition a ratio of 1: `null` before the first whole block. */
export interface RankedVariant extends Comparison {
  readonly baseline: boolean
}

function baselineRow(record: ExperimentRecord): Omit<RankedVariant, 'name'> {
  return {
    ...{ variant: 0, baseline: true, verdict: null, low: null, high: null, level: null, state: null },
    ratio: record.look === null ? null : 1,
    blocks: record.look?.blocks ?? 0,
    sentence: 'baseline',
  }
}

function bracketsOf(ratio: number, low: number | null, high: number | null): string {
  const text = formatChangeWithInterval(ratio, low, high)
  return text.slice(text.indexOf('['))
}

function sizeOf(ratio: number): string {
  return formatChange(ratio).replace(/^[−+]/, '')
}

function rangeOf(low: number | null, high: number | null): string {
  if (low === null && high === null) return 'too few blocks for an interval'
  const side = (ratio: number | null, unbounded: string) => (ratio === null ? unbounded : formatChange(ratio))
  return `between ${side(low, '−∞')} and ${side(high, '+∞')}`
}

function settleText(state: CandidateState | null, margin: string): string {
  const blocks = state?.blocksToSettle ?? null
  return blocks === null ? '' : `; about ${blocks} more blocks would settle ${margin}`
}

function unreliableText(state: CandidateState | null): string {
  if (state?.unreliable === 'control-differs') return 'the baseline differs from itself in this session'
  const failures = state?.failures
  return failures
    ? `too many trials failed (${failures.candidate} of its own, ${failures.baseline} of the baseline's)`
    : 'too many trials failed'
}
