import { describe, expect, it } from 'vitest'
import {
  memorySentence,
  metricSentence,
  outlierSentence,
  reasonSentence,
} from '../../src/renderer/screens/cycle/cycle-wording.ts'
import type { CycleHead } from '../../src/renderer/workers/topics/cycles.ts'

const head: CycleHead = {
  ...{ path: 'fit', reason: 'converged', iterations: 20, outliers: 0, metric: null },
  ...{ duration: null, cpu: null, cpuClock: null, heap: null, gc: null, slowest: [], memoryTrend: null },
}
const summary = { total: 100, mean: 5, median: 5, p95: 6 }

describe('what is said of a cycle', () => {
  it('names the reason, and one iteration is no plural', () => {
    expect(reasonSentence('converged', 20)).toBe('Converged after 20 iterations.')
    expect(reasonSentence('timeout', 1)).toBe('Ran out of time after 1 iteration.')
    expect(reasonSentence(null, 0)).toContain('without a reason')
  })

  it('says how the metric went, with the rate only where it converges at one', () => {
    const metric = {
      ...{ name: 'loss', goal: { goal: 'minimise' as const }, first: 16, last: 2.5, best: 2, bestAt: 3 },
      ...{ direction: 'better' as const, convergence: null },
    }
    expect(metricSentence({ ...head, metric })).toBe(
      'loss (minimised) went from 16.0 to 2.50: better, best was 2.00 in iteration 3.',
    )
    const sentence = metricSentence({ ...head, metric: { ...metric, convergence: { rate: 0.5, fit: 0.99 } } })
    expect(sentence).toContain('leaves 0.500 of the rest (R² 0.990)')
    expect(metricSentence(head)).toBeNull()
  })

  it('calls no trend what a line does not explain, and says nothing of what was not measured', () => {
    expect(memorySentence(head)).toBeNull()
    const heap = { ...summary, total: -2048 }
    expect(memorySentence({ ...head, heap })).toBe('The heap shrank by 2.00 KiB in all, without a trend.')
    expect(memorySentence({ ...head, heap, memoryTrend: { perIteration: 1024, fit: 0.2 } })).toContain(
      'without a trend',
    )
    expect(memorySentence({ ...head, heap, memoryTrend: { perIteration: 1024, fit: 0.9 } })).toContain(
      '+1.00 KiB an iteration',
    )
  })

  it('counts outliers where there are enough iterations to tell', () => {
    expect(outlierSentence({ ...head, duration: summary, outliers: 1 })).toBe(
      '1 iteration took longer than the others by far.',
    )
    expect(outlierSentence({ ...head, duration: summary, iterations: 4 })).toBeNull()
  })
})
