import { describe, expect, it } from 'vitest'
import { type ExperimentSettings, type TrialTelemetry, timerResolution } from '../../src/analysis/index.ts'
import { wordsOf } from '../../src/engine/command-arm.ts'
import { experimentDefaults, indifferenceFor, isTooCoarse, planFor } from '../../src/engine/experiment-defaults.ts'
import { discardAllowance, disturbancesOf, invalidationOf } from '../../src/engine/experiment-disturbance.ts'
import { extendedCap } from '../../src/engine/extend-experiment.ts'
import type { MachineReading } from '../../src/engine/machine-readings.ts'
import { telemetryOf } from '../../src/engine/trial-telemetry.ts'
import { makePlan } from '../../src/statistics/index.ts'

const quiet: TrialTelemetry = {
  ...{ duration: 1e9, foreignCores: 0.05, disturbedShare: 0, clockJump: 0.3, powerChanged: false, throttles: 0 },
}

describe('what disturbs a trial', () => {
  const cases: ReadonlyArray<[string, Partial<TrialTelemetry>, string[]]> = [
    ['nothing', {}, []],
    ['other programs in a tenth of it, which is allowed', { disturbedShare: 0.1 }, []],
    ['other programs in more than that', { disturbedShare: 0.11, foreignCores: 0.5 }, ['foreign-cpu']],
    ['other programs, where nothing is known of them', { disturbedShare: null, foreignCores: null }, []],
    ['a clock that drifts', { clockJump: 99 }, []],
    ['a clock that jumps forwards', { clockJump: 101 }, ['clock-jump']],
    ['a clock that jumps backwards', { clockJump: -101 }, ['clock-jump']],
    ['a clock that is slewed over ten minutes', { clockJump: 300, duration: 600e9 }, []],
    ['sleep in a long trial', { clockJump: 700, duration: 600e9 }, ['clock-jump']],
    ['the mains', { powerChanged: true }, ['power-source']],
    ['mains that cannot be read', { powerChanged: null }, []],
    ['heat', { throttles: 2 }, ['throttled']],
    ['two things at once', { throttles: 1, disturbedShare: 1, foreignCores: 2 }, ['foreign-cpu', 'throttled']],
  ]
  it.each(cases)('%s', (_name, changes, kinds) => {
    const found = disturbancesOf([
      { variant: 0, telemetry: quiet },
      { variant: 1, telemetry: { ...quiet, ...changes } },
    ])
    expect(found.map(({ kind }) => kind)).toEqual(kinds)
    expect(found.every(({ variant }) => variant === 1)).toBe(true)
  })

  it('a precondition that did not hold', () => {
    const found = disturbancesOf([{ variant: 0, telemetry: quiet, precondition: '--prepare failed: exit code 3' }])
    expect(found).toEqual([{ variant: 0, kind: 'precondition', how: '--prepare failed: exit code 3' }])
  })
})

describe('a disturbed block', () => {
  const nameOf = (variant: number) => ['plain', 'batched'][variant]!
  const busy = { variant: 1, kind: 'foreign-cpu', how: 'others were busy' } as const
  const unfit = { variant: 0, kind: 'precondition', how: 'nothing was prepared' } as const
  it.each([
    ['nothing happened', [], 'discard', undefined],
    ['discarded, with its reason', [busy], 'discard', 'batched: others were busy'],
    ['only marked', [busy], 'flag', undefined],
    ['never counted without its precondition', [busy, unfit], 'flag', 'plain: nothing was prepared'],
  ] as const)('%s', (_name, disturbances, mode, expected) => {
    expect(invalidationOf(disturbances, mode, nameOf)).toBe(expected)
  })

  it.each([
    [8, 2],
    [16, 3],
    [40, 8],
    [160, 32],
  ])('of a plan of %i blocks %i may be discarded', (cap, allowed) => expect(discardAllowance(cap)).toBe(allowed))

  it('is run again by default where there is time for it', () => {
    expect(experimentDefaults.disturbed).toEqual({ quick: 'flag', standard: 'discard', rigorous: 'discard' })
  })
})

