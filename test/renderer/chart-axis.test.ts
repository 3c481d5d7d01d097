import { describe, expect, it } from 'vitest'
import { axisScale, formatTick, roundRange, valueAxis } from '../../src/renderer/charts/chart/axis.ts'

describe('the axis of a chart', () => {
  it('says its unit in its name, and not at each tick', () => {
    const axis = valueAxis({ name: 'wall time', unit: 'duration', low: 292e6, high: 348e6 })
    expect(axis.name).toBe('wall time (ms)')
    expect(axis.axisLabel.formatter(320e6)).toBe('320')
  })

  it('has ticks at round numbers of its unit, around all values', () => {
    expect(roundRange('duration', 292e6, 348e6)).toMatchObject({ min: 280e6, max: 360e6, interval: 20e6 })
    const bytes = roundRange('bytes', 3 * 1024 ** 2, 11 * 1024 ** 2)
    expect(bytes.scale.symbol).toBe('MiB')
    expect([bytes.min, bytes.max, bytes.interval].map((value) => value / 1024 ** 2)).toEqual([2, 12, 2])
  })

  it('has room around a single value, zero too', () => {
    for (const value of [0, 5e6, -3]) {
      const { min, max, interval } = roundRange('number', value, value)
      expect(min).toBeLessThan(value)
      expect(max).toBeGreaterThan(value)
      expect(interval).toBeGreaterThan(0)
    }
  })

  it('counts in whole numbers', () => {
    expect(roundRange('count', 0, 2).interval).toBe(1)
  })

  it('begins at zero where it is asked to', () => {
    expect(valueAxis({ name: 'heap', unit: 'bytes', low: 900, high: 1000, zero: true }).min).toBe(0)
  })

  it('tells neighbouring ticks apart where three digits would not', () => {
    const scale = axisScale('duration', 10_050e6)
    expect([10e9, 10.05e9].map((value) => formatTick(value, 'duration', scale))).toEqual(['10', '10.05'])
    expect(formatTick(12_345, 'count', axisScale('count', 12_345))).toBe('12\u202f345')
  })

  it('shows ratios as signed changes, and shares as per cent', () => {
    expect([0.8, 1, 1.025].map((value) => formatTick(value, 'change', axisScale('change', 1.1)))).toEqual([
      '−20',
      '0',
      '+2.5',
    ])
    expect(formatTick(0.25, 'share', axisScale('share', 1))).toBe('25')
    expect(valueAxis({ name: 'share', unit: 'share', low: 0, high: 1 }).name).toBe('share (%)')
    expect(valueAxis({ name: 'change', unit: 'change', low: 0.8, high: 1.1 })).toMatchObject({
      name: 'change (%)',
      min: 0.8,
      interval: 0.1,
    })
  })

  it('names seconds up to ten minutes', () => {
    expect([59e9, 90e9, 700e9, 7200e9].map((value) => axisScale('duration', value).symbol)).toEqual([
      's',
      's',
      'min',
      'h',
    ])
  })
})
