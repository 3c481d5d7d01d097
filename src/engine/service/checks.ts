import { type Progress, StrobeError } from '../../base/index.ts'
import type { WorkflowCheck } from '../../protocol/index.ts'
import { forkRunner, RunnerClient, type Spawner } from '../../runtime/index.ts'
import { parseDocument, stringifyDocument } from '../../trace/index.ts'
import type { Engine } from '../engine.ts'
import { checkFile } from '../workflows.ts'

/** Checks of workflow files: one after the other, in a runner of their own, which is gone when nothing is left to check. */
export class Checks {
  readonly #runner: RunnerClient
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(spawn: Spawner = forkRunner) {
    this.#runner = new RunnerClient(spawn)
  }

  /** Throws `engine.unknown-workflow`, `cancelled`. */
  async check(engine: Engine, file: string, progress: Progress): Promise<WorkflowCheck> {
    const before = this.#last
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#last = promise
    this.#waiting++
    try {
      await before
      if (progress.signal.aborted) throw new StrobeError('cancelled', 'The check was cancelled.')
      const found = await checkFile({ ...engine, runner: this.#runner }, file, progress)
      // Params are the user's own values: what travels is what would be stored of them.
      return parseDocument(stringifyDocument(found)) as WorkflowCheck
    } finally {
      if (--this.#waiting === 0) await this.#runner.renew({})
      resolve()
    }
  }

  /** Resolves when nothing is being checked. */
  async idle(): Promise<void> {
    while (this.#waiting > 0) await this.#last
  }

  /** Ends the runner, and with it what is being checked; resolves when it is gone. */
  async close(): Promise<void> {
    this.#runner.close()
    await this.idle()
    await this.#runner.renew({})
  }
}
