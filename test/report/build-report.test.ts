import { describe, expect, it } from 'vitest'
import { buildReport, renderHtml, renderMarkdown } from '../../src/report/index.ts'
import {
  baselineRun,
  madeUpValues,
  sampleExperiment,
  sampleInput,
  sampleRecommendation,
  sampleRun,
} from './sample-report.ts'

const twoVariants = { baseline: madeUpValues(64, 16, 1), overlapped: madeUpValues(32, 16, 2) }

describe('buildReport: experiments', () => {
  const model = buildReport(sampleInput())
  const section = model.experiments[0]!

  it('puts the winner into the headline, with its interval', () => {
    expect(model.headline.sentence).toMatch(/^overlapped is 50\.0 % faster \[−5\d\.\d, −4\d\.\d\]\.$/)
    expect(model.headline.tone).toBe('faster')
    expect(model.headline.basis).toContain('x00000000sample')
  })

  it('ranks all variants, the baseline among them, and gives each candidate its numbers', () => {
    expect(section.ranking.map(({ name }) => name)).toEqual(['overlapped', 'batched', 'baseline'])
    const [overlapped, batched] = section.ranking
    expect(overlapped).toMatchObject({ verdict: 'faster', significant: true, level: 0.98 })
    expect(batched).toMatchObject({ verdict: 'inconclusive', significant: false })
    expect(overlapped!.adjustedP).toBeGreaterThanOrEqual(overlapped!.alwaysValidP!)
    expect(overlapped!.sigma).toBeGreaterThan(0)
  })

  it('shows every trial in run order and says why one does not count', () => {
    expect(section.trials).toHaveLength(18 * 3)
    expect(section.trials.filter(({ counted }) => counted)).toHaveLength(16 * 3)
    expect(new Set(section.trials.map(({ leftOut }) => leftOut))).toEqual(
      new Set([null, 'warm-up block', 'block invalidated: the machine slept']),
    )
  })

  it('takes medians over counted trials only', () => {
    const counted = section.trials.filter(({ variant, counted: is }) => variant === 0 && is).map(({ value }) => value!)
    const sorted = counted.toSorted((a, b) => a - b)
    expect(section.variants[0]!.median).toBe((sorted[7]! + sorted[8]!) / 2)
    expect(section.variants[0]).toMatchObject({ counted: 16, failures: 0, min: sorted[0], max: sorted[15] })
  })

  it('leaves trials after the latest look out', () => {
    const short = { baseline: madeUpValues(64, 11, 1), overlapped: madeUpValues(32, 11, 2) }
    const later = buildReport(sampleInput({ experiments: [{ record: sampleExperiment(short) }] })).experiments[0]!
    expect(later.design.blocksCounted).toBe(8)
    expect(later.design.blocksRun).toBe(11)
    expect(later.trials.at(-1)).toMatchObject({
      counted: false,
      leftOut: expect.stringContaining('after the latest look'),
    })
  })

  it('keeps what was planned: seed, looks, error, comparisons, region of indifference', () => {
    expect(section.design).toMatchObject({
      seed: 20_260_115,
      alpha: 0.05,
      comparisons: 2,
      rope: 0.02,
      look: 1,
      level: 0.98,
    })
    expect(section.design.invalidated).toEqual([{ block: 2, why: 'the machine slept' }])
    expect(section.design.unit).toBe('16 blocks of 3 trials in random order, a fresh worker thread per trial')
    expect(section.caveat).toContain('one layout is one draw')
  })

  it('never calls a variant with another result faster', () => {
    const short = { baseline: madeUpValues(64, 8, 1), overlapped: madeUpValues(32, 8, 2) }
    const record = sampleExperiment(short, {
      results: {
        ...{ reference: 'r001v0', tolerance: 0, compared: 31 },
        differences: [{ runId: 'r003v1', variant: 1, how: 'other numbers' }],
      },
    })
    const { headline, experiments } = buildReport(sampleInput({ experiments: [{ record }] }))
    expect(headline.tone).toBe('failed')
    expect(headline.sentence).toContain('different result')
    const { results, ranking, flags } = experiments[0]!
    expect(results).toMatchObject({ equal: false })
    const none = { ratio: null, low: null, high: null, p: null, significant: null, crossCheck: null }
    expect(ranking.at(-1)).toMatchObject({ name: 'overlapped', verdict: 'different-result', ...none })
    expect(flags.map(({ text }) => text).join('\n')).not.toContain('first look')
    // Without that result the same numbers have that note.
    const same = buildReport(sampleInput({ experiments: [{ record: sampleExperiment(short) }] })).experiments[0]!
    expect(same.flags.map(({ text }) => text).join('\n')).toContain('first look')
  })

  it('says that no variant won where none did', () => {
    const record = sampleExperiment({
      baseline: madeUpValues(64, 16, 1),
      other: madeUpValues(64, 16, 2),
      third: madeUpValues(64, 16, 3),
    })
    const { headline } = buildReport(sampleInput({ experiments: [{ record }] }))
    expect(headline).toMatchObject({ sentence: 'No variant is shown to be faster than baseline.', tone: 'none' })
  })

  it('has no verdict and no interval before the first look', () => {
    const short = { baseline: madeUpValues(64, 3, 1), overlapped: madeUpValues(32, 3, 2) }
    const record = sampleExperiment(short, { status: 'running', stop: null, endedAt: null })
    const { headline, experiments } = buildReport(sampleInput({ experiments: [{ record }] }))
    expect(headline.sentence).toContain('no verdict yet')
    expect(experiments[0]!.ranking[0]).toMatchObject({ verdict: null, low: null, high: null, p: null })
    expect(experiments[0]!.design).toMatchObject({ level: null, blocksCounted: 3 })
  })
})

