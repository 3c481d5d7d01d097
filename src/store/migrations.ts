import { StrobeError } from '../base/index.ts'
import type { Connection } from './connection.ts'
import { runsTracesDocuments } from './migrations/001-runs-traces-documents.ts'
import { listsOfRuns } from './migrations/002-lists-of-runs.ts'

/** One step of the schema: SQL that leads from the version before to the next. */
export type Migration = string

/**
 * The migration at position `n` leads from version `n` to `n + 1`. To change the schema: append one, and keep a database of the version
 * before in `test/fixtures/store/`. A migration that was released is never changed.
 */
const migrations: readonly Migration[] = [runsTracesDocuments, listsOfRuns]

/** `STRB`: marks the file as Strobe's, for us and for tools like `file`. */
const applicationId = 0x53545242

/**
 * Brings the database to the newest version, each step in one transaction with its version. Throws `store.newer-version`,
 * `store.older-version` (read-only, and not of the newest version), or `store.not-a-database` (of another program).
 */
export function migrate(connection: Connection, readOnly: boolean, steps: readonly Migration[] = migrations): void {
  const version = readVersion(connection)
  if (version === steps.length) return
  if (version > steps.length) {
    throw new StrobeError(
      'store.newer-version',
      `${connection.path} was written by a newer Strobe (version ${version} of the store; this one knows ${steps.length}). Open it with that one.`,
      { data: { path: connection.path, version, known: steps.length } },
    )
  }
  if (readOnly) {
    throw new StrobeError(
      'store.older-version',
      `${connection.path} is of an older Strobe and must be brought up to date before it can be read. Open it once with write access.`,
      { data: { path: connection.path, version, known: steps.length } },
    )
  }
  connection.write(() => {
    // Read again: another process may have migrated while this one waited for the right to write.
    for (const step of steps.slice(readVersion(connection))) connection.execute(step)
    connection.pragma(`application_id = ${applicationId}`)
    connection.pragma(`user_version = ${steps.length}`)
  })
}

function readVersion(connection: Connection): number {
  const version = Number(connection.pragma('user_version'))
  const tables = connection.get<{ count: number }>('SELECT count(*) AS count FROM sqlite_schema')?.count ?? 0
  const isEmpty = version === 0 && tables === 0
  if (!isEmpty && connection.pragma('application_id') !== applicationId) {
    throw new StrobeError(
      'store.not-a-database',
      `${connection.path} is a database, but not one of Strobe’s. Move it away; a new one is made at the next start.`,
      { data: { path: connection.path } },
    )
  }
  return version
}
