import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Progress, StrobeError, throwIfCancelled } from '../base/index.ts'

/** Locks that this process holds: its own number in a lock that it does not hold was left by another, long gone. */
const held = new Set<string>()

/** A lock without a number in it may be of somebody who is just writing it; after so many milliseconds it is not. */
const writingTime = 2000

/**
 * Measuring needs the machine to itself: only one engine measures in a workspace at a time. The lock is a file that
 * names the process; one that is left from a process that is gone is taken over. Throws `engine.busy`, or `cancelled`
 * while it waits.
 */
export async function whileMeasuring<Result>(
  workspace: string,
  options: { readonly wait: boolean; readonly progress: Progress },
  body: () => Promise<Result>,
): Promise<Result> {
  const path = lockPath(workspace)
  while (!take(path)) {
    const holder = readHolder(path)
    // Without a holder it was given back, or is being written, at this very moment.
    if (holder !== undefined && !options.wait) {
      throw new StrobeError(
        'engine.busy',
        `Process ${holder} is measuring in this workspace, and two at once would disturb each other. Wait for it, or use --wait.`,
        { data: { pid: holder } },
      )
    }
    if (holder !== undefined) {
      options.progress.update({ message: `waiting for process ${holder}, which is measuring` })
    }
    await sleep(holder === undefined ? 20 : 250)
    throwIfCancelled(options.progress)
  }
  held.add(path)
  try {
    return await body()
  } finally {
    held.delete(path)
    if (readHolder(path) === process.pid) rmSync(path, { force: true })
  }
}

/** Whether a process that is alive measures in a workspace. */
export function isMeasuring(workspace: string): boolean {
  const path = lockPath(workspace)
  const holder = readHolder(path)
  return holder !== undefined && isAlive(path, holder)
}

function lockPath(workspace: string): string {
  return join(workspace, '.strobe', 'measuring.lock')
}

/** Takes the lock where nobody holds it, or somebody who is gone. */
function take(path: string): boolean {
  if (write(path)) return true
  const holder = readHolder(path)
  const isLeft = holder === undefined ? ageOf(path) > writingTime : !isAlive(path, holder)
  return isLeft && removeLeft(path, holder) && write(path)
}

function write(path: string): boolean {
  try {
    const file = openSync(path, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (thrown) {
    if ((thrown as { code?: string }).code === 'EEXIST') return false
    throw thrown
  }
}

/** Removes a lock that was left. Where another process was quicker, and the lock is now its own, it gets it back. */
function removeLeft(path: string, holder: number | undefined): boolean {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return false
  }
  if (readHolder(aside) !== holder) {
    renameSync(aside, path)
    return false
  }
  rmSync(aside, { force: true })
  return true
}

function readHolder(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

/** Milliseconds since the file was written; 0 where there is none. */
function ageOf(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats ? Date.now() - stats.mtimeMs : 0
}

function isAlive(path: string, pid: number): boolean {
  if (pid === process.pid) return held.has(path)
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as { code?: string }).code === 'EPERM'
  }
}
