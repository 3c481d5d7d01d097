import fc from 'fast-check'
import pico from 'picocolors'
import { describe, expect, it } from 'vitest'
import {
  buildNodeTable,
  coarseCpuText,
  cpuClockOf,
  cycleSelfNote,
  iterationCpuText,
  reportCycles,
} from '../../src/analysis/index.ts'
import { cycleLines } from '../../src/cli/views/cycle-view.ts'
import { buildReport, renderHtml } from '../../src/report/index.ts'
import { describeNodes } from '../fixtures/describe-nodes.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'
import { recordRun } from '../fixtures/record-run.ts'

const colours = pico.createColors(false)
const step = 4e6

/** A cycle of twelve iterations of 2 ms whose CPU clock moves in steps: two of them saw one. */
const coarse = [0, 0, 0, step, 0, 0, 0, 0, 0, step, 0, 0]
const fine = coarse.map((_, place) => (place === 5 ? 0 : 1.5e6 + place * 1e4))

function traceWith(cpu: readonly number[]) {
  const turns = '==--'.repeat(cpu.length / 2)
  return drawTrace(
    `
    workflow      |${'='.repeat(turns.length)}|
      fit         |${'='.repeat(turns.length)}|
        iteration |${turns}|
  `,
    { iterations: { fit: { cpu: [...cpu], metric: cpu.map((_, place) => 10 - place) } } },
  )
}

const description = describeNodes({ nodes: { fit: { nodes: { step: {} } } } })
const record = recordRun({
  description,
  cycles: [{ path: 'fit', reason: 'max-iterations', iterations: coarse.length }],
})
const textOf = (html: string) => html.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]*>/g, ' ')

describe('CPU time of iterations shorter than the step of its clock', () => {
  it('has a total, and neither mean nor percentiles', () => {
    const [cycle] = reportCycles(traceWith(coarse), record)
    expect(cycle!.cpu).toBeNull()
    expect(cycle!.cpuClock).toEqual({ total: 2 * step, iterations: 12, belowStep: 10, isTooCoarse: true, step })
  })

  it('has them where most iterations take longer than a step', () => {
    const [cycle] = reportCycles(traceWith(fine), record)
    expect(cycle!.cpu).toMatchObject({ total: cycle!.cpuClock!.total })
    expect(cycle!.cpuClock).toMatchObject({ belowStep: 1, isTooCoarse: false, step: null })
  })

  it('is no data where it was not measured, and where there are no iterations', () => {
    expect(cpuClockOf([])).toBeNull()
    expect(cpuClockOf([1, Number.NaN])).toBeNull()
    expect(cpuClockOf([null, 1])).toBeNull()
  })

  it('knows no step where every reading is 0', () => {
    const clock = cpuClockOf([0, 0, 0])!
    expect(clock).toMatchObject({ total: 0, step: null })
    expect(coarseCpuText(clock)).toBe('3 of 3 iterations are below the clock’s step (1 to 10 ms)')
  })

  it('is said in words by terminal and page, never as 0', () => {
    const words = '8.00 ms in all; 10 of 12 iterations are below the clock’s step (about 4.00 ms)'
    const trace = traceWith(coarse)
    const lines = cycleLines(reportCycles(trace, record)[0]!, colours).join('\n')
    expect(lines).toMatch(new RegExp(`cpu +${words.replace(/[()]/g, '\\$&')}$`, 'm'))
    const model = buildReport({ madeAt: 0, experiments: [], runs: [{ record, trace, label: 'run' }], advice: [] })
    const page = renderHtml(model)
    expect(textOf(page)).toContain(`CPU time: ${words}.`)
    expect(page.match(/on the CPU below the clock’s step \(about 4\.00 ms\)/g)).toHaveLength(10)
    // Neither a legend nor parts of bars for what was not told.
    expect(page).not.toContain('of that, on the CPU')
    expect(textOf(page)).not.toMatch(/\b0 ns, collecting/)
    const drawn = renderHtml(
      buildReport({ madeAt: 0, experiments: [], runs: [{ record, trace: traceWith(fine), label: 'run' }], advice: [] }),
    )
    expect(drawn).toContain('of that, on the CPU')
  })

  it('adds up, and is called too coarse exactly where most read 0', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1 }), (ticks) => {
        const clock = cpuClockOf(ticks.map((tick) => tick * step))!
        expect(clock.total).toBe(ticks.reduce((sum, tick) => sum + tick * step, 0))
        expect(clock.isTooCoarse).toBe(ticks.filter((tick) => tick === 0).length * 2 > ticks.length)
        if (clock.step !== null) expect(clock.step).toBeGreaterThan(0)
      }),
    )
    expect(iterationCpuText(0)).toBe('below the clock’s step (1 to 10 ms)')
    expect(iterationCpuText(1.5e6)).toBe('1.50 ms')
  })
})

describe('the self time of a cycle', () => {
  it('is said to hold what Strobe records, where a cycle ran', () => {
    const { rows } = buildNodeTable(traceWith(fine), description)
    expect(cycleSelfNote(rows)).toMatch(/between its iterations, Strobe’s own recording included/)
    expect(cycleSelfNote(rows.filter(({ kind }) => kind !== 'cycle'))).toBeNull()
    expect(cycleSelfNote(rows.map((row) => ({ ...row, executions: 0 })))).toBeNull()
  })
})
