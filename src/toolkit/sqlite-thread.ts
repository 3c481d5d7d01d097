// Entry of the thread that a `sqlite` resource owns: opens the file, does what it is asked, one request after the other.
import { existsSync } from 'node:fs'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { createExecutor, FailedStatement } from './sqlite-executor.ts'
import type { FromThread, SqliteFailure, SqliteReply, SqliteThreadData, ToThread } from './sqlite-messages.ts'

/** Replies of a long list are handed over after so many nanoseconds, so that quick ones do not wait for slow ones. */
const longestHold = 300_000

serve(parentPort as MessagePort, workerData as SqliteThreadData)

function serve(port: MessagePort, data: SqliteThreadData): void {
  const database = open(data)
  if (!(database instanceof Database)) {
    port.postMessage({ type: 'refused', failure: database } satisfies FromThread)
    port.close()
    return
  }
  let preparedHrtime: number | undefined
  const execute = createExecutor(database, () => {
    preparedHrtime = now()
  })

  port.on('message', (message: ToThread) => {
    if (message.type === 'close') {
      database.close()
      port.close()
      return
    }
    let replies: SqliteReply[] = []
    let heldSince = now()
    for (const request of message.requests) {
      preparedHrtime = undefined
      const startHrtime = now()
      let outcome: { value: unknown } | { failure: SqliteFailure }
      try {
        outcome = { value: execute(request) }
      } catch (error) {
        outcome = { failure: describe(error) }
      }
      const endHrtime = now()
      replies.push({ startHrtime, endHrtime, ...(preparedHrtime === undefined ? {} : { preparedHrtime }), ...outcome })
      if (endHrtime - heldSince > longestHold) {
        port.postMessage({ type: 'replies', replies } satisfies FromThread)
        replies = []
        heldSince = now()
      }
    }
    if (replies.length > 0) port.postMessage({ type: 'replies', replies } satisfies FromThread)
  })
  port.postMessage({ type: 'opened' } satisfies FromThread)
}

/** The open database, or why there is none. */
function open({ file, readonly, create, busyTimeout }: SqliteThreadData): Database.Database | SqliteFailure {
  if (file !== ':memory:' && !create && !existsSync(file)) return { sqliteCode: 'MISSING', message: 'no such file' }
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly, fileMustExist: !create, timeout: busyTimeout })
    // SQLite opens lazily: only a read tells whether the file is a database at all.
    database.pragma('schema_version')
    return database
  } catch (error) {
    database?.close()
    return describe(error)
  }
}

function describe(error: unknown): SqliteFailure {
  if (error instanceof FailedStatement) return { ...describe(error.cause), sql: error.sql }
  const sqliteCode = error instanceof Database.SqliteError ? error.code : ''
  return { sqliteCode, message: error instanceof Error ? error.message : String(error) }
}

function now(): number {
  return Number(process.hrtime.bigint())
}
