import type { Database, Statement } from 'better-sqlite3'
import { LeastRecentlyUsed } from './least-recently-used.ts'
import type {
  SqliteChanges,
  SqliteRequest,
  SqliteRow,
  SqliteStatement,
  SqlParams,
  SqlValue,
} from './sqlite-messages.ts'

/** Prepared statements that are kept. */
const keptStatements = 256

interface LookupStatement {
  readonly statement: Statement
  /** Names of the table's columns; asked for again when rows are of another width. */
  columns: readonly string[]
}

/** A failed statement of a transaction, with its text. */
export class FailedStatement extends Error {
  readonly sql: string

  constructor(sql: string, cause: unknown) {
    super('A statement of the transaction failed.', { cause })
    this.sql = sql
  }
}

/**
 * Does requests on an open database, one after the other. Throws what SQLite throws. `onPrepared` is called when a
 * statement was prepared that was not kept: that takes several times as long as a lookup, and is told apart from it.
 */
export function createExecutor(database: Database, onPrepared: () => void): (request: SqliteRequest) => unknown {
  const statements = new LeastRecentlyUsed<string, Statement>(keptStatements)
  const lookups = new LeastRecentlyUsed<string, LookupStatement>(keptStatements)

  function prepare(sql: string): Statement {
    // Kept statements of `SELECT *` know the columns that the table had when they were prepared.
    if (changesSchema.test(sql)) lookups.clear()
    return statements.obtain(sql, () => {
      const statement = database.prepare(sql)
      onPrepared()
      return statement
    })
  }

  function runOrAll({ sql, params }: SqliteStatement): SqliteChanges | unknown[] {
    const statement = prepare(sql)
    const values = bind(params)
    return statement.reader ? statement.all(...values) : statement.run(...values)
  }

  function transact(list: readonly SqliteStatement[]): unknown[] {
    const all = database.transaction(() =>
      list.map((statement) => {
        try {
          return runOrAll(statement)
        } catch (error) {
          throw new FailedStatement(statement.sql, error)
        }
      }),
    )
    // A deferred transaction that reads and then writes can fail half-way with SQLITE_BUSY, whatever the timeout.
    return database.readonly ? all() : all.immediate()
  }

  /** The first row of each place that a lookup statement finds. */
  function fetch(
    kept: LookupStatement,
    parameter: SqlValue,
    found: (SqliteRow | undefined)[],
    at: number | undefined,
  ): void {
    for (const values of kept.statement.all(parameter) as unknown[][]) {
      const place = at ?? (values[0] as number)
      if (found[place] !== undefined) continue
      if (values.length !== kept.columns.length + 1) kept.columns = columnsOf(kept.statement)
      found[place] = rowOf(kept.columns, values)
    }
  }

  /** One row (or undefined) per key, in the order of `keys`. */
  function lookup(table: string, column: string, keys: readonly SqlValue[]): (SqliteRow | undefined)[] {
    const kept = (kind: string, text: (table: string, column: string) => string) =>
      lookups.obtain(`${kind}\n${table}\n${column}`, () => {
        const statement = database.prepare(text(table, column)).raw()
        const columns = columnsOf(statement)
        onPrepared()
        return { statement, columns }
      })
    const found: (SqliteRow | undefined)[] = Array.from({ length: keys.length })
    // A key that JSON does not carry leaves a null, which equals nothing.
    const list = keys.map((key) => (isCarriedByJson(key) ? jsonOf(key) : 'null')).join(',')
    fetch(kept('list', listLookup), `[${list}]`, found, undefined)
    for (const [place, key] of keys.entries()) {
      if (!isCarriedByJson(key)) fetch(kept('single', singleLookup), key, found, place)
    }
    return found
  }

  return (request) => {
    switch (request.operation) {
      case 'all':
        return prepare(request.sql).all(...bind(request.params))
      case 'get':
        return prepare(request.sql).get(...bind(request.params))
      case 'run':
        return prepare(request.sql).run(...bind(request.params))
      case 'transaction':
        return transact(request.statements)
      case 'lookup':
        return lookup(request.table, request.column, request.keys)
    }
  }
}

const changesSchema = /^\s*(?:alter|create|drop)\b/i

/**
 * The statement of a lookup of any number of keys, given as one JSON array. Each key goes in with its place and comes out with it, so that rows find
 * their callers by place: comparing values in JavaScript would be wrong where SQLite's comparison is another one (the text
 * `'5'` finds the integer 5, and a NOCASE column finds `ABC` as `abc`). As quick as `IN (…)`, and prepared once for all
 * sizes. CROSS JOIN keeps the keys outermost.
 */
function listLookup(table: string, column: string): string {
  return `SELECT keys.key, found.* FROM json_each(?) AS keys CROSS JOIN "${table}" AS found ON found."${column}" = keys.value`
}

/** The statement for keys that JSON does not carry. */
function singleLookup(table: string, column: string): string {
  return `SELECT 0, found.* FROM "${table}" AS found WHERE found."${column}" = ? LIMIT 1`
}

/** Whether SQLite reads the very same value back from JSON: not bytes, not fractions (to the last bit), not every text. */
function isCarriedByJson(key: SqlValue): boolean {
  if (typeof key === 'number') return Number.isSafeInteger(key)
  if (typeof key === 'string') return key.isWellFormed() && !key.includes('\0')
  return key === null || typeof key === 'bigint'
}

function jsonOf(key: SqlValue): string {
  return typeof key === 'bigint' ? key.toString() : JSON.stringify(key)
}

function columnsOf(statement: Statement): readonly string[] {
  return statement
    .columns()
    .slice(1)
    .map((column) => column.name)
}

function rowOf(columns: readonly string[], values: readonly unknown[]): SqliteRow {
  const row: SqliteRow = {}
  for (let index = 0; index < columns.length; index++) row[columns[index] as string] = values[index + 1]
  return row
}

function bind(params: SqlParams | undefined): unknown[] {
  if (params === undefined) return []
  return Array.isArray(params) ? params : [params]
}
