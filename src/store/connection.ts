import type { Database, Statement } from 'better-sqlite3'
import { failureOf } from './failures.ts'

/** A value that SQLite stores. */
export type SqlValue = string | number | null | Uint8Array

/** An open database: statements are kept, writes are transactions, and errors are sentences. */
export class Connection {
  readonly path: string
  readonly #database: Database
  readonly #statements = new Map<string, Statement<SqlValue[]>>()

  constructor(database: Database, path: string) {
    this.#database = database
    this.path = path
  }

  /** Runs a statement that changes something; returns the number of rows that it changed. */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.attempt(() => this.#prepare(sql).run(...values).changes)
  }

  /** The first row, or `undefined`. */
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    return this.attempt(() => this.#prepare(sql).get(...values) as Row | undefined)
  }

  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[] {
    return this.attempt(() => this.#prepare(sql).all(...values) as Row[])
  }

  /** Rows one at a time; nothing else may be written meanwhile. */
  *each<Row>(sql: string, ...values: readonly SqlValue[]): Generator<Row> {
    try {
      for (const row of this.#prepare(sql).iterate(...values)) yield row as Row
    } catch (error) {
      throw failureOf(error, this.path)
    }
  }

  /**
   * Runs `body` as one transaction that takes the right to write at once, so that two processes wait for each other
   * instead of failing; within another one it is a part of that.
   */
  write<Result>(body: () => Result): Result {
    if (this.#database.inTransaction) return body()
    return this.attempt(() => this.#database.transaction(body).immediate())
  }

  /** Runs `body` on one state of the database: what it reads fits together, whoever writes meanwhile. */
  snapshot<Result>(body: () => Result): Result {
    if (this.#database.inTransaction) return body()
    return this.attempt(() => this.#database.transaction(body).deferred())
  }

  /** Calls `body`; what SQLite throws in it becomes an error with a code. */
  attempt<Result>(body: () => Result): Result {
    try {
      return body()
    } catch (error) {
      throw failureOf(error, this.path)
    }
  }

  /** Executes statements that are not kept: of migrations. */
  execute(sql: string): void {
    this.attempt(() => this.#database.exec(sql))
  }

  pragma(text: string): unknown {
    return this.attempt(() => this.#database.pragma(text, { simple: true }))
  }

  /** What SQLite finds wrong with the file; nothing where it is sound. */
  checkIntegrity(): string[] {
    const rows = this.all<{ integrity_check: string }>('PRAGMA integrity_check')
    const foreign = this.all<{ table: string }>('PRAGMA foreign_key_check')
    const complaints = rows.map((row) => row.integrity_check).filter((text) => text !== 'ok')
    return [...complaints, ...foreign.map((row) => `a row of ${row.table} belongs to nothing`)]
  }

  close(): void {
    this.#database.close()
  }

  #prepare(sql: string): Statement<SqlValue[]> {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#database.prepare<SqlValue[]>(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
