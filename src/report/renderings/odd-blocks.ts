import type { ExperimentSection, VariantSummary } from '../model.ts'

/** All that has trials: the variants and, after them, the control arm. */
export function armsOf({
  variants,
  control,
}: Pick<ExperimentSection, 'variants' | 'control'>): readonly VariantSummary[] {
  return control ? [...variants, control] : variants
}

/** A block that was disturbed or does not count. */
export interface OddBlock {
  readonly block: string
  readonly counts: string
  /** What happened, and in which trials. */
  readonly what: string
}

/** Blocks that were disturbed or do not count, and why. */
export function oddBlocks(section: ExperimentSection): OddBlock[] {
  const arms = armsOf(section)
  const odd = section.blocks.filter(({ invalidated, disturbances }) => invalidated !== null || disturbances.length > 0)
  return odd.map(({ name, invalidated, disturbances, warmUp }) => {
    const found = disturbances.map(({ variant, how }) => `${arms[variant]?.name ?? '–'}: ${how}`)
    return {
      block: name,
      counts: invalidated !== null ? 'no' : warmUp ? 'no: warm-up' : 'yes, flagged',
      what: found.length > 0 ? found.join('; ') : (invalidated ?? ''),
    }
  })
}
