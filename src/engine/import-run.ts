import { rmSync } from 'node:fs'
import { readLogFile } from '../store/index.ts'
import { fillIterationGc, type RunRecord, type Trace } from '../trace/index.ts'
import { completeCycles } from './complete-cycles.ts'
import type { WorkspaceStore } from './documents.ts'

/** A run whose log was taken into the store. */
export interface ImportedRun {
  readonly record: RunRecord
  readonly trace: Trace
}

/**
 * Reads a run's log, adds what only the engine knows, commits it, and then removes the log. A log without an end is of a
 * run that was cut off: what it holds is kept, and `fallback` says how it ended. `finish` may add to the record. Undefined where
 * the log has no header.
 */
export function importRun(
  store: WorkspaceStore,
  logPath: string,
  fallback: Pick<RunRecord, 'reason' | 'error'>,
  finish: (record: RunRecord) => RunRecord = (record) => record,
): ImportedRun | undefined {
  const read = readLogFile(logPath)
  if (!read.run) return undefined
  const trace = fillIterationGc(read.trace)
  const ended = read.run.reason === 'running' ? { ...read.run, ...fallback } : read.run
  const record = completeCycles(finish(ended), trace)
  store.importRun(record, trace)
  rmSync(logPath, { force: true })
  return { record, trace }
}
