import { readFileSync } from 'node:fs'
import { StrobeError } from '../base/index.ts'
import { type LogReading, readLog } from '../trace/index.ts'

/**
 * Reads the log of a run, of a finished one or of one whose writer is dead or still writing. Bad bytes give diagnostics;
 * throws `store.no-log` where the file cannot be read.
 */
export function readLogFile(path: string): LogReading {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new StrobeError('store.no-log', `The log ${path} cannot be read.`, { data: { path }, cause: error })
  }
  return readLog(bytes)
}
