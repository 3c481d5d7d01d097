import { StrobeError } from '../base/index.ts'
import { parseDocument, stringifyDocument } from '../trace/index.ts'
import type { Connection, SqlValue } from './connection.ts'

/** What an id's beginning leads to. */
export type Found<T> =
  | { readonly kind: 'one'; readonly record: T }
  | { readonly kind: 'none' }
  /** At most ten of the ids that begin so. */
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] }

/** A document as a list of many needs it. */
export interface OutlineRow {
  readonly id: string
  readonly status: string
  readonly bytes: number
}

/** Tables whose rows have an id and a document. */
export type DocumentTable = 'runs' | 'experiments' | 'advice'

/**
 * A table of JSON documents with an id. Documents come back as they were given, Float64Arrays and NaN included; the columns that are
 * searched are generated from them by the schema.
 */
export class DocumentRepository<Document extends { readonly id: string }, Filter extends object> {
  readonly #connection: Connection
  readonly #table: DocumentTable
  readonly #timeColumn: string
  readonly #filterColumns: ReadonlyArray<keyof Filter & string>

  constructor(
    connection: Connection,
    table: DocumentTable,
    timeColumn: string,
    filterColumns: ReadonlyArray<keyof Filter & string>,
  ) {
    this.#filterColumns = filterColumns
    this.#connection = connection
    this.#table = table
    this.#timeColumn = timeColumn
  }

  insert(document: Document): void {
    const sql = `INSERT INTO ${this.#table} (id, document) VALUES (?, ?)`
    this.#connection.write(() => this.#connection.run(sql, document.id, stringifyDocument(document)))
  }

  /** Replaces the document of the same id. Throws `store.unknown-…` where there is none. */
  update(document: Document): void {
    const sql = `UPDATE ${this.#table} SET document = ? WHERE id = ?`
    const changed = this.#connection.write(() => this.#connection.run(sql, stringifyDocument(document), document.id))
    if (changed === 0) throw unknownId(this.#table, document.id)
  }

  /** Forgets a document; nothing happens where there is none. */
  remove(id: string): void {
    this.#connection.write(() => this.#connection.run(`DELETE FROM ${this.#table} WHERE id = ?`, id))
  }

  get(id: string): Document | undefined {
    const sql = `SELECT document FROM ${this.#table} WHERE id = ?`
    const row = this.#connection.get<{ document: string }>(sql, id)
    return row && (documentIn(row.document, this.#connection) as Document)
  }

  /** The one with this id, or the only one whose id begins so. */
  find(prefix: string): Found<Document> {
    return findByPrefix(this.#connection, this.#table, prefix, (id) => this.get(id))
  }

  /**
   * Ids of those that the filter asks for, the latest first, with their status and how many bytes their documents have: found
   * without reading them, and enough to tell whether one that had ended was changed.
   */
  outline(filter: Filter = {} as Filter): OutlineRow[] {
    const { where, values } = this.#where(filter)
    const order = `ORDER BY ${this.#timeColumn} DESC, id DESC`
    return this.#connection.all(
      `SELECT id, status, octet_length(document) AS bytes FROM ${this.#table} ${where} ${order}`,
      ...values,
    )
  }

  /** Those that the filter asks for, the latest first; all of them where no limit is given. */
  list(filter: Filter & { readonly limit?: number } = {} as Filter): Document[] {
    const { where, values } = this.#where(filter)
    const rows = this.#connection.all<{ document: string }>(
      `SELECT document FROM ${this.#table} ${where} ORDER BY ${this.#timeColumn} DESC, id DESC LIMIT ?`,
      ...values,
      limitOf(filter.limit),
    )
    return rows.map((row) => documentIn(row.document, this.#connection) as Document)
  }

  #where(filter: Filter) {
    const conditions = this.#filterColumns.map((column) => [column, filter[column] as SqlValue | undefined])
    return whereOf(Object.fromEntries(conditions))
  }
}

/** The document in a row. Throws `store.damaged` where it is none: whoever wrote it wrote one. */
export function documentIn(text: string, { path }: Connection): unknown {
  const document = parseDocument(text)
  if (document !== undefined) return document
  throw new StrobeError('store.damaged', `A document in ${path} cannot be read. Restore the file from a backup.`, {
    data: { path },
  })
}

/** Resolves an id or the beginning of one; an id that is the whole of it wins. */
export function findByPrefix<T>(
  connection: Connection,
  table: DocumentTable,
  prefix: string,
  get: (id: string) => T | undefined,
): Found<T> {
  const rows = connection.all<{ id: string }>(
    `SELECT id FROM ${table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 10`,
    prefix,
    `${prefix}\u{10ffff}`,
  )
  const ids = rows.map(({ id }) => id)
  if (ids.length > 1 && ids[0] !== prefix) return { kind: 'ambiguous', ids }
  const record = ids[0] === undefined ? undefined : get(ids[0])
  return record === undefined ? { kind: 'none' } : { kind: 'one', record }
}

/** `WHERE` for columns that must have a value (`null`: none), leaving out those that nothing is asked of; with the values to bind. */
export function whereOf(conditions: Readonly<Record<string, SqlValue | undefined>>): {
  readonly where: string
  readonly values: readonly SqlValue[]
} {
  const asked = Object.entries(conditions).filter(([, value]) => value !== undefined)
  return {
    // Not `IS ?` for both: an index over what is not null would not be used.
    where:
      asked.length === 0
        ? ''
        : `WHERE ${asked.map(([column, value]) => (value === null ? `${column} IS NULL` : `${column} = ?`)).join(' AND ')}`,
    values: asked.map(([, value]) => value as SqlValue).filter((value) => value !== null),
  }
}

/** A condition that is met where one of the columns contains a text, without regard to the case of ASCII letters. */
export function searchIn(
  columns: readonly string[],
  text: string,
): { readonly where: string; readonly values: readonly SqlValue[] } {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return {
    where: `(${columns.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
    values: columns.map(() => pattern),
  }
}

/** The number to bind to `LIMIT`: −1, which is none, where none is asked. */
export function limitOf(limit: number | undefined): number {
  return limit ?? -1
}

/** The error of changing something that is not there. */
export function unknownId(table: DocumentTable, id: string): StrobeError {
  const what = { runs: 'run', experiments: 'experiment', advice: 'recommendation' }[table]
  return new StrobeError(`store.unknown-${what}`, `There is no ${what} ${id} in this workspace.`, { data: { id } })
}
