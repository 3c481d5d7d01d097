import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { Connection } from '../../src/store/connection.ts'
import { RunRepository } from '../../src/store/runs.ts'
import { sampleRecord, sampleTrace } from '../trace/sample-run.ts'
import { temporaryStore, temporaryWorkspace } from './workspace.ts'

const trial = (experiment: string) => ({ experiment, block: 0, position: 0 })

describe('a page of runs', () => {
  function storeOf(count: number) {
    const store = temporaryStore()
    for (let number = 0; number < count; number++) {
      const isTrial = number % 2 === 0 ? { trial: trial('x1') } : {}
      store.runs.put(sampleRecord({ id: `r${number}`, startedAt: number, variant: `v${number % 3}`, ...isTrial }))
    }
    return store
  }
  const idsOf = ({ rows }: { rows: ReadonlyArray<{ id: string }> }) => rows.map(({ id }) => id)

  it('is the part that was asked for, latest first, and says how many there are in all', () => {
    const { runs } = storeOf(10)
    const page = runs.page({ offset: 2, limit: 3 })
    expect(page.total).toBe(10)
    expect(idsOf(page)).toEqual(['r7', 'r6', 'r5'])
    expect(runs.page({ offset: 20, limit: 3 })).toEqual({ total: 10, rows: [] })
  })

  it('says the same whatever it is narrowed by, alone and together', () => {
    const { runs } = storeOf(12)
    const all = runs.list()
    const filters = [
      { experiment: 'x1' },
      { experiment: null },
      { workflow: 'orders' },
      { workflow: 'none' },
      { reason: 'running' as const },
      { workflow: 'orders', experiment: 'x1', reason: 'running' as const },
    ]
    for (const filter of filters) {
      const expected = runs.list(filter).map(({ id }) => id)
      expect(idsOf(runs.page({ ...filter, offset: 0, limit: 100 }))).toEqual(expected)
      const found = all.filter(({ id, variant }) => expected.includes(id) && variant === 'v1').map(({ id }) => id)
      expect(idsOf(runs.page({ ...filter, search: 'V1', offset: 0, limit: 100 }))).toEqual(found)
    }
  })

  it('takes what is searched for as it is written', () => {
    const { runs } = temporaryStore()
    for (const [place, variant] of ['50%', '50x', 'a_b', 'axb', 'c\\d'].entries()) {
      runs.put(sampleRecord({ id: `r${place}`, variant }))
    }
    const found = (search: string) => idsOf(runs.page({ search, offset: 0, limit: 10 })).join(' ')
    expect([found('50%'), found('a_b'), found('c\\d'), found("'")]).toEqual(['r0', 'r2', 'r4', ''])
  })

  it('is found in indexes: no table is gone through from end to end', () => {
    const database = new Database(join(storeOf(3).directory, 'strobe.db'), { readonly: true })
    const connection = new Connection(database, 'a copy')
    const asked = [vi.spyOn(connection, 'get'), vi.spyOn(connection, 'all')]
    const runs = new RunRepository(connection)
    const filters = [
      {},
      { workflow: 'a' },
      { experiment: 'a' },
      { experiment: null },
      { reason: 'a' },
      { workflow: 'a', reason: 'a' },
    ]
    for (const filter of filters) {
      for (const search of [{}, { search: 'a' }]) runs.page({ ...filter, ...search, offset: 0, limit: 5 })
    }
    runs.latestPerFile()
    runs.latestDescribed('a')
    runs.countPerFile()
    const calls = asked.flatMap(({ mock }) => mock.calls as Array<[string, ...unknown[]]>)
    expect(calls.length).toBeGreaterThan(20)
    for (const [sql, ...values] of calls) {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as Array<{ detail: string }>
      const scans = plan.map(({ detail }) => detail).filter((detail) => /^SCAN (?!.*USING)/.test(detail))
      expect(
        scans.filter((detail) => detail.includes('runs')),
        sql,
      ).toEqual([])
    }
    database.close()
  })
})

