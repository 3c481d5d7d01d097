import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Connection } from '../../src/store/connection.ts'
import { failureOf } from '../../src/store/failures.ts'
import { openStore } from '../../src/store/index.ts'
import { migrate } from '../../src/store/migrations.ts'
import { loadSqlite } from '../../src/store/sqlite.ts'
import { sampleRecord, sampleTrace } from '../trace/sample-run.ts'
import { codeThrownBy, temporaryStore, temporaryWorkspace } from './workspace.ts'

/** A workspace whose database has these bytes, or was made by `fill`. */
function workspaceWith(content: string | ((database: Database.Database) => void)): string {
  const workspace = temporaryWorkspace()
  mkdirSync(join(workspace, '.strobe'))
  const path = join(workspace, '.strobe', 'strobe.db')
  if (typeof content === 'string') writeFileSync(path, content)
  else {
    const database = new Database(path)
    content(database)
    database.close()
  }
  return workspace
}

describe('a store', () => {
  it('is made where there is none, in WAL mode, sound, with a place for logs', () => {
    const store = temporaryStore()
    expect(store.checkIntegrity()).toEqual([])
    expect(existsSync(store.runsDirectory)).toBe(true)
    const database = new Database(join(store.directory, 'strobe.db'), { readonly: true })
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    database.close()
  })

  it('is refused where the Node is too old for its binary', () => {
    expect(codeThrownBy(() => loadSqlite({ napi: '9', node: '20.19.0' }))).toBe('store.node-too-old')
    expect(codeThrownBy(() => loadSqlite({}))).toBe('store.node-too-old')
  })

  it('of a newer version is refused', () => {
    const workspace = temporaryWorkspace()
    temporaryStore(workspace).close()
    const database = new Database(join(workspace, '.strobe', 'strobe.db'))
    database.pragma('user_version = 99')
    database.close()
    expect(codeThrownBy(() => openStore(workspace))).toBe('store.newer-version')
    expect(codeThrownBy(() => openStore(workspace, { readOnly: true }))).toBe('store.newer-version')
  })

  it('that is no database, or one of another program, is refused and left as it is', () => {
    const text = 'This is a text and no database. '.repeat(40)
    const workspace = workspaceWith(text)
    expect(codeThrownBy(() => openStore(workspace))).toBe('store.not-a-database')
    expect(readFileSync(join(workspace, '.strobe', 'strobe.db'), 'utf8')).toBe(text)
    const foreign = workspaceWith((database) => database.exec('CREATE TABLE birds (name TEXT)'))
    expect(codeThrownBy(() => openStore(foreign))).toBe('store.not-a-database')
  })

  it('says that the disk is full, and keeps what was stored before', () => {
    const store = temporaryStore(temporaryWorkspace(), { maxBytes: 400_000 })
    store.importRun(sampleRecord(), sampleTrace(10))
    const noise = sampleTrace(200_000)
    for (let row = 0; row < 200_000; row++) noise.spans.duration[row] = Math.random() * 1e9
    expect(codeThrownBy(() => store.importRun(sampleRecord({ id: 'r2' }), noise))).toBe('store.disk-full')
    expect(store.runs.list().map(({ id }) => id)).toEqual(['r0000000000001'])
    expect(store.checkIntegrity()).toEqual([])
    store.importRun(sampleRecord({ id: 'r3' }), sampleTrace(5))
    expect(store.traces.read('r3')).toEqual(sampleTrace(5))
  })

  it('opened to read reads while another writes, and writes nothing', () => {
    const workspace = temporaryWorkspace()
    expect(codeThrownBy(() => openStore(workspace, { readOnly: true }))).toBe('store.missing')
    expect(existsSync(join(workspace, '.strobe'))).toBe(false)
    const writer = temporaryStore(workspace)
    const reader = temporaryStore(workspace, { readOnly: true })
    writer.importRun(sampleRecord(), sampleTrace())
    expect(reader.traces.read(sampleRecord().id)).toEqual(sampleTrace())
    expect(codeThrownBy(() => reader.runs.put(sampleRecord({ id: 'r2' })))).toBe('store.read-only')
  })

  it('says so where its folder cannot be made', () => {
    const workspace = temporaryWorkspace()
    writeFileSync(join(workspace, '.strobe'), 'a file where the folder should be')
    expect(codeThrownBy(() => openStore(workspace))).toBe('store.read-only')
  })

  it('lets two processes write in turn', () => {
    const workspace = temporaryWorkspace()
    const [first, second] = [temporaryStore(workspace), temporaryStore(workspace)]
    for (let number = 0; number < 20; number++) {
      const writer = number % 2 ? first : second
      writer.importRun(sampleRecord({ id: `r${number}` }), sampleTrace(10))
    }
    expect(first.runs.count()).toBe(20)
    expect(second.runs.count()).toBe(20)
  })

  it('finds damage in a trace’s bytes', () => {
    const workspace = temporaryWorkspace()
    const store = temporaryStore(workspace)
    store.importRun(sampleRecord(), sampleTrace())
    const database = new Database(join(workspace, '.strobe', 'strobe.db'))
    database.prepare("UPDATE traceChunks SET bytes = zeroblob(20) WHERE part = 'spans'").run()
    expect(codeThrownBy(() => store.traces.read(sampleRecord().id))).toBe('store.damaged')
    database.prepare("DELETE FROM traceChunks WHERE part = 'spans'").run()
    database.close()
    expect(codeThrownBy(() => store.traces.read(sampleRecord().id))).toBe('store.damaged')
  })

  it('tells what SQLite’s codes mean', () => {
    const codeOf = (code: string) => (failureOf(Object.assign(new Error('x'), { code }), 'p') as { code: string }).code
    expect(codeOf('SQLITE_BUSY')).toBe('store.busy')
    expect(codeOf('SQLITE_IOERR_WRITE')).toBe('store.io')
    expect(codeOf('SQLITE_CORRUPT_VTAB')).toBe('store.damaged')
    expect(codeOf('SQLITE_CANTOPEN')).toBe('store.cannot-open')
    const other = new TypeError('no')
    expect(failureOf(other, 'p')).toBe(other)
  })
})

