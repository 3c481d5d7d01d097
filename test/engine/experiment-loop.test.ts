import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { comparisonsOf, contendersOf, type ExperimentRecord, type TrialTelemetry } from '../../src/analysis/index.ts'
import { silentProgress } from '../../src/base/index.ts'
import { ResultComparer } from '../../src/engine/compare-results.ts'
import { experimentRow } from '../../src/engine/documents.ts'
import type { Arm, ArmTrial } from '../../src/engine/experiment-arm.ts'
import { ExperimentLoop } from '../../src/engine/experiment-loop.ts'
import { type Engine, openEngine } from '../../src/engine/index.ts'
import { blockSchedule, makePlan, type PresetName } from '../../src/statistics/index.ts'
import type { RunResult } from '../../src/trace/index.ts'
import { recordRun } from '../fixtures/record-run.ts'

// The loop with arms that measure nothing: values are made up, the machine is as it is told to be. No process is started.

const workspace = mkdtempSync(join(tmpdir(), 'strobe-loop-'))
let engine: Engine
beforeAll(() => {
  engine = openEngine({ workspace })
})
afterAll(() => {
  engine.close()
  rmSync(workspace, { recursive: true })
})

const quiet: TrialTelemetry = {
  ...{ duration: 1e9, foreignCores: 0, disturbedShare: 0, clockJump: 0, powerChanged: null, throttles: null },
}
const busy: TrialTelemetry = { ...quiet, foreignCores: 1, disturbedShare: 1 }
const seed = 7
let made = 0

function experiment(arms: number, preset: PresetName, settings: Partial<ExperimentRecord['settings']> = {}) {
  const record: ExperimentRecord = {
    id: `x${String(made++).padStart(14, '0')}`,
    settings: {
      ...{ workflow: 'made-up', file: 'made-up.workflow.ts', params: {}, seed, rope: 0.02, purpose: 'compare' },
      variants: Array.from({ length: arms }, (_, arm) => ({ name: `v${arm}`, patch: {} })),
      ...{ capture: { level: 'off' }, disturbed: 'discard', ...settings },
    },
    plan: makePlan(preset, { comparisons: arms - 1 }),
    ...{ status: 'running', stop: null, startedAt: 0, endedAt: null, blocks: [], trials: [], look: null },
    results: { reference: null, tolerance: 0, compared: 0, differences: [] },
  }
  engine.store.experiments.insert(experimentRow(record))
  return record
}

/** Milliseconds of one trial; `null` is a failure. */
type Values = (arm: number, block: number) => number | null

/** Times that differ by `ratios` between the arms, with a spread of about a per cent that never repeats. */
function about(...ratios: readonly number[]): (arm: number, block: number) => number {
  return (arm, block) => 100 * (ratios[arm] ?? 1) * (1 + 0.01 * Math.sin(block * 12.9898 + arm * 78.233))
}

interface Options {
  readonly isBusy?: (trial: number) => boolean
  readonly stopAfter?: number
  readonly precondition?: (block: number) => string | undefined
  /** What a trial computes; without it there is nothing to compare. */
  readonly results?: (arm: number, block: number) => RunResult
}

async function run(record: ExperimentRecord, values: Values, options: Options = {}) {
  const { isBusy = () => false, stopAfter = Number.POSITIVE_INFINITY, precondition = () => undefined } = options
  const { results } = options
  const stop = new AbortController()
  const told: ExperimentRecord[] = []
  let trials = 0
  const count = record.settings.variants.length + (record.plan.controlArm ? 1 : 0)
  const arms = Array.from({ length: count }, (_, arm): Arm => {
    return {
      runTrial: async ({ block }): Promise<ArmTrial> => {
        if (++trials > stopAfter) {
          stop.abort()
          return { runId: `r${trials}`, reason: 'cancelled', metrics: {} }
        }
        const value = values(arm, block)
        const unfit = precondition(block)
        return {
          ...{ runId: `r${trials}`, reason: value === null ? 'failed' : 'finished' },
          metrics: value === null ? {} : { wall: value * 1e6 },
          ...(results ? { record: recordRun({ id: `r${trials}`, result: results(arm, block) }) } : {}),
          ...(unfit === undefined ? {} : { precondition: unfit }),
        }
      },
    }
  })
  const watch = () => () => (isBusy(trials) ? busy : quiet)
  const loop = new ExperimentLoop(engine, record, arms, new ResultComparer(undefined), watch)
  const ended = await loop.run(silentProgress(stop.signal), (seen) => {
    // Told only what is stored.
    expect(engine.store.experiments.get(record.id)?.blocks.length).toBe(seen.blocks.length)
    told.push(seen)
  })
  return { ended, told }
}

