import { createRequire } from 'node:module'
import zlib from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { StrobeError } from '../base/index.ts'

/**
 * The constructor of better-sqlite3. Loaded only when it is needed and only where it can be: its binary ends a process
 * without a word on a Node that is too old for it. The same Nodes lack zstd, which the traces are packed with.
 */
export function loadSqlite(
  versions: { readonly napi?: string; readonly node?: string } = process.versions,
): SqliteConstructor {
  if (!(Number(versions.napi) >= 10) || !('zstdCompressSync' in zlib)) {
    throw new StrobeError(
      'store.node-too-old',
      `The store needs Node 22.15 or newer; this is ${versions.node ?? 'unknown'}. Run Strobe with \`npm run\`, which uses its own Node.`,
      { data: { node: versions.node, napi: versions.napi } },
    )
  }
  return createRequire(import.meta.url)('better-sqlite3') as SqliteConstructor
}

export type SqliteConstructor = new (
  /** Path of the file, or the bytes of a database that is only read. */
  source: string | Buffer,
  options: { readonly readonly?: boolean; readonly fileMustExist?: boolean; readonly timeout?: number },
) => Database
