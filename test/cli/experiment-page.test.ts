import pico from 'picocolors'
import { describe, expect, it } from 'vitest'
import {
  capLine,
  contenderNames,
  experimentFacts,
  liveLine,
  rankingTable,
  secondaryTable,
} from '../../src/cli/views/experiment-view.ts'
import { contendersSentence, type ExperimentRecord } from '../../src/engine/index.ts'
import { evaluateLook, makePlan } from '../../src/statistics/index.ts'
import { sampleExperiment } from './sample-experiment.ts'

const colours = pico.createColors(false)

/** Variants that take these shares of the baseline's time, over the blocks of a standard plan; the last may be a control arm. */
function several(ratios: readonly number[], blocks: number, controlArm = false): ExperimentRecord {
  const base = sampleExperiment(1, blocks)
  const candidates = ratios.length - 1 - Number(controlArm)
  const plan = { ...makePlan('standard', { comparisons: candidates }), controlArm }
  const value = (arm: number, block: number) =>
    1e8 * ratios[arm]! * (1 + 0.01 * Math.sin(block * 12.9898 + arm * 78.233))
  const values = ratios.map((_, arm) => Array.from({ length: blocks }, (_block, block) => value(arm, block)))
  const look = evaluateLook({
    ...{ plan, rope: 0.02, baseline: values[0]!, candidates: values.slice(1, candidates + 1) },
    ...(controlArm ? { control: values.at(-1)! } : {}),
  })
  return {
    ...{ ...base, plan, look },
    settings: {
      ...base.settings,
      variants: ratios.slice(0, candidates + 1).map((_, arm) => ({ name: `v${arm}`, patch: {} })),
    },
    trials: base.blocks.flatMap(({ block }) =>
      ratios.map((_, arm) => ({
        ...{ runId: `r${block}${arm}`, block, variant: arm, reason: 'finished' as const },
        value: block < 0 ? 9e9 : value(arm, block),
        metrics: { wall: value(arm, block), cpu: value(arm, block) / 2, calls: 7 },
      })),
    ),
  }
}

describe('several candidates', () => {
  it('are named as contenders, and never as a bare winner', () => {
    const record = several([1, 0.8, 0.8, 1.3], 40)
    expect(contenderNames(record)).toEqual(['v1', 'v2'])
    expect(contendersSentence(record)).toBe(
      'May be the fastest: v1 or v2 (none is significantly slower than the leader).',
    )
    expect(contendersSentence(several([1, 0.8, 0.5], 40))).toBe('Fastest: v2, and all others are significantly slower.')
  })

  it('are not compared with a variant that fails too often', () => {
    const record = several([1, 0.8, 0.5], 40)
    if (record.look?.kind !== 'look') return expect.fail('a look was expected')
    const candidates = record.look.candidates.map((state, place) =>
      place === 1 ? { ...state, verdict: 'unreliable' as const, unreliable: 'failed-trials' as const } : state,
    )
    expect(contendersSentence({ ...record, look: { ...record.look, candidates } })).toBe(
      'Fastest: v1, and all others with a verdict are significantly slower.',
    )
  })

  it('have no contenders before the first look, and one candidate has its verdict', () => {
    expect(contendersSentence(several([1, 0.8, 0.8], 5))).toBeNull()
    expect(contendersSentence(sampleExperiment(0.5, 16))).toBeNull()
  })
})

describe('estimates after the last look', () => {
  const record = several([1, 1.02], 13)
  it('are said to be without a verdict', () => {
    expect(record.look!.blocks).toBe(10)
    const live = { blocks: 13, estimates: [1.021] }
    expect(liveLine({ ...record, live })).toBe(
      'Over all 13 blocks, without a verdict: v1 +2.1 %; the next verdict would come at block 20.',
    )
  })

  it('are left out where the look has all blocks', () => {
    expect(liveLine({ ...record, live: { blocks: 10, estimates: [1.02] } })).toBeUndefined()
    expect(liveLine(record)).toBeUndefined()
  })
})

describe('the control arm', () => {
  it.each([
    [1, 'no difference found', /^no different from the baseline, p 0?\.?\d/],
    [1.1, 'differs: unreliable', /^differs from the baseline, p .*: unreliable session$/],
  ])('of %d times the baseline: %s', (ratio, row, fact) => {
    const record = several([1, 0.8, ratio], 40, true)
    const table = rankingTable(record, colours)
    expect(table).toHaveLength(4)
    expect(table.at(-1)).toMatch(new RegExp(`^ +control .*${row} .*the baseline once more`))
    expect(Object.fromEntries(experimentFacts(record)).control).toMatch(fact)
  })

  it('has no row where there is none', () => expect(rankingTable(several([1, 0.8], 40), colours)).toHaveLength(3))
})

describe('other metrics', () => {
  const lines = secondaryTable(several([1, 0.8], 40), colours)
  it('have intervals and no verdict', () => {
    expect(lines.find((line) => line.startsWith('CPU time'))).toMatch(
      /v0 +49\.\d ms +49\.\d ms to 50\.\d ms|v0 +50\.\d ms/,
    )
    expect(lines[2]).toMatch(/v1 .*−\d+\.\d % \[−\d+\.\d, −\d+\.\d\]$/)
    expect(lines.at(-1)).toContain('no difference in any trial')
    expect(lines.join('\n')).not.toMatch(/faster|slower|equivalent/)
  })
})

describe('what was asked for', () => {
  it('is told: unit, metric, spread, and what was discarded for whom', () => {
    const record = several([1, 0.8], 40)
    const blocks = record.blocks.map((block) =>
      block.block === 3
        ? { ...block, invalidated: 'x', disturbances: [{ variant: 1, kind: 'foreign-cpu' as const, how: 'busy' }] }
        : block,
    )
    expect(Object.fromEntries(experimentFacts({ ...record, blocks }))).toMatchObject({
      blocks: expect.stringMatching(/^39 counted, 82 trials in all, 1 discarded$/),
      disturbed: 'discarded for trials of v1 1',
      unit: 'a fresh worker thread per trial',
      metric: 'wall time',
      spread: expect.stringMatching(/^v1: σ [\d.]+ % of a trial, finds [\d.]+ %$/),
      control: undefined,
    })
  })
})

describe('a number of blocks that the plan cannot take', () => {
  const plan = (cap: number) => ({ plan: makePlan('quick', { comparisons: 2, cap }) })

  it('is said, with what the plan needs', () => {
    expect(capLine(plan(3), 3)).toMatch(/--max-blocks 3 .* first look needs 9 blocks/)
    expect(capLine(plan(90), 90)).toMatch(/--max-blocks 90 .* preset quick is at 16 blocks/)
    expect(capLine(plan(12), 12)).toBeUndefined()
    expect(capLine(plan(12), undefined)).toBeUndefined()
  })
})
