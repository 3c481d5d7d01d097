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

/** Does requests on an open database, one after the other. Throws what SQLite throws. */
export function createExecutor(database: Database): (request: SqliteRequest) => unknown {
  const statements = new LeastRecentlyUsed<string, Statement>(keptStatements)
  const lookups = new LeastRecentlyUsed<string, LookupStatement>(keptStatements)

  function prepare(sql: string): Statement {
    // Kept statements of `SELECT *` know the columns that the table had when they were prepared.
    if (changesSchema.test(sql)) lookups.clear()
    return statements.obtain(sql, () => database.prepare(sql))
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

  /** One row (or undefined) per key, in the order of `keys`. */
  function lookup(table: string, column: string, keys: readonly SqlValue[]): (SqliteRow | undefined)[] {
    const size = keys.length === 1 ? 1 : 2 ** Math.ceil(Math.log2(keys.length))
    const kept = lookups.obtain(`${table}\n${column}\n${size}`, () => {
      const statement = database.prepare(lookupText(table, column, size)).raw()
      return { statement, columns: columnsOf(statement) }
    })
    const found: (SqliteRow | undefined)[] = Array.from({ length: keys.length })
    // Unused places of the statement hold NULL, which equals nothing.
    const padding = Array.from({ length: size - keys.length }, () => null)
    for (const row of kept.statement.all(...keys, ...padding) as unknown[][]) {
      const place = row[0] as number
      if (found[place] !== undefined) continue
      if (row.length !== kept.columns.length + 1) kept.columns = columnsOf(kept.statement)
      found[place] = rowOf(kept.columns, row)
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
 * The statement of a lookup of `size` keys. Each key goes in with its place and comes out with it, so that rows find their
 * callers by place: comparing values in JavaScript would be wrong where SQLite's comparison is another one (the text `'5'`
 * finds the integer 5, and a NOCASE column finds `ABC` as `abc`). As quick as `IN (…)`; CROSS JOIN keeps the keys outermost.
 */
function lookupText(table: string, column: string, size: number): string {
  if (size === 1) return `SELECT 0, "${table}".* FROM "${table}" WHERE "${column}" = ? LIMIT 1`
  const places = Array.from({ length: size }, (_, place) => `(${place},?)`).join(',')
  return `WITH keys(place, value) AS (VALUES ${places}) SELECT keys.place, found.* FROM keys CROSS JOIN "${table}" AS found ON found."${column}" = keys.value`
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
