import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankVariants } from '../../src/analysis/index.ts'
import {
  boxOf,
  chosenVariant,
  mostTraces,
  sectionOf,
  spread,
  tracedTrials,
} from '../../src/renderer/screens/compare/experiment-section.ts'
import { sampleExperiment } from '../cli/sample-experiment.ts'

const record = sampleExperiment(0.8, 16)
const section = sectionOf(record)

describe('an experiment on the screen', () => {
  it('has the numbers of the ranking, as the terminal has them', () => {
    const shown = section.ranking.map(({ name, ratio, low, high, verdict }) => ({ name, ratio, low, high, verdict }))
    const told = rankVariants(record).map(({ name, ratio, low, high, verdict }) => ({
      name,
      ratio,
      low,
      high,
      verdict,
    }))
    expect(shown).toEqual(told)
  })

  it('shows the variant that was asked for, else the best one, never the baseline', () => {
    expect(chosenVariant(section, 'batched')).toBe(1)
    expect(chosenVariant(section, 'baseline')).toBe(1)
    expect(chosenVariant(section, undefined)).toBe(1)
  })

  it('looks into trials that count and left a run, the last ones', () => {
    const trials = tracedTrials(section, 1)
    expect(trials).toHaveLength(mostTraces)
    expect(trials.every(({ counted, block, variant }) => counted && block >= 0 && variant === 1)).toBe(true)
    expect(trials.at(-1)?.block).toBe(15)
  })
})

describe('a box', () => {
  it('has its numbers in order, inside the values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
        const { low, lower, median, upper, high } = boxOf(values)!
        expect([low, lower, median, upper, high]).toEqual([low, lower, median, upper, high].toSorted((a, b) => a - b))
        expect(low).toBeGreaterThanOrEqual(Math.min(...values))
        expect(high).toBeLessThanOrEqual(Math.max(...values))
      }),
    )
    expect(boxOf([1, 2, 3, 4, 5])).toMatchObject({ lower: 2, median: 3, upper: 4 })
    expect(boxOf([])).toBeNull()
  })

  it('has its dots spread, and the same way every time', () => {
    const places = Array.from({ length: 100 }, (_, index) => spread(index))
    expect(places.every((place) => place >= -1 && place <= 1)).toBe(true)
    expect(new Set(places.map((place) => Math.floor(place * 5))).size).toBe(10)
    expect(spread(3)).toBe(spread(3))
  })
})
