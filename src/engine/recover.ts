import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '../base/index.ts'
import type { WorkspaceStore } from './documents.ts'
import { importRun } from './import-run.ts'
import { whileNobodyMeasures } from './measuring-lock.ts'

/** What is said of a run whose process went away. */
const interrupted = {
  reason: 'interrupted' as const,
  error: {
    code: 'run.interrupted',
    message: 'The studio or its runner went away in the middle of this run. What it had recorded until then is kept.',
  },
}

/** Milliseconds that opening waits for another process that is taking in the same, and how often it looks. */
const longestWait = 2000
const lookEvery = 20

/**
 * Takes in the logs of runs that nobody finished, and ends their experiments. The measuring lock is held meanwhile: what
 * another process measures is its own, and two that open a workspace at once take in each log once. Nothing is done while
 * another measures; while another takes in what is left, this waits for it, so that what is shown next is the same for both.
 */
export function recoverRuns(workspace: string, store: WorkspaceStore): void {
  for (let waited = 0; waited < longestWait && isSomethingLeft(store); waited += lookEvery) {
    const what = whileNobodyMeasures(workspace, () => takeIn(store))
    if (what !== 'recovering') return
    pause(lookEvery)
  }
}

function isSomethingLeft(store: WorkspaceStore): boolean {
  return (
    readdirSync(store.runsDirectory).some((name) => name.endsWith('.log')) ||
    store.runs.list({ reason: 'running', limit: 1 }).length > 0 ||
    store.experiments.list({ status: 'running', limit: 1 }).length > 0
  )
}

function takeIn(store: WorkspaceStore): void {
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

/** Opening a workspace is one step without a turn of the event loop in it. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
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
