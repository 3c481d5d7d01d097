import { formatChange, formatChangeWithInterval, formatDuration, formatShare } from '../base/index.ts'
import type { Verdict } from '../statistics/index.ts'
import type { AdviceCard, ExperimentSection, Headline, Measured, RankingRow, RunSection } from './model.ts'

interface Sections {
  readonly experiments: readonly ExperimentSection[]
  readonly runs: readonly RunSection[]
  readonly advice: readonly AdviceCard[]
  /** Id of the recommendation that the report is about. */
  readonly proof: string | null
}

/** The report in one sentence: what was proved, else what was compared, else what ran. */
export function findHeadline({ experiments, runs, advice, proof }: Sections): Headline {
  const card = proof === null ? undefined : advice.find(({ id }) => id === proof)
  if (card?.measured) return proofHeadline(card, card.measured)
  const experiment = experiments[0]
  if (experiment) return experimentHeadline(experiment)
  const run = runs[0]
  if (run) return runHeadline(run)
  return { sentence: 'Nothing was measured yet: no data.', tone: 'none', basis: 'no experiment and no run' }
}

function proofHeadline(card: AdviceCard, measured: Measured): Headline {
  const { ratio, low, high, verdict, against } = measured
  const basis = `proof of “${card.title}” by experiment ${measured.experimentId}`
  if (verdict === 'different-result') {
    return {
      sentence: `${card.title}: refused, the patched workflow computes a different result.`,
      tone: 'failed',
      basis,
    }
  }
  if (ratio === null) return { sentence: `${card.title}: measured, without an estimate.`, tone: 'none', basis }
  const words = { inside: 'as predicted', better: 'better than predicted', worse: 'less than predicted' }
  const predicted = card.prediction.kind === 'range' ? `, predicted ${rangeText(card.prediction)}` : ''
  const relation = against === null ? '' : ` — ${words[against]}`
  const brought = `measured ${formatChangeWithInterval(ratio, low, high)}${predicted}${relation}`
  return { sentence: `${card.title}: ${brought}.`, tone: toneOf(verdict), basis }
}

/** A predicted range as change: −62.0 % to −41.5 %. */
function rangeText({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${formatChange(low)} to ${formatChange(high)}`
}

function experimentHeadline(experiment: ExperimentSection): Headline {
  const { ranking, design, id } = experiment
  const candidates = ranking.filter((row) => !row.baseline)
  const basis = `experiment ${id}, ${design.unit}`
  const first = candidates[0]
  if (!first)
    return { sentence: `${experiment.workflow}: one variant was measured, nothing to compare.`, tone: 'none', basis }
  // With several candidates the fastest one that is sure to be faster speaks for all.
  const winner = candidates.find((row) => row.verdict === 'faster') ?? candidates.find(isFaster)
  const chosen = winner ?? (candidates.length === 1 ? first : undefined)
  if (chosen) return { sentence: `${chosen.sentence}.`, tone: toneOf(chosen.verdict), basis }
  const baseline = ranking.find((row) => row.baseline)?.name ?? 'the baseline'
  const pending = candidates.every((row) => row.verdict === null)
  if (pending) return { sentence: `No variant has a verdict yet; ${first.sentence}.`, tone: 'none', basis }
  const slower = candidates.every((row) => toneOf(row.verdict) === 'slower')
  return {
    sentence: slower
      ? `Every variant is slower than ${baseline}.`
      : `No variant is shown to be faster than ${baseline}.`,
    tone: slower ? 'slower' : 'none',
    basis,
  }
}

function runHeadline(run: RunSection): Headline {
  const basis = `run ${run.id}`
  if (run.value === null) return { sentence: `${run.workflow} ${run.sentence}`, tone: 'failed', basis }
  const slowest = run.critical?.nodes[0]
  const where = slowest?.name ? `; ${formatShare(slowest.share)} of its critical path is ${slowest.name}` : ''
  return { sentence: `${run.workflow} took ${formatDuration(run.value)}${where}.`, tone: 'none', basis }
}

function isFaster(row: RankingRow): boolean {
  return toneOf(row.verdict) === 'faster'
}

function toneOf(verdict: Verdict | null): Headline['tone'] {
  if (verdict === 'faster' || verdict === 'faster-maybe-negligible') return 'faster'
  if (verdict === 'slower' || verdict === 'slower-maybe-negligible') return 'slower'
  return verdict === 'different-result' || verdict === 'unreliable' ? 'failed' : 'none'
}
