import { describe, expect, it } from 'vitest'
import { aaExperiments } from '../../scripts/aa-experiments.ts'
import { type AaResult, summarise, summaryLines, tableOf } from '../../scripts/aa-outcome.ts'
import { sampleExperiment } from '../cli/sample-experiment.ts'

const planned = aaExperiments({ identical: 20, blocks: 40, plantBlocks: 320 })

/** A result of each planned experiment: what is identical comes out so, what is planted is found. */
function allGood(): AaResult[] {
  return planned.map((experiment) => ({
    experiment,
    record: sampleExperiment({ none: 1, slower: 1.2, faster: 0.8 }[experiment.expected], 16),
  }))
}

const withRatio = (results: AaResult[], place: number, ratio: number): AaResult[] =>
  results.map((result, index) => (index === place ? { ...result, record: sampleExperiment(ratio, 16) } : result))

describe('what the A/A test measures', () => {
  it('is identical variants of every workflow, and differences in both directions', () => {
    const identical = planned.filter(({ expected }) => expected === 'none')
    expect(identical).toHaveLength(20)
    expect(new Set(identical.map(({ workflow }) => workflow))).toEqual(new Set(['orders', 'k-means', 'spin', 'wait']))
    for (const { request } of identical) {
      const patches = request.variants!.map((variant) => (typeof variant === 'string' ? {} : variant.patch))
      expect(patches[0]).toEqual(patches[1])
    }
    expect(new Set(planned.map(({ expected }) => expected))).toEqual(new Set(['none', 'slower', 'faster']))
  })
})

describe('the verdict on the A/A test', () => {
  it('passes where nothing identical differs and everything planted is found', () => {
    expect(summarise(allGood())).toEqual({
      ...{ identical: 20, different: 0, strongly: 0, plants: 3, found: 3, failed: 0 },
      passes: true,
    })
  })

  it('allows one small difference, not two, and none that is strong', () => {
    const one = withRatio(allGood(), 0, 1.015)
    expect(summarise(one)).toMatchObject({ different: 1, strongly: 0, passes: true })
    expect(summarise(withRatio(one, 1, 0.985))).toMatchObject({ different: 2, passes: false })
    expect(summarise(withRatio(allGood(), 0, 1.2))).toMatchObject({ different: 1, strongly: 1, passes: false })
  })

  it.each([1, 0.8])('fails where a plant that makes slower comes out at %d', (ratio) => {
    expect(summarise(withRatio(allGood(), 20, ratio))).toMatchObject({ found: 2, passes: false })
  })

  it('fails where something has no verdict, computed something else, or nothing was measured', () => {
    const good = allGood()
    const replaced = (result: Partial<AaResult>) =>
      good.map((one, place) => (place === 3 ? { ...one, ...result } : one))
    expect(summarise(withRatio(good, 3, 1).slice(0, 20))).toMatchObject({ passes: false })
    expect(summarise(replaced({ record: sampleExperiment(1, 3) }))).toMatchObject({ failed: 1, passes: false })
    const record = good[3]!.record!
    const results = { ...record.results, differences: [{ runId: 'r1', variant: 1, how: 'other numbers' }] }
    expect(summarise(replaced({ record: { ...record, results } }))).toMatchObject({ failed: 1, passes: false })
    expect(summarise([])).toMatchObject({ identical: 0, passes: false })
    expect(summaryLines(summarise([])).at(-1)).toBe('The A/A test FAILS.')
  })

  it('prints every experiment with its interval, or why it has none', () => {
    const results = [...allGood(), { experiment: planned[0]!, error: 'The database is gone.' }]
    const lines = tableOf(results)
    expect(lines).toHaveLength(25)
    expect(lines[1]).toMatch(/orders +identical, as written +\d+ ms +[\d.]+ % +16 +.*\[.*\] .* equivalent$/)
    expect(lines[24]).toMatch(/no data +The database is gone\.$/)
  })
})
