import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Progress, StrobeError, throwIfCancelled } from '../base/index.ts'

/**
 * Measuring needs the machine to itself: only one engine measures in a workspace at a time. The lock is a file that
 * names the process; one that is left from a process that is gone is taken over.
 */
export async function whileMeasuring<Result>(
  workspace: string,
  options: { readonly wait: boolean; readonly progress: Progress },
  body: () => Promise<Result>,
): Promise<Result> {
  const path = join(workspace, '.strobe', 'measuring.lock')
  for (let holder = take(path); holder !== undefined; holder = take(path)) {
    if (!options.wait) {
      throw new StrobeError(
        'engine.busy',
        `Process ${holder} is measuring in this workspace, and two at once would disturb each other. Wait for it, or use --wait.`,
        { data: { pid: holder } },
      )
    }
    options.progress.update({ message: `waiting for process ${holder}, which is measuring` })
    await sleep(250)
    throwIfCancelled(options.progress)
  }
  try {
    return await body()
  } finally {
    rmSync(path, { force: true })
  }
}

/** Takes the lock, or gives the process that holds it. */
function take(path: string): number | undefined {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, String(process.pid))
      closeSync(file)
      return undefined
    } catch (thrown) {
      if ((thrown as { code?: string }).code !== 'EEXIST') throw thrown
    }
    const holder = readHolder(path)
    if (holder !== undefined && isAlive(holder)) return holder
    rmSync(path, { force: true })
  }
  throw new StrobeError('engine.lock', `The lock file ${path} cannot be taken. Delete it if nothing measures.`)
}

function readHolder(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as { code?: string }).code === 'EPERM'
  }
}

/** Whether a process that is alive measures in a workspace. */
export function isMeasuring(workspace: string): boolean {
  const holder = readHolder(join(workspace, '.strobe', 'measuring.lock'))
  return holder !== undefined && isAlive(holder)
}