describe('migrations', () => {
  const steps = [
    'CREATE TABLE birds (name TEXT)',
    "INSERT INTO birds VALUES ('wren')",
    'ALTER TABLE birds ADD COLUMN song TEXT',
  ]

  it('lead from any version to the newest, once each', () => {
    const connection = new Connection(new Database(':memory:'), ':memory:')
    migrate(connection, false, steps.slice(0, 2))
    expect(connection.pragma('user_version')).toBe(2)
    migrate(connection, false, steps)
    migrate(connection, false, steps)
    expect(connection.all('SELECT * FROM birds')).toEqual([{ name: 'wren', song: null }])
    expect(codeThrownBy(() => migrate(connection, true, [...steps, 'SELECT 1']))).toBe('store.older-version')
    connection.close()
  })

  it('that fail leave the database as it was', () => {
    const connection = new Connection(new Database(':memory:'), ':memory:')
    migrate(connection, false, steps.slice(0, 1))
    expect(() => migrate(connection, false, [...steps, 'INSERT INTO nowhere VALUES (1)'])).toThrow()
    expect(connection.pragma('user_version')).toBe(1)
    expect(connection.all('SELECT * FROM birds')).toEqual([])
    connection.close()
  })

  it('open a store of version 1 with everything in it', () => {
    const workspace = workspaceWith('')
    const fixture = new URL('../fixtures/store/v1.db', import.meta.url)
    copyFileSync(fixture, join(workspace, '.strobe', 'strobe.db'))
    const store = temporaryStore(workspace)
    expect(store.checkIntegrity()).toEqual([])
    const [run] = store.runs.list({ workflow: 'orders', reason: 'finished', experiment: 'x1' })
    expect(run).toMatchObject({ id: 'r0000000000001', value: 100_000, description: { name: 'orders' } })
    expect(run?.result?.numbers).toEqual(Float64Array.of(1, Number.NaN))
    const expected = JSON.parse(readFileSync(new URL('../fixtures/traces/v1.json', import.meta.url), 'utf8'))
    const trace = store.traces.read('r0000000000001')!
    expect([...trace.spans.start]).toEqual(expected.spans.start)
    expect([...trace.iterations.metric]).toEqual(expected.iterations.metric)
    expect([...trace.samples!.stack]).toEqual(expected.samples.stack)
    expect(trace.strings).toEqual(expected.strings)
    expect(store.experiments.list()).toMatchObject([{ id: 'x1', status: 'finished', ratio: Number.NaN }])
    expect(store.advice.list({ experiment: 'x1' })).toMatchObject([{ id: 'a1', status: 'open' }])
  })
})