describe('buildReport: stopped by the user', () => {
  it('tells of a verdict only where there is one', () => {
    const flagsAfter = (blocks: number) => {
      const cut = { baseline: madeUpValues(64, blocks, 1), overlapped: madeUpValues(32, blocks, 2) }
      const record = sampleExperiment(cut, { status: 'stopped', stop: 'cancelled' })
      return buildReport(sampleInput({ experiments: [{ record }] })).experiments[0]!.flags.map(({ text }) => text)
    }
    expect(flagsAfter(3)).toContain('It ended before the first look of its plan: there is no verdict.')
    expect(flagsAfter(9).join()).toContain('the verdict is that of the last planned look')
  })
})

describe('buildReport: several candidates', () => {
  it('names those that may be the fastest, in each rendering', () => {
    const times = (typical: number) => Array.from({ length: 16 }, (_, block) => typical + ((block * 7) % 11) / 10)
    const record = sampleExperiment({ baseline: times(100), overlapped: times(50), batched: times(50) })
    const report = buildReport(sampleInput({ experiments: [{ record }] }))
    const sentence = 'May be the fastest: overlapped or batched (none is significantly slower than the leader).'
    expect(report.experiments[0]!.contenders).toBe(sentence)
    expect(renderHtml(report)).toContain(sentence)
    expect(renderMarkdown(report)).toContain('May be the fastest: overlapped or batched')
    const two = sampleExperiment({ baseline: times(100), overlapped: times(50) })
    expect(buildReport(sampleInput({ experiments: [{ record: two }] })).experiments[0]!.contenders).toBeNull()
  })
})

