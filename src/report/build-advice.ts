import type { Prediction, Proof } from '../advice/index.ts'
import type { ExperimentRecord } from '../analysis/index.ts'
import type { AdviceCard, LedgerRow, Measured } from './model.ts'
import { toPlain, toPlainPatch } from './plain-data.ts'
import type { ReportAdvice } from './report-input.ts'

type Experiments = readonly { readonly record: ExperimentRecord }[]

/** Recommendations as cards, in the order given. */
export function buildAdvice(advice: readonly ReportAdvice[], experiments: Experiments): AdviceCard[] {
  const titles = new Map(advice.map(({ recommendation }) => [recommendation.fingerprint, recommendation.title]))
  return advice.map(({ id, createdAt, recommendation }) => {
    const { rule, title, place, explanation, action, scope, evidence, base, changes, prediction, status } =
      recommendation
    return {
      ...{ id, createdAt, rule, title, place, explanation, action, scope, evidence, prediction, status },
      patch: recommendation.patch ? toPlainPatch(recommendation.patch) : null,
      base: { variant: base.variant, patch: toPlainPatch(base.patch) },
      changes: changes.map((change) => ({ ...change, from: toPlain(change.from), to: toPlain(change.to) })),
      measured: measuredOf(recommendation.proof, prediction, experiments),
      includes: recommendation.includes.flatMap((fingerprint) => titles.get(fingerprint) ?? []),
    }
  })
}

/** Every recommendation and what became of it, oldest first. */
export function buildLedger(advice: readonly ReportAdvice[], experiments: Experiments): LedgerRow[] {
  return advice
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map(({ id, createdAt, recommendation: { title, place, status, prediction, proof } }) => ({
      ...{ adviceId: id, createdAt, title, place, status, prediction },
      measured: measuredOf(proof, prediction, experiments),
    }))
}

function measuredOf(proof: Proof | undefined, prediction: Prediction, experiments: Experiments): Measured | null {
  if (!proof) return null
  const { experimentId, verdict } = proof
  // Proofs of older versions name a gain also where another result was computed.
  const none = { ratio: null, low: null, high: null }
  const { ratio, low, high } = verdict === 'different-result' ? none : proof
  const look = experiments.find(({ record }) => record.id === experimentId)?.record.look
  const level = look?.kind === 'look' ? look.level : null
  return { experimentId, ratio, low, high, verdict, level, against: compareWith(prediction, ratio) }
}

function compareWith(prediction: Prediction, ratio: number | null): Measured['against'] {
  if (prediction.kind === 'unknown' || ratio === null) return null
  if (ratio < prediction.low) return 'better'
  return ratio > prediction.high ? 'worse' : 'inside'
}
