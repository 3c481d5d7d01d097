import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pico from 'picocolors'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { historyChart } from '../../src/cli/views/history-chart.ts'
import { experimentRow } from '../../src/engine/documents.ts'
import { openEngine } from '../../src/engine/engine.ts'
import { historyOf } from '../../src/engine/history.ts'
import { drawExperiment, drawPlainRun, type SessionSketch } from '../fixtures/draw-session.ts'

let workspace = ''
beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'strobe-history-')))
})
afterEach(() => rmSync(workspace, { recursive: true }))

/** Types a command line in the workspace. */
async function strobe(...typed: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const stream = (write: (text: string) => void) => ({ write, isTerminal: false, columns: () => 100 })
  const code = await main({
    ...{ typed, cwd: workspace, version: '0.0.0', calledAs: 'strobe', clock: () => 0, wantsColour: false },
    out: stream((text) => {
      out += text
    }),
    err: stream((text) => {
      err += text
    }),
    ...{ after: () => () => {}, onRequestToEnd: () => () => {}, kill: () => {} },
  })
  return { code, out, err }
}

const wobble = [0.3, -0.4, 0.1, 0.5, -0.2, -0.5, 0.4, 0, -0.1, 0.2]

function store(levels: readonly number[], sketch: Partial<SessionSketch> = {}): void {
  const engine = openEngine({ workspace })
  for (const [place, base] of levels.entries()) {
    const level = base * (1 + wobble[place % wobble.length]! / 100)
    const commit = `${place.toString(16).padStart(7, '0')}${'0'.repeat(33)}`
    const record = drawExperiment(place, { level, commit, ...sketch })
    engine.store.experiments.insert(experimentRow({ ...record, id: `x${sketch.workflow ?? ''}${place}` }))
  }
  engine.close()
}

const shifted = [...Array<number>(10).fill(100), ...Array<number>(7).fill(112), 126, 126]

describe('strobe history', () => {
  it('says first what changed and what must still be confirmed, then draws it, then lists it', async () => {
    store(shifted)
    const { code, out } = await strobe('history', 'drawn')
    expect(code).toBe(0)
    const lines = out.split('\n')
    expect(lines[0]).toBe('drawn, baseline')
    expect(lines[1]).toMatch(/^Change 1: 1[12]\.\d % slower \[\+\d+\.\d, \+\d+\.\d\] since commit 000000a/)
    expect(lines[2]).toMatch(/^Possible shift, to be confirmed: from commit 0000011 .* 3 more experiments will tell\.$/)
    expect(out).toContain('Drawn 9, 2 cores')
    expect(out).toMatch(/^1 {2}1970-01-1[01] /m)
    expect(out).toMatch(/^\? {2}1970-01-1[78] .* 0000011 /m)
  })

  it('draws dots over their levels with units, a line at the change and marks below, without colour', () => {
    store(shifted)
    const engine = openEngine({ workspace, readOnly: true })
    const [series] = historyOf(engine, { workflow: 'drawn' }).series
    engine.close()
    expect(historyChart(series!, pico.createColors(false))).toMatchInlineSnapshot(`
      [
        " 126 ms ┤                                      ┊                            ●   ●",
        "        │                                      ┊",
        "        │                                      ┊",
        "        │                                      ┊",
        " 113 ms ┤                                      ┊ ●───●───●───●──●───●───●",
        "        │                                      ┊",
        "        │                                      ┊",
        "        │                                      ┊",
        "99.5 ms ┤ ●───●───●───●───●──●───●───●───●───● ┊",
        "        └─────────────────────────────────────────────────────────────────────────",
        "                                                 1                          ?",
        "         ● experiment   1 … change of level, numbered   ? possible shift   oldest first; the axis does not start at 0",
      ]
    `)
    expect(historyChart({ ...series!, points: series!.points.slice(0, 1) }, pico.createColors(false))).toEqual([])
  })

  it('draws what is only shown at the edge where it lies beyond the axis', async () => {
    store(Array<number>(12).fill(100))
    const engine = openEngine({ workspace })
    engine.store.runs.put(drawPlainRun('r1', 24 * 30, { level: 900 }))
    engine.close()
    const { out } = await strobe('history', 'drawn')
    expect(out).toMatch(/^ *10\d ms ┤.*↑$/m)
    expect(out).toContain('One point of plain runs is only shown.')
  })

  it('shows every workflow that was measured where none is named, and all points with --json', async () => {
    store(Array<number>(30).fill(100))
    store([5, 5], { workflow: 'other' })
    const { out } = await strobe('history')
    expect(out).toContain('drawn, baseline\n')
    expect(out).toContain('\nother, baseline\n2 experiments are too few to look for changes: 8 more are needed.')
    expect(out).toContain('10 older points are not in this table; --json has all.')
    const { histories, exitCode } = JSON.parse((await strobe('history', '--json')).out)
    expect(exitCode).toBe(0)
    expect(histories.map(({ workflow }: { workflow: string }) => workflow)).toEqual(['drawn', 'other'])
    expect(histories[0].series[0].points).toHaveLength(30)
    expect(Object.keys(histories[0].series[0])).toEqual(
      expect.arrayContaining(['conditions', 'unit', 'rope', 'points', 'findings', 'sentences']),
    )
  })

  it('never shows a change without an interval but says that it has none', async () => {
    store(shifted)
    const { out } = await strobe('history', 'drawn')
    for (const [line] of out.matchAll(/^.*\d % (?:slower|faster).*$/gm)) {
      expect(line).toMatch(/ % (?:slower|faster) \[|without an interval yet/)
    }
  })

  it('says no data where there is none', async () => {
    expect(await strobe('history')).toMatchObject({ code: 0, out: 'No data: nothing was measured here yet.\n' })
    store([1, 1], { settings: { variants: [{ name: 'batched', patch: {} }] } })
    expect((await strobe('history', 'drawn')).out).toBe(
      'drawn, baseline\nNo data. There is some of: batched (--variant).\n',
    )
    expect(await strobe('history', 'drawn', '--variant', 'bached')).toMatchObject({ code: 3 })
    expect(await strobe('history', 'nowhere')).toMatchObject({ code: 3 })
  })
})
