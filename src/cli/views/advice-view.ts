import type { Colors } from 'picocolors/types.js'
import {
  formatChange,
  formatChangeWithInterval,
  formatCount,
  formatDuration,
  formatNumber,
  formatShare,
} from '../../base/index.ts'
import type { AdviceEntry, EvidenceNumber, Prediction, Proof, Recommendation } from '../../engine/index.ts'
import { formatPairs } from '../table.ts'
import { changesText } from './patch-text.ts'

/**
 * A recommendation: what was found, what to do, what it would bring and what it brought. A `brief` one leaves out what
 * the numbers assume.
 */
export function adviceLines(entry: AdviceEntry, colours: Colors, length: 'brief' | 'whole' = 'whole'): string[] {
  const { recommendation } = entry
  const { evidence, proof } = recommendation
  const spans = `${formatCount(evidence.spanCount)} ${evidence.spanCount === 1 ? 'span' : 'spans'} of run ${evidence.runId}`
  const numbers = evidence.numbers.map(numberText).join(', ')
  const basis = recommendation.prediction.kind === 'range' ? recommendation.prediction.basis : undefined
  const pairs: Array<readonly [string, string | undefined]> = [
    ['do', recommendation.action],
    ['change', recommendation.changes.length > 0 ? changesText(recommendation.changes) : 'by hand: no knob can do it'],
    ['predicted', predictionText(recommendation.prediction)],
    ['basis', length === 'whole' ? basis : undefined],
    ['measured', proof ? proofText(proof, recommendation.prediction) : 'not measured yet'],
    ['evidence', numbers === '' ? spans : `${spans}: ${numbers}`],
    ['why', recommendation.explanation],
    ['scope', length === 'whole' ? recommendation.scope : undefined],
  ]
  const head = `${colours.bold(recommendation.title)}  ${colours.dim(`${entry.id}  ${recommendation.rule}  ${recommendation.status}`)}`
  return [head, ...formatPairs(pairs, { title: colours.dim }).map((line) => `  ${line}`)]
}

/** What to expect, as changes of the whole run's time. */
function predictionText(prediction: Prediction): string {
  if (prediction.kind === 'unknown') return `range unknown: ${prediction.why}`
  return `${predictedRange(prediction)} of the run's time`
}

/** The range of a prediction as changes of the time: from its best to its worst case. */
export function predictedRange({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${formatChange(low)} to ${formatChange(high)}`
}

/** What came out, held against what was predicted. */
function proofText(proof: Proof, prediction: Prediction): string {
  const { ratio, verdict, experimentId } = proof
  const against = verdict === 'different-result' || ratio === null ? '' : `, ${heldAgainst(ratio, prediction)}`
  return `${measuredEffect(proof)} ${verdict}${against} (experiment ${experimentId})`
}

/** The effect of a proof with its interval; none where another result was computed, whatever the ledger has kept. */
export function measuredEffect({ ratio, low, high, verdict }: Proof): string {
  return ratio === null || verdict === 'different-result' ? 'no data' : formatChangeWithInterval(ratio, low, high)
}

function heldAgainst(ratio: number, prediction: Prediction): string {
  if (prediction.kind === 'unknown') return 'no range was predicted'
  if (ratio < prediction.low) return 'more than predicted'
  return ratio > prediction.high ? 'less than predicted' : 'within the prediction'
}

/** The two numbers that belong together, one under the other. */
export function predictedBesideMeasured(recommendation: Recommendation, colours: Colors): string[] {
  const { prediction, proof } = recommendation
  return formatPairs(
    [
      ['predicted', prediction.kind === 'range' ? predictedRange(prediction) : predictionText(prediction)],
      ['measured', proof ? proofText(proof, prediction) : 'no data'],
    ],
    { title: colours.dim },
  )
}

function numberText({ label, value, unit }: EvidenceNumber): string {
  switch (unit) {
    case 'ns':
      return `${label} ${formatDuration(value)}`
    case 'share':
      return `${label} ${formatShare(value)}`
    case 'count':
      return `${label} ${formatCount(value)}`
    case 'ratio':
      return `${label} ${formatNumber(value)}`
  }
}