describe('buildReport: a control arm and other metrics', () => {
  const plain = sampleExperiment(twoVariants)
  const control = plain.blocks.map(({ block }) => ({
    ...{ runId: `r${block}c`, block, variant: 2, value: 64e6, reason: 'finished' as const },
  }))
  const trials = [...plain.trials, ...control].map((trial, place) => ({
    ...trial,
    metrics: { wall: trial.value!, 'peak-heap': 5e6 + place * 1e3 + trial.variant * 1e6, calls: 24 + trial.variant },
  }))
  const settings = { ...plain.settings, isolation: 'process' as const, metric: 'cpu' as const }
  const record = { ...plain, settings, trials, plan: { ...plain.plan, controlArm: true } }
  const input = sampleInput({ experiments: [{ record }] })
  const section = buildReport(input).experiments[0]!

  it('has the control beside the variants, and counts blocks in which it ran', () => {
    expect(section.control).toMatchObject({ name: 'control', counted: 16, median: 64e6 })
    expect(section.variants.map(({ name }) => name)).toEqual(['baseline', 'overlapped'])
    expect(section.design.unit).toBe('16 blocks of 3 trials in random order, a fresh process per trial')
    const html = renderHtml(buildReport(input))
    expect(html).toContain('>control<')
    expect(html.match(/<a href="#x0-trial-/g)).toHaveLength(trials.length)
  })

  it('shows other metrics with intervals and without a verdict', () => {
    expect(section.design.metric).toBe('CPU time')
    expect(section.secondary.map(({ metric }) => metric)).toEqual(['wall', 'peak-heap', 'calls'])
    const html = renderHtml(buildReport(input))
    expect(html).toContain('highest heap seen')
    expect(html).toContain('+1 in every trial')
    expect(html).toContain('All times are CPU time.')
  })
})

describe('buildReport: runs', () => {
  const run = buildReport(sampleInput()).runs[0]!

  it('computes the node table, the critical path and the timeline from the trace', () => {
    expect(run.nodes!.map(({ path }) => path)).toEqual(['orders', 'quotes', 'fit', 'fit/step'])
    expect(run.critical!.nodes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
    expect(run.timeline!.duration).toBe(64e6)
    const lanes = run.timeline!.lanes.map(({ kind, label, node }) => `${kind} ${node}:${label}`)
    expect(lanes.slice(0, 7)).toEqual([
      'workflow :workflow',
      'node orders:orders',
      'call orders:db.all',
      'node quotes:quotes',
      'item quotes:items',
      'call quotes:db.lookup',
      'call quotes:api.json',
    ])
    expect(lanes.at(-1)).toBe('work :db')
    expect(run.timeline!.lanes.find(({ label }) => label === 'api.json')).toMatchObject({ spans: 12, failures: 1 })
  })

  it('draws the flame graph from samples, and from spans where there are none', () => {
    const model = buildReport(sampleInput())
    expect(model.runs[0]!.flame!.measure).toBe('cpu')
    expect(model.runs[0]!.functions!.map(({ name }) => name)).toContain('price')
    expect(model.runs[1]!.flame!.measure).toBe('spans')
    expect(model.runs[1]!.functions).toBeNull()
  })

  it('keeps the metric of every iteration', () => {
    expect(run.cycles[0]).toMatchObject({
      path: 'fit',
      reason: 'converged',
      iterations: 4,
      metric: { name: 'loss', goal: 'minimise', target: null },
      value: [1.2, 0.4, 0.11, 0.04],
    })
  })

  it('pairs the run of the baseline with that of the fastest variant', () => {
    expect(buildReport(sampleInput()).pair).toEqual({ baseline: 'r00000000000b1', best: 'r00000000000b2' })
    expect(buildReport(sampleInput({ runs: [baselineRun()] })).pair).toBeNull()
  })

  it('reports a failed run with its reason and without invented numbers', () => {
    const record = sampleRun({
      ...{ reason: 'failed', value: null, cycles: [{ path: 'fit', reason: 'failed', iterations: 2 }] },
      error: { code: 'user.error', message: 'the API said 500' },
    })
    const model = buildReport({ madeAt: 0, experiments: [], runs: [{ record, label: 'broken' }], advice: [] })
    expect(model.headline).toMatchObject({ tone: 'failed' })
    expect(model.headline.sentence).toBe('order-pricing failed after 2 iterations of fit: the API said 500.')
    expect(model.runs[0]).toMatchObject({ value: null, nodes: null, timeline: null, flame: null, critical: null })
    expect(model.runs[0]!.cycles[0]).toMatchObject({ iterations: 2, durations: null, value: [] })
  })
})

describe('buildReport: advice', () => {
  it('puts the measured gain beside the predicted one and says how they compare', () => {
    const { advice, ledger } = buildReport(sampleInput())
    expect(advice[0]!.measured).toMatchObject({ ratio: 0.5, level: 0.98, against: 'inside' })
    expect(advice[1]!.measured).toBeNull()
    expect(advice[1]!.includes).toEqual(['Items of quotes wait for their calls one after the other'])
    expect(ledger.map(({ status }) => status)).toEqual(['proved', 'open'])
  })

  it('makes the proof the headline where the report is about one', () => {
    const { headline } = buildReport(sampleInput({ proof: 'a00000000000a1' }))
    expect(headline.sentence).toContain('measured −50.0 % [−52.0, −48.0], predicted −58.0 % to −39.0 % — as predicted')
    expect(headline.tone).toBe('faster')
  })

  it('takes the last proof among the experiments for the headline, with the runs of that experiment', () => {
    const compare = sampleExperiment(twoVariants)
    const proof = { ...sampleExperiment(twoVariants), id: 'x00000000prove0' }
    const settings = { ...proof.settings, purpose: 'proof' as const, recommendation: 'a00000000000a1' }
    const measured = { experimentId: proof.id, ratio: 0.5, low: 0.48, high: 0.52, verdict: 'faster' as const }
    const trialOf = (experiment: string) => ({ trial: { experiment, block: 0, position: 0 } })
    const model = buildReport(
      sampleInput({
        experiments: [{ record: compare }, { record: { ...proof, settings } }],
        runs: [
          baselineRun({ id: 'r1', ...trialOf(compare.id) }),
          baselineRun({ id: 'r2', ...trialOf(proof.id) }),
          baselineRun({ id: 'r3', variant: 'overlapped', ...trialOf(proof.id) }),
        ],
        advice: [{ id: 'a00000000000a1', createdAt: 0, recommendation: sampleRecommendation({ proof: measured }) }],
      }),
    )
    expect(model.headline).toMatchObject({ experiment: proof.id, tone: 'faster' })
    expect(model.headline.sentence).toContain('measured −50.0 %')
    expect(model.pair).toEqual({ baseline: 'r2', best: 'r3' })
  })

  it('shows no gain of what computes another result, also where the ledger has one', () => {
    const proof = { experimentId: 'x1', ratio: 0.1, low: 0.09, high: 0.11, verdict: 'different-result' as const }
    const advice = [{ id: 'a1', createdAt: 0, recommendation: sampleRecommendation({ status: 'refused', proof }) }]
    const { advice: cards, ledger } = buildReport(sampleInput({ advice }))
    const none = { ratio: null, low: null, high: null, against: null, verdict: 'different-result' }
    expect(cards[0]!.measured).toMatchObject(none)
    expect(ledger[0]!.measured).toMatchObject(none)
  })

  it.each([
    [0.3, 'better'],
    [0.8, 'worse'],
    [null, null],
  ])('a measured ratio of %s is %s', (ratio, against) => {
    const proof = { experimentId: 'x1', ratio, low: null, high: null, verdict: 'faster' as const }
    const advice = [{ id: 'a1', createdAt: 0, recommendation: sampleRecommendation({ proof }) }]
    expect(buildReport(sampleInput({ advice })).advice[0]!.measured!.against).toBe(against)
  })
})

it('a report of nothing says no data', () => {
  const model = buildReport({ madeAt: 0, experiments: [], runs: [], advice: [] })
  expect(model.headline.sentence).toContain('no data')
  expect(model).toMatchObject({ environments: [], workflow: null, experiments: [], runs: [], pair: null })
})
