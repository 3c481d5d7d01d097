import { contendersOf, type ExperimentRecord } from '../../../analysis/index.ts'
import { formatCount } from '../../../base/index.ts'
import type { ExperimentSection, RankingRow } from '../../../report/index.ts'

/** Whether several candidates cannot be told apart at the top; never before the first look. */
function hasContenders(record: ExperimentRecord): boolean {
  if (record.settings.variants.length < 3 || record.look?.kind !== 'look') return false
  return (contendersOf(record)?.contenders.length ?? 0) > 1
}

/** Whether its plan has a look beyond the latest, up to which it can go on. */
export function hasMoreLooks({ design }: ExperimentSection): boolean {
  return design.look === null || design.look < design.looks.length - 1
}

/** What to do next, by what is known now: one sentence; `null` while it is measured. */
export function nextStep(section: ExperimentSection, record: ExperimentRecord): string | null {
  if (section.status === 'running') return null
  const candidates = section.ranking.filter(({ baseline }) => !baseline)
  const best = candidates.find(({ verdict }) => verdict !== 'different-result') ?? candidates[0]
  return best ? stepAfter(best, section, record) : null
}

function stepAfter(best: RankingRow, section: ExperimentSection, record: ExperimentRecord): string {
  const { stop } = record
  const areSeveral = hasContenders(record)
  const { control, design, purpose, trials } = section
  const { name, verdict, blocksToSettle } = best
  const margin = `±${Number((design.rope * 100).toPrecision(3))} %`
  switch (verdict) {
    case 'faster':
      return purpose === 'proof'
        ? 'Keep it, then look for advice on what is left.'
        : `Take ${areSeveral ? 'the simplest of them' : name} over into the workflow, then look for advice on what is left.`
    case 'slower':
      return 'Keep the baseline: nothing that was tried is faster.'
    case 'equivalent':
      return `Keep what is simpler: the difference is within ${margin}.`
    case 'faster-maybe-negligible':
    case 'slower-maybe-negligible':
    case 'inconclusive':
      return blocksToSettle === null
        ? `More blocks would hardly settle it: quieten the machine, or let more than ${margin} pass as no change.`
        : `${hasMoreLooks(section) ? 'Measure more' : 'Start a new experiment with a larger preset, as this plan has ended'}: about ${formatCount(blocksToSettle)} more ${blocksToSettle === 1 ? 'block is' : 'blocks are'} expected to settle it.`
    case 'different-result':
      return `Find out why ${name} computes something else, or give the result a tolerance: Diagnostics names the trials.`
    case 'unreliable':
      return control && design.control?.differs
        ? 'Measure again on a quieter machine: the baseline differs from itself.'
        : 'Open a trial that failed and mend what it fails at, then measure again.'
    case null:
      if (stop === 'too-noisy')
        return 'Close what else keeps the machine busy, then measure again: no verdict comes from disturbed blocks.'
      return trials.some(({ value }) => value === null)
        ? 'Open a trial that failed and mend what it fails at, then measure again.'
        : 'Measure more: the first verdict comes with the first look.'
  }
}
