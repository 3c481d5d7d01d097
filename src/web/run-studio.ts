import { codeOf, StrobeError } from '../base/index.ts'
import type { ReadyMessage, StartMessage } from './messages.ts'
import { addressOf, isRunning, openThere } from './running-studio.ts'
import { buildOf, startWebShell, type WebShell, type WebShellOptions } from './start-web-shell.ts'
import { readLock } from './studio-lock.ts'

/** What a start needs besides what was typed. */
export type Surroundings = Omit<WebShellOptions, 'workspace' | 'trustWorkspace' | 'port' | 'token'>

/** A studio that can be opened now. */
export interface OpenedStudio {
  readonly ready: ReadyMessage
  /** Where this process has it. */
  readonly shell?: WebShell
}

/**
 * Starts a studio, or finds the one that runs with the same data folder already, and opens there what was asked for. Throws what
 * {@link startWebShell} throws, and where it was found what `workspace.open` throws.
 */
export async function runStudio(start: StartMessage, surroundings: Surroundings): Promise<OpenedStudio> {
  const found = await findStudio(start, surroundings)
  if (found) return found
  const { token, typed } = start
  const { port, trust, workspace = { samples: true } } = typed
  try {
    const shell = await startWebShell({ ...surroundings, port, token, workspace, trustWorkspace: trust })
    const { address } = shell
    const ready = { type: 'ready', address, pid: process.pid, port: shell.port, isElsewhere: false, notes: [] } as const
    return { ready, shell }
  } catch (thrown) {
    // Of two that start at once, one comes first.
    const other = codeOf(thrown, '') === 'web.running' ? await findStudio(start, surroundings) : undefined
    if (other) return other
    throw thrown
  }
}

async function findStudio(
  { typed: { workspace, trust } }: StartMessage,
  { dataDirectory, rendererFolder }: Surroundings,
): Promise<OpenedStudio | undefined> {
  const studio = readLock(dataDirectory)
  if (!studio || !(await isRunning(studio))) return undefined
  const { pid, port } = studio
  const notes: string[] = []
  if (studio.build !== buildOf(rendererFolder)) {
    notes.push(`It was started from another build. To have this one, stop it (process ${pid}) and start again.`)
  }
  if (trust) notes.push('Say in its page that you trust the folder: --trust is for a studio that is started anew.')
  const address = addressOf(studio)
  if (workspace !== undefined) await openThere(studio, workspace).catch((thrown) => refuse(thrown, address))
  return { ready: { type: 'ready', address, pid, port, isElsewhere: true, notes } }
}

function refuse(thrown: unknown, address: string): never {
  if (!(thrown instanceof StrobeError)) throw thrown
  const message = `A studio is running already, at ${address}, and could not open it: ${thrown.message}`
  throw new StrobeError(thrown.code, message, { data: thrown.data, cause: thrown })
}
