import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StrobeError } from '../base/index.ts'
import { makeFolder } from '../engine/index.ts'

/** The studio that runs with a data folder: what another one needs to find it. Only its user may read it. */
export interface RunningStudio {
  readonly pid: number
  readonly port: number
  /** What lets in. */
  readonly token: string
  /** Names the build that it was started from. */
  readonly build: string
}

/** The lock of a data folder, held by this process. */
export interface StudioLock {
  /** Gives it back, if it is still this process's own. */
  release(): void
}

/** Where the studio of a data folder says that it runs. */
export function lockFile(dataDirectory: string): string {
  return join(dataDirectory, 'web.json')
}

/** What a lock says; `undefined` where there is none, or nothing that can be read. */
export function readLock(dataDirectory: string): RunningStudio | undefined {
  const text = textOf(lockFile(dataDirectory))
  return text === undefined ? undefined : studioOf(text)
}

/**
 * Takes the lock of a data folder: one studio runs with it at a time. A lock whose studio is gone, as `isAlive` says, is taken over.
 * Throws `web.running` where another one lives, `web.data-folder` where the folder cannot be written to.
 */
export async function takeLock(
  dataDirectory: string,
  studio: RunningStudio,
  isAlive: (other: RunningStudio) => Promise<boolean>,
): Promise<StudioLock> {
  const path = lockFile(dataDirectory)
  const text = `${JSON.stringify(studio, null, 2)}\n`
  prepare(dataDirectory)
  // Others may come between: then it is looked at again.
  for (let attempt = 0; attempt < 5; attempt++) {
    if (create(path, text)) return { release: () => release(path, text) }
    const found = textOf(path)
    if (found === undefined) continue
    const other = studioOf(found)
    if (other && (await isAlive(other))) {
      throw new StrobeError('web.running', `A studio is running already, as process ${other.pid}.`, {
        data: { pid: other.pid },
      })
    }
    removeLeft(path, found)
  }
  throw new StrobeError('web.running', 'Other studios are being started at this moment. Try again.')
}

function prepare(dataDirectory: string): void {
  try {
    makeFolder(dataDirectory)
  } catch (thrown) {
    throw cannotWrite(dataDirectory, thrown)
  }
}

/** Whether the file was made, whole, by this call: a reader never sees half of it. */
function create(path: string, text: string): boolean {
  const next = `${path}.${randomUUID()}`
  try {
    writeFileSync(next, text, { mode: 0o600, flag: 'wx' })
    linkSync(next, path)
    return true
  } catch (thrown) {
    const { code, syscall } = thrown as NodeJS.ErrnoException
    if (code === 'EEXIST' && syscall === 'link') return false
    // Some file systems know no links.
    if (syscall === 'link') return createWithoutLink(path, text)
    throw cannotWrite(join(path, '..'), thrown)
  } finally {
    rmSync(next, { force: true })
  }
}

function createWithoutLink(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw cannotWrite(join(path, '..'), thrown)
  }
}

/** Moved away first: of two who see the same stale lock, one succeeds. One that is another's by now goes back. */
function removeLeft(path: string, text: string): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
    if (textOf(aside) === text) rmSync(aside, { force: true })
    else renameSync(aside, path)
  } catch {
    // Someone else was quicker.
  }
}

function release(path: string, text: string): void {
  if (textOf(path) === text) rmSync(path, { force: true })
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function studioOf(text: string): RunningStudio | undefined {
  try {
    const { pid, port, token, build } = JSON.parse(text) as Partial<Record<keyof RunningStudio, unknown>>
    const isWhole = Number.isInteger(pid) && Number.isInteger(port) && typeof token === 'string' && token.length > 20
    return isWhole && typeof build === 'string'
      ? { pid: pid as number, port: port as number, token: token as string, build }
      : undefined
  } catch {
    return undefined
  }
}

function cannotWrite(dataDirectory: string, cause: unknown): StrobeError {
  const why = cause instanceof Error ? cause.message : String(cause)
  const message = `The studio's own folder ${dataDirectory} cannot be written to: ${why} Name another one with --data.`
  return new StrobeError('web.data-folder', message, { cause, data: { folder: dataDirectory } })
}
