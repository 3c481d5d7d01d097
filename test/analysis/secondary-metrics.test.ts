import { describe, expect, it } from 'vitest'
import {
  contendersOf,
  type ExperimentRecord,
  experimentCautions,
  invalidationsByArm,
  medianIntervalText,
  secondaryEffectText,
  secondaryMetricsOf,
  secondaryName,
  type TrialMetrics,
  trialUnit,
} from '../../src/analysis/index.ts'
import { sampleExperiment } from '../cli/sample-experiment.ts'

/** The sample with metrics for each trial; −1 is the warm-up block. */
function withMetrics(blocks: number, metricsOf: (variant: number, block: number) => TrialMetrics): ExperimentRecord {
  const record = sampleExperiment(0.8, blocks)
  return {
    ...record,
    trials: record.trials.map((trial) => ({ ...trial, metrics: metricsOf(trial.variant, trial.block) })),
  }
}

const metricsNamed = (record: ExperimentRecord) =>
  Object.fromEntries(secondaryMetricsOf(record).map(({ metric, rows }) => [metric, rows]))

describe('metrics besides the primary one', () => {
  it('are those that were measured, without the primary one', () => {
    const record = withMetrics(16, () => ({ wall: 5, cpu: 3, gc: 0, calls: 1 }))
    expect(secondaryMetricsOf(record).map(({ metric }) => metric)).toEqual(['cpu', 'gc', 'calls'])
    const ofCpu = { ...record, settings: { ...record.settings, metric: 'cpu' as const } }
    expect(secondaryMetricsOf(ofCpu).map(({ metric }) => metric)).toEqual(['wall', 'gc', 'calls'])
    expect(secondaryMetricsOf(sampleExperiment(0.8, 16))).toEqual([])
  })

  it('leave the warm-up block and invalidated blocks out', () => {
    const record = withMetrics(16, (variant, block) => ({ cpu: block === 3 ? 1e12 : block < 0 ? 1 : 100 + variant }))
    const blocks = record.blocks.map((block) => (block.block === 3 ? { ...block, invalidated: 'noise' } : block))
    const [row] = metricsNamed({ ...record, blocks }).cpu!
    expect(row).toMatchObject({ trials: 15, median: 100, effect: null })
  })

  it('are ratios with an interval that holds the truth, where they are above zero', () => {
    const spread = (block: number) => 1 + 0.01 * Math.sin(block * 12.9898)
    const record = withMetrics(16, (variant, block) => ({
      cpu: 1e6 * (variant === 0 ? 1 : 1.3) * spread(block + variant),
    }))
    const { effect } = metricsNamed(record).cpu![1]!
    expect(effect).toMatchObject({ kind: 'ratio' })
    expect(effect!.low!).toBeLessThan(1.3)
    expect(effect!.high!).toBeGreaterThan(1.3)
    expect(effect!.high! - effect!.low!).toBeLessThan(0.05)
  })

  it('are differences in their unit where they can be zero, and plain where nothing varies', () => {
    const record = withMetrics(16, (variant, block) => ({
      gc: variant === 0 ? (block % 2) * 1e6 : 5e6 + (block % 3) * 1e6,
      calls: variant === 0 ? 442 : 42,
    }))
    const { gc, calls } = metricsNamed(record)
    expect(gc![1]!.effect).toMatchObject({ kind: 'difference' })
    expect(gc![1]!.effect!.estimate).toBeGreaterThanOrEqual(4e6)
    expect(calls![1]!.effect).toEqual({ kind: 'exact', estimate: -400, low: null, high: null })
  })

  it('have no interval where blocks are too few, and no effect where a side was not measured', () => {
    const few = metricsNamed(withMetrics(3, (variant, block) => ({ cpu: 100 + 7 * variant + block }))).cpu![1]!
    expect(few).toMatchObject({ low: null, high: null, effect: { low: null, high: null } })
    const half = metricsNamed(withMetrics(16, (variant) => (variant === 0 ? { cpu: 1 } : {}))).cpu![1]!
    expect(half).toEqual({ variant: 1, trials: 0, median: null, low: null, high: null, ties: false, effect: null })
  })

  it('never come with the word of a verdict', () => {
    const text = JSON.stringify(secondaryMetricsOf(withMetrics(16, (variant) => ({ cpu: 100 - variant, gc: 0 }))))
    expect(text).not.toMatch(/faster|slower|equivalent|inconclusive|significant/)
  })
})

