import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HistorySeries } from '../../src/analysis/index.ts'
import { experimentRow } from '../../src/engine/documents.ts'
import { type Engine, openEngine } from '../../src/engine/engine.ts'
import { historyOf, workflowsWithHistory } from '../../src/engine/history.ts'
import { drawExperiment, drawPlainRun, type SessionSketch } from '../fixtures/draw-session.ts'

let engine: Engine
beforeEach(() => {
  engine = openEngine({ workspace: realpathSync(mkdtempSync(join(tmpdir(), 'strobe-history-'))) })
})
afterEach(() => {
  engine.close()
  rmSync(engine.workspace, { recursive: true })
})

/** Levels that differ by ±0.5 % around the given ones, as sessions do. */
const wobble = [0.3, -0.4, 0.1, 0.5, -0.2, -0.5, 0.4, 0, -0.1, 0.2]
const commitOf = (place: number) => place.toString(16).padStart(40, 'c')

/** Stores an experiment a day, one for each level, and gives the history of the only workflow. */
function store(levels: readonly number[], sketchOf: (place: number) => Partial<SessionSketch> = () => ({})): void {
  for (const [place, base] of levels.entries()) {
    const level = base * (1 + wobble[place % wobble.length]! / 100)
    const sketch = { level, commit: commitOf(place), ...sketchOf(place) }
    engine.store.experiments.insert(experimentRow(drawExperiment(place, sketch)))
  }
}

function onlySeries(request: Parameters<typeof historyOf>[1] = { workflow: 'drawn' }): HistorySeries {
  const { series } = historyOf(engine, request)
  expect(series).toHaveLength(1)
  return series[0]!
}

const steady = (count: number, level = 100) => Array.from({ length: count }, () => level)

describe('the series of a workflow', () => {
  it('has a point for each experiment, its median with an interval, oldest first', () => {
    store(steady(12))
    const { points, unit, findings, sentences } = onlySeries()
    expect(unit).toBe('nanoseconds')
    expect(points).toHaveLength(12)
    expect(points[0]).toMatchObject({ kind: 'experiment', count: 13, failed: 0, commit: commitOf(0), dirty: false })
    expect(points[0]!.value).toBeCloseTo(100.3e6, -1)
    expect(points[0]!.low).toBeLessThan(points[0]!.value!)
    expect(points[0]!.high).toBeGreaterThan(points[0]!.value!)
    expect(points.map(({ startedAt }) => startedAt)).toEqual(points.map((_, place) => place * 86_400_000))
    expect(findings).toMatchObject({ used: 12, missing: 0, steps: [], possible: null, trend: null })
    expect(sentences).toEqual(['No change of level beyond ±2 % and twice their spread in 12 experiments.'])
  })

  it('finds a step, with its range, its size with an interval, and its commit', () => {
    store([...steady(10), ...steady(8, 112)])
    const { findings, sentences } = onlySeries()
    expect(findings.steps).toHaveLength(1)
    const step = findings.steps[0]!
    expect(step).toMatchObject({ point: 10, p: expect.any(Number) })
    expect(step.p).toBeLessThanOrEqual(0.01)
    expect(step.from).toBeLessThanOrEqual(10)
    expect(step.to).toBeGreaterThanOrEqual(10)
    expect(step.ratio).toBeCloseTo(1.12, 2)
    expect(step.low).toBeGreaterThan(1.1)
    expect(step.high).toBeLessThan(1.14)
    expect(sentences[0]).toMatch(
      /^Change 1: 1[12]\.\d % slower \[\+1[12]\.\d, \+1[123]\.\d\] since commit ccccccc.*p = 0\.00/,
    )
  })

  it.each([1, 2, 3, 4])(
    'only suspects a shift that %i points show, and says how many more would confirm it',
    (count) => {
      store([...steady(10), ...steady(count, 112)])
      const { findings, sentences } = onlySeries()
      expect(findings.steps).toEqual([])
      expect(findings.possible).toMatchObject({ point: 10, needed: 5 - count })
      expect(sentences.join(' ')).toMatch(/Possible shift, to be confirmed: .*without an interval yet/)
      expect(sentences.join(' ')).toContain(`${5 - count} more experiment`)
    },
  )

  it('says nothing before there are ten experiments', () => {
    store([...steady(5), ...steady(4, 200)])
    const { findings, sentences } = onlySeries()
    expect(findings).toMatchObject({ used: 9, missing: 1, steps: [], possible: null })
    expect(sentences[0]).toBe('9 experiments are too few to look for changes: 1 more is needed.')
  })

  it('calls a slow slope a trend and not steps', () => {
    store(Array.from({ length: 30 }, (_, place) => 100 + 1.5 * place))
    const { findings, sentences } = onlySeries()
    expect(findings.steps).toEqual([])
    expect(findings.trend).toMatchObject({ point: 0 })
    expect(findings.trend!.changePerPoint).toBeGreaterThan(0.008)
    expect(sentences[0]).toMatch(/^Gradually up since commit ccccccc: \+1\.\d % an experiment/)
  })
})

