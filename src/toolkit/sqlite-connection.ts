import { StrobeError } from '../base/index.ts'
import { hrtimeNanoseconds } from './call-channel.ts'
import type { CallReporter } from './calls.ts'
import { type Caller, type QueuedRequest, RequestQueue } from './request-queue.ts'
import { foldStatement, statementError } from './sqlite-failures.ts'
import { openSqliteLink, type SqliteLink } from './sqlite-link.ts'
import type {
  SqliteChanges,
  SqliteReply,
  SqliteRequest,
  SqliteRow,
  SqliteStatement,
  SqlParams,
  SqlValue,
} from './sqlite-messages.ts'

/** A SQLite database in a thread of its own. Its methods reject with codes `toolkit.sqlite-statement`, `toolkit.closed`, `toolkit.thread-lost`. */
export interface SqliteDatabase extends AsyncDisposable {
  /** All rows of a statement. */
  all<Row extends object = SqliteRow>(sql: string, params?: SqlParams): Promise<Row[]>
  /** The first row of a statement. */
  get<Row extends object = SqliteRow>(sql: string, params?: SqlParams): Promise<Row | undefined>
  /** A statement that returns no rows. */
  run(sql: string, params?: SqlParams): Promise<SqliteChanges>
  /**
   * The row of `table` whose `keyColumn` equals `key`; the first one where several do. Lookups of one table and column that are
   * made together, or while the thread is busy, share statements of up to `lookupBatch` keys.
   */
  lookup<Row extends object = SqliteRow>(table: string, keyColumn: string, key: SqlValue): Promise<Row | undefined>
  /** All statements or none. Gives the rows or the changes of each. */
  transaction(statements: readonly SqliteStatement[]): Promise<(SqliteChanges | SqliteRow[])[]>
  /** Waits for what was asked before, then closes the file and ends the thread. May be called again. */
  close(): Promise<void>
}

/** Statements that go over in one message. Later lookups can join what has not gone yet, so fewer is not worse. */
const statementsPerMessage = 64

/** The caller's end of a database: queues requests, hands them over when the thread is free, settles the callers. */
export class SqliteConnection implements SqliteDatabase {
  readonly #name: string
  readonly #reporter: CallReporter
  readonly #queue: RequestQueue
  /** With the thread, in the order of its replies. */
  #sent: QueuedRequest[] = []
  /** How many of `#sent` were answered already, and when the thread began with the first. */
  #answered = 0
  #firstStart = 0
  #link: SqliteLink | undefined
  #flushing: boolean = false
  #refusal: StrobeError | undefined
  #closed: Promise<void> | undefined
  #whenIdle: (() => void) | undefined

  constructor(name: string, lookupBatch: number, reporter: CallReporter) {
    this.#name = name
    this.#reporter = reporter
    this.#queue = new RequestQueue(lookupBatch)
  }

