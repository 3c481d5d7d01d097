import { StrobeError } from '../base/index.ts'
import type { SqliteFailure } from './sqlite-messages.ts'

/** A statement as one line, for people and for grouping: white space folded, values never in it (they are parameters). */
export function foldStatement(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim()
}

/** Why a database could not be opened. `file` is the path as the workflow wrote it. */
export function openError(file: string, failure: SqliteFailure): StrobeError {
  const data = { file, sqliteCode: failure.sqliteCode }
  if (failure.sqliteCode === 'MISSING' || failure.message.includes('directory does not exist')) {
    return new StrobeError(
      'toolkit.sqlite-missing-file',
      `The database ${file} is not there. Make it first, or open it with { path, create: true }. Relative paths start at the workspace's folder.`,
      { data },
    )
  }
  if (['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_CANTOPEN'].includes(failure.sqliteCode)) {
    return new StrobeError(
      'toolkit.sqlite-not-a-database',
      `${file} is no SQLite database (${failure.message}). Point the resource at a database file.`,
      { data },
    )
  }
  return new StrobeError('toolkit.sqlite-open', `The database ${file} could not be opened: ${failure.message}.`, {
    data,
  })
}

/** Why a statement failed. */
export function statementError(file: string, statement: string, failure: SqliteFailure): StrobeError {
  if (failure.sqliteCode === 'SQLITE_NOTADB') return openError(file, failure)
  const text = foldStatement(failure.sql ?? statement)
  const code = failure.sqliteCode === '' ? '' : ` (${failure.sqliteCode})`
  return new StrobeError(
    'toolkit.sqlite-statement',
    `${file} refused a statement: ${failure.message}${code}. ${text}`,
    {
      data: { file, statement: text, sqliteCode: failure.sqliteCode },
    },
  )
}
