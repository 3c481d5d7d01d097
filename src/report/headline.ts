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
  const card = findProof({ experiments, runs, advice, proof })
  if (card?.measured) return proofHeadline(card, card.measured)
  const experiment = experiments[0]
  if (experiment) return experimentHeadline(experiment)
  const run = runs[0]
  if (run) return runHeadline(run)
  const basis = 'no experiment and no run'
  return { sentence: 'Nothing was measured yet: no data.', tone: 'none', basis, experiment: null }
}

/** The recommendation asked for, else that of the last proof among the experiments. */
function findProof({ experiments, advice, proof }: Sections): AdviceCard | undefined {
  if (proof !== null) return advice.find(({ id }) => id === proof)
  const proofs = experiments.filter(({ purpose }) => purpose === 'proof').map(({ id }) => id)
  const about = (experiment: string) => advice.find(({ measured }) => measured?.experimentId === experiment)
  return proofs.map(about).findLast((card) => card !== undefined)
}

function proofHeadline(card: AdviceCard, measured: Measured): Headline {
  const { ratio, low, high, verdict, against, experimentId: experiment } = measured
  const basis = `proof of recommendation ${card.id} by experiment ${experiment}`
  const title = card.title.replace(/[.!]$/, '')
  if (verdict === 'different-result') {
    const sentence = `${title}: refused, the patched workflow computes a different result.`
    return { sentence, tone: 'failed', basis, experiment }
  }
  if (ratio === null) return { sentence: `${title}: measured, without an estimate.`, tone: 'none', basis, experiment }
  const words = { inside: 'as predicted', better: 'better than predicted', worse: 'less than predicted' }
  const predicted = card.prediction.kind === 'range' ? `, predicted ${rangeText(card.prediction)}` : ''
  const relation = against === null ? '' : ` — ${words[against]}`
  const brought = `measured ${formatChangeWithInterval(ratio, low, high)}${predicted}${relation}`
  return { sentence: `${title}: ${brought}.`, tone: toneOf(verdict), basis, experiment }
}

/** A predicted range as change: −62.0 % to −41.5 %. */
function rangeText({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${formatChange(low)} to ${formatChange(high)}`
}

function experimentHeadline({ workflow, ranking, design, id: experiment }: ExperimentSection): Headline {
  const candidates = ranking.filter((row) => !row.baseline)
  const basis = `experiment ${experiment}, ${design.unit}`
  const say = (sentence: string, tone: Headline['tone']): Headline => ({ sentence, tone, basis, experiment })
  const first = candidates[0]
  if (!first) return say(`${workflow}: one variant was measured, nothing to compare.`, 'none')
  // With several candidates the fastest one that is sure to be faster speaks for all.
  const winner = candidates.find((row) => row.verdict === 'faster') ?? candidates.find(isFaster)
  const chosen = winner ?? (candidates.length === 1 ? first : undefined)
  if (chosen) return say(`${chosen.sentence}.`, toneOf(chosen.verdict))
  if (candidates.every((row) => row.verdict === null))
    return say(`No variant has a verdict yet; ${first.sentence}.`, 'none')
  const baseline = ranking.find((row) => row.baseline)?.name ?? 'the baseline'
  if (candidates.every((row) => toneOf(row.verdict) === 'slower'))
    return say(`Every variant is slower than ${baseline}.`, 'slower')
  return say(`No variant is shown to be faster than ${baseline}.`, 'none')
}

function runHeadline(run: RunSection): Headline {
  const basis = `run ${run.id}`
  if (run.value === null)
    return { sentence: `${run.workflow} ${run.sentence}`, tone: 'failed', basis, experiment: null }
  const slowest = run.critical?.nodes[0]
  const where = slowest?.name ? `; ${formatShare(slowest.share)} of its critical path is ${slowest.name}` : ''
  return {
    sentence: `${run.workflow} took ${formatDuration(run.value)}${where}.`,
    tone: 'none',
    basis,
    experiment: null,
  }
}

function isFaster(row: RankingRow): boolean {
  return toneOf(row.verdict) === 'faster'
}

function toneOf(verdict: Verdict | null): Headline['tone'] {
  if (verdict === 'faster' || verdict === 'faster-maybe-negligible') return 'faster'
  if (verdict === 'slower' || verdict === 'slower-maybe-negligible') return 'slower'
  return verdict === 'different-result' || verdict === 'unreliable' ? 'failed' : 'none'
}