  async open(data: Parameters<typeof openSqliteLink>[1]): Promise<void> {
    this.#link = await openSqliteLink(this.#name, data, {
      onReplies: (replies) => this.#settle(replies),
      onLost: (error) => this.#lose(error),
    })
  }

  all<Row extends object = SqliteRow>(sql: string, params?: SqlParams): Promise<Row[]> {
    return this.#ask({ operation: 'all', sql, params }, sql)
  }

  get<Row extends object = SqliteRow>(sql: string, params?: SqlParams): Promise<Row | undefined> {
    return this.#ask({ operation: 'get', sql, params }, sql)
  }

  run(sql: string, params?: SqlParams): Promise<SqliteChanges> {
    return this.#ask({ operation: 'run', sql, params }, sql)
  }

  transaction(statements: readonly SqliteStatement[]): Promise<(SqliteChanges | SqliteRow[])[]> {
    return this.#ask({ operation: 'transaction', statements }, `TRANSACTION of ${statements.length} statements`)
  }

  lookup<Row extends object = SqliteRow>(table: string, keyColumn: string, key: SqlValue): Promise<Row | undefined> {
    if (!identifier.test(table) || !identifier.test(keyColumn)) return Promise.reject(noIdentifier(table, keyColumn))
    if (!isKey(key)) return Promise.reject(parameterError(this.#name, `${table}.${keyColumn} = ?`, key))
    const detail = `SELECT * FROM ${table} WHERE ${keyColumn} IN (?)`
    return this.#enqueue('lookup', detail, (caller) => this.#queue.addLookup(table, keyColumn, key, detail, caller))
  }

  close(): Promise<void> {
    this.#closed ??= this.#finish()
    return this.#closed
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #ask<Value>(request: SqliteRequest, sql: string): Promise<Value> {
    const detail = this.#reporter.listened ? foldStatement(sql) : sql
    return this.#enqueue(request.operation, detail, (caller) => this.#queue.add(request, detail, caller))
  }

  #enqueue<Value>(operation: string, detail: string, add: (caller: Caller) => void): Promise<Value> {
    const call = this.#reporter.start(operation, detail)
    return new Promise<Value>((resolve, reject) => {
      const refusal = this.#refusal
      if (refusal !== undefined) {
        this.#reporter.fail(call, refusal, 0)
        reject(refusal)
        return
      }
      const calledAt = call === undefined || this.#sent.length === 0 ? 0 : hrtimeNanoseconds()
      add({ resolve: resolve as Caller['resolve'], reject, call, calledAt })
      if (this.#sent.length > 0) this.#reporter.waiting(this.#queue.callers)
      else this.#flushSoon()
    })
  }

  /** Flushes when everything that can run in this turn has run: its lookups go together. */
  #flushSoon(): void {
    if (this.#flushing) return
    this.#flushing = true
    process.nextTick(() => {
      this.#flushing = false
      this.#flush()
    })
  }

  #flush(): void {
    if (this.#sent.length > 0 || this.#link === undefined) return
    if (this.#queue.isEmpty) {
      this.#link.hold(false)
      this.#whenIdle?.()
      return
    }
    const batch = this.#queue.take(statementsPerMessage)
    this.#sent = batch
    this.#answered = 0
    this.#link.hold(true)
    this.#reporter.waiting(this.#queue.callers)
    if (this.#reporter.listened) {
      const sentAt = hrtimeNanoseconds()
      for (const queued of batch) queued.sentAt = sentAt
    }
    try {
      this.#link.send(batch.map((queued) => queued.request()))
    } catch (error) {
      this.#sendOneByOne(batch, error)
    }
  }

  /** A parameter that no thread can be given spoils a message for all: reject those callers, send the others. */
  #sendOneByOne(batch: readonly QueuedRequest[], error: unknown): void {
    const good = batch.filter((queued) => {
      if (isCloneable(queued.request())) return true
      this.#fail(queued, parameterError(this.#name, queued.detail, error), 0)
      return false
    })
    this.#sent = good
    if (good.length > 0) this.#link?.send(good.map((queued) => queued.request()))
    else this.#flushSoon()
  }

  #settle(replies: readonly SqliteReply[]): void {
    for (const reply of replies) {
      if (this.#answered === 0) this.#firstStart = reply.startHrtime
      const queued = this.#sent[this.#answered++]
      if (queued !== undefined) this.#answer(queued, reply)
    }
    if (this.#answered < this.#sent.length) return
    this.#sent = []
    // The callers go on in microtasks, and a tick that is asked for in a microtask comes after all of them: so what they
    // ask for next goes together with what has queued meanwhile.
    queueMicrotask(() => this.#flushSoon())
  }

  #answer(queued: QueuedRequest, reply: SqliteReply): void {
    const behind = reply.startHrtime - this.#firstStart
    const { operation, detail } = queued
    const ok = reply.failure === undefined
    const quantity = operation === 'lookup' ? queued.waiting.length : ok ? quantityOf(operation, reply.value) : -1
    const { startHrtime, preparedHrtime, endHrtime } = reply
    // A transaction prepares as it goes along: there is no moment that parts the one from the other.
    const parted = preparedHrtime !== undefined && operation !== 'transaction'
    if (parted) this.#reporter.work('prepare', `PREPARE ${detail}`, startHrtime, preparedHrtime, 0, true)
    this.#reporter.work(operation, detail, parted ? preparedHrtime : startHrtime, endHrtime, quantity, ok)
    if (reply.failure !== undefined) {
      this.#fail(queued, statementError(this.#name, detail, reply.failure), behind)
    } else if (operation !== 'lookup') {
      for (const caller of queued.waiting[0] ?? []) this.#succeed(caller, queued, reply.value, quantity, behind)
    } else {
      const rows = reply.value as readonly (SqliteRow | undefined)[]
      for (const [place, callers] of queued.waiting.entries()) {
        const row = rows[place]
        for (const [turn, caller] of callers.entries()) {
          // Callers of one key get a row each: what one does to it is no other's business.
          const own = turn === 0 ? row : structuredClone(row)
          this.#succeed(caller, queued, own, row === undefined ? 0 : 1, behind)
        }
      }
    }
  }

  #succeed(caller: Caller, queued: QueuedRequest, value: unknown, quantity: number, behind: number): void {
    this.#reporter.end(caller.call, quantity, waitOf(caller, queued, behind))
    caller.resolve(value)
  }

  #fail(queued: QueuedRequest, error: StrobeError, behind: number): void {
    for (const caller of queued.waiting.flat()) {
      this.#reporter.fail(caller.call, error, waitOf(caller, queued, behind))
      caller.reject(error)
    }
  }

  async #finish(): Promise<void> {
    const link = this.#link
    const lost = this.#refusal !== undefined
    this.#refusal ??= new StrobeError(
      'toolkit.closed',
      `The database ${this.#name} is closed: it was asked after close().`,
    )
    if (link === undefined || lost) return
    if (this.#sent.length > 0 || !this.#queue.isEmpty) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve
      })
    }
    if (this.#link !== undefined) await link.close()
  }

  #lose(error: StrobeError): void {
    this.#refusal = error
    this.#link = undefined
    const pending = [...this.#sent.slice(this.#answered), ...this.#queue.take(Number.POSITIVE_INFINITY)]
    this.#sent = []
    this.#reporter.waiting(0)
    for (const queued of pending) this.#fail(queued, error, 0)
    this.#whenIdle?.()
  }
}

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/

