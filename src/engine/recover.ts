import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '../base/index.ts'
import type { WorkspaceStore } from './documents.ts'
import { importRun } from './import-run.ts'
import { isMeasuring } from './measuring-lock.ts'

/** What is said of a run whose process went away. */
const interrupted = {
  reason: 'interrupted' as const,
  error: {
    code: 'run.interrupted',
    message: 'The studio or its runner went away in the middle of this run. What it had recorded until then is kept.',
  },
}

/**
 * Takes in the logs of runs that nobody finished, and ends their experiments. Nothing is done while another process
 * measures here: those logs are its own. A log that cannot be read is set aside, not deleted.
 */
export function recoverRuns(workspace: string, store: WorkspaceStore): void {
  if (isMeasuring(workspace)) return
  for (const name of readdirSync(store.runsDirectory)) {
    if (!name.endsWith('.log')) continue
    const path = join(store.runsDirectory, name)
    if (!canImport(store, path)) renameSync(path, `${path}.unreadable`)
  }
  for (const record of store.runs.list({ reason: 'running' })) store.runs.finish({ ...record, ...interrupted })
  for (const experiment of store.experiments.list({ status: 'running' })) {
    store.experiments.update({ ...experiment, status: 'interrupted' })
  }
}

/** Imports a log. False where it does not say which run it is of, or is no file that can be read. */
function canImport(store: WorkspaceStore, path: string): boolean {
  try {
    return importRun(store, path, interrupted) !== undefined
  } catch (thrown) {
    if (codeOf(thrown) === 'store.no-log') return false
    throw thrown
  }
}
