import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A lock older than this is stale even if a process with its id lives: ids are used again. Milliseconds. */
const oldestLock = 5 * 60_000

/**
 * Runs `work` while no other process holds the lock; waits for one that does. The lock is a file with its owner's process
 * id; one whose owner is dead is taken over. It only saves double work: nothing breaks where two get in (see `build.mjs`).
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once where it has to wait
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  mkdirSync(dirname(file), { recursive: true })
  if (!tryLock(file)) {
    onWait?.()
    do await sleep(100)
    while (!tryLock(file))
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

/** @param {string} file */
function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    if (isStale(file)) removeStale(file)
    return false
  }
}

/** @param {string} file */
function isStale(file) {
  try {
    const age = Date.now() - statSync(file).mtimeMs
    const owner = Number(readFileSync(file, 'utf8'))
    // Between the creation of the file and the writing of the id it is empty: give its owner a second.
    if (owner === 0) return age > 1000
    return age > oldestLock || !isAlive(owner)
  } catch {
    return false
  }
}

/** Moved away first: of two who see the same stale lock, only one succeeds. @param {string} file */
function removeStale(file) {
  const away = `${file}.${process.pid}`
  try {
    renameSync(file, away)
    rmSync(away, { force: true })
  } catch {
    // Someone else was quicker.
  }
}

/** @param {number} processId */
export function isAlive(processId) {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
