import { describe, expect, it } from 'vitest'
import {
  alwaysValidP,
  blocksToFit,
  evaluateLook,
  expectedHalfWidth,
  findContenders,
  isDecisive,
  makePlan,
  minimumDetectableEffect,
  powerOf,
  presets,
  shrinkEffects,
  smallestRejectingBlocks,
  smallestRope,
  standardErrorOf,
  toNanoLogs,
  trialSigma,
} from '../../src/statistics/index.ts'
import { drawTimes } from './noise.ts'

describe('plans', () => {
  it('spend five per cent in all, and stop by default where the presets say', () => {
    for (const name of ['quick', 'standard', 'rigorous'] as const) {
      const plan = makePlan(name)
      expect(plan.alpha).toBe(0.05)
      expect(plan.looks).toEqual(presets[name].looks)
    }
    expect([makePlan('quick').cap, makePlan('standard').cap, makePlan('rigorous').cap]).toEqual([16, 40, 160])
    expect([makePlan('standard').controlArm, makePlan('rigorous').controlArm]).toEqual([false, true])
  })

  it('move the first look to where it can reject at all', () => {
    const firstOf = (comparisons: number) => makePlan('standard', { comparisons }).looks[0]?.blocks
    expect([1, 2, 3, 9].map(firstOf)).toEqual([10, 10, 11, 12])
    expect(makePlan('quick', { comparisons: 2 }).looks.map(({ blocks }) => blocks)).toEqual([9, 16])
    const crowded = makePlan('standard', { comparisons: 1_000_000 }).looks.map(({ blocks }) => blocks)
    expect(crowded).toEqual([...new Set(crowded)].sort((left, right) => left - right))
    expect(2 ** (1 - (crowded[0] ?? 0))).toBeLessThanOrEqual(0.005 / 1_000_000)
    expect([0.05, 0.01, 0.005].map(smallestRejectingBlocks)).toEqual([6, 8, 9])
  })

  it('take a cap between the first and the last look', () => {
    const capOf = (cap: number) => makePlan('standard', { cap }).cap
    expect([1, 25, 5000].map(capOf)).toEqual([10, 25, 320])
  })

  it('make p valid over all looks', () => {
    const { looks, alpha } = makePlan('standard')
    expect(alwaysValidP([], looks, alpha)).toBe(1)
    expect(alwaysValidP([0.004], looks, alpha)).toBeCloseTo(0.04, 12)
    expect(alwaysValidP([0.004, 0.5, 0.9], looks, alpha)).toBeCloseTo(0.04, 12)
    expect(alwaysValidP([0.9, 0.9, 0.01], looks, alpha)).toBeCloseTo(0.02, 12)
  })
})

describe('stopping', () => {
  const plan = makePlan('standard', { comparisons: 2 })
  const stateAt = (n: number, ratios: [number, number], sigma = 0.002, goal: 'verdict' | 'direction' = 'verdict') => {
    const baseline = drawTimes(1, n, sigma)
    const candidates = ratios.map((ratio, index) => drawTimes(2 + index, n, sigma).map((time) => time * ratio))
    return evaluateLook({ plan, baseline, candidates, rope: 0.02, goal })
  }

  it('needs a decisive verdict on every candidate', () => {
    expect(stateAt(10, [1.1, 0.9])).toMatchObject({
      kind: 'look',
      stop: 'decided',
      nextLook: 20,
      candidates: [{ verdict: 'slower', mayBeInflated: true }, { verdict: 'faster' }],
    })
    expect(stateAt(10, [1.1, 1.02])).toMatchObject({ stop: null })
    expect(stateAt(9, [1.1, 0.9])).toMatchObject({ kind: 'pending', stop: null, nextLook: 10 })
  })

  it('for the direction is content with significance', () => {
    const undecided = stateAt(20, [1.02, 1.02])
    expect(undecided).toMatchObject({
      stop: null,
      candidates: [{ verdict: 'slower-maybe-negligible', significant: true }, {}],
    })
    expect(stateAt(20, [1.02, 1.02], 0.002, 'direction')).toMatchObject({ stop: 'decided' })
  })

  it('comes at the cap, which user may pass, and at the last look', () => {
    expect(stateAt(40, [1.01, 1.02], 0.05)).toMatchObject({ stop: 'cap', nextLook: 80 })
    expect(stateAt(80, [1.01, 1.02], 0.05)).toMatchObject({ stop: 'cap', nextLook: 160 })
    const quick = makePlan('quick')
    const [baseline, candidate] = [drawTimes(1, 16, 0.1), drawTimes(2, 16, 0.1)]
    expect(evaluateLook({ plan: quick, baseline, candidates: [candidate], rope: 0.02 })).toMatchObject({
      stop: 'last-look',
      nextLook: null,
    })
  })

  it('comes when the control arm differs: nothing of the session is reliable then', () => {
    const rigorous = makePlan('rigorous')
    const baseline = drawTimes(1, 20, 0.01)
    const control = drawTimes(2, 20, 0.01, 110)
    const input = { plan: rigorous, baseline, candidates: [drawTimes(3, 20, 0.01, 90)], rope: 0.02 }
    expect(evaluateLook({ ...input, control })).toMatchObject({
      stop: 'unreliable',
      control: { differs: true },
      candidates: [{ verdict: 'unreliable', unreliable: 'control-differs' }],
    })
    expect(evaluateLook({ ...input, control: drawTimes(4, 20, 0.01) })).toMatchObject({
      stop: 'decided',
      control: { differs: false },
      candidates: [{ verdict: 'faster' }],
    })
    expect(['faster', 'slower', 'equivalent'].every((verdict) => isDecisive(verdict as 'faster'))).toBe(true)
    expect(isDecisive('inconclusive') || isDecisive('unreliable')).toBe(false)
  })

  it('reuses the p-values of earlier looks', () => {
    const [baseline, candidate] = [drawTimes(1, 20), drawTimes(2, 20)]
    const single = makePlan('standard')
    const first = evaluateLook({
      plan: single,
      baseline: baseline.slice(0, 10),
      candidates: [candidate.slice(0, 10)],
      rope: 0.02,
    })
    if (first.kind !== 'look') return expect.fail('a look was expected')
    const tampered = { ...first, candidates: first.candidates.map((state) => ({ ...state, p: 1e-9 })) }
    const second = evaluateLook({ plan: single, baseline, candidates: [candidate], rope: 0.02, previous: [tampered] })
    expect(second).toMatchObject({ candidates: [{ alwaysValidP: expect.closeTo(1e-8, 12) }] })
  })
})