describe('telemetry from readings', () => {
  /** Readings every `step` milliseconds; `foreign` and `own` are cores busy in each window. */
  function readings(step: number, foreign: readonly number[], own = 1, changes: Partial<MachineReading> = {}) {
    const all: MachineReading[] = [
      { at: 0, wall: 1000, busy: 0, own: 0, error: 20e6, power: null, throttles: null, ...changes },
    ]
    for (const cores of foreign) {
      const last = all.at(-1)!
      all.push({
        ...last,
        ...{ at: last.at + step * 1e6, wall: last.wall + step },
        ...{ busy: last.busy! + (cores + own) * step * 1e6, own: last.own + own * step * 1e6 },
      })
    }
    return all
  }
  it.each([
    ['a machine of its own', readings(500, [0, 0, 0]), 0],
    ['less than a fifth of a core', readings(500, [0.19, 0.19]), 0],
    ['a fifth and what ticks may be wrong by', readings(500, [0.27, 0.27]), 0],
    ['clearly more', readings(500, [0.5, 0.5]), 1],
    ['more in one of four windows', readings(500, [0, 1, 0, 0]), 0.25],
    ['a trial too short for clock ticks to tell', readings(20, [1]), 0],
    ['own work on all cores is not foreign', readings(500, [0, 0], 2), 0],
  ])('%s', (_name, taken, share) => expect(telemetryOf(taken).disturbedShare).toBeCloseTo(share, 9))

  it('says that nothing is known where the machine tells nothing', () => {
    const unknown = readings(500, [1]).map((reading) => ({ ...reading, busy: null }))
    expect(telemetryOf(unknown)).toMatchObject({ foreignCores: null, disturbedShare: null, powerChanged: null })
  })

  it('joins a last window that is too short with the one before', () => {
    const [first, second] = readings(500, [0.1], 1, { error: 0 }) as [MachineReading, MachineReading]
    const last = { ...second, at: second.at + 10e6, busy: second.busy! + 5e6 }
    expect(telemetryOf([first, second, last]).disturbedShare).toBe(0)
  })

  it('sees sleep, the mains and heat', () => {
    const [from, to] = readings(500, [0], 1, { power: 'AC 1', throttles: 3 }) as [MachineReading, MachineReading]
    const seen = telemetryOf([from, { ...to, wall: to.wall + 2000, power: 'AC 0', throttles: 5 }])
    expect(seen).toMatchObject({ clockJump: 2000, powerChanged: true, throttles: 2 })
  })
})

describe('the region of indifference', () => {
  it.each([
    ['stays where the timer can tell it', 0.02, [1e6, 1e6], 30, 0.02],
    ['is raised to two steps of the timer', 0.02, [1000, 1000], 30, 0.06],
    ['is of the median, whoever it belongs to', 0.02, [100, 1000, 1e9], 30, 0.06],
    ['stays where nothing was measured', 0.02, [], 30, 0.02],
  ] as const)('%s', (_name, asked, values, resolution, expected) => {
    expect(indifferenceFor(asked, values, resolution)).toBeCloseTo(expected, 12)
  })

  it.each([
    ['wall', undefined, 30],
    ['cpu', undefined, 1e6],
    ['wall', 'shell', 1e3],
    ['user', 'shell', 1e6],
    ['wall', 'process', 30],
  ] as const)('%s time by timer %s has steps of %i ns', (metric, timer, expected) => {
    const settings = { metric, ...(timer ? { commands: { timer } } : {}) } as ExperimentSettings
    expect(timerResolution(settings)).toBe(expected)
  })
})

describe('the cap of an extension', () => {
  const standard = makePlan('standard')
  it.each([
    ['the next look after its own', 40, undefined, 80],
    ['its own after an early end', 10, undefined, 40],
    ['what was asked for', 40, 160, 160],
    ['between two looks', 40, 100, 100],
    ['no more than the plan has', 40, 1000, 320],
  ] as const)('%s', (_name, blocks, asked, expected) => expect(extendedCap(standard, blocks, asked)).toBe(expected))

  it('says when no look is within reach', () => {
    expect(() => extendedCap(standard, 40, 60)).toThrow(/the next verdict comes at 80/)
    expect(() => extendedCap(makePlan('quick'), 16, undefined)).toThrow(/no α left to spend/)
  })
})

describe('the words of a command', () => {
  it.each([
    ['/bin/sh', 'echo "a b" | wc', ['/bin/sh', '-c', 'echo "a b" | wc']],
    ['none', 'sleep 0.01', ['sleep', '0.01']],
    ['none', `  grep 'a b' "c d" e  `, ['grep', 'a b', 'c d', 'e']],
    ['none', `printf ''`, ['printf', '']],
  ])('%s: %s', (shell, line, words) => expect(wordsOf(shell, line)).toEqual(words))
})

describe('the plan', () => {
  it.each([
    ['the standard preset by default', {}, { preset: 'standard', cap: 40, controlArm: false }],
    ['another preset', { preset: 'rigorous' }, { preset: 'rigorous', cap: 160, controlArm: true }],
    ['another cap', { preset: 'rigorous', maxBlocks: 80 }, { preset: 'rigorous', cap: 80, controlArm: true }],
    [
      'a control arm of any preset',
      { preset: 'quick', controlArm: true },
      { preset: 'quick', cap: 16, controlArm: true },
    ],
    ['no control arm', { preset: 'rigorous', controlArm: false }, { preset: 'rigorous', controlArm: false }],
    [
      'looks of its own',
      { looks: [{ blocks: 30, alpha: 0.05 }] },
      { preset: 'custom', looks: [{ blocks: 30, alpha: 0.05 }], alpha: 0.05, cap: 30 },
    ],
  ] as const)('%s', (_name, request, expected) => expect(planFor(request, 1)).toMatchObject(expected))
})

it.each([
  ['as asked for', 0.02, 0.02, false],
  ['raised a little', 0.02, 0.09, false],
  ['raised to where nothing could be told', 0.02, 2, true],
  ['asked for wide, raised a little', 0.3, 0.6, false],
  ['asked for wide, raised beyond sense', 0.3, 2, true],
])('a threshold %s: too coarse for a verdict or not', (_name, asked, raised, expected) => {
  expect(isTooCoarse(asked, raised)).toBe(expected)
})