function noIdentifier(table: string, column: string): StrobeError {
  return new StrobeError(
    'toolkit.sqlite-identifier',
    `lookup takes the plain names of a table and a column (letters, digits, _), not ${JSON.stringify(table)} and ${JSON.stringify(column)}.`,
    { data: { table, column } },
  )
}

function parameterError(file: string, statement: string, cause: unknown): StrobeError {
  return new StrobeError(
    'toolkit.sqlite-statement',
    `A parameter cannot be given to ${file}: SQLite stores numbers, texts, bigints, bytes and null. ${foldStatement(statement)}`,
    { data: { file, statement: foldStatement(statement), sqliteCode: '' }, cause },
  )
}

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value)
    return true
  } catch {
    return false
  }
}

/** Nanoseconds that a call spent before its statement's turn: until the thread had a hand free, and behind others of the same message. */
function waitOf(caller: Caller, queued: QueuedRequest, behind: number): number {
  return caller.calledAt === 0 || queued.sentAt === 0 ? behind : queued.sentAt - caller.calledAt + behind
}

/** What SQLite can compare. One key that it refuses would fail the whole batch, so that is seen before. */
function isKey(key: unknown): key is SqlValue {
  if (typeof key === 'bigint') return BigInt.asIntN(64, key) === key
  return key === null || typeof key === 'number' || typeof key === 'string' || key instanceof Uint8Array
}

function quantityOf(operation: SqliteRequest['operation'], value: unknown): number {
  if (operation === 'get') return value === undefined ? 0 : 1
  if (operation === 'run') return (value as SqliteChanges).changes
  return (value as readonly unknown[]).length
}