describe('power', () => {
  it('gives the rules of thumb: half-width 3.0 σ/√n, detectable 4.0 σ/√n', () => {
    expect(expectedHalfWidth(1, 1)).toBeCloseTo(3, 2)
    expect(minimumDetectableEffect(1, 1)).toBeCloseTo(4, 1)
    expect(minimumDetectableEffect(1, 1, 0.025)).toBeCloseTo(4.4, 1)
    expect(powerOf(minimumDetectableEffect(0.03, 20), 0.03, 20)).toBeCloseTo(0.8, 5)
    expect(powerOf(0, 0.03, 20)).toBeCloseTo(0.05, 6)
    expect([powerOf(0.1, 0, 5), powerOf(0, 0, 5)]).toEqual([1, 0.05])
  })

  it('finds the spread of a trial, whatever the blocks and the effects are', () => {
    const blockEffect = drawTimes(9, 2000, 0.5, 1)
    const times = (seed: number, ratio: number) =>
      toNanoLogs(drawTimes(seed, 2000, 0.03).map((time, block) => time * ratio * (blockEffect[block] as number)))
    for (const variants of [
      [1, 1.5],
      [1, 1, 1],
      [1, 2, 3, 4],
    ]) {
      const sigma = trialSigma(variants.map((ratio, index) => times(index + 1, ratio))) ?? 0
      expect(sigma / 1e9).toBeGreaterThan(0.028)
      expect(sigma / 1e9).toBeLessThan(0.032)
    }
    expect(trialSigma([[1, 2, 3]])).toBeNull()
    expect(trialSigma([[1], [2]])).toBeNull()
    expect(trialSigma([])).toBeNull()
  })

  it('says how many blocks would settle an effect inside the region of indifference', () => {
    expect(blocksToFit(20, 0.04, 0, 0.02)).toBe(80)
    expect(blocksToFit(20, 0.04, -0.01, 0.02)).toBe(320)
    expect(blocksToFit(20, 0.04, 0.02, 0.02)).toBeNull()
    expect(blocksToFit(20, null, 0, 0.02)).toBeNull()
    expect(blocksToFit(20, 0.04, null, 0.02)).toBeNull()
  })
})

describe('shrinkage', () => {
  it('moves noisy effects towards none and leaves sure ones', () => {
    const effects = [0.3, -0.3, 0.02, -0.01].map((effect) => ({ effect, standardError: 0.05 }))
    const shrunk = shrinkEffects(effects)
    effects.forEach(({ effect }, index) => {
      expect(Math.sign(shrunk[index] as number)).toBe(Math.sign(effect))
      expect(Math.abs(shrunk[index] as number)).toBeLessThan(Math.abs(effect))
    })
    // τ² = mean(θ̂²) − se² = 0.045125 − 0.0025.
    expect(shrunk[0]).toBeCloseTo((0.3 * 0.042625) / 0.045125, 12)
    expect([...shrinkEffects([{ effect: 0.01, standardError: 1 }])]).toEqual([0])
    expect([...shrinkEffects([{ effect: 5, standardError: null }])]).toEqual([0])
    expect([...shrinkEffects([{ effect: 5, standardError: 0 }])]).toEqual([5])
    expect([...shrinkEffects([])]).toEqual([])
  })

  it('takes standard errors from intervals', () => {
    expect(standardErrorOf(-0.1, 0.1)).toBeCloseTo(0.1 / 1.959964, 6)
    expect(standardErrorOf(null, 0.1)).toBeNull()
  })
})

describe('the contenders', () => {
  const plan = makePlan('standard', { comparisons: 3 })
  const arms = (n: number) =>
    [1, 0.8, 0.801, 1.2].map((ratio, index) => drawTimes(index + 1, n, 0.02).map((x) => x * ratio))

  it('are the leader and whoever is not shown to be slower', () => {
    const found = findContenders(arms(20), plan)
    expect([1, 2]).toContain(found?.leader)
    expect(found?.contenders).toEqual([1, 2])
  })

  it('are all before the first look, and nobody without data', () => {
    expect(findContenders(arms(10), plan)?.contenders).toEqual([0, 1, 2, 3])
    expect(findContenders([], plan)).toBeNull()
    expect(findContenders([[], []], plan)).toBeNull()
    expect(findContenders([[5]], plan)).toEqual({ leader: 0, contenders: [0] })
  })
})

describe('the region of indifference', () => {
  it('is not finer than two steps of the timer', () => {
    expect(smallestRope(0.02, 1, 1000)).toBe(0.02)
    expect(smallestRope(0.02, 16, 160)).toBe(0.2)
    expect(smallestRope(0.02, 1, 0)).toBe(0.02)
  })
})
