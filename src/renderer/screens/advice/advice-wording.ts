import type { EvidenceNumber, Prediction, Proof, Recommendation, RecommendationStatus } from '../../../advice/index.ts'
import { formatChange, formatCount, formatDuration, formatNumber, formatShare } from '../../../base/index.ts'
import type { AdviceEntry } from '../../../protocol/index.ts'

/** What became of a recommendation, in two words and a sign that is not colour alone. */
export const statusWords: Readonly<Record<RecommendationStatus, string>> = {
  open: '○ not tried',
  applied: '◐ being measured',
  proved: '● proved',
  refuted: '⊘ refuted',
  undecided: '? undecided',
  refused: '✕ refused',
}

/** A number that a finding rests on, in its unit. */
export function evidenceText({ value, unit }: EvidenceNumber): string {
  switch (unit) {
    case 'ns':
      return formatDuration(value)
    case 'share':
      return formatShare(value)
    case 'count':
      return formatCount(value)
    case 'ratio':
      return formatNumber(value)
  }
}

/** What to expect, from best to worst case. */
export function predictionText(prediction: Prediction): string {
  if (prediction.kind === 'unknown') return 'range unknown'
  return `${formatChange(prediction.low)} to ${formatChange(prediction.high)}`
}

/** Where the measured gain lies against what was predicted; `null` where nothing can be said. */
export function againstPrediction(prediction: Prediction, proof: Proof): string | null {
  if (prediction.kind === 'unknown' || proof.ratio === null || proof.verdict === 'different-result') return null
  if (proof.ratio < prediction.low) return 'more than predicted'
  return proof.ratio > prediction.high ? 'less than predicted' : 'within the prediction'
}

/** The measured effect; a variant that computes something else has none. */
export function measuredEffect(proof: Proof | undefined): (Proof & { readonly ratio: number }) | null {
  if (!proof || proof.ratio === null || proof.verdict === 'different-result') return null
  return { ...proof, ratio: proof.ratio }
}

/** What there is to do comes first, by its best case; then what was tried, latest first. */
export function sortAdvice(entries: readonly AdviceEntry[]): AdviceEntry[] {
  const isOpen = ({ recommendation: { status } }: AdviceEntry) => status === 'open' || status === 'applied'
  const best = ({ recommendation: { prediction, patch } }: AdviceEntry) =>
    (prediction.kind === 'range' ? prediction.low : 1) + (patch ? 0 : 1)
  return entries.toSorted((a, b) => {
    if (isOpen(a) !== isOpen(b)) return isOpen(a) ? -1 : 1
    return isOpen(a) ? best(a) - best(b) : b.createdAt - a.createdAt
  })
}

/** Titles of recommendations that one contains: their gains do not add up. */
export function includedTitles({ includes }: Recommendation, entries: readonly AdviceEntry[]): string[] {
  return entries
    .filter(({ recommendation }) => includes.includes(recommendation.fingerprint))
    .map(({ recommendation }) => recommendation.title)
}
