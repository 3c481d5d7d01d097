import { formatChange, formatDuration } from '../../../base/index.ts'
import type { RunSummary, WorkflowCard } from '../../../protocol/index.ts'

/** What two runs say together, and the experiment that would say more. */
export interface PickedAdvice {
  readonly sentence: string
  /** The workflow's file, and the variants to compare, the baseline first; absent where no experiment would tell. */
  readonly file?: string
  readonly variants?: readonly string[]
}

/** Ticks a run, or takes it away; of more than two the one that was ticked first goes. */
export function togglePicked(picked: readonly RunSummary[], run: RunSummary): readonly RunSummary[] {
  if (picked.some(({ id }) => id === run.id)) return picked.filter(({ id }) => id !== run.id)
  return [...picked, run].slice(-2)
}

/** What to say of runs that were ticked; `undefined` where none is. */
export function pickedAdvice(
  picked: readonly RunSummary[],
  cards: readonly Pick<WorkflowCard, 'file' | 'description'>[],
): PickedAdvice | undefined {
  const [first, second] = picked
  if (!first) return undefined
  if (!second) return { sentence: `Tick another run of ${first.workflow} to compare the two.` }
  if (first.workflow !== second.workflow) {
    return {
      sentence: `${first.workflow} and ${second.workflow} are different workflows: their times say nothing of each other.`,
    }
  }
  const times =
    first.value === null || second.value === null
      ? 'One of them has no result.'
      : `${formatDuration(first.value)} and ${formatDuration(second.value)} (${formatChange(second.value / first.value)}, without an interval).`
  if (first.variant === second.variant) {
    return { sentence: `Both ran ${first.variant}. ${times} Its history shows whether it changed over time.` }
  }
  const card = cards.find(({ file }) => file === first.file)
  const declared = ['baseline', ...(card?.description?.variants.map(({ name }) => name) ?? [])]
  const names = [first.variant, second.variant]
  const sentence = `${times} One run of each proves nothing; an experiment tells.`
  if (!card || names.some((name) => !declared.includes(name))) return { sentence }
  return { sentence, file: card.file, variants: names.toSorted((a, b) => declared.indexOf(a) - declared.indexOf(b)) }
}
