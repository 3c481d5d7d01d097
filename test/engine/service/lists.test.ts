import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ExperimentRecord } from '../../../src/analysis/index.ts'
import { experimentRow } from '../../../src/engine/documents.ts'
import { openEngine } from '../../../src/engine/index.ts'
import { sampleExperiment } from '../../cli/sample-experiment.ts'
import { recordRun } from '../../fixtures/record-run.ts'
import { sampleRecord, sampleTrace } from '../../trace/sample-run.ts'
import { folderWithRuns, openTestStudio, refusal, temporaryFolder } from './test-studio.ts'

describe('runs', () => {
  it('come in pages, latest first, with how many there are', async () => {
    const runs = Array.from({ length: 25 }, (_, number) => ({ id: `r${String(number).padStart(2, '0')}` }))
    const { client } = await openTestStudio({ workspace: folderWithRuns(runs) })
    const page = await client.call('runs.list', { offset: 10, limit: 10 })
    expect(page).toMatchObject({ total: 25, offset: 10 })
    expect(page.rows.map(({ id }) => id)).toEqual([
      'r14',
      'r13',
      'r12',
      'r11',
      'r10',
      'r09',
      'r08',
      'r07',
      'r06',
      'r05',
    ])
    expect((await client.call('runs.list', { offset: 20, limit: 10 })).rows.length).toBe(5)
    expect((await client.call('runs.list', { offset: 30, limit: 10 })).rows).toEqual([])
  })

  it('say what a list shows of them, and nothing else', async () => {
    const trial = { experiment: 'x1', block: 3, position: 1 }
    const error = { code: 'user.error', message: 'No order.', stack: 'long' }
    const workspace = folderWithRuns([{ id: 'r1', trial, error, reason: 'failed', value: null, metrics: { cpu: 5 } }])
    const { client } = await openTestStudio({ workspace })
    expect((await client.call('runs.list', {})).rows).toEqual([
      {
        ...{ id: 'r1', workflow: 'drawn', file: 'drawn.workflow.ts', variant: 'baseline', startedAt: 1000 },
        ...{ reason: 'failed', value: null, capture: { level: 'standard' }, experiment: 'x1', block: 3 },
        ...{ metrics: { cpu: 5 }, problem: 'No order.' },
      },
    ])
  })

  it('can be filtered and searched, together', async () => {
    const trial = { experiment: 'x1', block: 0, position: 0 }
    const workspace = folderWithRuns([
      { id: 'r1', workflow: 'orders', variant: 'batched' },
      { id: 'r2', workflow: 'orders', trial },
      { id: 'r3', workflow: 'k-means', reason: 'failed' },
      { id: 'r4', workflow: '100%_sure', variant: 'Batched' },
    ])
    const { client } = await openTestStudio({ workspace })
    const idsOf = async (params: object) => (await client.call('runs.list', params)).rows.map(({ id }) => id).join(' ')
    expect(await idsOf({ workflow: 'orders' })).toBe('r2 r1')
    expect(await idsOf({ experiment: 'x1' })).toBe('r2')
    expect(await idsOf({ experiment: null })).toBe('r4 r3 r1')
    expect(await idsOf({ reason: 'failed' })).toBe('r3')
    expect(await idsOf({ search: 'BATCH' })).toBe('r4 r1')
    expect(await idsOf({ search: 'fail' })).toBe('r3')
    expect(await idsOf({ search: 'r2' })).toBe('r2')
    expect(await idsOf({ search: '%' })).toBe('r4')
    expect(await idsOf({ search: '_' })).toBe('r4')
    expect(await idsOf({ search: "'; DROP TABLE runs; --" })).toBe('')
    expect(await idsOf({ search: 'batched', workflow: 'orders' })).toBe('r1')
    expect(await idsOf({ search: 'orders', experiment: 'x1' })).toBe('r2')
    expect((await client.call('runs.list', { search: 'batched', limit: 1 })).total).toBe(2)
  })

  it('are found by the beginning of their id, with whether they have a trace', async () => {
    const workspace = temporaryFolder()
    const engine = openEngine({ workspace })
    engine.store.importRun(sampleRecord({ id: 'rwith', reason: 'finished' }), sampleTrace(5))
    engine.store.runs.put(recordRun({ id: 'rwithout' }))
    engine.close()
    const { client } = await openTestStudio({ workspace })
    expect(await client.call('runs.get', { id: 'rwitho' })).toMatchObject({
      record: { id: 'rwithout' },
      hasTrace: false,
    })
    expect(await client.call('runs.get', { id: 'rwith' })).toMatchObject({ record: { id: 'rwith' }, hasTrace: true })
    expect(await refusal(client.call('runs.get', { id: 'rw' }))).toMatchObject({ code: 'engine.ambiguous-id' })
    expect(await refusal(client.call('runs.get', { id: 'z' }))).toMatchObject({ code: 'engine.unknown-id' })
  })
})

