import { describe, expect, it } from 'vitest'
import {
  comparisonsOf,
  type ExperimentRecord,
  experimentCautions,
  liveEstimatesOf,
  liveText,
  rankVariants,
} from '../../src/analysis/index.ts'
import { evaluateLook, makePlan } from '../../src/statistics/index.ts'
import { sampleExperiment } from '../cli/sample-experiment.ts'

/** An experiment whose candidates took `ratios` of the baseline's time, with a little noise, over so many blocks. */
function measured(ratios: readonly number[], blocks = 16, noise = 0.002, failures = 0): ExperimentRecord {
  const names = ['baseline', 'batched', 'overlapped', 'other'].slice(0, ratios.length + 1)
  const plan = makePlan('quick', { comparisons: ratios.length })
  // A fixed saw: the same for all, shifted, so that the estimate is the ratio but the order differs.
  const values = (ratio: number, shift: number) =>
    Array.from({ length: blocks }, (_, block) => 1e8 * ratio * (1 + noise * (((block * 7 + shift * 3) % 11) - 5)))
  const candidates = ratios.map((ratio, place) => {
    return values(ratio, place + 1).map((value, block) => (block < failures ? Number.POSITIVE_INFINITY : value))
  })
  return {
    id: 'x1',
    settings: {
      workflow: 'drawn',
      file: 'drawn.workflow.ts',
      variants: names.map((name) => ({ name, patch: {} })),
      params: {},
      seed: 1,
      rope: 0.02,
      capture: { level: 'off' },
      purpose: 'compare',
    },
    plan,
    status: 'finished',
    stop: 'decided',
    startedAt: 0,
    endedAt: 1,
    blocks: [],
    trials: [],
    look: evaluateLook({ plan, baseline: values(1, 0), candidates, rope: 0.02 }),
    results: { reference: null, tolerance: 0, compared: 0, differences: [] },
  }
}

function sentenceOf(record: ExperimentRecord): string {
  return comparisonsOf(record)[0]!.sentence
}

describe('sentence of a verdict', () => {
  it('never gives an effect without its interval', () => {
    expect(sentenceOf(measured([0.8]))).toMatch(/^batched is 2\d\.\d % faster \[−\d+\.\d, −\d+\.\d\]$/)
    expect(sentenceOf(measured([1.2]))).toMatch(/^batched is \d+\.\d % slower \[\+\d+\.\d, \+\d+\.\d\]$/)
  })

  it('does not call equal what is only not different', () => {
    const sentence = sentenceOf(measured([1.01], 16, 0.03))
    expect(sentence).toMatch(
      /^batched is undecided: between −\d.* and \+\d.* %(; about \d+ more blocks would settle ±2 %)?$/,
    )
  })

  it('names the region of indifference', () => {
    expect(sentenceOf(measured([1.001], 16, 0.0005))).toMatch(/^batched: no change beyond ±2 % \[/)
    expect(sentenceOf(measured([1.02], 16, 0.002))).toMatch(/slower \[.*\]: may be below your 2 % threshold$/)
  })

  it('has no ratio of a baseline that was not measured', () => {
    const before = { ...measured([0.5]), look: null }
    expect(rankVariants(before).map(({ name, ratio }) => [name, ratio])).toEqual([
      ['baseline', null],
      ['batched', null],
    ])
    expect(rankVariants(measured([2]))[0]).toMatchObject({ name: 'baseline', ratio: 1 })
  })

  it('puts another result before all statistics', () => {
    const record = measured([0.5])
    const different = {
      ...record,
      results: { ...record.results, differences: [{ runId: 'r9', variant: 1, how: 'other numbers' }] },
    }
    expect(comparisonsOf(different)[0]).toMatchObject({
      verdict: 'different-result',
      ratio: null,
      low: null,
      high: null,
    })
    expect(sentenceOf(different)).toBe('batched computes a different result, so that its time says nothing')
    expect(rankVariants(different).map(({ name }) => name)).toEqual(['baseline', 'batched'])
  })

  it('says when too many trials failed', () => {
    expect(sentenceOf(measured([0.8], 16, 0.002, 6))).toBe(
      'batched has no reliable verdict: too many trials failed (6 of its own, 0 of the baseline’s)'.replace('’', "'"),
    )
  })

  it('waits for the first look', () => {
    const record = measured([0.8], 3)
    expect(comparisonsOf(record)[0]).toMatchObject({ verdict: null, low: null, level: null, blocks: 3 })
    expect(sentenceOf(record)).toMatch(
      /^batched has no verdict yet: the first comes at block 8 \(3 done, −\d+\.\d % so far\)$/,
    )
    expect(sentenceOf({ ...record, look: null })).toBe(
      'batched has no verdict yet: the first comes at block 8 (0 done)',
    )
  })

  it('says that trials failed where an experiment ended by it, and promises no verdict', () => {
    const record = sampleExperiment(0.8, 3)
    const failing = (arm: number, exit?: { code: number | null; signal: string | null }): ExperimentRecord => ({
      ...{ ...record, status: 'failed', stop: 'failed', live: { blocks: 3, estimates: [null] } },
      trials: record.trials.map((trial) =>
        trial.variant === arm ? { ...trial, value: null, reason: 'failed', ...(exit ? { exit } : {}) } : trial,
      ),
      look: { kind: 'pending', reason: 'not-enough-blocks', blocks: 3, nextLook: 8, estimates: [null], stop: null },
    })
    expect(sentenceOf(failing(1))).toBe('batched has no verdict: all of its 3 trials failed')
    expect(sentenceOf(failing(0))).toBe('batched has no verdict: all 3 trials of baseline failed')
    expect(liveText(liveEstimatesOf(failing(1))!, false)).not.toContain('next verdict')
    const other = liveEstimatesOf({ ...failing(1), stop: 'different-results' })
    expect(liveText(other!, false)).not.toContain('next verdict')
    const texts = (ended: ExperimentRecord) => experimentCautions(ended).map(({ text }) => text)
    expect(texts(failing(1))[0]).toMatch(/^It ended because every trial of batched failed: run r\S+ says why\.$/)
    expect(texts(failing(1, { code: 127, signal: null }))[0]).toContain('batched failed: exit code 127.')
    expect(texts(failing(0, { code: null, signal: 'SIGKILL' }))[0]).toContain('baseline failed: ended by SIGKILL.')
  })

  it('ranks by the estimate, with the baseline at 1', () => {
    expect(rankVariants(measured([1.2, 0.7])).map(({ name, ratio }) => [name, ratio === 1])).toEqual([
      ['overlapped', false],
      ['baseline', true],
      ['batched', false],
    ])
  })
})
