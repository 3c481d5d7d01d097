/** A value that SQLite stores. Booleans are none: store 0 and 1. */
export type SqlValue = string | number | bigint | Uint8Array | null

/** Values of a statement's parameters: in order for `?`, by name for `@name`, `:name`, `$name`. */
export type SqlParams = readonly SqlValue[] | Readonly<Record<string, SqlValue>>

/** A row, by column. A caller that knows its columns names a type of its own. */
// biome-ignore lint/suspicious/noExplicitAny: what a column holds is known by the statement's author only, who would have to cast every field
export type SqliteRow = Record<string, any>

/** What a statement that returns no rows did. */
export interface SqliteChanges {
  readonly changes: number
  readonly lastInsertRowid: number | bigint
}

export interface SqliteStatement {
  readonly sql: string
  readonly params?: SqlParams
}

/** One thing for the thread to do. */
export type SqliteRequest =
  | { readonly operation: 'all' | 'get' | 'run'; readonly sql: string; readonly params: SqlParams | undefined }
  | {
      readonly operation: 'lookup'
      readonly table: string
      readonly column: string
      readonly keys: readonly SqlValue[]
    }
  | { readonly operation: 'transaction'; readonly statements: readonly SqliteStatement[] }

/** Main thread → SQLite thread. */
export type ToThread =
  | { readonly type: 'execute'; readonly requests: readonly SqliteRequest[] }
  | { readonly type: 'close' }

/** What became of a request. Times are nanoseconds of the process's monotonic clock. */
export interface SqliteReply {
  readonly startHrtime: number
  /** When the statement was prepared, where it was not kept from before: what came after is the work itself. */
  readonly preparedHrtime?: number
  readonly endHrtime: number
  readonly value?: unknown
  /** There where the request failed. */
  readonly failure?: SqliteFailure
}

export interface SqliteFailure {
  readonly message: string
  /** SQLite's own code, `SQLITE_CONSTRAINT_UNIQUE`; `MISSING` for a file that is not there; `''` where it was not SQLite that refused. */
  readonly sqliteCode: string
  /** The statement of a transaction that failed. */
  readonly sql?: string
}

/** SQLite thread → main thread. `done` replies to requests come in their order, possibly over several messages. */
export type FromThread =
  | { readonly type: 'opened' }
  | { readonly type: 'refused'; readonly failure: SqliteFailure }
  | { readonly type: 'replies'; readonly replies: readonly SqliteReply[] }

/** How the thread opens its file. */
export interface SqliteThreadData {
  readonly file: string
  readonly readonly: boolean
  readonly create: boolean
  /** How long a locked database is waited for, in milliseconds. */
  readonly busyTimeout: number
}
