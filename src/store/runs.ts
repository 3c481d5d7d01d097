import { createHash } from 'node:crypto'
import { type RunRecord, stringifyDocument } from '../trace/index.ts'
import type { Connection, SqlValue } from './connection.ts'
import { documentIn, type Found, findByPrefix, limitOf, searchIn, unknownId, whereOf } from './documents.ts'

/** Which runs are asked for; what is left out does not matter. */
export interface RunFilter {
  readonly workflow?: string
  /** `null`: runs that are no trial of any. */
  readonly experiment?: string | null
  readonly reason?: RunRecord['reason']
}

/** A part of a list of runs. */
export interface RunPageRequest extends Omit<RunFilter, 'reason'> {
  /** How they ended, or `running`. */
  readonly reason?: string
  readonly offset: number
  readonly limit: number
  /** Looked for in id, workflow, variant and reason, without regard to case. */
  readonly search?: string
}

/** The runs of a workspace. */
export class RunRepository {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Stores a run that has begun. Throws where there is one of this id already. */
  insertRunning(record: RunRecord): void {
    this.#connection.write(() => {
      const { document, description } = this.#documentOf(record)
      const sql = 'INSERT INTO runs (id, document, description) VALUES (?, ?, ?)'
      this.#connection.run(sql, record.id, document, description)
    })
  }

  /** Stores how a run ended, in place of what was known of it. Throws `store.unknown-run` where it never began. */
  finish(record: RunRecord): void {
    this.#connection.write(() => {
      const { document, description } = this.#documentOf(record)
      const sql = 'UPDATE runs SET document = ?, description = ? WHERE id = ?'
      if (this.#connection.run(sql, document, description, record.id) === 0) throw unknownId('runs', record.id)
    })
  }

  /** Stores a run whether it is known or not. */
  put(record: RunRecord): void {
    this.#connection.write(() => {
      const { document, description } = this.#documentOf(record)
      const sql = `INSERT INTO runs (id, document, description) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET document = excluded.document, description = excluded.description`
      this.#connection.run(sql, record.id, document, description)
    })
  }

  get(id: string): RunRecord | undefined {
    return this.#select('WHERE runs.id = ?', [id])[0]
  }

  /** The run with this id, or the only one whose id begins so. */
  find(prefix: string): Found<RunRecord> {
    return findByPrefix(this.#connection, 'runs', prefix, (id) => this.get(id))
  }

  /** Runs, the latest first; all of them where no limit is given. */
  list(filter: RunFilter & { readonly limit?: number } = {}): RunRecord[] {
    const { where, values } = this.#where(filter)
    return this.#select(`${where} ORDER BY startedAt DESC, id DESC LIMIT ?`, [...values, limitOf(filter.limit)])
  }

  /** A page of runs, the latest first, without their descriptions; and how many there are on all pages. */
  page({ offset, limit, search, ...filter }: RunPageRequest): { readonly total: number; readonly rows: RunRecord[] } {
    const conditions = this.#where(filter)
    const found = search === undefined ? undefined : searchIn(['id', 'workflow', 'variant', 'reason'], search)
    const where = [conditions.where.replace(/^WHERE /, ''), found?.where ?? ''].filter((part) => part !== '')
    // Left to itself, SQLite reads all documents where it could look at the index alone.
    const isNarrow = typeof filter.experiment === 'string' || (filter.workflow !== undefined && where.length === 1)
    const from = `FROM runs ${isNarrow ? '' : 'INDEXED BY runsByStart'} ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}`
    const values = [...conditions.values, ...(found?.values ?? [])]
    return this.#connection.snapshot(() => {
      const total = this.#connection.get<{ count: number }>(`SELECT count(*) AS count ${from}`, ...values)?.count ?? 0
      // The ids first, from the index alone: documents are read of this page only.
      const sql = `SELECT document FROM runs JOIN (
          SELECT id AS found ${from} ORDER BY startedAt DESC, id DESC LIMIT ? OFFSET ?
        ) ON id = found ORDER BY startedAt DESC, id DESC`
      const rows = this.#connection.all<{ document: string }>(sql, ...values, limit, offset)
      return { total, rows: rows.map(({ document }) => documentIn(document, this.#connection) as RunRecord) }
    })
  }

  /** Of each workflow's file the latest run. */
  latestPerFile(): RunRecord[] {
    // The moment in front, of equal length, so that the largest text is the latest; then the id.
    const sql = `SELECT substr(max(printf('%016d', startedAt) || id), 17) FROM runs GROUP BY file`
    return this.#select(`WHERE runs.id IN (${sql})`, [])
  }

  /** The latest run of a workflow's file that has a description: one that goes on, or never loaded, has none. */
  latestDescribed(file: string): RunRecord | undefined {
    return this.#select('WHERE file = ? AND description IS NOT NULL ORDER BY startedAt DESC, id DESC LIMIT 1', [
      file,
    ])[0]
  }

  /** How many runs each workflow's file has. */
  countPerFile(): Map<string, number> {
    const sql = 'SELECT file, count(*) AS count FROM runs GROUP BY file'
    const rows = this.#connection.all<{ file: string; count: number }>(sql)
    return new Map(rows.map(({ file, count }) => [file, count]))
  }

  /** Forgets a run and its trace; nothing happens where there is none. */
  remove(id: string): void {
    this.#connection.write(() => this.#connection.run('DELETE FROM runs WHERE id = ?', id))
  }

  count(filter: RunFilter = {}): number {
    const { where, values } = this.#where(filter)
    return this.#connection.get<{ count: number }>(`SELECT count(*) AS count FROM runs ${where}`, ...values)?.count ?? 0
  }

  #where({ workflow, experiment, reason }: Omit<RunPageRequest, 'offset' | 'limit'>) {
    return whereOf({ workflow, experiment, reason })
  }

  #select(rest: string, values: readonly SqlValue[]): RunRecord[] {
    return this.#connection.snapshot(() => this.#rows(rest, values))
  }

  #rows(rest: string, values: readonly SqlValue[]): RunRecord[] {
    const rows = this.#connection.all<{ document: string; description: string | null }>(
      `SELECT document, description FROM runs ${rest}`,
      ...values,
    )
    const descriptions = new Map<string, unknown>()
    return rows.map((row) => {
      const record = documentIn(row.document, this.#connection) as RunRecord
      if (row.description === null) return record
      if (!descriptions.has(row.description)) descriptions.set(row.description, this.#description(row.description))
      return { ...record, description: descriptions.get(row.description) } as RunRecord
    })
  }

  #description(digest: string): unknown {
    const sql = 'SELECT document FROM descriptions WHERE digest = ?'
    const row = this.#connection.get<{ document: string }>(sql, digest)
    return row && documentIn(row.document, this.#connection)
  }

  /** The record as its row holds it: the description apart, because hundreds of trials share it. */
  #documentOf({ description, ...record }: RunRecord): { document: string; description: string | null } {
    const document = stringifyDocument(record)
    if (!description) return { document, description: null }
    const text = stringifyDocument(description)
    const digest = createHash('sha256').update(text).digest('hex')
    this.#connection.run('INSERT OR IGNORE INTO descriptions (digest, document) VALUES (?, ?)', digest, text)
    return { document, description: digest }
  }
}