describe('what a list of workflows needs', () => {
  it('is the latest description of a file, also while a run goes on that has none yet', () => {
    const { runs } = temporaryStore()
    const description = { name: 'a', params: {}, runKnobs: {}, resources: [], nodes: [], variants: [] }
    const of = (id: string, startedAt: number) => sampleRecord({ id, file: 'a.workflow.ts', startedAt })
    runs.put({ ...of('r1', 5), description })
    runs.put({ ...of('r2', 6), description })
    runs.put(of('r3', 7))
    expect(runs.latestDescribed('a.workflow.ts')?.id).toBe('r2')
    expect(runs.latestDescribed('b.workflow.ts')).toBeUndefined()
  })

  it('is how many runs each file has, and the latest of them', () => {
    const { runs } = temporaryStore()
    runs.put(sampleRecord({ id: 'r1', file: 'a.workflow.ts', startedAt: 5 }))
    runs.put(sampleRecord({ id: 'r2', file: 'a.workflow.ts', startedAt: 1_700_000_000_000 }))
    runs.put(sampleRecord({ id: 'r3', file: 'b.workflow.ts', startedAt: 7 }))
    runs.put(sampleRecord({ id: 'r4', file: 'b.workflow.ts', startedAt: 7 }))
    expect(
      runs
        .latestPerFile()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['r2', 'r4'])
    expect(runs.countPerFile()).toEqual(
      new Map([
        ['a.workflow.ts', 2],
        ['b.workflow.ts', 2],
      ]),
    )
  })

  it('is an outline of its experiments', () => {
    const { experiments } = temporaryStore()
    const experiment = (id: string, startedAt: number, file: string) =>
      ({ id, startedAt, workflow: 'w', status: 'finished', settings: { file } }) as never
    experiments.insert(experiment('x1', 1, 'ä.workflow.ts'))
    experiments.insert(experiment('x2', 2, 'b.workflow.ts'))
    expect(experiments.outline().map(({ id }) => id)).toEqual(['x2', 'x1'])
    const [row] = experiments.outline({ file: 'ä.workflow.ts' })
    expect(row).toEqual({
      id: 'x1',
      status: 'finished',
      bytes: new TextEncoder().encode(JSON.stringify(experiments.get('x1'))).length,
    })
  })
})

describe('a store', () => {
  it('knows which runs have a trace', () => {
    const { runs, traces, importRun } = temporaryStore()
    importRun(sampleRecord({ id: 'r1' }), sampleTrace())
    runs.put(sampleRecord({ id: 'r2' }))
    expect([traces.has('r1'), traces.has('r2'), traces.has('r3')]).toEqual([true, false, false])
  })

  it('says when it was changed, and when by another', () => {
    const workspace = temporaryWorkspace()
    const [own, other] = [temporaryStore(workspace), temporaryStore(workspace)]
    const seen = () => [own.version(), own.foreignVersion()] as const
    const before = seen()
    expect(seen()).toEqual(before)
    own.runs.put(sampleRecord({ id: 'r1' }))
    const afterOwn = seen()
    expect(afterOwn[0]).not.toBe(before[0])
    expect(afterOwn[1]).toBe(before[1])
    other.runs.put(sampleRecord({ id: 'r2' }))
    const afterOther = seen()
    expect(afterOther[0]).not.toBe(afterOwn[0])
    expect(afterOther[1]).not.toBe(afterOwn[1])
  })

  it('of version 1 is brought up to date, and lists what it had', () => {
    const workspace = temporaryWorkspace()
    mkdirSync(join(workspace, '.strobe'))
    const path = join(workspace, '.strobe', 'strobe.db')
    copyFileSync(new URL('../fixtures/store/v1.db', import.meta.url), path)
    const store = temporaryStore(workspace)
    const runs = store.runs.list()
    expect(runs.length).toBeGreaterThan(0)
    const files = new Set(runs.map(({ file }) => file))
    expect([...store.runs.countPerFile().keys()].sort()).toEqual([...files].sort())
    const { variant } = runs[0]!
    expect(store.runs.page({ search: variant, offset: 0, limit: 10 }).total).toBe(
      runs.filter((run) => run.variant === variant).length,
    )
    expect(store.checkIntegrity()).toEqual([])
  })
})
