import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExperimentRecord } from '../../src/analysis/index.ts'
import { commands } from '../../src/cli/commands/index.ts'
import type { AdviceEntry } from '../../src/engine/index.ts'
import type { RunRecord } from '../../src/trace/index.ts'
import { type Document, sampleWorkspace, startStrobe, strobe, strobeJson, until } from '../cli/strobe-process.ts'

let folder = ''
beforeAll(() => {
  folder = sampleWorkspace()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The keys of a document are those that the command declares: no other, and none missing that is always there. */
function expectKeys(name: string, document: Document): void {
  const declared = Object.keys(commands.find((command) => command.name === name)!.json)
  const known = declared.map((key) => key.replace(/\?$/, ''))
  expect(Object.keys(document).filter((key) => key !== 'exitCode' && !known.includes(key))).toEqual([])
  expect(Object.keys(document)).toEqual(expect.arrayContaining(declared.filter((key) => !key.endsWith('?'))))
}

describe('documents of --json, along the loop', () => {
  let experiment = ''
  let advice: AdviceEntry[] = []

  it('list: everything is empty at first, and looking makes nothing', async () => {
    const { code, document } = await strobeJson(folder, 'list')
    expect(code).toBe(0)
    expectKeys('list', document)
    expect(document).toMatchObject({ workspace: folder, runs: [], experiments: [], advice: [], exitCode: 0 })
    expect(document.workflows).toEqual([{ file: 'mistaken.workflow.ts' }, { file: 'parcels.workflow.ts' }])
    expect(existsSync(join(folder, '.strobe'))).toBe(false)
  })

  it('init', async () => {
    const { code, document } = await strobeJson(folder, 'init', 'new')
    expect(code).toBe(0)
    expectKeys('init', document)
    expect(document.workspace).toBe(join(folder, 'new'))
    expect((await strobeJson(folder, 'init', 'new')).document).toMatchObject({ created: [], kept: document.created })
    rmSync(join(folder, 'new'), { recursive: true })
  })

  it('check: right and wrong, with the place', async () => {
    const right = await strobeJson(folder, 'check', 'parcels')
    expect(right).toMatchObject({ code: 0, document: { ok: true } })
    expectKeys('check', right.document)
    const wrong = await strobeJson(folder, 'check', 'parcels.workflow.ts', 'mistaken.workflow.ts')
    expect(wrong).toMatchObject({ code: 1, document: { ok: false, files: [{ ok: true }, { ok: false }] } })
    const text = await strobe(join(folder, 'below'), 'check', '../mistaken.workflow.ts')
    expect(text.code).toBe(1)
    expect(text.out).toMatch(/^\.\.\/mistaken\.workflow\.ts:\d+:\d+ error workflow\.[a-z-]+: /)
  })

  it('check: what is right and cannot be run by this version is no success', async () => {
    const file = 'later.workflow.ts'
    cpSync(join(import.meta.dirname, '../fixtures/workspaces/engine/thread.workflow.ts'), join(folder, file))
    const { code, out } = await strobe(folder, 'check', file)
    expect(code).toBe(1)
    expect(out).toContain(`${file} is right, but this version cannot run it`)
    expect((await strobeJson(folder, 'check', file)).document).toMatchObject({ ok: true, runs: false })
    rmSync(join(folder, file))
  })

  it('run: the record, the nodes, the cycles; log lines stay off standard output', async () => {
    const { code, document, err } = await strobeJson(folder, 'run', 'parcels', '--set', 'weights.concurrency=4')
    expect(code).toBe(0)
    expectKeys('run', document)
    const { run, nodes, cycles } = document as unknown as {
      run: RunRecord
      nodes: { rows: Array<{ path: string; executions: number }> }
      cycles: Array<{ path: string; reason: string; iterations: unknown[] }>
    }
    expect(run).toMatchObject({ workflow: 'parcels', reason: 'finished', patch: { weights: { concurrency: 4 } } })
    expect(run.value).toBeGreaterThan(0)
    expect(nodes.rows.map(({ path }) => path)).toEqual(['parcels', 'weights', 'settle', 'settle/halve'])
    expect(cycles).toMatchObject([{ path: 'settle', reason: 'max-iterations' }])
    expect(cycles[0]!.iterations).toHaveLength(5)
    expect(err).toContain('weighing 16 parcels')
    expect((await strobe(folder, 'run', 'parcels', '--quiet')).err).toBe('')
  })

  it('run: one that fails says why and where, and ends with 1', async () => {
    const failed = await strobeJson(folder, 'run', 'parcels', '--param', 'broken=true')
    expect(failed).toMatchObject({ code: 1, document: { run: { reason: 'failed' }, exitCode: 1 } })
    expectKeys('run', failed.document)
    const { code, out } = await strobe(join(folder, 'below'), 'run', 'parcels', '--param', 'broken=true')
    expect(code).toBe(1)
    const source = readFileSync(join(folder, 'parcels.workflow.ts'), 'utf8').split('\n')
    const line = source.findIndex((text) => text.includes('throw new Error')) + 1
    const column = source[line - 1]!.indexOf('new Error') + 1
    const place = `../parcels.workflow.ts:${line}:${column}`
    expect(out.split('\n').slice(0, 2)).toEqual([
      'parcels failed',
      expect.stringContaining(`${place} error user.error: `),
    ])
    expect(out.split('\n')[1]).toContain('The scale is broken.')
  })

  it('compare', async () => {
    const { code, document } = await strobeJson(folder, 'compare', 'parcels', 'overlapped', '--preset', 'quick')
    expect(code).toBe(0)
    expectKeys('compare', document)
    const record = document.experiment as ExperimentRecord
    expect(record).toMatchObject({ status: 'finished', settings: { workflow: 'parcels', purpose: 'compare' } })
    experiment = record.id
    const ranking = document.ranking as Array<Record<string, unknown>>
    expect(ranking.map(({ name }) => name)).toEqual(['overlapped', 'baseline'])
    expect(ranking[0]).toMatchObject({ verdict: 'faster' })
    expect(ranking[0]!.high).toBeLessThan(1)
  })

  it('compare: a variant that computes something else ends with 4', async () => {
    const typed = ['compare', 'parcels', 'fewer', '--preset', 'quick', '--max-blocks', '8']
    const { code, document } = await strobeJson(folder, ...typed)
    expect(code).toBe(4)
    expect((document.ranking as unknown[]).at(-1)).toMatchObject({ name: 'fewer', verdict: 'different-result' })
  })

  it('advise', async () => {
    const { code, document } = await strobeJson(folder, 'advise', '--experiment', experiment)
    expect(code).toBe(0)
    expectKeys('advise', document)
    advice = document.advice as AdviceEntry[]
    expect(advice.map(({ recommendation }) => recommendation.rule)).toContain('serial-calls')
    const byName = await strobeJson(folder, 'advise', 'parcels.workflow.ts')
    expect((byName.document.advice as AdviceEntry[]).length).toBeGreaterThan(0)
  })

  it('apply: measures, proves, shows the diff, and writes only when told to', async () => {
    const id = advice.find(({ recommendation }) => recommendation.rule === 'serial-calls')!.id
    const applied = ['--preset', 'quick', '--name', 'together']
    const before = readFileSync(join(folder, 'parcels.workflow.ts'), 'utf8')
    const { code, document } = await strobeJson(folder, 'apply', id, ...applied)
    expect(code).toBe(0)
    expectKeys('apply', document)
    expect(document).toMatchObject({ variant: 'together', written: false, advice: { id } })
    const { recommendation } = document.advice as AdviceEntry
    expect(recommendation).toMatchObject({ status: 'proved', proof: { verdict: expect.stringMatching(/^faster/) } })
    expect(document.diff).toMatch(/^\+.*\.variant\('together'/m)
    expect(readFileSync(join(folder, 'parcels.workflow.ts'), 'utf8')).toBe(before)
    const written = await strobe(folder, 'apply', id, ...applied, '--write')
    expect(written).toMatchObject({ code: 0 })
    expect(written.out).toMatch(/predicted .*\n(?:.*\n)*?measured .*\[.*\] faster/)
    expect(readFileSync(join(folder, 'parcels.workflow.ts'), 'utf8')).toContain(".variant('together'")
  })

  it('show: a run, an experiment, a recommendation, by the beginning of the id', async () => {
    const { document: listed } = await strobeJson(folder, 'list', 'runs', '--limit', '1')
    const [run] = listed.runs as RunRecord[]
    for (const [id, kind] of [
      [run!.id, 'run'],
      [experiment.slice(0, -1), 'experiment'],
      [advice[0]!.id, 'advice'],
    ] as const) {
      const { code, document } = await strobeJson(folder, 'show', id)
      expect(code).toBe(0)
      expectKeys('show', document)
      expect(document).toMatchObject({ kind, [kind]: { id: expect.stringContaining(id) } })
      expect(await strobe(folder, 'show', id)).toMatchObject({ code: 0, out: expect.stringContaining('\n') })
    }
  })

  it('list: of one kind, of one workflow, no more than asked for', async () => {
    const { document } = await strobeJson(folder, 'list', 'runs', '--workflow', 'parcels', '--limit', '3')
    expectKeys('list', document)
    expect(Object.keys(document).sort()).toEqual(['exitCode', 'runs', 'workspace'])
    expect(document.runs).toHaveLength(3)
    expect((await strobeJson(folder, 'list', 'runs', '--workflow', 'nobody')).document.runs).toEqual([])
  })

  it('report: HTML and JSON, in the workspace or where it was told to', async () => {
    const { code, document } = await strobeJson(folder, 'report')
    expect(code).toBe(0)
    expectKeys('report', document)
    expect(document.file).toContain(join(folder, '.strobe', 'reports'))
    expect(readFileSync(String(document.file), 'utf8')).toMatch(/^<!doctype html>/i)
    const typed = ['report', experiment, advice[0]!.id, '--format', 'json', '--output', 'below/r.json']
    const { document: second } = await strobeJson(folder, ...typed)
    expect(JSON.parse(readFileSync(join(folder, 'below', 'r.json'), 'utf8'))).toMatchObject({ format: 'strobe-report' })
    expect(second.experiments).toHaveLength(2)
  })
})

describe('what is not there', () => {
  it.each([
    [['run', 'nobody'], 3, 'engine.unknown-workflow'],
    [['check', 'nobody'], 3, 'engine.unknown-workflow'],
    [['compare', 'nobody'], 3, 'engine.unknown-workflow'],
    [['advise', 'nobody'], 3, 'engine.unknown-workflow'],
    [['run', 'parcels', '--variant', 'nobody'], 3, 'workflow.unknown-variant'],
    [['compare', 'parcels', 'nobody'], 3, 'workflow.unknown-variant'],
    [['show', 'r000nobody'], 3, 'engine.unknown-id'],
    [['show', 'x000nobody'], 3, 'engine.unknown-id'],
    [['show', 'nobody'], 3, 'engine.unknown-id'],
    [['apply', 'a000nobody'], 3, 'engine.unknown-id'],
    [['report', 'x000nobody'], 3, 'engine.unknown-id'],
    [['run', 'parcels', '--set', 'weights.nobody=3'], 2, 'workflow.unknown-knob'],
    [['run', 'parcels', '--set', 'weights.concurrency=99'], 2, 'workflow.knob-range'],
    [['run', 'parcels', '--set', 'nobody.concurrency=9'], 2, 'workflow.unknown-node'],
    [['run', 'parcels', '--param', 'nobody=3'], 2, 'workflow.unknown-param'],
    [['compare', 'parcels', '--param', 'nobody=3'], 2, 'workflow.unknown-param'],
    [['compare', 'parcels', 'baseline'], 2, 'engine.one-variant'],
    [['init', 'parcels.workflow.ts'], 1, 'engine.no-folder'],
    [['run', 'mistaken.workflow.ts'], 1, 'workflow.unknown-node'],
    [['list', '--workspace', 'nowhere'], 2, 'cli.no-folder'],
    [['run'], 2, 'cli.usage'],
    [['nobody'], 2, 'cli.usage'],
    [[], 2, 'cli.usage'],
  ])('%j ends with %i and %s', async (typed, code, error) => {
    const ended = await strobeJson(folder, ...typed)
    expect(ended.code).toBe(code)
    expect(ended.document).toEqual({
      error: { code: error, message: expect.any(String), data: expect.any(Object), exitCode: code },
    })
  })

  it('is said as one sentence with its code, without a stack', async () => {
    const { err, out } = await strobe(folder, 'show', 'r000nobody')
    expect(out).toBe('')
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err).toMatch(/^Error .*"r000nobody".*\(engine\.unknown-id\)\n$/)
    expect((await strobe(folder, 'show', 'r000nobody', '--debug')).err).toContain('\n    at ')
  })
})

describe('Ctrl-C', () => {
  it('in the middle of a compare keeps the finished trials and ends with 130', async () => {
    const compare = startStrobe(folder, 'compare', 'parcels', 'overlapped', '--preset', 'rigorous')
    const started = async () => {
      const { document } = await strobeJson(folder, 'list', 'experiments', '--limit', '1')
      const [latest] = document.experiments as ExperimentRecord[]
      return latest?.status === 'running' && latest.blocks.length >= 2 ? latest : undefined
    }
    await until('two blocks of the experiment', async () => (await started()) !== undefined)
    const running = (await started())!
    compare.process.kill('SIGINT')
    const { code, out, err } = await compare.ended
    expect(code).toBe(130)
    expect(err).toContain('Stopping; what was measured is kept.')
    expect(out).toContain(`strobe show ${running.id}`)
    const { document } = await strobeJson(folder, 'show', running.id)
    const kept = document.experiment as ExperimentRecord
    expect(kept).toMatchObject({ status: 'stopped', stop: 'cancelled' })
    expect(kept.trials.filter(({ value }) => value !== null).length).toBeGreaterThanOrEqual(running.trials.length)
    expect(kept.trials.slice(0, running.trials.length)).toEqual(running.trials)
  })

  it('a second time ends at once; the run is told as interrupted afterwards', async () => {
    const run = startStrobe(folder, 'run', 'parcels', '--param', 'endless=true')
    await until('the log line of the run', () => run.said().includes('weighing'))
    run.process.kill('SIGINT')
    await until('the answer to the first', () => run.said().includes('Stopping'))
    // Sooner, it would be taken for the first one, passed on by npm.
    await new Promise((resolve) => setTimeout(resolve, 300))
    run.process.kill('SIGINT')
    expect((await run.ended).code).toBe(130)
    const { document } = await strobeJson(folder, 'list', 'runs', '--limit', '1')
    expect((document.runs as RunRecord[])[0]).toMatchObject({ reason: 'interrupted', params: { endless: true } })
  })

  it('in the middle of a run keeps it as cancelled, and the document says so', async () => {
    const run = startStrobe(folder, 'run', 'parcels', '--param', 'count=5000', '--json')
    await until('the log line of the run', () => run.said().includes('weighing 5000 parcels'))
    run.process.kill('SIGINT')
    const { code, out } = await run.ended
    expect(code).toBe(130)
    expect(JSON.parse(out)).toMatchObject({ run: { reason: 'cancelled', value: null }, exitCode: 130 })
  })
})

describe('two that measure at once', () => {
  it('the second says who measures and ends with 5, or waits when told to; reading is always allowed', async () => {
    const first = startStrobe(folder, 'run', 'parcels', '--param', 'count=150')
    await until('the first to run', () => first.said().includes('weighing 150 parcels'))
    const [busy, waited, read] = await Promise.all([
      strobeJson(folder, 'run', 'parcels'),
      strobe(folder, 'run', 'parcels', '--wait'),
      strobe(folder, 'list'),
    ])
    expect(busy.code).toBe(5)
    expect(busy.document.error).toMatchObject({ code: 'engine.busy', data: { pid: first.process.pid } })
    expect(waited.code).toBe(0)
    expect(waited.err).toContain(`waiting for process ${first.process.pid}`)
    expect(read.code).toBe(0)
    expect((await first.ended).code).toBe(0)
  })
})

describe('what is printed', () => {
  it('has no colours where it is no terminal, and the version is the package', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      version: string
    }
    expect(await strobe(folder, '--version')).toMatchObject({ code: 0, out: `${version}\n` })
    const { out } = await strobe(folder, 'list')
    expect(out).not.toContain('\u001b')
  })

  it('goes into a pipe that is closed early without a complaint', async () => {
    const list = startStrobe(folder, 'list', 'runs', '--json')
    list.process.stdout!.destroy()
    const { err } = await list.ended
    expect(err).toBe('')
  })
})
