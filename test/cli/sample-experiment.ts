import type { ExperimentRecord } from '../../src/analysis/index.ts'
import { evaluateLook, makePlan } from '../../src/statistics/index.ts'

/** An experiment on a baseline and one candidate that took `ratio` of its time, over so many blocks after a warm-up block. */
export function sampleExperiment(ratio: number, blocks: number): ExperimentRecord {
  const plan = makePlan('quick')
  // A fixed saw, shifted for the candidate, so that the estimate is the ratio and the blocks differ.
  const value = (variant: number, block: number) =>
    1e8 * (variant === 0 ? 1 : ratio) * (1 + 0.002 * (((block * 7 + variant * 3) % 11) - 5))
  const values = (variant: number) => Array.from({ length: blocks }, (_, block) => value(variant, block))
  const all = Array.from({ length: blocks + 1 }, (_, place) => place - 1)
  return {
    id: 'x00000000000001',
    settings: {
      ...{
        workflow: 'drawn',
        file: 'drawn.workflow.ts',
        params: { limit: 5 },
        seed: 1,
        rope: 0.02,
        purpose: 'compare',
      },
      variants: [
        { name: 'baseline', patch: {} },
        { name: 'batched', patch: { db: { lookupBatch: 64 } } },
      ],
      capture: { level: 'off' },
    },
    plan,
    ...{ status: 'finished', stop: 'cap', startedAt: 0, endedAt: 12_000 },
    blocks: all.map((block) => ({ block, order: block % 2 === 0 ? [0, 1] : [1, 0], warmUp: block < 0 })),
    trials: all.flatMap((block) =>
      [0, 1].map((variant) => ({
        ...{ runId: `r${block}${variant}`, block, variant, reason: 'finished' as const },
        // The warm-up block is far off, so that a number which counts it is seen to be wrong.
        value: block < 0 ? 9e9 : value(variant, block),
      })),
    ),
    look: blocks === 0 ? null : evaluateLook({ plan, baseline: values(0), candidates: [values(1)], rope: 0.02 }),
    results: { reference: 'r-10', tolerance: 0, compared: 2 * blocks + 1, differences: [] },
  }
}
