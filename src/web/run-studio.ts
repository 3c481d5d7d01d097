import { codeOf, StrobeError } from '../base/index.ts'
import { addressForBrowser, addressOf, isRunning, openThere } from './running-studio.ts'
import { buildOf, startWebShell, type WebShell } from './start-web-shell.ts'
import { readLock } from './studio-lock.ts'
import type { Typed } from './typed.ts'

/** A studio that can be opened now. */
export interface OpenedStudio {
  readonly address: string
  /** One for a browser that is started now. */
  readonly addressForBrowser: string
  readonly pid: number
  readonly port: number
  /** Whether another process has it, so that there is nothing to wait for here. */
  readonly isElsewhere: boolean
  /** What to know about it, in sentences. */
  readonly notes: readonly string[]
  /** Where this process has it. */
  readonly shell?: WebShell
}

/** What a start needs besides what was typed. */
export interface Surroundings {
  readonly dataDirectory: string
  readonly rendererFolder: string
  readonly onBug: (thrown: unknown) => void
}

/**
 * Starts a studio, or finds the one that runs with the same data folder already, and opens there what was asked for. Throws what
 * {@link startWebShell} throws, and where it was found what `workspace.open` throws.
 */
export async function runStudio(typed: Typed, surroundings: Surroundings): Promise<OpenedStudio> {
  const found = await findStudio(typed, surroundings)
  if (found) return found
  const { port, trust, workspace = { samples: true } } = typed
  try {
    const shell = await startWebShell({ ...surroundings, port, workspace, trustWorkspace: trust })
    return {
      ...{ address: shell.address, addressForBrowser: shell.addressForBrowser(), port: shell.port, shell },
      ...{ pid: process.pid, isElsewhere: false, notes: [] },
    }
  } catch (thrown) {
    // Of two that start at once, one comes first.
    const other = codeOf(thrown, '') === 'web.running' ? await findStudio(typed, surroundings) : undefined
    if (other) return other
    throw thrown
  }
}

async function findStudio(
  { workspace, trust }: Typed,
  { dataDirectory, rendererFolder }: Surroundings,
): Promise<OpenedStudio | undefined> {
  const studio = readLock(dataDirectory)
  if (!studio || !(await isRunning(studio))) return undefined
  const notes: string[] = []
  if (studio.build !== buildOf(rendererFolder)) {
    notes.push(`It was started from another build. To have this one, stop it (process ${studio.pid}) and start again.`)
  }
  if (trust) notes.push('Say in its page that you trust the folder: --trust is for a studio that is started anew.')
  if (workspace !== undefined) await openThere(studio, workspace).catch((thrown) => refuse(thrown, addressOf(studio)))
  const { pid, port } = studio
  return {
    ...{
      address: addressOf(studio),
      addressForBrowser: addressForBrowser(studio),
      pid,
      port,
      isElsewhere: true,
      notes,
    },
  }
}

function refuse(thrown: unknown, address: string): never {
  if (!(thrown instanceof StrobeError)) throw thrown
  const message = `A studio is running already, at ${address}, and could not open it: ${thrown.message}`
  throw new StrobeError(thrown.code, message, { data: thrown.data, cause: thrown })
}
