import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SqlValue, sqlite } from '../../src/toolkit/index.ts'
import { recordCalls } from './recorder.ts'

let folder: string
let file: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strobe-sqlite-'))
  file = join(folder, 'shop.db')
  await using db = await sqlite({ path: file, create: true })
  await db.transaction([
    { sql: 'CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, nick TEXT COLLATE NOCASE, photo BLOB)' },
    { sql: 'CREATE INDEX customers_nick ON customers(nick)' },
    {
      sql: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO customers SELECT i, 'name ' || i, 'Nick' || i, CASE WHEN i % 7 = 0 THEN x'0102' END FROM n`,
    },
  ])
})
afterAll(() => rmSync(folder, { recursive: true }))

/** How much each statement was about, in their order; preparing them left out. */
function quantities(recorder: ReturnType<typeof recordCalls>): number[] {
  return recorder
    .of('work')
    .filter((work) => work.operation !== 'prepare')
    .map((work) => work.quantity)
}

describe('statements', () => {
  it('reads, writes and says what changed', async () => {
    await using db = await sqlite(':memory:')
    expect(await db.run('CREATE TABLE t (a INTEGER, b TEXT)')).toEqual({ changes: 0, lastInsertRowid: 0 })
    expect(await db.run('INSERT INTO t VALUES (?, ?), (2, NULL)', [1, 'one'])).toEqual({
      changes: 2,
      lastInsertRowid: 2,
    })
    expect(await db.all('SELECT * FROM t WHERE a < @most ORDER BY a', { most: 9 })).toEqual([
      { a: 1, b: 'one' },
      { a: 2, b: null },
    ])
    expect(await db.get('SELECT b FROM t WHERE a = ?', [1])).toEqual({ b: 'one' })
    expect(await db.get('SELECT b FROM t WHERE a = ?', [3])).toBeUndefined()
  })

  it('prepares a statement once, and tells that apart from doing it', async () => {
    const recorder = recordCalls()
    await using db = await sqlite(file, { lookupBatch: 4 })
    for (const keys of [[1], [1, 2, 3], [4, 5]]) {
      await Promise.all(keys.map((key) => db.lookup('customers', 'id', key)))
      await db.get('SELECT  1')
    }
    recorder.stop()
    const lookups = 'SELECT * FROM customers WHERE id IN (?)'
    expect(recorder.of('work').map((work) => [work.operation, work.detail, work.quantity])).toEqual([
      ['prepare', `PREPARE ${lookups}`, 0],
      ['lookup', lookups, 1],
      ['prepare', 'PREPARE SELECT 1', 0],
      ['get', 'SELECT 1', 1],
      ['lookup', lookups, 3],
      ['get', 'SELECT 1', 1],
      ['lookup', lookups, 2],
      ['get', 'SELECT 1', 1],
    ])
    for (const work of recorder.of('work')) expect(work.endHrtime).toBeGreaterThanOrEqual(work.startHrtime)
  })

  it('keeps the order of calls: a lookup sees what was written before it and nothing after', async () => {
    await using db = await sqlite(':memory:', { lookupBatch: 100 })
    await db.run('CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER)')
    const seen = await Promise.all([
      db.lookup('t', 'id', 1),
      db.run('INSERT INTO t VALUES (1, 1)'),
      db.lookup('t', 'id', 1),
      db.run('UPDATE t SET v = 2'),
      db.lookup('t', 'id', 1),
      db.all('UPDATE t SET v = 3 RETURNING v'),
      db.lookup('t', 'id', 1),
    ])
    expect(seen.filter((_, index) => index % 2 === 0)).toEqual([undefined, 1, 2, 3].map((v) => v && { id: 1, v }))
  })

  it('does all of a transaction or nothing, and names the statement that failed', async () => {
    await using db = await sqlite(':memory:')
    await db.run('CREATE TABLE t (id INTEGER PRIMARY KEY)')
    const attempt = db.transaction([
      { sql: 'INSERT INTO t VALUES (1)' },
      { sql: 'INSERT INTO  t VALUES (?)', params: [1] },
    ])
    await expect(attempt).rejects.toMatchObject({
      code: 'toolkit.sqlite-statement',
      data: { statement: 'INSERT INTO t VALUES (?)', sqliteCode: 'SQLITE_CONSTRAINT_PRIMARYKEY' },
    })
    expect(await db.all('SELECT * FROM t')).toEqual([])
    const [inserted, rows] = await db.transaction([{ sql: 'INSERT INTO t VALUES (5)' }, { sql: 'SELECT * FROM t' }])
    expect(inserted).toMatchObject({ changes: 1 })
    expect(rows).toEqual([{ id: 5 }])
  })

  it('shows new columns after a change of the schema', async () => {
    await using db = await sqlite(':memory:', { lookupBatch: 8 })
    await db.run('CREATE TABLE t (id INTEGER PRIMARY KEY)')
    await db.run('INSERT INTO t VALUES (1), (2)')
    const both = () => Promise.all([db.lookup('t', 'id', 1), db.lookup('t', 'id', 2)])
    expect(await both()).toEqual([{ id: 1 }, { id: 2 }])
    await db.run('ALTER TABLE t ADD COLUMN extra TEXT DEFAULT "x"'.replaceAll('"', "'"))
    expect(await both()).toEqual([
      { id: 1, extra: 'x' },
      { id: 2, extra: 'x' },
    ])
    await db.run('ALTER TABLE t RENAME COLUMN extra TO more')
    expect(await both()).toEqual([
      { id: 1, more: 'x' },
      { id: 2, more: 'x' },
    ])
  })
})

describe('lookups', () => {
  it('answers 10 000 concurrent ones correctly, in few statements, a key to each statement once', async () => {
    const recorder = recordCalls('db')
    await using db = await sqlite(file, { lookupBatch: 100 })
    const keys = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 20_011)
    const rows = await Promise.all(keys.map((key) => db.lookup('customers', 'id', key)))
    recorder.stop()
    for (const [index, key] of keys.entries()) {
      if (key >= 1 && key <= 20_000) expect(rows[index]).toMatchObject({ id: key, name: `name ${key}` })
      else expect(rows[index]).toBeUndefined()
    }
    const works = recorder.of('work').filter((work) => work.operation === 'lookup')
    expect(works).toHaveLength(100)
    expect(works.every((work) => work.quantity === 100 && work.ok && work.resource === 'db')).toBe(true)
  })

  it('makes a statement for each with lookupBatch 1, and shares none', async () => {
    const recorder = recordCalls()
    await using db = await sqlite(file)
    await Promise.all([5, 5, 6].map((key) => db.lookup('customers', 'id', key)))
    recorder.stop()
    expect(quantities(recorder)).toEqual([1, 1, 1])
  })

  it('joins different columns separately and gives callers of one key a row each', async () => {
    const recorder = recordCalls()
    await using db = await sqlite(file, { lookupBatch: 10 })
    const [first, second, byNick] = await Promise.all([
      db.lookup('customers', 'id', 7),
      db.lookup('customers', 'id', 7),
      db.lookup('customers', 'nick', 'NICK7'),
      db.lookup('customers', 'id', 8),
    ])
    recorder.stop()
    expect(first).toEqual(second)
    expect(first).not.toBe(second)
    expect(byNick).toEqual(first)
    expect(
      recorder
        .of('work')
        .filter((work) => work.operation === 'lookup')
        .map((work) => [work.detail, work.quantity]),
    ).toEqual([
      ['SELECT * FROM customers WHERE id IN (?)', 2],
      ['SELECT * FROM customers WHERE nick IN (?)', 1],
    ])
    expect(recorder.of('end').map((end) => end.quantity)).toEqual([1, 1, 1, 1])
  })

  it('property: batched ones equal unbatched ones and the plain statement, whatever the keys and their types', async () => {
    await using single = await sqlite(file)
    await using batched = await sqlite(file, { lookupBatch: 9 })
    const key = fc.oneof(
      fc.integer({ min: -3, max: 20_010 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }).map(String),
      fc.integer({ min: 1, max: 30 }).map(BigInt),
      fc.integer({ min: 1, max: 30 }).map((value) => `nIcK${value}`),
      fc.constantFrom<SqlValue>(
        null,
        1.5,
        3.0000000000000004,
        2n ** 62n,
        '\ud800',
        'Nick"\\7',
        Number.NaN,
        Number.POSITIVE_INFINITY,
        '',
        'a\u0000b',
        "'",
        new Uint8Array([1, 2]),
      ),
    )
    const column = fc.constantFrom('id', 'nick')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(column, key), { maxLength: 40 }), async (wanted) => {
        const plain = ([of, value]: [string, SqlValue]) =>
          single.get(`SELECT * FROM customers WHERE ${of} = ? LIMIT 1`, [value])
        const expected = await Promise.all(wanted.map(plain))
        expect(await Promise.all(wanted.map(([of, value]) => single.lookup('customers', of, value)))).toEqual(expected)
        const actual = await Promise.all(wanted.map(([of, value]) => batched.lookup('customers', of, value)))
        expect(actual).toEqual(expected)
      }),
      { numRuns: 150 },
    )
  })

  it('finds texts that JSON cannot carry', async () => {
    await using db = await sqlite(':memory:', { lookupBatch: 10 })
    await db.run('CREATE TABLE t (k TEXT PRIMARY KEY, v INTEGER)')
    const keys = ['a', 'a\u0000b', 'c\ud800', '\u2028"', 'c']
    for (const [v, k] of keys.entries()) await db.run('INSERT INTO t VALUES (?, ?)', [k, v])
    const rows = await Promise.all(keys.map((k) => db.lookup('t', 'k', k)))
    expect(rows.map((row) => row?.v)).toEqual([0, 1, 2, 3, 4])
  })

  it('joins what is asked for while the thread is busy', async () => {
    const recorder = recordCalls()
    await using db = await sqlite(file, { lookupBatch: 50 })
    const slow = db.all('SELECT count(*) FROM customers a, customers b WHERE a.id < 100 AND b.name > a.name')
    await new Promise((resolve) => setImmediate(resolve))
    const lookups: Promise<unknown>[] = []
    for (let turn = 0; turn < 5; turn++) {
      lookups.push(db.lookup('customers', 'id', turn + 1))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await Promise.all([slow, ...lookups])
    recorder.stop()
    expect(quantities(recorder)).toEqual([1, 5])
    expect(Math.max(...recorder.of('waiting').map((event) => event.count))).toBe(5)
    expect(recorder.of('waiting').at(-1)?.count).toBe(0)
    const waits = recorder.of('end').map((event) => event.waitNanoseconds)
    expect(waits[0]).toBe(0)
    expect(waits.slice(1).every((wait) => wait > 0)).toBe(true)
  })

  it('refuses what is no name, and a key that SQLite cannot compare, without harm to its neighbours', async () => {
    await using db = await sqlite(file, { lookupBatch: 10 })
    const settled = await Promise.allSettled([
      db.lookup('customers', 'id', 1),
      db.lookup('customers"; DROP TABLE customers; --', 'id', 1),
      db.lookup('customers', 'id', true as never),
      db.lookup('customers', 'id', 2n ** 70n),
      db.lookup('customers', 'id', 2),
    ])
    expect(settled.map((outcome) => (outcome.status === 'fulfilled' ? 'ok' : outcome.reason.code))).toEqual([
      'ok',
      'toolkit.sqlite-identifier',
      'toolkit.sqlite-statement',
      'toolkit.sqlite-statement',
      'ok',
    ])
    await expect(db.lookup('customers', 'nothing', 1)).rejects.toMatchObject({ code: 'toolkit.sqlite-statement' })
  })
})

describe('failures and the end', () => {
  it('says which statement SQLite refused and why', async () => {
    await using db = await sqlite(file)
    await expect(db.all('SELECT *\n  FROM  nowhere')).rejects.toMatchObject({
      code: 'toolkit.sqlite-statement',
      message: expect.stringContaining('no such table: nowhere'),
      data: { statement: 'SELECT * FROM nowhere', sqliteCode: 'SQLITE_ERROR' },
    })
    await expect(db.all('SELECT ?', [(() => 1) as never])).rejects.toMatchObject({ code: 'toolkit.sqlite-statement' })
    expect(await db.get('SELECT 1 AS one')).toEqual({ one: 1 })
  })

  it('refuses a missing file, a file that is no database, a folder, and a knob out of range', async () => {
    const text = join(folder, 'notes.db')
    writeFileSync(text, 'These are notes and not a database. '.repeat(200))
    await expect(sqlite(join(folder, 'missing.db'))).rejects.toMatchObject({ code: 'toolkit.sqlite-missing-file' })
    await expect(sqlite({ path: join(folder, 'no', 'way.db'), create: true })).rejects.toMatchObject({
      code: 'toolkit.sqlite-missing-file',
    })
    await expect(sqlite(text)).rejects.toMatchObject({ code: 'toolkit.sqlite-not-a-database' })
    await expect(sqlite(folder)).rejects.toMatchObject({ code: 'toolkit.sqlite-not-a-database' })
    await expect(sqlite(file, { lookupBatch: 0 })).rejects.toMatchObject({ code: 'toolkit.option' })
  })

  it('finds relative paths in the workspace that the runtime names', async () => {
    const symbol = Symbol.for('strobe.workspace')
    Reflect.set(globalThis, symbol, folder)
    try {
      await using db = await sqlite('shop.db')
      expect(await db.get('SELECT count(*) AS n FROM customers')).toEqual({ n: 20_000 })
    } finally {
      Reflect.deleteProperty(globalThis, symbol)
    }
  })

  it('close waits for what was asked before it, refuses what comes after, and may be called twice', async () => {
    const db = await sqlite(file)
    const pending = Promise.all([1, 2, 3].map((key) => db.lookup('customers', 'id', key)))
    const closing = db.close()
    await expect(db.get('SELECT 1')).rejects.toMatchObject({ code: 'toolkit.closed' })
    let answered = false
    void pending.then(() => {
      answered = true
    })
    await closing
    expect(answered).toBe(true)
    expect((await pending).map((row) => row?.id)).toEqual([1, 2, 3])
    await db.close()
  })

  it('rejects everything that is pending when its thread dies, and everything after', async () => {
    const workers: Worker[] = []
    const note = (worker: Worker) => workers.push(worker)
    process.on('worker', note)
    const db = await sqlite(file)
    process.off('worker', note)
    const outcomes = Promise.allSettled([
      db.all('SELECT count(*) FROM customers a, customers b WHERE a.id < 300 AND b.name > a.name'),
      db.lookup('customers', 'id', 1),
    ])
    await new Promise((resolve) => setImmediate(resolve))
    const queued = db.get('SELECT 1')
    queued.catch(() => {})
    // The statement takes a good part of a second, and the thread ends after it, before it can reply.
    await workers[0]?.terminate()
    const codes = (await outcomes).map((outcome) => outcome.status === 'rejected' && outcome.reason.code)
    expect(codes).toEqual(['toolkit.thread-lost', 'toolkit.thread-lost'])
    await expect(queued).rejects.toMatchObject({ code: 'toolkit.thread-lost' })
    await expect(db.get('SELECT 1')).rejects.toMatchObject({ code: 'toolkit.thread-lost' })
    await db.close()
  })

  it('writes nothing through a database that was opened for reading', async () => {
    await using db = await sqlite({ path: file, readonly: true })
    await expect(db.run('DELETE FROM customers')).rejects.toMatchObject({
      code: 'toolkit.sqlite-statement',
      data: { sqliteCode: 'SQLITE_READONLY' },
    })
  })
})
