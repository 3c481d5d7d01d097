import { formatChange, formatChangeWithInterval } from '../../../base/index.ts'
import type { AdviceCard, Measured } from '../../model.ts'
import { againstWords, verdictWords } from '../wording.ts'
import { type Insert, md, noData } from './piece.ts'

/** A number in words, or "no data". */
export function orNone<Value>(value: Value | null | undefined, format: (value: Value) => string): Insert {
  return value === null || value === undefined ? noData : format(value)
}

/** −18.3 % [−20.1, −16.4]; without an estimate "no data". */
export function change(ratio: number | null, low: number | null, high: number | null): Insert {
  return ratio === null ? noData : formatChangeWithInterval(ratio, low, high)
}

/** What a recommendation promises. */
export function predicted(prediction: AdviceCard['prediction']): Insert {
  return prediction.kind === 'range'
    ? `${formatChange(prediction.low)} to ${formatChange(prediction.high)}`
    : 'range unknown'
}

/** What it brought, held against what it promised. */
export function measured(found: Measured | null): Insert {
  if (found === null) return md`_not measured yet_`
  const { sign, words } = verdictWords[found.verdict]
  const relation = found.against === null ? '' : `, ${againstWords[found.against]}`
  return md`${change(found.ratio, found.low, found.high)} ${sign} ${words}${relation}`
}