describe('experiments', () => {
  function folderWith(records: readonly ExperimentRecord[]): string {
    const workspace = temporaryFolder()
    const engine = openEngine({ workspace })
    for (const record of records) engine.store.experiments.insert(experimentRow(record))
    engine.close()
    return workspace
  }
  const numbered = (number: number, parts: Partial<ExperimentRecord> = {}): ExperimentRecord => ({
    ...sampleExperiment(0.8, 9),
    ...{ id: `x${number}`, startedAt: number, ...parts },
  })

  it('come in pages, latest first, with their ranking and a sentence', async () => {
    const { client } = await openTestStudio({ workspace: folderWith([numbered(1), numbered(2), numbered(3)]) })
    const page = await client.call('experiments.list', { limit: 2 })
    expect(page).toMatchObject({ total: 3, offset: 0 })
    expect(page.rows.map(({ id }) => id)).toEqual(['x3', 'x2'])
    const record = await client.call('experiments.get', { id: 'x3' })
    expect(page.rows[0]?.variants).toEqual(record.settings.variants.map(({ name }) => name))
    expect(page.rows[0]?.sentence).toMatch(/\[.+\]/)
    expect(page.rows[0]?.ranking.some(({ baseline }) => baseline)).toBe(true)
  })

  it('before the first look have no sentence', async () => {
    const { client } = await openTestStudio({ workspace: folderWith([numbered(1, { look: null, blocks: [] })]) })
    const [row] = (await client.call('experiments.list', {})).rows
    expect(row).not.toHaveProperty('sentence')
    expect(row?.blocks).toBe(0)
  })

  it('are searched by id, workflow, variant and status', async () => {
    const failed = numbered(2, { status: 'failed' })
    const { client } = await openTestStudio({ workspace: folderWith([numbered(1), failed]) })
    const idsOf = async (search: string) =>
      (await client.call('experiments.list', { search })).rows.map(({ id }) => id).join(' ')
    const { settings } = numbered(1)
    expect(await idsOf('X1')).toBe('x1')
    expect(await idsOf('failed')).toBe('x2')
    expect(await idsOf(settings.workflow)).toBe('x2 x1')
    expect(await idsOf(settings.variants[1]!.name.toUpperCase())).toBe('x2 x1')
    expect(await idsOf('nothing')).toBe('')
  })

  it('that go on are read anew each time, those that ended when they were changed', async () => {
    const workspace = folderWith([numbered(1, { status: 'running', endedAt: null })])
    const { client } = await openTestStudio({ workspace })
    // Opening it has ended what nobody goes on with.
    const statusNow = async () => (await client.call('experiments.list', {})).rows[0]?.status
    expect(await statusNow()).toBe('interrupted')
    const other = openEngine({ workspace })
    const row = other.store.experiments.get('x1')!
    for (const status of ['running', 'finished', 'stopped'] as const) {
      other.store.experiments.update({ ...row, status })
      expect(await statusNow()).toBe(status)
    }
    other.store.experiments.update({ ...row, status: 'running' })
    expect(await statusNow()).toBe('running')
    // As long as before, and yet another one.
    other.store.experiments.update({ ...row, status: 'running', startedAt: row.startedAt + 1 })
    expect((await client.call('experiments.list', {})).rows[0]?.startedAt).toBe(row.startedAt + 1)
    other.close()
  })
})

describe('workflows', () => {
  it('come with what is known of each, and never with what is not', async () => {
    const workspace = folderWithRuns([
      { id: 'r1', workflow: 'old name', file: 'orders.workflow.ts', value: 5e6 },
      { id: 'r2', workflow: 'orders', file: 'orders.workflow.ts', value: 7e6 },
      { id: 'r3', workflow: 'gone', file: 'gone.workflow.ts' },
    ])
    for (const name of ['orders', 'never-run']) writeFileSync(join(workspace, `${name}.workflow.ts`), '')
    const engine = openEngine({ workspace })
    const settings = { ...sampleExperiment(0.8, 9).settings, workflow: 'orders', file: 'orders.workflow.ts' }
    engine.store.experiments.insert(experimentRow({ ...sampleExperiment(0.8, 9), id: 'x1', settings }))
    engine.close()
    const { client } = await openTestStudio({ workspace })
    const [never, orders, ...more] = await client.call('workflows.list', {})
    expect(more).toEqual([])
    expect(never).toEqual({ file: 'never-run.workflow.ts', runs: 0, experiments: 0 })
    expect(orders).toMatchObject({
      ...{ file: 'orders.workflow.ts', name: 'orders', runs: 2, experiments: 1 },
      ...{ lastRun: { id: 'r2', value: 7e6 }, lastExperiment: { id: 'x1' } },
    })
    expect(orders?.trend?.points.length).toBeGreaterThan(0)
  })

  it('are told anew when a run or a file was added', async () => {
    const workspace = folderWithRuns([{ id: 'r1', file: 'a.workflow.ts' }])
    writeFileSync(join(workspace, 'a.workflow.ts'), '')
    const { client } = await openTestStudio({ workspace })
    const counts = async () => (await client.call('workflows.list', {})).map(({ runs }) => runs)
    expect(await counts()).toEqual([1])
    folderWithRuns([{ id: 'r2', file: 'a.workflow.ts' }], workspace)
    expect(await counts()).toEqual([2])
    writeFileSync(join(workspace, 'b.workflow.ts'), '')
    expect(await counts()).toEqual([2, 0])
  })

  it('have a history', async () => {
    const { client } = await openTestStudio({ workspace: folderWithRuns([{ id: 'r1', value: 5e6 }]) })
    const history = await client.call('history.get', { workflow: 'drawn' })
    expect(history).toMatchObject({ workflow: 'drawn', variant: 'baseline', reference: null, variants: ['baseline'] })
    expect(history.series[0]?.points[0]?.ids).toEqual(['r1'])
  })
})
