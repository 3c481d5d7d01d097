import pico from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { ExperimentRecord } from '../../src/analysis/index.ts'
import { blockTable } from '../../src/cli/views/experiment-view.ts'
import { runTable } from '../../src/cli/views/list-view.ts'
import { runFacts } from '../../src/cli/views/run-view.ts'
import { buildReport, renderHtml, renderJson } from '../../src/report/index.ts'
import { madeUpValues, sampleExperiment, sampleInput, sampleRun } from './sample-report.ts'

const colours = pico.createColors(false)
const values = { baseline: madeUpValues(64, 14, 1), overlapped: madeUpValues(32, 14, 2) }
const busy = 'other programs were busy in 63.0 % of the trial (48.0 % of a core over all of it)'
const jumped = 'the clock jumped by 2400 ms, or the machine slept'

/** Ten blocks, of which one was flagged and one discarded; then extended, with a warm-up block at place 11, and stopped at 13. */
function extendedExperiment(changes: Partial<ExperimentRecord> = {}): ExperimentRecord {
  const plain = sampleExperiment(values)
  const blocks = plain.blocks.map((block) => {
    if (block.block === 3) return { ...block, disturbances: [{ variant: 1, kind: 'foreign-cpu' as const, how: busy }] }
    if (block.block === 10) return { ...block, warmUp: true }
    if (block.block !== 6) return block
    const disturbances = [{ variant: 0, kind: 'clock-jump' as const, how: jumped }]
    return { ...block, disturbances, invalidated: `baseline: ${jumped}` }
  })
  return {
    ...plain,
    ...{ blocks, status: 'stopped', stop: 'cancelled' },
    live: { blocks: 12, estimates: [0.5012] },
    extensions: [{ startedAt: plain.startedAt + 60_000, blocks: 9, fromCap: 8, toCap: 16 }],
    ...changes,
  }
}

const modelOf = (record: ExperimentRecord) => buildReport(sampleInput({ experiments: [{ record }] }))
const visible = (html: string) =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')

