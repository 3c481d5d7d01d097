import { describe, expect, it } from 'vitest'
import {
  analyseHistory,
  classifyByBarrett,
  classifySteadyState,
  comparePaired,
  compareTails,
  compareUnpaired,
  evaluateLook,
  makePlan,
  mannWhitneyTest,
  medianInterval,
  segmentSeries,
  shiftInterval,
  toNanoLogs,
  trialValueOf,
} from '../../src/statistics/index.ts'
import { drawTimes } from './noise.ts'

const plan = makePlan('standard')
const look = (baseline: ArrayLike<number>, candidate: ArrayLike<number>) =>
  evaluateLook({ plan, baseline, candidates: [candidate], rope: 0.02 })
const throwsCode = (code: string) => expect.objectContaining({ code })

/** Runs and makes sure that it took under two seconds: of processor time, so that a busy machine does not fail it. */
function timed<T>(run: () => T, limit = 2): T {
  const start = process.cpuUsage()
  const result = run()
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1e6).toBeLessThan(limit)
  return result
}

describe('scale and size', () => {
  it('do not matter from nanoseconds to terabytes', () => {
    const [a, b] = [drawTimes(1, 20), drawTimes(2, 20, 0.03, 108)]
    const plain = look(a, b)
    if (plain.kind !== 'look') return expect.fail('a look was expected')
    for (const factor of [1e-9, 1e12]) {
      const scaled = look(
        a.map((x) => x * factor),
        b.map((x) => x * factor),
      )
      if (scaled.kind !== 'look') return expect.fail('a look was expected')
      expect(scaled.candidates[0]?.p).toBe(plain.candidates[0]?.p)
      expect(scaled.candidates[0]?.estimate).toBeCloseTo(plain.candidates[0]?.estimate ?? 0, 7)
      expect(scaled.candidates[0]?.verdict).toBe(plain.candidates[0]?.verdict)
    }
    const raw = { kind: 'raw', resolution: 1e-9 } as const
    expect(() => evaluateLook({ plan, baseline: [1e12], candidates: [[1]], rope: 1, scale: raw })).toThrow(
      throwsCode('statistics.invalid-value'),
    )
  })

  it('of 100 000 trials end within two seconds', () => {
    const a = drawTimes(1, 100_000)
    const b = drawTimes(2, 100_000, 0.03, 101)
    const state = timed(() => look(a, b))
    expect(state).toMatchObject({ kind: 'look', blocks: 320 })
    const [scaledA, scaledB] = [toNanoLogs(a), toNanoLogs(b)]
    const paired = timed(() => comparePaired(scaledA, scaledB, 0.05))
    expect(paired.p).toBeGreaterThan(0)
    expect(paired.p).toBeLessThan(1e-100)
    expect((paired.low ?? 0) < (paired.estimate ?? 0) && (paired.estimate ?? 0) < (paired.high ?? 0)).toBe(true)
    expect(timed(() => mannWhitneyTest(a, b))).toMatchObject({ method: 'normal' })
    expect(timed(() => shiftInterval(a, b, 0.05)).low).toBeGreaterThan(0.5)
    expect(timed(() => compareTails(a, b, 1)).meanRatio).toBeCloseTo(1.01, 2)
    expect(timed(() => trialValueOf(a)).state).toBe('flat')
    expect(timed(() => analyseHistory(a, { rope: 0.02, seed: 1 })).first).toBe(99_800)
    expect(timed(() => medianInterval(a))?.confidence).toBeGreaterThan(0.949)
    expect(timed(() => compareUnpaired(a, b, { rope: 0.02, sameMachine: true })).verdict).toBe('equivalent')
  })

  it('of a series of 100 000 are segmented by their neighbours’ medians within two seconds', () => {
    const noise = drawTimes(5, 100_000)
    const warm = noise.map((time, index) => (index < 30_000 ? 2 * time : time))
    const group = 25
    expect(timed(() => classifySteadyState(noise))).toMatchObject({ classification: 'flat', group })
    for (const classify of [classifySteadyState, classifyByBarrett]) {
      const found = timed(() => classify(warm))
      expect(found).toMatchObject({ classification: 'warmup', group, changePoints: [30_000], steadyFrom: 30_000 })
      expect((found.levels[0] ?? 0) / (found.levels[1] ?? 0)).toBeCloseTo(2, 2)
    }
    const options = { penalty: 50, minimumLength: 5 }
    expect(timed(() => segmentSeries(warm, options)).changePoints).toContain(30_000)
    expect(segmentSeries(warm.subarray(28_000, 32_000), options)).toMatchObject({ changePoints: [2000], group: 1 })
  })

  it('beyond the exact sizes continue the exact results', () => {
    const [a, b] = [toNanoLogs(drawTimes(1, 401)), toNanoLogs(drawTimes(2, 401, 0.03, 100.4))]
    const exact = comparePaired(a.subarray(0, 400), b.subarray(0, 400), 0.05)
    const normal = comparePaired(a, b, 0.05)
    expect(Math.abs(normal.p / exact.p - 1)).toBeLessThan(0.5)
    expect(Math.abs((normal.low ?? 0) - (exact.low ?? 0))).toBeLessThan(5e5)
    expect(Math.abs((normal.high ?? 0) - (exact.high ?? 0))).toBeLessThan(5e5)
  })

  it('keep a look at 320 blocks within seconds', () => {
    const [a, b] = [toNanoLogs(drawTimes(3, 320)), toNanoLogs(drawTimes(4, 320))]
    expect(timed(() => comparePaired(a, b, 0.0025), 3).low).not.toBeNull()
  })
})