const invalid = ({ blocks }: ExperimentRecord) => blocks.filter(({ invalidated }) => invalidated !== undefined)
const counted = ({ blocks }: ExperimentRecord) => blocks.filter((block) => !block.warmUp && !block.invalidated)
const orders = ({ blocks }: ExperimentRecord) => blocks.map(({ order }) => order)

describe('the loop', () => {
  it('runs a warm-up block and then blocks in the order of the seed until it is decided', async () => {
    const { ended } = await run(experiment(2, 'standard'), about(1, 0.8))
    expect(ended).toMatchObject({ status: 'finished', stop: 'decided', look: { blocks: 10 } })
    expect(comparisonsOf(ended)[0]).toMatchObject({ verdict: 'faster' })
    expect(ended.blocks.map(({ block }) => block)).toEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(ended.blocks.map(({ warmUp }) => warmUp)).toEqual([true, ...new Array(10).fill(false)])
    expect(orders(ended)).toEqual(blockSchedule(2, 11, seed))
    const ran = ended.blocks.map(({ block }) => ended.trials.filter((trial) => trial.block === block))
    expect(ran.map((trials) => trials.map(({ variant }) => variant))).toEqual(orders(ended))
  })

  it('leaves the warm-up block out of every number', async () => {
    const warm: Values = (arm, block) => (block < 0 ? (arm === 0 ? 1 : 1e6) : about(1, 0.8)(arm, block))
    const { ended } = await run(experiment(2, 'quick'), warm)
    expect(comparisonsOf(ended)[0]!.ratio).toBeCloseTo(0.8, 1)
  })

  it('gives estimates between looks, and no verdict', async () => {
    const { told } = await run(experiment(2, 'standard'), about(1, 1.02))
    const between = told.find((record) => counted(record).length === 13)!
    expect(between).toMatchObject({ look: { blocks: 10 }, live: { blocks: 13 } })
    expect(between.live!.estimates[0]).toBeCloseTo(1.02, 2)
  })

  it('ranks failed trials worst, and calls a variant that fails too often unreliable', async () => {
    const twice: Values = (arm, block) => (arm === 1 && block > 0 && block % 5 === 0 ? null : about(1, 0.5)(arm, block))
    const { ended: rarely } = await run(experiment(2, 'quick'), twice)
    expect(rarely.look).toMatchObject({ candidates: [{ verdict: 'faster', failures: { candidate: 3 } }] })
    const { ended: often } = await run(experiment(2, 'quick'), (arm, block) =>
      arm === 1 && block % 2 === 0 ? null : about(1, 0.5)(arm, block),
    )
    expect(often.look).toMatchObject({ candidates: [{ verdict: 'unreliable', unreliable: 'failed-trials' }] })
  })

  it('gives up on a variant that never works', async () => {
    const { ended } = await run(experiment(2, 'standard'), (arm) => (arm === 1 ? null : 100))
    expect(ended).toMatchObject({ status: 'failed', stop: 'failed' })
    expect(counted(ended)).toHaveLength(3)
  })

  it('goes on for the others where one of several candidates never has a result', async () => {
    const values: Values = (arm, block) => (arm === 2 ? null : about(1, 0.8)(arm, block))
    const { ended } = await run(experiment(3, 'quick'), values)
    expect(comparisonsOf(ended).map(({ verdict }) => verdict)).toEqual(['faster', 'unreliable'])
    expect(ended.status).toBe('finished')
    const { ended: hopeless } = await run(experiment(3, 'quick'), (arm, block) => (arm === 0 ? 100 + block : null))
    expect(hopeless).toMatchObject({ status: 'failed', stop: 'failed' })
    expect(counted(hopeless).length).toBeLessThan(8)
  })

  it('stops at a clear direction where that is the goal', async () => {
    const small = about(1, 0.985)
    const { ended: direction } = await run(experiment(2, 'standard', { goal: 'direction' }), small)
    const { ended: verdict } = await run(experiment(2, 'standard'), small)
    expect(comparisonsOf(direction)[0]?.verdict).toBe('faster-maybe-negligible')
    expect(counted(direction).length).toBeLessThan(counted(verdict).length)
  })

  it('stops at the first look after the time budget', async () => {
    const { ended } = await run(experiment(2, 'standard', { timeBudget: -1 }), about(1, 1.02))
    expect(ended).toMatchObject({ stop: 'time-budget', look: { blocks: 10 } })
    expect(counted(ended)).toHaveLength(10)
  })

  it('raises a threshold that the timer cannot tell, before the first block that counts', async () => {
    const { ended } = await run(experiment(2, 'quick'), (arm, block) => about(1, 0.5)(arm, block) / 1e5)
    expect(ended.settings.askedRope).toBe(0.02)
    expect(ended.settings.rope).toBeGreaterThan(0.05)
  })

  it('names contenders instead of a winner where two cannot be told apart', async () => {
    const { ended } = await run(experiment(4, 'standard'), about(1, 0.8, 0.8, 1.02))
    expect(ended.look?.blocks).toBeGreaterThan(11)
    expect(contendersOf(ended)!.contenders).toEqual([1, 2])
  })
})

