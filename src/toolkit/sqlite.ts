import { StrobeError } from '../base/index.ts'
import { reportCalls } from './calls.ts'
import { SqliteConnection, type SqliteDatabase } from './sqlite-connection.ts'
import { resolveInWorkspace } from './workspace-path.ts'

/** What may be set without changing what a database answers. */
export interface SqliteKnobs {
  /** Keys that concurrent lookups may share one statement for, from 1 (a statement each; the default) to 1000. */
  readonly lookupBatch?: number
}

export interface SqliteFile {
  /** Relative to the workspace's folder; `:memory:` for a database of its own. */
  readonly path: string
  readonly readonly?: boolean
  /** Makes the file where it is not there. Default false. */
  readonly create?: boolean
  /** How long a database that another connection has locked is waited for, in milliseconds. Default 5000. */
  readonly busyTimeout?: number
}

/**
 * Opens a SQLite database in a thread of its own, so that statements never block the tasks.
 * Rejects with `toolkit.sqlite-missing-file` or `toolkit.sqlite-not-a-database`.
 */
export async function sqlite(file: string | SqliteFile, knobs: SqliteKnobs = {}): Promise<SqliteDatabase> {
  const reporter = reportCalls('sqlite')
  const {
    path,
    readonly = false,
    create = false,
    busyTimeout = 5000,
  } = typeof file === 'string' ? { path: file } : file
  const { lookupBatch = 1 } = knobs
  if (!Number.isInteger(lookupBatch) || lookupBatch < 1 || lookupBatch > 1000) {
    throw new StrobeError('toolkit.option', `lookupBatch takes a whole number from 1 to 1000, not ${lookupBatch}.`)
  }
  const connection = new SqliteConnection(path, lookupBatch, reporter)
  const absolute = path === ':memory:' ? path : resolveInWorkspace(path)
  await connection.open({ file: absolute, readonly, create: create || path === ':memory:', busyTimeout })
  return connection
}
