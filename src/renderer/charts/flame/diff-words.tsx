import type { FlameDifference, FunctionChange, FunctionTest } from '../../../analysis/index.ts'
import { formatDuration, formatNumber } from '../../../base/index.ts'
import type { ChangeMeasure } from './diff-colours.ts'
import { labelOf } from './flame-colours.ts'
import { placeText } from './short-place.ts'

/** What the two sides are called. */
export interface SideNames {
  readonly baseline: string
  readonly candidate: string
}

/** A change of time with its interval, in one unit: `−12.3 [−15.1, −9.5] ms`. */
export function changeText({ delta, low, high }: Pick<FunctionTest, 'delta' | 'low' | 'high'>): string {
  const size = Math.max(Math.abs(delta), Math.abs(low), Math.abs(high))
  const [unit, length] = size < 1e3 ? ['ns', 1] : size < 1e6 ? ['µs', 1e3] : size < 1e9 ? ['ms', 1e6] : ['s', 1e9]
  const signed = (value: number) => `${value > 0 ? '+' : ''}${formatNumber(value / (length as number))}`
  return `${signed(delta)} [${signed(low)}, ${signed(high)}] ${unit}`
}

/** How sure a change is, in words that fit into a cell. */
export function sureText(test: FunctionTest | null): string {
  if (test === null) return 'too few samples'
  if (test.proven) return 'proven'
  return test.changed ? 'changed' : 'not significant'
}

interface TipProps {
  readonly difference: FlameDifference
  readonly change: FunctionChange
  readonly row: number
  readonly names: SideNames
  readonly root: string
}

/** What is shown beside the pointer: the stack on both sides, then the function over all its stacks with how sure its change is. */
export function ChangeTip({ difference, change, row, names, root }: TipProps) {
  const frame = difference.frames[change.frame]!
  const { baseline, candidate } = difference
  return (
    <>
      <span className="flame-tip-title">{labelOf(frame)}</span>
      <span className="flame-tip-place">{placeText(frame, root) || frame.category}</span>
      <dl>
        <dt />
        <dd className="quiet">{names.baseline}</dd>
        <dd className="quiet">{names.candidate}</dd>
        <dt>This stack</dt>
        <dd>{formatDuration(baseline.inclusive[row]!)}</dd>
        <dd>{formatDuration(candidate.inclusive[row]!)}</dd>
        <dt>Itself, in all</dt>
        <dd>{formatDuration(change.baseline.self)}</dd>
        <dd>{formatDuration(change.candidate.self)}</dd>
        <dt>With callees</dt>
        <dd>{formatDuration(change.baseline.inclusive)}</dd>
        <dd>{formatDuration(change.candidate.inclusive)}</dd>
      </dl>
      <TestLine label="Itself" test={change.self} />
      <TestLine label="With callees" test={change.inclusive} />
      {change.movedWith !== null && <span className="flame-tip-note">{movedText(difference, change)}</span>}
    </>
  )
}

function TestLine({ label, test }: { readonly label: string; readonly test: FunctionTest | null }) {
  return (
    <span className="flame-tip-note">
      <span className="quiet">{label}: </span>
      {test ? `${changeText(test)}, ` : ''}
      {sureText(test)}
    </span>
  )
}

/** Says that work moved from one function to another. */
export function movedText({ frames }: FlameDifference, { self, movedWith }: FunctionChange): string {
  if (movedWith === null || self === null) return ''
  const other = labelOf(frames[movedWith]!)
  return self.delta < 0 ? `Its work seems to have moved to ${other}.` : `Its work seems to come from ${other}.`
}

/** The same in one sentence. */
export function sayChange(difference: FlameDifference, change: FunctionChange, measure: ChangeMeasure): string {
  const test = change[measure]
  const name = labelOf(difference.frames[change.frame]!)
  const times = `${formatDuration(change.baseline[measure])}, then ${formatDuration(change.candidate[measure])}`
  return `${name}: ${times}${test ? `, ${changeText(test)}` : ''}, ${sureText(test)}.`
}
