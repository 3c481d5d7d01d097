import { describe, expect, it } from 'vitest'
import { checkExperiment, type ExperimentRecord, experimentCautions } from '../../src/analysis/index.ts'
import { sampleExperiment } from '../cli/sample-experiment.ts'

/** An experiment without an effect whose trials take what `time` says, in milliseconds, by variant, block and place in the block. */
function measured(time: (variant: number, block: number, place: number) => number, blocks = 40): ExperimentRecord {
  const record = sampleExperiment(1, blocks)
  const placeOf = (block: number, variant: number) =>
    record.blocks.find((known) => known.block === block)!.order.indexOf(variant)
  return {
    ...record,
    trials: record.trials.map((trial) => ({
      ...trial,
      value: time(trial.variant, trial.block, placeOf(trial.block, trial.variant)) * 1e6,
    })),
  }
}

/** Noise without a pattern, between −1 and 1 per cent (the finisher of MurmurHash3). */
function noise(variant: number, block: number): number {
  let value = (block + 2) * 0x9e3779b1 + variant * 0x85ebca77
  for (const factor of [0x85ebca6b, 0xc2b2ae35]) value = Math.imul(value ^ (value >>> 15), factor)
  return (((value ^ (value >>> 16)) >>> 0) / 2 ** 31 - 1) * 0.01
}
const quiet = measured((variant, block) => 100 * (1 + noise(variant, block)))
const fired = (record: ExperimentRecord) =>
  checkExperiment(record)
    .filter(({ check }) => check.fires)
    .map(({ check, about }) => `${check.name} ${about ?? 'all'}`)

describe('checks of how an experiment was measured', () => {
  it('fire for nothing on a quiet machine, and are all there with their numbers', () => {
    expect(fired(quiet)).toEqual([])
    const names = new Set(checkExperiment(quiet).map(({ check }) => check.name))
    expect(names).toEqual(new Set(['timer', 'drift', 'autocorrelation', 'bimodality', 'spikes', 'position', 'noise']))
    for (const { finding, remedy } of checkExperiment(quiet)) {
      expect(finding).not.toMatch(/NaN|undefined|Infinity/)
      expect(remedy).toMatch(/\.$/)
    }
  })

  it('see a machine that got slower all the time', () => {
    const drifting = measured((variant, block) => 100 * (1 + noise(variant, block) + block * 0.004))
    expect(fired(drifting)).toContain('drift all')
    const [drift] = checkExperiment(drifting)
    expect(drift?.finding).toMatch(/% slower$/)
  })

  it('see what running second costs', () => {
    const tiring = measured((variant, block, place) => 100 * (1 + noise(variant, block) + place * 0.05))
    expect(fired(tiring)).toContain('position batched')
  })

  it('see two modes, spikes, and a timer that cannot tell trials apart', () => {
    const modes = measured(
      (variant, block) => (variant === 1 && block % 2 === 0 ? 150 : 100) * (1 + noise(variant, block)),
    )
    expect(fired(modes)).toContain('bimodality batched')
    const spiky = measured(
      (variant, block) => (variant === 0 && block % 6 === 0 ? 400 : 100) * (1 + noise(variant, block)),
    )
    expect(fired(spiky)).toContain('spikes baseline')
    const ticking = measured((variant, block) => 16 * (1 + ((block + variant) % 2)))
    expect(fired(ticking)).toEqual(expect.arrayContaining(['timer baseline', 'timer batched']))
  })

  it('say of a short trial that the timer’s steps show, and take steps neither for modes nor for spikes', () => {
    const short = { ...measured((variant, block) => 50 * (1 + noise(variant, block))) }
    const cpu = { ...short, settings: { ...short.settings, metric: 'cpu' as const } }
    expect(fired(cpu)).toEqual(['timer baseline', 'timer batched'])
    const [text] = experimentCautions(cpu).map((caution) => caution.text)
    expect(text).toMatch(
      /^baseline: 0 % of its trials repeat another one’s time, and a typical one takes .* steps of the timer\. Make/,
    )
    const ticking = measured((variant, block) => (noise(variant, block) < 0.002 ? 16 : 17))
    expect(fired({ ...ticking, settings: cpu.settings }).sort()).toEqual(['timer baseline', 'timer batched'])
  })

  it('are no notes about a variant that computes something else', () => {
    const spiky = measured(
      (variant, block) => (variant === 1 && block % 6 === 0 ? 400 : 100) * (1 + noise(variant, block)),
    )
    expect(experimentCautions(spiky)).not.toEqual([])
    const differences = [{ runId: 'r01', variant: 1, how: 'other numbers' }]
    expect(experimentCautions({ ...spiky, results: { ...spiky.results, differences } })).toEqual([])
  })

  it('say that three trials are too few to tell a spike', () => {
    const few = measured((variant, block) => (variant === 0 && block === 2 ? 110 : 100 + block), 3)
    expect(fired(few)).toEqual([])
    expect(checkExperiment(few).find(({ check }) => check.name === 'spikes')?.finding).toBe('too few trials to say')
  })

  it('are among what a reader should know, with what to do', () => {
    const tiring = measured((variant, block, place) => 100 * (1 + noise(variant, block) + place * 0.05))
    expect(experimentCautions(tiring).map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^batched: running second makes a trial .* slower\. Run a fresh process/),
      ]),
    )
    expect(experimentCautions(quiet)).toEqual([])
  })

  it('say nothing before there are two blocks, and do not mind failed trials', () => {
    expect(checkExperiment(measured(() => 100, 1))).toEqual([])
    const failing = {
      ...quiet,
      trials: quiet.trials.map((trial) => (trial.block % 3 === 0 ? { ...trial, value: null } : trial)),
    }
    expect(() => checkExperiment(failing)).not.toThrow()
  })
})