describe('what is never mixed', () => {
  it('keeps machines apart: a faster machine is no step', () => {
    store([...steady(8), ...steady(8, 50)], (place) => ({ machine: place < 8 ? 'a1a1' : 'b2b2' }))
    const { series } = historyOf(engine, { workflow: 'drawn' })
    expect(series.map(({ conditions, points }) => [conditions.machine, points.length])).toEqual([
      ['b2b2', 8],
      ['a1a1', 8],
    ])
    expect(series.flatMap(({ findings }) => findings.steps)).toEqual([])
  })

  it.each<[string, Partial<SessionSketch>]>([
    ['params', { params: { limit: 7 } }],
    ['the metric', { settings: { metric: 'cpu' } }],
    ['the isolation', { settings: { isolation: 'process' } }],
    ['the capture', { settings: { capture: { level: 'standard', sampleInterval: 1000 } } }],
  ])('keeps %s apart', (_, other) => {
    store(steady(4), (place) => (place < 2 ? {} : other))
    expect(historyOf(engine, { workflow: 'drawn' }).series.map(({ points }) => points.length)).toEqual([2, 2])
  })

  it('infers nothing where the machine was not recorded', () => {
    store([...steady(10), ...steady(8, 150)], () => ({ machine: null }))
    const { findings, points } = onlySeries()
    expect(points.every(({ unused }) => unused === 'unknown-machine')).toBe(true)
    expect(findings).toMatchObject({ used: 0, missing: 10, steps: [] })
  })
})

describe('what is only shown', () => {
  it('is an experiment with few blocks, with failed trials or with another result', () => {
    store(steady(14), (place) =>
      place === 3 ? { blocks: 9 } : place === 5 ? { failed: 3 } : place === 7 ? { different: true } : {},
    )
    const { points, findings, sentences } = onlySeries()
    expect(points.flatMap(({ unused }, place) => (unused ? [[place, unused]] : []))).toEqual([
      [3, 'few-blocks'],
      [5, 'failed-trials'],
    ])
    expect(points[5]).toMatchObject({ failed: 3, count: 13 })
    expect(findings.used).toBe(12)
    expect(sentences.at(-1)).toBe(
      '2 points are only shown: 1 with fewer than 10 valid blocks, 1 with too many failed trials.',
    )
    const candidate = onlySeries({ workflow: 'drawn', variant: 'batched' })
    expect(candidate.points.flatMap(({ unused }) => unused ?? [])).toEqual(['few-blocks', 'different-result'])
  })

  it('is plain runs, those of one commit as one point', () => {
    store(steady(10))
    const runs = [
      drawPlainRun('r1', 300, { level: 300, commit: 'a'.repeat(40) }),
      drawPlainRun('r2', 301, { level: 310, commit: 'a'.repeat(40) }),
      drawPlainRun('r3', 302, { level: 320, commit: 'a'.repeat(40) }),
      drawPlainRun('r4', 303, { level: 300, commit: 'a'.repeat(40), dirty: true, source: 's2' }),
      { ...drawPlainRun('r5', 304, { level: 300 }), trial: { experiment: 'x1', block: 0, position: 0 } },
      { ...drawPlainRun('r6', 305, { level: 300 }), reason: 'cancelled' as const, value: null },
      { ...drawPlainRun('r7', 306, { level: 300 }), patch: { db: { lookupBatch: 9 } } },
    ]
    for (const run of runs) engine.store.runs.put(run)
    const { points, findings } = onlySeries()
    expect(points.slice(10)).toMatchObject([
      { kind: 'runs', ids: ['r1', 'r2', 'r3'], value: 310e6, count: 3, unused: 'plain-runs', dirty: false },
      { kind: 'runs', ids: ['r4'], value: 300e6, dirty: true, changes: ['source'] },
    ])
    expect(findings).toMatchObject({ used: 10, possible: null, steps: [] })
  })

  it('numbers steps by the points that are there, not by those that count', () => {
    store([...steady(10), ...steady(8, 112)], (place) => (place === 2 || place === 10 ? { blocks: 5 } : {}))
    const { points, findings } = onlySeries()
    expect(findings.steps.map(({ point }) => point)).toEqual([11])
    expect(points[11]!.unused).toBeUndefined()
  })

  it('leaves out experiments that are going on', () => {
    store(steady(3), (place) => (place === 2 ? { status: 'running' } : {}))
    expect(onlySeries().points).toHaveLength(2)
  })
})

