import { describe, expect, it } from 'vitest'
import type { ExperimentSummary } from '../../src/protocol/index.ts'
import { choiceOf, queryOf, toggleSection } from '../../src/renderer/screens/report/report-request.ts'

const experiment = (id: string, status: ExperimentSummary['status']) => ({ id, status }) as ExperimentSummary

describe('what a report is about', () => {
  it('is the latest experiment that has ended, where the address names nothing', () => {
    const latest = [experiment('x3', 'running'), experiment('x2', 'finished'), experiment('x1', 'finished')]
    expect(choiceOf({}, latest)).toEqual({ experiments: ['x2'], runs: [], sections: null, title: '' })
    expect(choiceOf({ runs: 'r1' }, latest).experiments).toEqual([])
    expect(choiceOf({ experiments: '' }, latest).experiments).toEqual([])
  })

  it('survives the address, and the address says no more than it must', () => {
    const choice = { experiments: ['x1', 'x2'], runs: ['r1'], sections: ['advice' as const], title: 'A & B' }
    const query = Object.fromEntries(Object.entries(queryOf(choice)).filter(([, value]) => value !== undefined))
    expect(choiceOf(query as Record<string, string>, [])).toEqual(choice)
    expect(queryOf({ sections: null, title: '', runs: [] })).toEqual({
      sections: undefined,
      title: undefined,
      runs: undefined,
    })
  })

  it('keeps the order of its sections, and all of them are no choice', () => {
    const without = toggleSection(null, 'advice', false)
    expect(without).toEqual(['experiments', 'runs', 'appendix'])
    expect(toggleSection(without, 'advice', true)).toBeNull()
    expect(choiceOf({ sections: 'appendix,nothing,experiments' }, []).sections).toEqual(['experiments', 'appendix'])
  })
})
