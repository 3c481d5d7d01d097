import type { ExperimentRequest, VariantChoice } from '../src/engine/api.ts'
import type { Patch } from '../src/workflow/index.ts'

/** One experiment of the A/A test: identical variants, or a planted difference that must be found. */
export interface AaExperiment {
  readonly workflow: string
  /** What the variants have in common, in words. */
  readonly what: string
  /** `none`: both variants are the same. Else what the second must be found to be. */
  readonly expected: 'none' | 'slower' | 'faster'
  readonly request: ExperimentRequest
}

/** How much to measure. */
export interface AaSize {
  /** Experiments on identical variants. */
  readonly identical: number
  /** Blocks at most. */
  readonly blocks: number
  readonly plantBlocks: number
}

interface Subject {
  readonly workflow: string
  /** Params that make a trial take some 50 to 200 ms. */
  readonly params: Readonly<Record<string, unknown>>
  /** Patches that both variants get, in turn. */
  readonly patches: readonly Patch[]
}

const subjects: readonly Subject[] = [
  { workflow: 'orders', params: { limit: 30 }, patches: [{}, { quotes: { concurrency: 4 } }] },
  { workflow: 'k-means', params: { count: 25_000 }, patches: [{}, { 'cluster/assign': { algorithm: 'bounded' } }] },
  { workflow: 'spin', params: {}, patches: [{}, { grind: { percent: 105 } }] },
  { workflow: 'wait', params: {}, patches: [{}, { pauses: { concurrency: 3 } }] },
]

const plain: Patch = { grind: { percent: 100 } }
const planted: Patch = { grind: { percent: 105 } }
const plants = [
  { what: '+5 % of work in grind', expected: 'slower', patches: [plain, planted], metric: 'wall', rounds: 500 },
  { what: '−5 % of work in grind', expected: 'faster', patches: [planted, plain], metric: 'wall', rounds: 500 },
  // Some kernels count the CPU time of threads in steps of 4 ms: 5 % must be more than that.
  { what: '+5 %, by CPU time', expected: 'slower', patches: [plain, planted], metric: 'cpu', rounds: 2000 },
] as const

/**
 * What the A/A test measures: identical variants of each workflow in turn, so that a test that is broken off has some of
 * each, and 5 % more work in one node, once as the candidate and once as the baseline.
 */
export function aaExperiments(size: AaSize): AaExperiment[] {
  const identical = Array.from({ length: size.identical }, (_, place): AaExperiment => {
    const { workflow, params, patches } = subjects[place % subjects.length]!
    const patch = patches[Math.floor(place / subjects.length) % patches.length]!
    return {
      ...{ workflow, what: `identical, ${textOf(patch)}`, expected: 'none' },
      request: requestOf(workflow, params, size.blocks, [patch, patch]),
    }
  })
  const differing = plants.map(({ what, expected, patches, metric, rounds }): AaExperiment => {
    const request = requestOf('spin', { rounds }, size.plantBlocks, patches)
    return { workflow: 'spin', what, expected, request: { ...request, metric } }
  })
  return [...identical, ...differing]
}

function requestOf(
  workflow: string,
  params: Subject['params'],
  maxBlocks: number,
  [first, second]: readonly [Patch, Patch],
): ExperimentRequest {
  // The workflow as written against a patch that changes nothing: two ways into the runner, which must cost the same.
  const baseline: VariantChoice = Object.keys(first).length === 0 ? 'baseline' : { name: 'first', patch: first }
  const variants = [baseline, { name: 'second', patch: second }]
  // Blocks that something else disturbs count: identical variants must look the same on a busy machine too.
  return { file: `${workflow}.workflow.ts`, variants, params, preset: 'standard', maxBlocks, disturbed: 'flag' }
}

function textOf(patch: Patch): string {
  const settings = Object.entries(patch).flatMap(([address, knobs]) =>
    Object.entries(knobs).map(([knob, value]) => `${address}.${knob}=${String(value)}`),
  )
  return settings.length === 0 ? 'as written' : settings.join(' ')
}
