import type { ExperimentSection, VariantSummary } from '../model.ts'

/** All that has trials: the variants and, after them, the control arm. */
export function armsOf({
  variants,
  control,
}: Pick<ExperimentSection, 'variants' | 'control'>): readonly VariantSummary[] {
  return control ? [...variants, control] : variants
}

/** A line about a block that was disturbed or does not count. */
export interface OddBlock {
  readonly block: string
  readonly counts: string
  /** Whose trial was disturbed; `–` where it is about the whole block. */
  readonly arm: string
  readonly what: string
}

/** Blocks that were disturbed or do not count, and why: how many they are, and a line for each thing that happened. */
export function oddBlocks(section: ExperimentSection): { readonly count: number; readonly rows: readonly OddBlock[] } {
  const arms = armsOf(section)
  const odd = section.blocks.filter(({ invalidated, disturbances }) => invalidated !== null || disturbances.length > 0)
  const rows = odd.flatMap(({ name, invalidated, disturbances, warmUp }): OddBlock[] => {
    const counts = invalidated !== null ? 'no' : warmUp ? 'no: warm-up' : 'yes, flagged'
    if (disturbances.length === 0) return [{ block: name, counts, arm: '–', what: invalidated ?? '' }]
    return disturbances.map(({ variant, how }) => ({ block: name, counts, arm: arms[variant]?.name ?? '–', what: how }))
  })
  return { count: odd.length, rows }
}
