import { describe, expect, it } from 'vitest'
import { sectionOf } from '../../src/renderer/screens/compare/experiment-section.ts'
import { nextStep } from '../../src/renderer/screens/compare/experiment-words.ts'
import { sampleExperiment } from '../cli/sample-experiment.ts'

const record = sampleExperiment(0.8, 16)
const section = sectionOf(record)
type Section = typeof section

function withVerdict(change: Partial<Section['ranking'][number]>, more: Partial<Section> = {}): Section {
  return {
    ...section,
    ...more,
    ranking: section.ranking.map((row) => (row.baseline ? row : { ...row, ...change })),
  }
}

describe('what to do next', () => {
  it('says nothing while it is measured', () => {
    expect(nextStep({ ...section, status: 'running' }, record)).toBeNull()
  })

  it('names the variant that is faster', () => {
    expect(nextStep(withVerdict({ verdict: 'faster' }), record)).toContain('Take batched over')
  })

  it('says how many blocks are expected to settle what is undecided, and where more would not', () => {
    const settling = withVerdict({ verdict: 'inconclusive', blocksToSettle: 24 })
    const inTheMiddle = { ...settling, design: { ...settling.design, look: 0 } }
    expect(settling.design.looks.length).toBeGreaterThan(1)
    expect(nextStep(inTheMiddle, record)).toBe('Measure more: about 24 more blocks are expected to settle it.')
    const atTheEnd = { ...settling, design: { ...settling.design, look: settling.design.looks.length - 1 } }
    expect(nextStep(atTheEnd, record)).toContain('Start a new experiment with a larger preset')
    const hopeless = withVerdict({ verdict: 'inconclusive', blocksToSettle: null })
    expect(nextStep(hopeless, record)).toContain('would hardly settle it')
  })

  it('sends to the trials that failed, and to the results that differ', () => {
    expect(nextStep(withVerdict({ verdict: 'unreliable' }), record)).toContain('Open a trial that failed')
    expect(nextStep(withVerdict({ verdict: 'different-result' }), record)).toContain('computes something else')
    expect(nextStep(withVerdict({ verdict: null }), record)).toContain('Measure more')
    expect(nextStep(withVerdict({ verdict: null }), { ...record, stop: 'too-noisy' })).toContain('busy')
  })
})