describe('changes beside the time', () => {
  it('marks another source and another meaning of the variant', () => {
    store(steady(4), (place) => ({
      source: place < 2 ? 's1' : 's2',
      ...(place === 3
        ? {
            settings: {
              variants: [
                { name: 'baseline', patch: {} },
                { name: 'batched', patch: {} },
              ],
            },
          }
        : {}),
    }))
    expect(onlySeries().points.map(({ changes }) => changes)).toEqual([[], [], ['source'], []])
    expect(onlySeries({ workflow: 'drawn', variant: 'batched' }).points.at(-1)!.changes).toEqual(['patch'])
  })
})

describe('a step where something else changed', () => {
  it('says so', () => {
    store([...steady(10), ...steady(8, 112)], (place) => ({ node: place < 10 ? '24.0.0' : '25.0.0' }))
    expect(onlySeries().points[10]!.changes).toEqual(['node'])
    expect(onlySeries().sentences[0]).toMatch(/; there the version of Node changed too\.$/)
  })
})

describe('with a reference', () => {
  it('a variant of the same experiments takes away what slows down both', () => {
    // The machine gets slower by half; the candidate gets from 80 % to 90 % of the baseline one session earlier.
    store([...steady(12), ...steady(8, 150)], (place) => ({ ratio: place < 10 ? 0.8 : 0.9 }))
    expect(onlySeries().findings.steps.map(({ point }) => point)).toEqual([12])
    const series = onlySeries({ workflow: 'drawn', variant: 'batched', reference: 'baseline' })
    expect(series.unit).toBe('ratio')
    expect(series.points[0]!.value).toBeCloseTo(0.8, 2)
    expect(series.points[0]!.low).toBeLessThan(0.8)
    expect(series.findings.steps.map(({ point }) => point)).toEqual([10])
    expect(series.findings.steps[0]!.ratio).toBeCloseTo(0.9 / 0.8, 2)
  })

  it('another workflow does so by its experiment that is nearest in time, if it is near', () => {
    store([...steady(10), ...steady(8, 150)])
    for (const place of Array.from({ length: 17 }, (_, index) => index)) {
      const record = drawExperiment(place, { workflow: 'yardstick', level: place < 10 ? 10 : 15 })
      const moved = { ...record, id: `y${place}`, startedAt: record.startedAt + 600_000 }
      engine.store.experiments.insert(experimentRow(moved))
    }
    const series = onlySeries({ workflow: 'drawn', reference: 'yardstick' })
    expect(series.points).toHaveLength(17)
    expect(series.points[12]!.value).toBeCloseTo(10, 0)
    expect(series.findings.steps).toEqual([])
    expect(workflowsWithHistory(engine)).toEqual(['drawn', 'yardstick'])
  })

  it('that is neither says what there is', () => {
    store(steady(2))
    expect(() => historyOf(engine, { workflow: 'drawn', reference: 'basline' })).toThrow(
      expect.objectContaining({ code: 'engine.unknown-reference', message: expect.stringContaining('batched') }),
    )
  })
})

describe('what is not there', () => {
  it('is no data, or an error that names what there is', () => {
    store(steady(2), () => ({ settings: { variants: [{ name: 'batched', patch: {} }] } }))
    expect(historyOf(engine, { workflow: 'drawn' })).toMatchObject({
      variant: 'baseline',
      variants: ['batched'],
      series: [],
    })
    expect(() => historyOf(engine, { workflow: 'drawn', variant: 'bached' })).toThrow(
      expect.objectContaining({ code: 'engine.unknown-variant', message: expect.stringContaining('batched') }),
    )
    expect(() => historyOf(engine, { workflow: 'nowhere' })).toThrow(
      expect.objectContaining({ code: 'engine.unknown-workflow' }),
    )
  })

  it('goes by the latest points where a limit is given', () => {
    store([...steady(10), ...steady(12, 112)])
    const { points, findings } = onlySeries({ workflow: 'drawn', limit: 12 })
    expect(points).toHaveLength(12)
    expect(findings.steps).toEqual([])
  })
})
