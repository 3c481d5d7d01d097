import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { BlobContent, ExportedReport } from '../../protocol/index.ts'
import { readLogFile } from '../../store/index.ts'
import { encodeTrace } from '../../trace/index.ts'
import type { Engine } from '../engine.ts'
import type { ExportedReport as ReportFile } from '../export-report.ts'

/** Bytes of exported reports that are kept: the latest. */
const mostBytes = 64 * 2 ** 20
const traceId = /^trace-([a-z0-9]{1,64})$/

/** What is fetched under `/blob/`: traces from the store, and reports that were exported a short while ago. */
export class Blobs {
  /** By id, oldest first. */
  readonly #reports = new Map<string, BlobContent>()

  /** Keeps a report until newer ones need its place; the one that came last always stays. */
  keep({ bytes, mediaType, fileName }: ReportFile): ExportedReport {
    const blob = `report-${randomUUID()}`
    this.#reports.set(blob, { bytes: new Uint8Array(bytes), mediaType, fileName, immutable: true })
    let size = [...this.#reports.values()].reduce((sum, report) => sum + report.bytes.length, 0)
    for (const [id, report] of this.#reports) {
      if (size <= mostBytes || id === blob) break
      this.#reports.delete(id)
      size -= report.bytes.length
    }
    return { blob, fileName, mediaType, bytes: bytes.length }
  }

  /** Undefined where there is no such blob, or no workspace that could have it. */
  get(id: string, engine: Engine | undefined): BlobContent | undefined {
    const run = traceId.exec(id)?.[1]
    return run === undefined ? this.#reports.get(id) : engine && traceBlobOf(engine, run)
  }
}

function traceBlobOf({ store }: Engine, run: string): BlobContent | undefined {
  const mediaType = 'application/octet-stream'
  const trace = store.traces.read(run)
  if (trace) return { bytes: encodeTrace(trace), mediaType, immutable: true }
  // A run that is going on: what its log holds so far.
  const log = join(store.runsDirectory, `${run}.log`)
  if (!existsSync(log)) return undefined
  return { bytes: encodeTrace(readLogFile(log).trace), mediaType, immutable: false }
}
