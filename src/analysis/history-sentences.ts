import { formatChange, formatChangeWithInterval, formatNumber } from '../base/index.ts'
import { confirmingPoints } from '../statistics/index.ts'
import type { HistoryChange, HistoryFindings, HistoryPoint, HistoryStep, UnusedReason } from './history-model.ts'

/**
 * What a series says and what must still be confirmed, a sentence each. A step has its interval; what is not confirmed has
 * none, and says so.
 */
export function describeFindings(points: readonly HistoryPoint[], findings: HistoryFindings, rope: number): string[] {
  const { used, missing, steps, indicative, trend, possible } = findings
  const sentences: string[] = []
  if (missing > 0) {
    sentences.push(
      `${experiments(used)} ${used === 1 ? 'is' : 'are'} too few to look for changes: ${missing} more ${missing === 1 ? 'is' : 'are'} needed.`,
    )
  } else if (steps.length === 0 && trend === null) {
    sentences.push(`No change of level beyond ±${percent(rope)} and twice their spread in ${experiments(used)}.`)
  }
  sentences.push(...steps.map((step, place) => `Change ${place + 1}: ${describeStep(points, step)}`))
  if (trend) {
    const change = formatChange(1 + trend.changePerPoint)
    const direction = trend.changePerPoint > 0 ? 'up' : 'down'
    sentences.push(
      `Gradually ${direction} since ${nameOf(points, trend.point)}: ${change} an experiment along a straight line (p = ${formatNumber(trend.p)}), without a step.`,
    )
  }
  if (possible) {
    const count = confirmingPoints - possible.needed
    const last = count === 1 ? 'the last experiment is' : `the last ${count} experiments are`
    sentences.push(
      `Possible shift, to be confirmed: from ${nameOf(points, possible.point)} on ${last} about ${sizeOf(possible.ratio)}, without an interval yet; ${possible.needed} more ${possible.needed === 1 ? 'experiment' : 'experiments'} will tell.`,
    )
  }
  if (indicative && steps.length + Number(trend !== null) > 0) {
    sentences.push('Neighbouring experiments depend on each other, so that these changes are indicative only.')
  }
  const shown = describeUnused(points)
  return shown === undefined ? sentences : [...sentences, shown]
}

function describeStep(points: readonly HistoryPoint[], { point, from, to, ratio, low, high, p }: HistoryStep): string {
  const interval = formatChangeWithInterval(ratio, low, high).replace(/^.*?\[/, '[')
  const range = from === to ? '' : `, or anywhere from ${nameOf(points, from)} to ${nameOf(points, to)}`
  return `${sizeOf(ratio)} ${interval} since ${nameOf(points, point)}${range} (p = ${formatNumber(p)})${alsoChanged(points.slice(from, to + 1))}.`
}

const changeWords: Readonly<Partial<Record<HistoryChange, string>>> = {
  patch: 'the patch of the variant',
  node: 'the version of Node',
  strobe: 'the version of Strobe',
}

/** What else than the source changed where a step may lie: it may be the reason. */
function alsoChanged(points: readonly HistoryPoint[]): string {
  const kinds = new Set(points.flatMap(({ changes }) => changes))
  const words = [...kinds].flatMap((kind) => changeWords[kind] ?? [])
  return words.length === 0 ? '' : `; there ${words.join(' and ')} changed too`
}

const reasons: Readonly<Record<UnusedReason, string>> = {
  'few-blocks': 'with fewer than 10 valid blocks',
  'plain-runs': 'of plain runs',
  'failed-trials': 'with too many failed trials',
  'different-result': 'with another result',
  'unknown-machine': 'of an unknown machine',
}

function describeUnused(all: readonly HistoryPoint[]): string | undefined {
  const counts = new Map<UnusedReason, number>()
  for (const { unused } of all) if (unused) counts.set(unused, (counts.get(unused) ?? 0) + 1)
  if (counts.size === 0) return undefined
  const total = [...counts.values()].reduce((sum, count) => sum + count)
  const points = total === 1 ? 'One point' : `${total} points`
  const [only, ...others] = [...counts].map(([reason, count]) => ({ reason: reasons[reason], count }))
  if (only && others.length === 0) return `${points} ${only.reason} ${total === 1 ? 'is' : 'are'} only shown.`
  return `${points} are only shown: ${[only!, ...others].map(({ reason, count }) => `${count} ${reason}`).join(', ')}.`
}

/** `commit 1a2b3c4`, or the id of the session where there is no commit. */
function nameOf(points: readonly HistoryPoint[], place: number): string {
  const { commit, dirty, ids } = points[place]!
  return commit === null ? `${ids[0]}` : `commit ${commit.slice(0, 7)}${dirty ? ' with changes' : ''}`
}

function sizeOf(ratio: number): string {
  return `${formatChange(ratio).replace(/^[−+]/, '')} ${ratio > 1 ? 'slower' : 'faster'}`
}

function experiments(count: number): string {
  return `${count} ${count === 1 ? 'experiment' : 'experiments'}`
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}
