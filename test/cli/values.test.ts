import { InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import {
  paramsOf,
  parseKnobSetting,
  parseParam,
  parseRope,
  parseSampleInterval,
  parseTime,
  parseWhole,
  patchOf,
} from '../../src/cli/values.ts'

describe('knob settings', () => {
  it('takes JSON where it is JSON, else the text itself', () => {
    expect(parseKnobSetting('quotes.concurrency=16')).toEqual({ address: 'quotes', knob: 'concurrency', value: 16 })
    expect(parseKnobSetting('a.b=true').value).toBe(true)
    expect(parseKnobSetting('a.mode=fast').value).toBe('fast')
    expect(parseKnobSetting('a.mode="fast"').value).toBe('fast')
    expect(parseKnobSetting('a.mode=x=y.z').value).toBe('x=y.z')
    expect(parseKnobSetting('a.mode=').value).toBe('')
  })

  it('takes addresses of nested nodes and of the run', () => {
    expect(parseKnobSetting('fit/step.chunk=10').address).toBe('fit/step')
    expect(parseKnobSetting('run.maxConcurrency=4')).toMatchObject({ address: 'run', knob: 'maxConcurrency' })
  })

  it.each(['quotes', 'quotes=3', '.concurrency=3', 'quotes.=3', ''])('refuses %j', (typed) => {
    expect(() => parseKnobSetting(typed)).toThrow(InvalidArgumentError)
  })

  it('makes one patch; of two for one knob the later one counts', () => {
    const settings = ['a.x=1', 'b.y=2', 'a.z=3', 'a.x=4'].map(parseKnobSetting)
    expect(patchOf(settings)).toEqual({ a: { x: 4, z: 3 }, b: { y: 2 } })
  })

  it('keeps names that objects have already as own names', () => {
    const patch = patchOf([parseKnobSetting('__proto__.x=1'), parseKnobSetting('constructor.y=2')])
    expect(Object.keys(patch)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})

describe('params', () => {
  it('takes JSON where it is JSON, else the text itself', () => {
    const given = ['limit=5', 'name=shop', 'list=[1,2]', 'text=a=b', 'limit=6'].map(parseParam)
    expect(paramsOf(given)).toEqual({ limit: 6, name: 'shop', list: [1, 2], text: 'a=b' })
  })

  it.each(['limit', '=5'])('refuses %j', (typed) => {
    expect(() => parseParam(typed)).toThrow(InvalidArgumentError)
  })
})

describe('numbers and durations', () => {
  it('reads a share with and without per cent', () => {
    expect(parseRope('2%')).toBeCloseTo(0.02, 12)
    expect(parseRope('0.05')).toBe(0.05)
    for (const typed of ['2', '0', '0%', '-1%', 'two', '100%']) {
      expect(() => parseRope(typed), typed).toThrow(InvalidArgumentError)
    }
  })

  it('reads durations with a unit only, as milliseconds', () => {
    expect(parseTime('2min')).toBe(120_000)
    expect(parseTime('250ms')).toBe(250)
    for (const typed of ['30', '', '-1s', '0s']) expect(() => parseTime(typed), typed).toThrow(InvalidArgumentError)
  })

  it('reads whole numbers from a least one on', () => {
    expect(parseWhole(0)('0')).toBe(0)
    for (const typed of ['0', '1.5', '-3', '1e3', 'x', '']) {
      expect(() => parseWhole(1)(typed), typed).toThrow(InvalidArgumentError)
    }
  })

  it('reads a sample interval in microseconds', () => {
    expect(parseSampleInterval('1000')).toBe(1000)
    expect(parseSampleInterval('250us')).toBe(250)
    expect(parseSampleInterval('250 µs')).toBe(250)
    for (const typed of ['orders', '1', '1ms', '2000000']) {
      expect(() => parseSampleInterval(typed), typed).toThrow(InvalidArgumentError)
    }
  })
})
