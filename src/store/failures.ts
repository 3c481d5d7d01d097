import { StrobeError } from '../base/index.ts'

interface Sentence {
  readonly code: string
  readonly message: (path: string) => string
}

/** What SQLite's codes mean to the user of a store; the longest prefix counts. */
const sentences: Readonly<Record<string, Sentence>> = {
  SQLITE_FULL: {
    code: 'store.disk-full',
    message: (path) =>
      `There is no room left for ${path}. Free some space, or delete old runs; what was stored before is safe.`,
  },
  SQLITE_READONLY: {
    code: 'store.read-only',
    message: (path) => `${path} cannot be written. Give yourself write access to its folder, or work on a copy.`,
  },
  SQLITE_CANTOPEN: {
    code: 'store.cannot-open',
    message: (path) => `${path} cannot be opened. See that its folder exists and that you may read and write in it.`,
  },
  SQLITE_NOTADB: {
    code: 'store.not-a-database',
    message: (path) => `${path} is no database of Strobe’s. Move it away; a new one is made at the next start.`,
  },
  SQLITE_CORRUPT: {
    code: 'store.damaged',
    message: (path) => `${path} is damaged. Restore it from a backup, or move it away and begin anew.`,
  },
  SQLITE_BUSY: {
    code: 'store.busy',
    message: (path) =>
      `Another process has been writing to ${path} for longer than 5 seconds. Try again when it is done.`,
  },
  SQLITE_IOERR: {
    code: 'store.io',
    message: (path) => `The disk failed while ${path} was read or written. See whether it is still there and sound.`,
  },
}

/** An error of SQLite's as one with a code and a sentence; any other error as it is. */
export function failureOf(error: unknown, path: string): unknown {
  const sqliteCode = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = Object.keys(sentences).find((prefix) => sqliteCode.startsWith(prefix))
  if (known === undefined) return error
  const { code, message } = sentences[known]!
  return new StrobeError(code, message(path), { data: { path, sqlite: sqliteCode }, cause: error })
}
