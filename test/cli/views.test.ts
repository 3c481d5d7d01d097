import pico from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { Recommendation } from '../../src/advice/index.ts'
import { errorFrom, StrobeError } from '../../src/base/index.ts'
import { adviceLines, predictedBesideMeasured } from '../../src/cli/views/advice-view.ts'
import { sparkline } from '../../src/cli/views/cycle-view.ts'
import { diffLines } from '../../src/cli/views/diff-view.ts'
import { blockTable, experimentFacts, rankingOf, rankingTable } from '../../src/cli/views/experiment-view.ts'
import { adviceTable, experimentTable } from '../../src/cli/views/list-view.ts'
import { changesText, paramsText, patchText } from '../../src/cli/views/patch-text.ts'
import { placeInStack } from '../../src/cli/views/run-page.ts'
import { phaseLine, runSentence } from '../../src/cli/views/run-view.ts'
import type { RunRecord } from '../../src/trace/index.ts'
import { sampleExperiment } from './sample-experiment.ts'

const colours = pico.createColors(false)
/** A change that stands alone, without an interval behind it. */
const bareEffect = /[−+]\d+(?:\.\d+)? %(?! \[)/

describe('an experiment', () => {
  it('never shows an effect without its interval', () => {
    const decided = sampleExperiment(0.8, 16)
    const table = rankingTable(decided, colours).join('\n')
    expect(table).toMatch(/−\d+\.\d % \[−\d+\.\d, −\d+\.\d\] {2}faster/)
    expect(table).not.toMatch(bareEffect)
    expect(experimentTable([decided], colours).join('\n')).not.toMatch(bareEffect)
    const early = sampleExperiment(0.8, 3)
    for (const lines of [rankingTable(early, colours), experimentTable([early], colours)]) {
      expect(lines.join('\n')).not.toMatch(/[−+]\d/)
      expect(lines.join('\n')).toMatch(/no data +no verdict yet|no verdict yet +no data/)
    }
  })

  it('shows no effect of what computes another result', () => {
    const record = sampleExperiment(0.5, 16)
    const differences = [{ runId: 'r01', variant: 1, how: 'other numbers' }]
    const different = { ...record, results: { ...record.results, differences } }
    expect(rankingTable(different, colours).join('\n')).toMatch(/batched .* no data {2}different-result/)
    expect(experimentTable([different], colours).join('\n')).toMatch(/different-result +no data/)
  })

  it('leaves the warm-up block out of every number', () => {
    const rows = rankingOf(sampleExperiment(0.5, 16))
    expect(rows.map(({ name, trials }) => [name, trials])).toEqual([
      ['batched', 16],
      ['baseline', 16],
    ])
    for (const { median } of rows) expect(median).toBeLessThan(1.1e8)
    expect(rows[0]!.median! / rows[1]!.median!).toBeCloseTo(0.5, 2)
  })

  it('says no data where nothing was measured', () => {
    const nothing = sampleExperiment(0.5, 0)
    const table = rankingTable({ ...nothing, trials: [] }, colours)
    expect(table.slice(1).every((line) => line.includes('no data'))).toBe(true)
    expect(table.join('\n')).not.toMatch(/ 0 (ns|µs|ms|s)/)
  })

  it('lists every block with its order and its times, failed trials with their reason', () => {
    const record = sampleExperiment(0.5, 2)
    const trials = record.trials.map((trial) =>
      trial.runId === 'r01' ? { ...trial, value: null, reason: 'timeout' as const } : trial,
    )
    const lines = blockTable({ ...record, trials }, colours)
    expect(lines).toHaveLength(4)
    expect(lines[1]).toMatch(/^warm-up {2}batched baseline +9\.00 s +9\.00 s$/)
    expect(lines[2]).toMatch(/^ +1 {2}baseline batched .*timeout$/)
  })

  it('says what was planned and how it ended', () => {
    const facts = Object.fromEntries(experimentFacts(sampleExperiment(0.8, 16)))
    expect(facts).toMatchObject({
      status: 'finished: the cap of its plan was reached',
      plan: 'quick, looks at 8, 16 blocks, at most 16; α 0.05, ±2 % does not matter',
      blocks: '16 counted, 34 trials in all',
      params: 'limit=5',
    })
  })
})

describe('a recommendation', () => {
  const open: Recommendation = {
    ...{ rule: 'serial-calls', fingerprint: 'f', place: 'quotes', title: 'Items wait one after the other' },
    evidence: {
      runId: 'r1',
      spanIds: [1, 2],
      spanCount: 2,
      numbers: [{ label: 'waiting', value: 0.97, unit: 'share' }],
    },
    ...{ explanation: 'Each waits.', action: 'Overlap them.', scope: 'This run.', includes: [], status: 'open' },
    base: { variant: 'baseline', patch: {} },
    patch: { quotes: { concurrency: 16 } },
    changes: [{ address: 'quotes', knob: 'concurrency', from: 1, to: 16 }],
    prediction: { kind: 'range', low: 0.2, high: 0.4, basis: 'replay' },
  }
  const entry = { id: 'a1', workflow: 'drawn', file: 'drawn.workflow.ts', createdAt: 0, recommendation: open }
  const proof = { experimentId: 'x1', ratio: 0.3, low: 0.25, high: 0.35, verdict: 'faster' as const }

  it('says what to do, what it would bring and what it rests on', () => {
    const text = adviceLines(entry, colours).join('\n')
    expect(text).toContain('quotes.concurrency 1 → 16')
    expect(text).toContain("−80.0 % to −60.0 % of the run's time")
    expect(text).toContain('2 spans of run r1: waiting 97.0 %')
    expect(text).toContain('not measured yet')
  })

  it.each([
    [0.3, 'within the prediction'],
    [0.1, 'more than predicted'],
    [0.5, 'less than predicted'],
  ])('puts what was measured (%d) beside what was predicted', (ratio, held) => {
    const lines = predictedBesideMeasured({ ...open, status: 'proved', proof: { ...proof, ratio } }, colours)
    expect(lines[0]).toBe('predicted  −80.0 % to −60.0 %')
    expect(lines[1]).toContain(held)
    expect(lines[1]).toMatch(/% \[−75\.0, −65\.0\]/)
  })

  it('has no gain of what computes another result, also where the ledger has kept one', () => {
    const refused: Recommendation = { ...open, status: 'refused', proof: { ...proof, verdict: 'different-result' } }
    expect(predictedBesideMeasured(refused, colours)[1]).toBe('measured   no data different-result (experiment x1)')
    expect(adviceTable([{ ...entry, recommendation: refused }], colours)[1]).toMatch(/% +no data +quotes/)
  })

  it('has no number where none was predicted or measured', () => {
    const unknown: Recommendation = { ...open, prediction: { kind: 'unknown', why: 'too few statements' } }
    expect(predictedBesideMeasured(unknown, colours)).toEqual([
      'predicted  range unknown: too few statements',
      'measured   no data',
    ])
    expect(adviceTable([{ ...entry, recommendation: unknown }], colours)[1]).toMatch(/range unknown +no data/)
  })
})

describe('a run', () => {
  const run = { workflow: 'orders', variant: 'baseline', reason: 'finished', value: 1.24e9 } as RunRecord

  it('says how it ended', () => {
    expect(runSentence(run)).toBe('orders finished in 1.24 s')
    expect(runSentence({ ...run, variant: 'batched', reason: 'timeout', value: null })).toBe(
      'orders, variant batched, took longer than its limit and was ended',
    )
  })

  it('leaves out phases that were not reached', () => {
    const phases = { threadStart: 45e6, moduleLoad: 12e6, resourcesOpen: null, resourcesClose: null }
    expect(phaseLine({ ...run, value: null, phases })).toBe('thread start 45.0 ms · module load 12.0 ms')
  })

  it('finds the place of an error in the own file of its innermost cause', () => {
    const thrown = new StrobeError('user.error', 'Node "a" failed: no')
    const record = {
      ...{
        code: 'user.error',
        message: thrown.message,
        stack: 'Error\n    at run (/opt/strobe/out/main/trial.js:9:9)',
      },
      cause: {
        ...{ code: 'user.error', message: 'no' },
        stack: [
          'Error: no',
          '    at inner (/shop/node_modules/library/index.js:1:1)',
          '    at price (file:///shop/src/my%20price.ts:12:7)',
          '    at /shop/orders.workflow.ts:30:5',
        ].join('\n'),
      },
    }
    expect(placeInStack(record, '/shop')).toEqual({ file: '/shop/src/my price.ts', line: 12, column: 7 })
    expect(placeInStack(record, '/other')).toBeUndefined()
    expect(errorFrom(record).cause).toBeDefined()
  })
})

describe('small texts', () => {
  it('writes patches, params and changes as they would be typed', () => {
    expect(patchText({ quotes: { concurrency: 16 }, 'fit/step': { mode: 'fast', on: true } })).toBe(
      'quotes.concurrency=16 fit/step.mode=fast fit/step.on=true',
    )
    expect(patchText({})).toBe('')
    expect(paramsText({ list: [1], name: 'x' })).toBe('list=[1] name=x')
    expect(changesText([])).toBe('')
  })

  it('draws values from low to high, and gaps where there are none', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 60)).toBe('▁▂▃▄▅▆▇█')
    expect(sparkline([5, 5, 5], 60)).toBe('▁▁▁')
    expect(sparkline([1, Number.NaN, 2], 60)).toBe('▁ █')
    expect(
      sparkline(
        Array.from({ length: 1000 }, (_, place) => place),
        10,
      ),
    ).toHaveLength(10)
  })

  it('shows the changed places of a diff only', () => {
    const diff = '===\n--- a\n+++ b\n@@ -1,1 +1,2 @@\n same\n+added\n'
    expect(diffLines(diff, colours)).toEqual(['@@ -1,1 +1,2 @@', ' same', '+added'])
  })
})
