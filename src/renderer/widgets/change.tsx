import './change.css'
import type { Comparison } from '../../analysis/index.ts'
import { formatChangeWithInterval } from '../../base/index.ts'

/** What a change is drawn from: a comparison, a row of a ranking, or a row that has the same facts. */
export type ChangeFacts = Pick<Comparison, 'verdict' | 'ratio' | 'low' | 'high'> &
  Partial<Pick<Comparison, 'blocks' | 'sentence' | 'level'>> & { readonly baseline?: boolean }

type Verdict = NonNullable<Comparison['verdict']>

/** How a verdict looks: hue by direction, a full mark where it is sure, a hatched one where it is not. */
const looks: Readonly<Record<Verdict, { readonly hue: 'faster' | 'slower' | 'same'; readonly sure: boolean }>> = {
  faster: { hue: 'faster', sure: true },
  'faster-maybe-negligible': { hue: 'faster', sure: false },
  slower: { hue: 'slower', sure: true },
  'slower-maybe-negligible': { hue: 'slower', sure: false },
  equivalent: { hue: 'same', sure: true },
  inconclusive: { hue: 'same', sure: false },
  'different-result': { hue: 'same', sure: false },
  unreliable: { hue: 'same', sure: false },
}

/** An effect with its interval: `−18.3 % [−20.1, −16.4]`. What has no interval has no number either: it says why. */
export function Change({ of }: { readonly of: ChangeFacts }) {
  const { verdict, ratio, low, high, blocks, sentence } = of
  if (of.baseline) return <span className="change quiet">baseline</span>
  if (verdict === null) {
    return (
      <span className="change quiet" title={sentence}>
        no verdict yet{blocks === undefined ? '' : ` (${blocks} blocks)`}
      </span>
    )
  }
  const { hue, sure } = looks[verdict]
  const shown = ratio !== null && verdict !== 'different-result'
  return (
    <span className={`change change-${hue}`} title={sentence}>
      <span className={sure ? 'change-mark' : 'change-mark change-unsure'} aria-hidden="true" />
      {shown ? formatChangeWithInterval(ratio, low, high) : verdictWord(verdict)}
      {shown && <span className="visually-hidden"> {verdictWord(verdict)}</span>}
    </span>
  )
}

/** A verdict in words that fit into a cell. */
export function verdictWord(verdict: Verdict): string {
  return words[verdict]
}

const words: Readonly<Record<Verdict, string>> = {
  faster: 'faster',
  'faster-maybe-negligible': 'faster, maybe negligible',
  slower: 'slower',
  'slower-maybe-negligible': 'slower, maybe negligible',
  equivalent: 'no change that matters',
  inconclusive: 'undecided',
  'different-result': 'different result',
  unreliable: 'unreliable',
}
