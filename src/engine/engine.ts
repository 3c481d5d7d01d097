import { join } from 'node:path'
import type { Clock, RandomSource } from '../base/index.ts'
import { forkRunner, RunnerClient, type Spawner } from '../runtime/index.ts'
import { openStore } from '../store/index.ts'
import type { ExperimentRow, LedgerRow, WorkspaceStore } from './documents.ts'
import { makeFolder } from './make-folder.ts'
import { recoverRuns } from './recover.ts'

/** One workspace, open: where every use case begins. */
export interface Engine {
  readonly workspace: string
  readonly store: WorkspaceStore
  readonly runner: RunnerClient
  readonly clock: Clock
  readonly random: RandomSource
  /** Whether to wait while another process measures in this workspace, instead of refusing. */
  readonly wait: boolean
  /** Ends the runner and closes the database. */
  close(): void
}

export interface EngineOptions {
  /** Absolute path of the workspace's folder. */
  readonly workspace: string
  /** How runner processes are started; default: with Node itself. */
  readonly spawn?: Spawner
  /** Only look at what is there: nothing is created or changed. */
  readonly readOnly?: boolean
  readonly wait?: boolean
  readonly clock?: Clock
  readonly random?: RandomSource
}

/** Opens a workspace, and takes into the store what runs that were interrupted have left. Throws `store.*`. */
export function openEngine(options: EngineOptions): Engine {
  const { workspace, readOnly = false } = options
  if (!readOnly) makeFolder(join(workspace, '.strobe'))
  const store = openStore<ExperimentRow, LedgerRow>(workspace, { readOnly })
  const runner = new RunnerClient(options.spawn ?? forkRunner)
  if (!readOnly) recoverRuns(workspace, store)
  return {
    ...{ workspace, store, runner, wait: options.wait ?? false },
    clock: options.clock ?? Date.now,
    random: options.random ?? Math.random,
    close: () => {
      runner.close()
      store.close()
    },
  }
}
