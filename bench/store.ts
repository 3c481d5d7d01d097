/*
 * How fast spans are encoded and committed, and how many bytes each takes on disk, against a table with one row a span
 * in one transaction. Both databases are new, in WAL mode and with synchronous = FULL.
 *
 *   node bench/store.ts [--spans 1000000] [--rounds 5] [--log .strobe/runs/<id>.log]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { openStore, readLogFile } from '../src/store/index.ts'
import { emptyTrace, type RunRecord, type SpanColumns, type Trace } from '../src/trace/index.ts'
import { median } from './median.ts'
import { orderSpans, repeatSpans } from './span-workload.ts'

interface Round {
  readonly write: number
  readonly read: number
  readonly bytes: number
}

const { values: options } = parseArgs({
  options: {
    spans: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    log: { type: 'string' },
  },
})
const spans = Number(options.spans)
const rounds = Number(options.rounds)
if (!(spans >= 1) || !(rounds >= 1)) throw new RangeError('--spans and --rounds take a number of at least 1.')

const trace = options.log === undefined ? syntheticTrace() : recordedTrace(options.log)
const source = options.log === undefined ? 'made up, log-normal times' : `of ${options.log}, repeated with 10 % jitter`
console.log(`${spans} spans, ${source}; median of ${rounds} rounds, the two in turn`)

const benchRun: RunRecord = {
  ...{ id: 'r-bench', workflow: 'bench', file: 'bench.workflow.ts', variant: 'baseline', patch: {}, params: {} },
  ...{ seed: 0, capture: { level: 'standard' }, startedAt: 0, reason: 'finished', value: null, cycles: [] },
  phases: { threadStart: null, moduleLoad: null, resourcesOpen: null, resourcesClose: null },
}
const store: Round[] = []
const rows: Round[] = []
for (let round = 0; round < rounds; round++) {
  store.push(inTemporaryFolder(measureStore))
  rows.push(inTemporaryFolder(measureRows))
}
const peer = { write: medianOf(rows, 'write'), read: medianOf(rows, 'read'), bytes: medianOf(rows, 'bytes') }
console.table({
  'store (columns, zstd)': summaryOf(store),
  'SQLite, a row a span': summaryOf(rows),
})

function summaryOf(measured: readonly Round[]): Record<string, string> {
  const [write, read, bytes] = [medianOf(measured, 'write'), medianOf(measured, 'read'), medianOf(measured, 'bytes')]
  const millions = (milliseconds: number) => (spans / milliseconds / 1e3).toFixed(2)
  return {
    'written, M spans/s': millions(write),
    'slowest round': millions(Math.max(...measured.map((round) => round.write))),
    'times faster': (peer.write / write).toFixed(1),
    'read, M spans/s': millions(read),
    'bytes a span': (bytes / spans).toFixed(2),
    'times smaller': (peer.bytes / bytes).toFixed(1),
  }
}

/** Encodes and commits the trace into a new store, and reads it back. */
function measureStore(directory: string): Round {
  const opened = openStore(directory)
  const write = timeOf(() => opened.importRun(benchRun, trace))
  const read = timeOf(() => opened.traces.read(benchRun.id))
  opened.close()
  return { write, read, bytes: statSync(join(opened.directory, 'strobe.db')).size }
}

/** Inserts each span as a row, in one transaction, and reads all rows back. */
function measureRows(directory: string): Round {
  const path = join(directory, 'rows.db')
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  const names = Object.keys(trace.spans) as (keyof SpanColumns)[]
  database.exec(`CREATE TABLE spans (id INTEGER PRIMARY KEY, ${names.map((name) => `"${name}" INTEGER`).join(', ')})`)
  const insert = database.prepare(`INSERT INTO spans VALUES (${['?', ...names.map(() => '?')].join(', ')})`)
  const { kind, status, thread, name, detail, parent, index, start, duration, wait, quantity } = trace.spans
  const write = timeOf(() =>
    database.transaction(() => {
      for (let row = 0; row < spans; row++) {
        insert.run(
          ...[row, kind[row], status[row], thread[row], name[row], detail[row], parent[row]],
          ...[index[row], start[row], duration[row], wait[row], quantity[row]],
        )
      }
    })(),
  )
  const read = timeOf(() => database.prepare('SELECT * FROM spans').raw().all().length)
  database.close()
  return { write, read, bytes: statSync(path).size }
}

function syntheticTrace(): Trace {
  const strings = ['', 'orders', 'quotes', 'db.lookup', 'SELECT … WHERE id = ?', 'api.json', 'GET /quote/:sku']
  return { ...emptyTrace(), strings, spans: orderSpans(spans) }
}

function recordedTrace(path: string): Trace {
  const recorded = readLogFile(path).trace
  if (recorded.spans.start.length === 0) throw new RangeError(`${path} holds no spans.`)
  return { ...emptyTrace(), strings: recorded.strings, spans: repeatSpans(recorded.spans, spans) }
}

function inTemporaryFolder(measure: (directory: string) => Round): Round {
  const directory = mkdtempSync(join(tmpdir(), 'strobe-bench-'))
  try {
    return measure(directory)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** Milliseconds that `body` takes. */
function timeOf(body: () => unknown): number {
  const start = performance.now()
  body()
  return performance.now() - start
}

function medianOf(measured: readonly Round[], part: keyof Round): number {
  return median(measured.map((round) => round[part]))
}
