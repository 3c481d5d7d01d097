import type { HistorySeries, HistoryStep } from '../../../analysis/index.ts'
import type { WorkflowCard } from '../../../protocol/index.ts'

/** Where a workflow's time has gone lately. `possible` ones are not confirmed yet. */
export type TrendTone = 'slower' | 'faster' | 'same'

/** What a workflow's history says, in short. */
export interface TrendFacts {
  readonly tone: TrendTone
  /** Whether enough points follow the change for it to count; what is not confirmed is drawn as an outline. */
  readonly confirmed: boolean
  /** Level after ÷ level before, of the change that the tone is of; `null` where there is none, or a gradual one. */
  readonly ratio: number | null
  /** The newest findings in words, the most important first; empty where nothing was measured. */
  readonly sentences: readonly string[]
}

/** A change that so many points followed is no news any more. */
const newsFor = 20

/** What a workflow's card says of its history. */
export function trendFacts(series: HistorySeries | undefined): TrendFacts {
  if (!series) return { tone: 'same', confirmed: false, ratio: null, sentences: [] }
  const { findings, sentences } = series
  const first = findings.missing > 0 || (findings.steps.length === 0 && findings.trend === null) ? 1 : 0
  const newest = findings.steps.length - 1
  const newestStep = newest < 0 ? undefined : sentences[first + newest]?.replace(/^Change \d+: /, '')
  const others = sentences.filter((_, place) => place < first || place >= first + findings.steps.length)
  const told = [...(newestStep === undefined ? [] : [capitalise(newestStep)]), ...others]
  const step = newsOf(series, findings.steps.at(-1))
  if (step) return { ...toneOf(step.ratio), confirmed: true, ratio: step.ratio, sentences: told }
  if (findings.trend) {
    return {
      ...toneOf(1 + findings.trend.changePerPoint),
      confirmed: !findings.indicative,
      ratio: null,
      sentences: told,
    }
  }
  if (findings.possible) {
    const { ratio } = findings.possible
    return { ...toneOf(ratio), confirmed: false, ratio, sentences: told }
  }
  return { tone: 'same', confirmed: findings.missing === 0, ratio: null, sentences: told }
}

/** What got slower first, the worst at the top, then what may have; then what was measured last; what never ran at the end. */
export function orderCards(cards: readonly WorkflowCard[]): WorkflowCard[] {
  const ranked = cards.map((card) => {
    const { tone, confirmed, ratio } = trendFacts(card.trend)
    const urgency = tone === 'slower' ? (confirmed ? 2 : 1) : 0
    return { card, urgency, size: urgency > 0 ? (ratio ?? 1) : 0, latest: latestOf(card) }
  })
  return ranked
    .sort(
      (a, b) => b.urgency - a.urgency || b.size - a.size || b.latest - a.latest || (a.card.file < b.card.file ? -1 : 1),
    )
    .map(({ card }) => card)
}

/** What a workflow is called: by its name where it has run, else by its file. */
export function cardName({ name, file }: Pick<WorkflowCard, 'name' | 'file'>): string {
  return name ?? file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).replace(/\.workflow\.ts$/, '')
}

function latestOf({ lastRun, lastExperiment }: WorkflowCard): number {
  return Math.max(lastRun?.startedAt ?? 0, lastExperiment?.startedAt ?? 0)
}

function newsOf({ points }: HistorySeries, step: HistoryStep | undefined): HistoryStep | undefined {
  if (!step) return undefined
  const since = points.slice(step.point).filter(({ unused }) => unused === undefined).length
  return since <= newsFor ? step : undefined
}

function toneOf(ratio: number): { readonly tone: TrendTone } {
  return { tone: ratio > 1 ? 'slower' : ratio < 1 ? 'faster' : 'same' }
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The answer to the screen's question: did anything get slower? */
export function slowerSentence(cards: readonly WorkflowCard[]): {
  readonly sentence: string
  readonly slower: boolean
} {
  const facts = cards.map((card) => ({ name: cardName(card), ...trendFacts(card.trend) }))
  const confirmed = facts.filter(({ tone, confirmed: sure }) => tone === 'slower' && sure)
  if (confirmed.length > 0) return { sentence: `${namesOf(confirmed)} got slower`, slower: true }
  const possible = facts.filter(({ tone }) => tone === 'slower')
  if (possible.length > 0)
    return { sentence: `${namesOf(possible)} may have got slower: to be confirmed`, slower: false }
  if (cards.every(({ trend }) => trend === undefined)) return { sentence: 'Nothing was measured yet', slower: false }
  const known = cards.filter(({ trend }) => trend !== undefined && trend.findings.missing === 0)
  if (known.length === cards.length) return { sentence: 'Nothing got slower', slower: false }
  if (known.length > 0)
    return { sentence: `Of ${known.length} with enough experiments to tell, nothing got slower`, slower: false }
  return { sentence: 'Too few experiments yet to tell whether anything got slower', slower: false }
}

function namesOf(found: ReadonlyArray<{ readonly name: string }>): string {
  const names = found.map(({ name }) => name)
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ')
}