describe('an experiment whose variants compute something else', () => {
  const result = (digest: string): RunResult => ({ digest, shape: digest, preview: '' })

  it('is over with the block that shows it of all of them, and has no gain', async () => {
    // The second one is right until block 2.
    const results = (arm: number, block: number) => result(arm === 1 || (arm === 2 && block >= 2) ? 'other' : 'same')
    const { ended } = await run(experiment(3, 'standard'), about(1, 0.1, 0.1), { results })
    expect(ended).toMatchObject({ status: 'finished', stop: 'different-results' })
    expect(counted(ended)).toHaveLength(3)
    const none = { verdict: 'different-result', ratio: null, low: null, high: null }
    expect(comparisonsOf(ended)).toMatchObject([none, none])
  })

  it('goes on while one of them computes the same', async () => {
    const results = (arm: number) => result(arm === 1 ? 'other' : 'same')
    const { ended } = await run(experiment(3, 'quick'), about(1, 0.1, 0.8), { results })
    expect(ended).toMatchObject({ stop: 'decided' })
    expect(comparisonsOf(ended).map(({ verdict }) => verdict)).toEqual(['different-result', 'faster'])
  })
})

describe('the control arm', () => {
  it('is a trial of the baseline under a label of its own, and changes nothing while it agrees', async () => {
    const { ended } = await run(experiment(2, 'rigorous'), about(1, 0.8, 1))
    expect(ended.look).toMatchObject({ control: { differs: false }, candidates: [{ verdict: 'faster' }] })
    expect(ended.blocks.every(({ order }) => [...order].sort().join() === '0,1,2')).toBe(true)
    expect(ended.trials.filter(({ variant }) => variant === 2)).toHaveLength(ended.blocks.length)
  })

  it('is given enough blocks to differ before anything is decided', async () => {
    const { ended } = await run(experiment(2, 'rigorous'), about(1, 0.8, 1))
    // At 10 blocks the smallest p is 2⁻⁹, ten times that counting all looks, which is above the control's 1 %.
    expect(ended).toMatchObject({ stop: 'decided', look: { blocks: 20 } })
  })

  it('makes the session unreliable when it differs from the baseline', async () => {
    const { ended } = await run(experiment(2, 'rigorous'), about(1, 0.8, 1.1))
    expect(ended).toMatchObject({ stop: 'unreliable', look: { control: { differs: true } } })
    expect(comparisonsOf(ended)[0]).toMatchObject({ verdict: 'unreliable' })
  })
})