/** Some order of numbers from 0 up to `below` that is the same every time and follows no pattern of blocks. */
const drawn = (block: number, below: number) => ((block + 7) * 7919) % below

describe('metrics that move in steps', () => {
  const tick = 10e6

  it('have no interval that is narrower than a step', () => {
    // A clock of 10 ms over times of 42 to 50 ms: most trials read 40, a few 50.
    const read = (variant: number, block: number) =>
      Math.floor((42e6 + drawn(block * 2 + variant, 9) * 1e6) / tick) * tick
    const record = withMetrics(16, (variant, block) => ({ cpu: read(variant, block) }))
    const [cpu] = secondaryMetricsOf(record)
    expect(cpu!.step).toBe(tick)
    expect(cpu!.rows[0]).toMatchObject({ median: 40e6, low: null, high: null, ties: true })
    expect(cpu!.rows[1]!.effect).toEqual({ kind: 'ties', estimate: 0, low: null, high: null })
    expect(secondaryName(cpu!)).toBe('CPU time, in steps of 10.0 ms')
    expect(medianIntervalText(cpu!.rows[0]!, cpu!)).toBe('in steps of 10.0 ms: no interval')
    expect(secondaryEffectText(cpu!.rows[1]!.effect!, cpu!)).toBe('0, in steps of 10.0 ms: no interval')
  })

  it('claim no exact difference because readings of a clock agree', () => {
    const record = withMetrics(16, (variant) => ({ user: variant === 0 ? 40e6 : 50e6, calls: 5 + variant }))
    const { user, calls } = metricsNamed(record)
    expect(user![1]!.effect).toEqual({ kind: 'ties', estimate: tick, low: null, high: null })
    // What is counted is exact.
    expect(calls![1]!.effect).toMatchObject({ kind: 'exact', estimate: 1 })
    expect(calls![1]).toMatchObject({ low: 6, high: 6, ties: false })
  })

  it('keep an interval of several steps, as one that says how wide they are', () => {
    const record = withMetrics(16, (variant, block) => ({
      cpu: (4 + 3 * variant + drawn(block * 3 + variant, 7)) * tick,
    }))
    const [cpu] = secondaryMetricsOf(record)
    const { kind, low, high } = cpu!.rows[1]!.effect!
    expect([cpu!.step, kind]).toEqual([tick, 'ratio'])
    expect(high! - low!).toBeGreaterThan(0.1)
    expect(cpu!.rows[0]!.high! - cpu!.rows[0]!.low!).toBeGreaterThanOrEqual(tick)
  })

  it('are not those that are often zero and move freely else', () => {
    const record = withMetrics(16, (variant, block) => ({
      gc: variant === 0 ? 0 : block % 4 === 0 ? 1e6 + drawn(block, 101) * 1234 : 0,
    }))
    const [gc] = secondaryMetricsOf(record)
    expect(gc!.step).toBeNull()
    expect(gc!.rows[0]).toMatchObject({ low: 0, high: 0, ties: false })
    expect(medianIntervalText(gc!.rows[0]!, gc!)).toBe('the same in every trial')
    expect(gc!.rows[1]!.effect).toMatchObject({ kind: 'ties', estimate: 0 })
    expect(secondaryEffectText(gc!.rows[1]!.effect!, gc!)).toBe('0, most trials are equal: no interval')
  })

  it('never have an interval without width, however coarse the clock is', () => {
    for (const step of [1, 1e3, 1e6, 4e6, 10e6, 50e6]) {
      for (let spread = 1; spread <= 40; spread += 3) {
        const record = withMetrics(16, (variant, block) => ({
          cpu: Math.floor((50e6 + variant * 3e6 + drawn(block * 2 + variant, 97) * spread * 1e4) / step) * step,
        }))
        for (const { low, high, effect } of secondaryMetricsOf(record)[0]!.rows) {
          if (low !== null && low !== 0) expect(high! - low).toBeGreaterThan(0)
          if (effect?.low != null) expect(effect.high! - effect.low).toBeGreaterThan(0)
        }
      }
    }
  })
})

