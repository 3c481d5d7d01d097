import { StrobeError } from '../base/index.ts'
import { columnsOfTrace, type Trace, traceFromColumns } from '../trace/index.ts'
import type { Connection } from './connection.ts'
import { type Chunk, packTrace, unpackTrace } from './trace-packing.ts'

/** What the runs of a workspace recorded. */
export class TraceRepository {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Stores the trace of a run that is there, in place of one that it had. */
  write(runId: string, trace: Trace): void {
    this.#connection.write(() => {
      this.#connection.run('DELETE FROM traces WHERE run = ?', runId)
      this.#connection.run('INSERT INTO traces (run, version) VALUES (?, ?)', runId, trace.version)
      const sql = 'INSERT INTO traceChunks (run, part, number, bytes) VALUES (?, ?, ?, ?)'
      for (const { part, number, bytes } of packTrace(columnsOfTrace(trace))) {
        this.#connection.run(sql, runId, part, number, bytes)
      }
    })
  }

  /** Whether a run has a trace. */
  has(runId: string): boolean {
    return this.#connection.get('SELECT 1 FROM traces WHERE run = ?', runId) !== undefined
  }

  /** The trace of a run, or `undefined` where it has none. Throws `store.damaged` where its bytes are not what was written. */
  read(runId: string): Trace | undefined {
    return this.#connection.snapshot(() => this.#read(runId))
  }

  #read(runId: string): Trace | undefined {
    const row = this.#connection.get<{ version: number }>('SELECT version FROM traces WHERE run = ?', runId)
    if (!row) return undefined
    const sql = 'SELECT part, number, bytes FROM traceChunks WHERE run = ? ORDER BY part, number'
    const columns = unpackTrace(this.#connection.each<Chunk>(sql, runId))
    const { trace, diagnostics } = columns ? traceFromColumns(columns, row.version) : { diagnostics: [] }
    if (trace) return trace
    const why = diagnostics[0]?.message ?? 'A part of it cannot be unpacked.'
    throw new StrobeError(
      diagnostics[0]?.code === 'trace.newer-version' ? diagnostics[0].code : 'store.damaged',
      `The trace of run ${runId} cannot be read. ${why}`,
      { data: { run: runId, path: this.#connection.path } },
    )
  }
}
