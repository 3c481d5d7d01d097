import { describe, expect, it } from 'vitest'
import { blockOrders, blockSchedule, createRandom, expandSeed } from '../../src/statistics/index.ts'
import { readFixture } from './fixture.ts'

interface Reference {
  uint32: { seed: number; state_after_seeding: number[]; first_uint32: number[] }[]
  below: { seed: number; n: number; below: number[] }[]
  schedules: { variants: number; blocks: number; seed: number; order: number[][] }[]
}
const reference = readFixture<Reference>('rng_and_bootstrap')

describe('the seeded generator', () => {
  it('gives the reference stream for every seed', () => {
    expect(reference.uint32.length).toBeGreaterThan(0)
    for (const { seed, state_after_seeding, first_uint32 } of reference.uint32) {
      expect(expandSeed(seed).map((word) => word >>> 0)).toEqual(state_after_seeding)
      const random = createRandom(seed)
      expect(first_uint32.map(() => random.uint32())).toEqual(first_uint32)
    }
  })

  it('draws the reference integers below a bound', () => {
    expect(reference.below.length).toBeGreaterThan(0)
    for (const { seed, n, below } of reference.below) {
      const random = createRandom(seed)
      expect(below.map(() => random.below(n))).toEqual(below)
    }
  })

  it('refuses what is no seed and no bound', () => {
    for (const seed of [-1, 1.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createRandom(seed)).toThrow(expect.objectContaining({ code: 'statistics.invalid-seed' }))
    }
    for (const bound of [0, -3, 2.5, 2 ** 32 + 1, Number.NaN]) {
      expect(() => createRandom(1).below(bound)).toThrow(expect.objectContaining({ code: 'statistics.invalid-bound' }))
    }
    expect(createRandom(1).below(2 ** 32)).toBe(createRandom(1).uint32())
  })
})

describe('block schedules', () => {
  it('are the reference orders', () => {
    expect(reference.schedules.length).toBeGreaterThan(0)
    for (const { variants, blocks, seed, order } of reference.schedules) {
      expect(blockSchedule(variants, blocks, seed)).toEqual(order)
    }
  })

  it('start with every shorter schedule, and the endless stream is the same', () => {
    const long = blockSchedule(4, 50, 11)
    expect(blockSchedule(4, 20, 11)).toEqual(long.slice(0, 20))
    const stream = blockOrders(4, 11)
    expect(long.map(() => stream.next().value)).toEqual(long)
  })

  it('hold every variant once in every block, each about as often in each slot', () => {
    const schedule = blockSchedule(3, 3000, 5)
    const firsts = [0, 0, 0]
    for (const order of schedule) {
      expect([...order].sort()).toEqual([0, 1, 2])
      firsts[order[0] as number]!++
    }
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(110)
  })

  it('refuse no variants and odd numbers of blocks', () => {
    expect(() => blockSchedule(0, 3, 1)).toThrow(expect.objectContaining({ code: 'statistics.invalid-variants' }))
    expect(() => blockSchedule(2, -1, 1)).toThrow(expect.objectContaining({ code: 'statistics.invalid-blocks' }))
    expect(blockSchedule(2, 0, 1)).toEqual([])
    expect(blockSchedule(1, 2, 1)).toEqual([[0], [0]])
  })
})
