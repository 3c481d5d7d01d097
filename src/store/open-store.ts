import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { StrobeError } from '../base/index.ts'
import type { RunRecord, Trace } from '../trace/index.ts'
import { type AdviceDocument, AdviceRepository } from './advice.ts'
import { Connection } from './connection.ts'
import { type ExperimentDocument, ExperimentRepository } from './experiments.ts'
import { failureOf } from './failures.ts'
import { migrate } from './migrations.ts'
import { RunRepository } from './runs.ts'
import { loadSqlite } from './sqlite.ts'
import { TraceRepository } from './traces.ts'

export interface StoreOptions {
  /** Opens what is there and refuses to write. */
  readonly readOnly?: boolean
  /** Bytes that the database may grow to; writing more fails with `store.disk-full`. Default: no limit but the disk's. */
  readonly maxBytes?: number
}

/** Everything that a workspace keeps: `.strobe/strobe.db`, and beside it the logs of runs that were not imported yet. */
export interface Store<
  Experiment extends ExperimentDocument = ExperimentDocument,
  Advice extends AdviceDocument = AdviceDocument,
> {
  /** `.strobe` of the workspace. */
  readonly directory: string
  /** Where runs write their logs: `<id>.log`. */
  readonly runsDirectory: string
  readonly runs: RunRepository
  readonly traces: TraceRepository
  readonly experiments: ExperimentRepository<Experiment>
  readonly advice: AdviceRepository<Advice>
  /** Stores a run and its trace, both or neither, whether the run is known or not. On disk when it returns. */
  importRun(record: RunRecord, trace: Trace): void
  /** Changes with every change of the database, whoever makes it. Costs next to nothing. */
  version(): string
  /** Changes with every change that another connection makes. */
  foreignVersion(): number
  /** What is wrong with the database, in SQLite's words; an empty list where it is sound. Reads all of it. */
  checkIntegrity(): string[]
  close(): void
}

/** Milliseconds to wait for another process that writes. */
const busyTimeout = 5000

/**
 * Opens the store of a workspace; makes it where there is none, and brings an older one up to date. Throws
 * `store.missing` (read-only, and there is none), `store.not-a-database`, `store.newer-version`, `store.read-only`,
 * `store.cannot-open`, `store.node-too-old`.
 */
export function openStore<
  Experiment extends ExperimentDocument = ExperimentDocument,
  Advice extends AdviceDocument = AdviceDocument,
>(workspaceDir: string, options: StoreOptions = {}): Store<Experiment, Advice> {
  const directory = join(workspaceDir, '.strobe')
  const runsDirectory = join(directory, 'runs')
  const path = join(directory, 'strobe.db')
  const readOnly = options.readOnly ?? false
  if (!readOnly) makeDirectory(runsDirectory)
  else if (!existsSync(path)) {
    throw new StrobeError('store.missing', `Nothing was recorded in ${workspaceDir} yet. Run a workflow there first.`, {
      data: { path },
    })
  }
  const connection = connect(path, options)
  const runs = new RunRepository(connection)
  const traces = new TraceRepository(connection)
  return {
    ...{ directory, runsDirectory, runs, traces },
    experiments: new ExperimentRepository<Experiment>(connection),
    advice: new AdviceRepository<Advice>(connection),
    importRun(record, trace) {
      connection.write(() => {
        runs.put(record)
        traces.write(record.id, trace)
      })
    },
    version: () => {
      const own = connection.get<{ changes: number }>('SELECT total_changes() AS changes')?.changes
      return `${connection.pragma('data_version')} ${own}`
    },
    foreignVersion: () => Number(connection.pragma('data_version')),
    checkIntegrity: () => connection.checkIntegrity(),
    close: () => connection.close(),
  }
}

function connect(path: string, { readOnly = false, maxBytes }: StoreOptions): Connection {
  let connection: Connection
  try {
    connection = new Connection(openDatabase(path, readOnly), path)
  } catch (error) {
    throw failureOf(error, path)
  }
  try {
    if (!readOnly) {
      connection.pragma('journal_mode = WAL')
      // A finished trial is on disk when its commit returns, power cut or not.
      connection.pragma('synchronous = FULL')
    }
    connection.pragma('foreign_keys = ON')
    if (maxBytes !== undefined) {
      connection.pragma(`max_page_count = ${Math.floor(maxBytes / Number(connection.pragma('page_size')))}`)
    }
    migrate(connection, readOnly)
  } catch (error) {
    connection.close()
    throw error
  }
  return connection
}

/**
 * Opens the file. To read a database in WAL mode SQLite makes files beside it; where it cannot, on a read-only medium,
 * the database is read from memory instead, unless a writer that died has left changes that only SQLite could put in.
 */
function openDatabase(path: string, readOnly: boolean): Database {
  const Sqlite = loadSqlite()
  const database = new Sqlite(path, { readonly: readOnly, timeout: busyTimeout })
  if (!readOnly) return database
  try {
    database.pragma('schema_version')
    return database
  } catch (error) {
    database.close()
    const isRefused = (error as { code?: string }).code === 'SQLITE_CANTOPEN'
    const changes = statSync(`${path}-wal`, { throwIfNoEntry: false })
    if (!isRefused || (changes && changes.size > 0)) throw error
  }
  const bytes = readFileSync(path)
  // Bytes 18 and 19 of the header: 2 stands for WAL, 1 for a journal that nobody needs who does not write.
  bytes.fill(1, 18, 20)
  return new Sqlite(bytes, { readonly: true })
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    throw new StrobeError('store.read-only', `${path} cannot be made. Give yourself write access to the workspace.`, {
      data: { path },
      cause: error,
    })
  }
}