describe('disturbed blocks', () => {
  const isBusy = (trial: number) => trial === 7 || trial === 12

  it('are discarded with their reason, and fresh ones come from the same stream', async () => {
    const { ended } = await run(experiment(2, 'quick'), about(1, 0.8), { isBusy })
    expect(invalid(ended).map(({ block }) => block)).toEqual([2, 4])
    expect(invalid(ended)[0]!.invalidated).toMatch(/^v[01]: other programs were busy in 100 % of the trial/)
    expect(invalid(ended)[0]!.disturbances).toHaveLength(1)
    expect(counted(ended)).toHaveLength(8)
    expect(ended.look).toMatchObject({ blocks: 8 })
    expect(orders(ended)).toEqual(blockSchedule(2, 11, seed))
  })

  it('are chosen blind to what was measured and under which label', async () => {
    const one = await run(experiment(2, 'quick'), about(1, 1), { isBusy })
    const wild = await run(experiment(2, 'quick'), (arm, block) => (arm === 1 ? 1e6 : 1 + (block % 3)), { isBusy })
    const shape = ({ blocks }: ExperimentRecord) =>
      blocks.slice(0, 9).map((block) => [block.order, !!block.invalidated])
    expect(shape(wild.ended)).toEqual(shape(one.ended))
  })

  it('do not change any number but their own absence', async () => {
    // Values by how many undisturbed blocks came before: the same with and without the disturbed ones.
    const record = experiment(2, 'quick')
    const disturbed = await run(
      record,
      (arm, block) => about(1, 0.9)(arm, block - (block > 2 ? 1 : 0) - (block > 4 ? 1 : 0)),
      {
        isBusy,
      },
    )
    const values = (arm: number) => disturbed.ended.trials.filter((trial) => trial.variant === arm && trial.block >= 0)
    const kept = new Set(counted(disturbed.ended).map(({ block }) => block))
    const plain = await run(experiment(2, 'quick'), (arm, block) =>
      block < 0 ? 100 : values(arm).filter((trial) => kept.has(trial.block))[block]!.value! / 1e6,
    )
    expect(disturbed.ended.look).toEqual(plain.ended.look)
  })

  it('end the experiment when there are too many', async () => {
    const { ended } = await run(experiment(2, 'quick'), about(1, 0.8), { isBusy: () => true })
    expect(ended).toMatchObject({ status: 'finished', stop: 'too-noisy', look: null })
    // A fifth of the cap of 16 is allowed.
    expect(invalid(ended)).toHaveLength(4)
  })

  it('count, and are marked, where that was asked for', async () => {
    const { ended } = await run(experiment(2, 'quick', { disturbed: 'flag' }), about(1, 0.8), { isBusy: () => true })
    expect(ended).toMatchObject({ stop: 'decided' })
    expect(invalid(ended)).toEqual([])
    expect(counted(ended).every(({ disturbances }) => disturbances?.length === 2)).toBe(true)
  })

  it('never count without their precondition, and without one in the warm-up block nothing is measured', async () => {
    const once = (block: number) => (block === 3 ? 'the cache was cold' : undefined)
    const { ended } = await run(experiment(2, 'quick', { disturbed: 'flag' }), about(1, 0.8), { precondition: once })
    expect(invalid(ended).map(({ block }) => block)).toEqual([3])
    expect(invalid(ended)[0]!.invalidated).toContain('the cache was cold')
    const never = run(experiment(2, 'quick'), about(1, 0.8), { precondition: () => 'no disk' })
    await expect(never).rejects.toMatchObject({ code: 'engine.precondition' })
  })
})

describe('an experiment that goes on', () => {
  it('leaves a block that was cut short out, warms up again, and goes on with the same stream', async () => {
    const record = experiment(2, 'quick')
    // The warm-up block, two blocks, and one trial of the third.
    const { ended: stopped } = await run(record, about(1, 0.8), { stopAfter: 7 })
    expect(stopped).toMatchObject({ status: 'stopped', stop: 'cancelled' })
    expect(invalid(stopped)).toMatchObject([{ block: 2, invalidated: 'stopped in the middle' }])
    const { ended } = await run(stopped, about(1, 0.8))
    expect(ended.blocks.map(({ warmUp }) => warmUp).slice(0, 6)).toEqual([true, false, false, false, true, false])
    expect(new Set(ended.blocks.map(({ block }) => block)).size).toBe(ended.blocks.length)
    expect(orders(ended)).toEqual(blockSchedule(2, ended.blocks.length, seed))
    expect(counted(ended)).toHaveLength(8)
    expect(ended).toMatchObject({ stop: 'decided', look: { blocks: 8 } })
  })

  it('says the same as one that never stopped', async () => {
    const values = about(1, 1.02)
    const { ended: whole } = await run(experiment(2, 'quick'), values)
    const { ended: first } = await run(experiment(2, 'quick'), values, { stopAfter: 2 + 2 * 9 })
    expect(counted(first)).toHaveLength(9)
    // The second session's blocks have higher numbers, by the one cut short and the one that warmed it up.
    const { ended: both } = await run(first, (arm, block) => values(arm, block > 10 ? block - 2 : block))
    expect(both.look).toEqual(whole.look)
    expect(both.live).toEqual(whole.live)
  })
})