describe('estimates between looks', () => {
  const record = extendedExperiment()

  it('are in the model with what they are of, and in the page in grey, without interval or verdict', () => {
    const [section] = modelOf(record).experiments
    const estimates = [{ variant: 1, name: 'overlapped', ratio: 0.5012 }]
    expect(section!.live).toEqual({ blocks: 12, nextLook: 16, estimates })
    const page = renderHtml(modelOf(record))
    const line = 'Over all 12 blocks, without a verdict: overlapped −49.9 %; the next verdict would come at block 16.'
    expect(page).toContain(`<p class="live">${line}</p>`)
  })

  it('of an experiment that goes on say when the next verdict comes', () => {
    const page = visible(renderHtml(modelOf(extendedExperiment({ status: 'running', stop: null, endedAt: null }))))
    expect(page).toContain(
      'Over all 12 blocks so far, without a verdict: overlapped −49.9 %; next verdict at block 16.',
    )
  })

  it('are not there where the look has all blocks, and say no gain of another result', () => {
    const whole = modelOf(extendedExperiment({ live: { blocks: 8, estimates: [0.5] } }))
    expect(whole.experiments[0]!.live).toBeNull()
    expect(renderHtml(whole)).not.toContain('class="live"')
    const differences = [{ runId: 'r001v1', variant: 1, how: 'other numbers' }]
    const different = modelOf(extendedExperiment({ results: { ...record.results, differences } }))
    expect(different.experiments[0]!.live!.estimates[0]!.ratio).toBeNull()
    expect(visible(renderHtml(different))).toContain('without a verdict: overlapped no data;')
  })

  it('before the first look stand alone: the ranking has no interval and shows none', () => {
    const short = { baseline: madeUpValues(64, 3, 1), overlapped: madeUpValues(32, 3, 2) }
    const early = sampleExperiment(short, { ...{ status: 'running', stop: null, endedAt: null } })
    const page = renderHtml(modelOf({ ...early, live: { blocks: 3, estimates: [0.5] } }))
    expect(visible(page)).toContain(
      'Over all 3 blocks so far, without a verdict: overlapped −50.0 %; next verdict at block 8.',
    )
    const ranking = /<table class="ranking">[\s\S]*?<\/table>/.exec(page)![0]
    expect(ranking).not.toMatch(/∞|class="(?:eff|mark)/)
    expect(renderHtml(modelOf(record))).toContain('class="eff faster"')
    expect(visible(ranking)).toContain('no interval yet')
  })
})

describe('blocks that were disturbed, invalidated or added', () => {
  const record = extendedExperiment()
  const model = modelOf(record)
  const [section] = model.experiments
  const page = renderHtml(model)

  it('are in the model, what happened in which trial, and in the JSON', () => {
    expect(section!.blocks).toHaveLength(record.blocks.length)
    const odd = section!.blocks.filter(({ invalidated, disturbances }) => invalidated || disturbances.length > 0)
    expect(odd.map(({ name, counted }) => [name, counted])).toEqual([
      ['4', true],
      ['7', false],
    ])
    const dots = section!.trials.filter(({ disturbances }) => disturbances.length > 0)
    expect(dots.map(({ block, variant, disturbances }) => [block, variant, disturbances])).toEqual([
      [3, 1, [busy]],
      [6, 0, [jumped]],
    ])
    const { report } = JSON.parse(renderJson(model)) as { report: typeof model }
    expect(report.experiments[0]!.blocks).toEqual(section!.blocks)
    expect(report.experiments[0]!.extensions).toEqual(record.extensions)
    expect(report.experiments[0]!.live).toEqual(section!.live)
  })

  it('have a table in the page, and rings in the picture with what happened', () => {
    const table = visible(/2 blocks invalidated or disturbed<\/summary>([\s\S]*?)<\/table>/.exec(page)![1]!)
    expect(table).toContain(`4 yes, flagged overlapped: ${busy}`)
    expect(table).toContain(`7 no baseline: ${jumped}`)
    // Paper has it too, as long as it is short.
    expect(page).toContain('<details class="twin printed"><summary>2 blocks')
    const many = record.blocks.map((block) => ({
      ...block,
      disturbances: [{ variant: 0, kind: 'throttled' as const, how: 'hot' }],
    }))
    expect(renderHtml(modelOf({ ...record, blocks: many }))).toContain('<details class="twin"><summary>15 blocks')
    // One ring in the legend.
    expect(page.match(/class="ring"/g)).toHaveLength(1 + 2)
    expect(page).toContain(`disturbed: ${busy}`)
  })

  it('leave no trace in a page where nothing happened', () => {
    const calm = renderHtml(modelOf(sampleExperiment(values)))
    expect(calm).not.toContain('invalidated or disturbed')
    expect(calm).not.toContain('class="ring"')
    expect(visible(calm)).not.toContain('Extended')
  })

  it('name what was added: from which cap to which', () => {
    expect(visible(page)).toContain('Extended at 9 blocks, cap 8 → 16 (2026-01-15 10:01 UTC)')
  })

  it('have the same number in page, show and list, also after a warm-up block in between', () => {
    const shown = blockTable(record, colours).map((line) => line.trim())
    const nameOf = (block: number) => section!.blocks.find((line) => line.block === block)!.name
    expect([-1, 0, 9, 10, 11, 13].map(nameOf)).toEqual(['warm-up', '1', '10', '11 (warm-up)', '12', '14'])
    for (const { name } of section!.blocks) expect(shown.filter((line) => line.startsWith(`${name}  `))).toHaveLength(1)
    expect(shown.find((line) => line.startsWith('4 '))).toMatch(`  overlapped: ${busy}`)
    for (const block of [-1, 0, 10, 11]) {
      const run = sampleRun({ trial: { experiment: record.id, block, position: 0 } })
      // Which of the numbered blocks are warm-up is known to the experiment only.
      const name = nameOf(block).replace(' (warm-up)', '')
      const listed = runTable([run], colours)[1]!
      expect(listed).toContain(block < 0 ? `${record.id} warm-up` : `${record.id} block ${name}`)
      const facts = Object.fromEntries(runFacts(run))
      expect(facts.experiment).toBe(`${record.id}, ${block < 0 ? 'warm-up block' : `block ${name}`}`)
    }
    const rows = [...page.matchAll(/id="x0-trial-\d+"><th[^>]*>[^<]*<\/th><td[^>]*>([^<]*)</g)].map(([, name]) => name)
    expect([...new Set(rows)]).toEqual(section!.blocks.map(({ name }) => name))
  })
})