describe('what an experiment saw of its own measuring', () => {
  const record = sampleExperiment(0.8, 16)
  const disturbance = (variant: number) => ({ variant, kind: 'foreign-cpu' as const, how: 'busy' })
  const textsOf = (changed: ExperimentRecord) => experimentCautions(changed).map(({ text }) => text)

  it('is nothing where nothing happened', () => expect(experimentCautions(record)).toEqual([]))

  it('says how many of the blocks that count were disturbed', () => {
    const blocks = record.blocks.map((block) =>
      block.block < 4 ? { ...block, disturbances: [disturbance(0)] } : block,
    )
    expect(textsOf({ ...record, blocks })[0]).toMatch(/^4 of 16 blocks that count were disturbed \(other programs/)
  })

  it.each([
    [[0, 0, 0, 0, 0, 0], 1, /^baseline has 100 % of the disturbed trials \(6; p 0\.031\)/],
    [[1, 1, 1, 1, 1, 1], 1, /^batched has 100 %/],
    [[0, 1, 0, 1, 0, 1], 0, /$/],
    [[1, 1, 1, 1, 1], 0, /$/],
  ])('tells of a variant that has too many of the discarded ones: %j', (variants, count, says) => {
    const blocks = record.blocks.map((block, place) => {
      const variant = variants[place - 1]
      return variant === undefined ? block : { ...block, invalidated: 'busy', disturbances: [disturbance(variant)] }
    })
    const changed = { ...record, blocks }
    expect(textsOf(changed)).toHaveLength(count)
    if (count > 0) expect(textsOf(changed)[0]).toMatch(says)
    expect(invalidationsByArm(changed).map(({ trials }) => trials)).toEqual([
      variants.filter((variant) => variant === 0).length,
      variants.filter((variant) => variant === 1).length,
    ])
  })

  it('tells of a raised threshold, of extensions and of trials without a steady state', () => {
    const changed = {
      ...record,
      settings: { ...record.settings, rope: 0.06, askedRope: 0.02 },
      extensions: [{ startedAt: 0, blocks: 8, fromCap: 8, toCap: 16 }],
      trials: record.trials.map((trial) => ({
        ...trial,
        repeats: { count: 50, state: trial.variant === 1 ? ('slowdown' as const) : ('warmup' as const), from: 25 },
      })),
    }
    const texts = textsOf(changed)
    expect(texts).toHaveLength(3)
    expect(texts[0]).toMatch(/raised to ±6\.00 %/)
    expect(texts[1]).toMatch(/^batched: slowdown in 17 of 17 trials/)
    expect(texts[2]).toMatch(/extended at 8 blocks, from at most 8 to at most 16/)
  })
})

describe('what a trial is', () => {
  const record = sampleExperiment(0.8, 16)
  it.each([
    [{}, 'a fresh worker thread per trial'],
    [{ isolation: 'process' }, 'a fresh process per trial'],
    [
      { isolation: 'repeats', repeats: 40 },
      'a fresh worker thread per trial, the median of the steady part of 40 repetitions in it',
    ],
  ] as const)('%j', (settings, says) => {
    expect(trialUnit({ ...record, settings: { ...record.settings, ...settings } })).toBe(says)
  })
})

describe('contenders', () => {
  it('do not contradict the verdicts', () => {
    const record = sampleExperiment(0.8, 16)
    expect(contendersOf(record)).toEqual({ leader: 1, contenders: [1] })
    expect(contendersOf(sampleExperiment(1, 16))!.contenders).toEqual([0, 1])
  })

  it('leave out a variant without a reliable verdict, however fast it is', () => {
    const record = sampleExperiment(0.5, 16)
    if (record.look?.kind !== 'look') return expect.fail('a look was expected')
    const [state] = record.look.candidates
    for (const unreliable of ['failed-trials', 'control-differs'] as const) {
      const candidates = [{ ...state!, verdict: 'unreliable' as const, unreliable }]
      expect(contendersOf({ ...record, look: { ...record.look, candidates } })).toBeNull()
    }
  })

  it('leave out a variant that computes something else', () => {
    const record = sampleExperiment(0.8, 16)
    const differences = [{ runId: 'r11', variant: 1, how: 'another result' }]
    expect(contendersOf({ ...record, results: { ...record.results, differences } })).toBeNull()
  })
})
