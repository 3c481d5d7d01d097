import { describe, expect, it } from 'vitest'
import { reportCycles } from '../../src/analysis/index.ts'
import type { Goal } from '../../src/workflow/index.ts'
import { describeNodes } from '../fixtures/describe-nodes.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'
import { recordRun } from '../fixtures/record-run.ts'

function describeFit(goal: Goal) {
  const description = describeNodes({ nodes: { fit: { nodes: { step: {} } } } })
  const [fit] = description.nodes
  return { ...description, nodes: [{ ...fit!, metric: { name: 'loss', goal } }] }
}

function drawFit(metric: readonly number[], rest: { heap?: number[]; cpu?: number[] } = {}) {
  const turns = metric.map((_, turn) => (turn % 2 === 0 ? '==' : '--')).join('')
  return drawTrace(
    `
    workflow    |${'='.repeat(turns.length)}|
      fit       |${'='.repeat(turns.length)}|
        iteration |${turns}|
  `,
    { iterations: { fit: { metric, ...rest } } },
  )
}

const record = recordRun({ cycles: [{ path: 'fit', reason: 'converged', iterations: 6 }] })

describe('report of a cycle', () => {
  it('says why it ended and how the metric went', () => {
    const [report] = reportCycles(drawFit([16, 8, 4, 2, 3, 2.5]), record, describeFit({ goal: 'minimise' }))
    expect(report).toMatchObject({
      path: 'fit',
      reason: 'converged',
      duration: { total: 12e6, mean: 2e6, median: 2e6 },
    })
    expect(report?.metric).toMatchObject({ first: 16, last: 2.5, best: 2, bestAt: 3, direction: 'better' })
    expect(report?.iterations).toHaveLength(6)
  })

  it('fits the rate of linear convergence, whatever the limit', () => {
    const values = Array.from({ length: 10 }, (_, turn) => 5 + 3 * 0.5 ** turn)
    const [report] = reportCycles(drawFit(values), record, describeFit({ goal: 'minimise' }))
    expect(report?.metric?.convergence?.rate).toBeCloseTo(0.5, 9)
    expect(report?.metric?.convergence?.fit).toBeCloseTo(1, 9)
    const [reach] = reportCycles(drawFit(values), record, describeFit({ goal: 'reach', target: 5 }))
    expect(reach?.metric?.convergence?.rate).toBeCloseTo(0.5, 9)
  })

  it('calls nothing convergence that is not linear', () => {
    const zigzag = [5, 3, 6, 2, 7, 1, 8]
    expect(reportCycles(drawFit(zigzag), record, describeFit({ goal: 'minimise' }))[0]?.metric?.convergence).toBeNull()
    // Steps of 8, 0.5, 6, 0.1, 3 and 0.3: shrinking, but by no one rate.
    const uneven = [20, 12, 11.5, 5.5, 5.4, 2.4, 2.1]
    expect(reportCycles(drawFit(uneven), record, describeFit({ goal: 'minimise' }))[0]?.metric?.convergence).toBeNull()
    expect(
      reportCycles(drawFit([3, 2, 1]), record, describeFit({ goal: 'minimise' }))[0]?.metric?.convergence,
    ).toBeNull()
  })

  it('knows what is better by the goal', () => {
    const values = [1, 2, 4, 3]
    const direction = (goal: Goal) => reportCycles(drawFit(values), record, describeFit(goal))[0]?.metric
    expect(direction({ goal: 'maximise' })).toMatchObject({ direction: 'better', best: 4, bestAt: 2 })
    expect(direction({ goal: 'minimise' })).toMatchObject({ direction: 'worse', best: 1 })
    expect(direction({ goal: 'reach', target: 2 })).toMatchObject({ direction: 'same', best: 2 })
  })

  it('finds slow iterations by their distance from the median', () => {
    const trace = drawTrace(`
      workflow      |===============================|
        fit         |===============================|
          iteration |===--====---==================-|
    `)
    const [report] = reportCycles(trace, recordRun({}))
    expect(report?.iterations.filter(({ outlier }) => outlier).map(({ index }) => index)).toEqual([4])
    expect(report?.slowest[0]).toBe(4)
    expect(report?.reason).toBeNull()
    expect(report?.metric).toBeNull()
  })

  it('sees memory grow', () => {
    const heap = Array.from({ length: 12 }, () => 1000)
    const [report] = reportCycles(drawFit(heap, { heap }), record)
    expect(report?.memoryTrend).toMatchObject({ perIteration: expect.closeTo(1000, 6), fit: expect.closeTo(1, 9) })
    expect(report?.heap?.total).toBe(12000)
  })

  it('has a report without numbers for a cycle whose first iteration never ended', () => {
    const failed = recordRun({ cycles: [{ path: 'fit', reason: 'failed', iterations: 0 }] })
    const [report] = reportCycles(drawTrace('workflow |==|'), failed)
    expect(report).toMatchObject({ reason: 'failed', iterations: [], duration: null, memoryTrend: null, metric: null })
  })
})
