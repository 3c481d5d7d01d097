import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Progress, StrobeError, throwIfCancelled } from '../base/index.ts'

/** Locks that this process holds: its own number in a lock that it does not hold was left by another, long gone. */
const held = new Set<string>()

/** A lock without a number in it may be of somebody who is just writing it; after so many milliseconds it is not. */
const writingTime = 2000

/** What a process holds the lock for: to measure, or for a moment to take in what others have left. */
type Purpose = 'measuring' | 'recovering'

interface Holder {
  readonly pid: number
  readonly purpose: Purpose
}

/**
 * Measuring needs the machine to itself: only one engine measures in a workspace at a time. The lock is a file that
 * names the process; one that is left from a process that is gone is taken over. Throws `engine.busy`, or `cancelled`
 * while it waits. For a process that takes in what others have left it waits in any case: that is over soon.
 */
export async function whileMeasuring<Result>(
  workspace: string,
  options: { readonly wait: boolean; readonly progress: Progress },
  body: () => Promise<Result>,
): Promise<Result> {
  const path = lockPath(workspace)
  while (!take(path, 'measuring')) {
    const holder = readHolder(path)
    // Without a holder it was given back, or is being written, at this very moment.
    const measures = holder?.purpose === 'measuring'
    if (measures && !options.wait) {
      throw new StrobeError(
        'engine.busy',
        `Process ${holder.pid} is measuring in this workspace, and two at once would disturb each other. Wait for it, or use --wait.`,
        { data: { pid: holder.pid } },
      )
    }
    if (measures) options.progress.update({ message: `waiting for process ${holder.pid}, which is measuring` })
    await sleep(measures ? 250 : 20)
    throwIfCancelled(options.progress)
  }
  try {
    return await body()
  } finally {
    giveBack(path)
  }
}

/**
 * Does something that must not happen while anybody measures, or does the same, in a workspace: at once, while the lock is
 * held. Says who had it where nothing was done.
 */
export function whileNobodyMeasures(workspace: string, body: () => void): 'done' | Purpose {
  const path = lockPath(workspace)
  if (!take(path, 'recovering')) return readHolder(path)?.purpose ?? 'recovering'
  try {
    body()
    return 'done'
  } finally {
    giveBack(path)
  }
}

function lockPath(workspace: string): string {
  return join(workspace, '.strobe', 'measuring.lock')
}

/** Takes the lock where nobody holds it, or somebody who is gone. */
function take(path: string, purpose: Purpose): boolean {
  if (write(path, purpose)) return true
  const holder = readHolder(path)
  const isLeft = holder === undefined ? ageOf(path) > writingTime : !isAlive(path, holder.pid)
  return isLeft && removeLeft(path, holder?.pid) && write(path, purpose)
}

function giveBack(path: string): void {
  held.delete(path)
  if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true })
}

function write(path: string, purpose: Purpose): boolean {
  try {
    const file = openSync(path, 'wx')
    writeSync(file, purpose === 'measuring' ? String(process.pid) : `${process.pid} ${purpose}`)
    closeSync(file)
    held.add(path)
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
  if (readHolder(aside)?.pid !== holder) {
    renameSync(aside, path)
    return false
  }
  rmSync(aside, { force: true })
  return true
}

function readHolder(path: string): Holder | undefined {
  try {
    const [number = '', purpose] = readFileSync(path, 'utf8').split(' ')
    const pid = Number(number)
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    return { pid, purpose: purpose === 'recovering' ? 'recovering' : 'measuring' }
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
