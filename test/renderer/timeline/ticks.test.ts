import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactTime, roundStep, rulerFor } from '../../../src/renderer/charts/timeline/ticks.ts'

describe('the ruler of the timeline', () => {
  it.each([
    { from: 0, to: 230e6, most: 10, labels: ['0', '50 ms', '100 ms', '150 ms', '200 ms'] },
    { from: 0, to: 2.3e9, most: 6, labels: ['0', '0.5 s', '1.0 s', '1.5 s', '2.0 s'] },
    { from: -3e6, to: 4e6, most: 4, labels: ['−2 ms', '0', '2 ms', '4 ms'] },
    { from: 0, to: 400e9, most: 5, labels: ['0', '2:00', '4:00', '6:00'] },
    { from: 0, to: 900, most: 4, labels: ['0', '500 ns'] },
  ])('says $labels from $from to $to', ({ from, to, most, labels }) => {
    const ruler = rulerFor(from, to, most)
    expect(ruler.base).toBe('')
    expect(ruler.ticks.map(({ label }) => label)).toEqual(labels)
  })

  it('counts from a base deep inside a long run', () => {
    const ruler = rulerFor(12.345_678e9, 12.345_698e9, 5)
    expect(ruler.base).toBe('12.345 s')
    expect(ruler.ticks.map(({ label }) => label)).toEqual(['+680 µs', '+685 µs', '+690 µs', '+695 µs'])
  })

  it('has no two lines with the same label, and never more than asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 4e12, noNaN: true }),
        fc.double({ min: 200, max: 4e12, noNaN: true }),
        fc.integer({ min: 2, max: 20 }),
        (from, length, most) => {
          const { ticks, base } = rulerFor(from, from + length, most)
          const labels = ticks.map(({ label }) => label)
          expect(new Set(labels).size, `${base} ${labels}`).toBe(labels.length)
          expect(labels.length).toBeLessThanOrEqual(most + 1)
        },
      ),
    )
  })

  it('steps by what people count in', () => {
    expect([3, 70, 1.2e6, 31e9, 61e9, 7 * 60e9].map(roundStep)).toEqual([5, 100, 2e6, 60e9, 120e9, 600e9])
    expect(exactTime(3_725.5e9, 1e8)).toBe('1:02:05.5')
  })
})
