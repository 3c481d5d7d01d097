import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { errorFrom, StrobeError } from '../base/index.ts'
import { newSecret } from './access.ts'
import type { ReadyMessage, ServerMessage, StartMessage } from './messages.ts'
import type { Typed } from './typed.ts'

/** Says to the entry that it is the process that serves. */
export const serving = 'STROBE_WEB_SERVES'

/** How long what is going on may take to end: milliseconds. */
const patience = 10_000
/** Deaths are counted that are not older than this: milliseconds. */
const memory = 60_000
/** A server that dies so often within that time is not started again: what kills it would be hidden. */
const mostDeaths = 4

/** What somebody who watches over a server is told. */
export interface Watcher {
  /** Once: the studio can be opened. */
  readonly onReady: (ready: ReadyMessage) => Promise<void>
  /** It died, and is started again. */
  readonly onDeath: (sentence: string) => void
}

/** A studio that is watched over. */
export interface Supervised {
  /** Resolves when it has ended as it was told to; rejects with what it could not start or go on for. */
  readonly ended: Promise<void>
  /** Tells it to end; a second call ends it at once. */
  stop(): void
}

/** Whether a server is started again after the last of these deaths: times in milliseconds. */
export function mayRestart(deaths: readonly number[], now: number): boolean {
  return deaths.filter((at) => now - at < memory).length < mostDeaths
}

/**
 * Runs the process that serves, and starts it again where it dies: on the same port and with the same token, so that the pages
 * that are open connect again by themselves, and with the workspace that was open last.
 */
export function supervise(typed: Typed, watcher: Watcher): Supervised {
  const token = newSecret()
  const deaths: number[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let child: ChildProcess | undefined
  let isStopping = false
  let ready: ReadyMessage | undefined
  let workspace = typed.workspace

  const start = () => {
    let failure: StrobeError | undefined
    const server = forkServer()
    child = server
    server.on('message', (message: ServerMessage) => {
      if (message.type === 'failed') failure = errorFrom(message.error)
      else if (message.type === 'workspace') workspace = message.path
      else if (ready === undefined) {
        ready = message
        watcher.onReady(message).catch(reject)
      }
    })
    server.on('error', reject)
    server.on('exit', (code, signal) => {
      if (code === 0 || isStopping) return resolve()
      if (failure || ready === undefined || ready.isElsewhere) return reject(failure ?? died(signal ?? `code ${code}`))
      deaths.push(performance.now())
      if (!mayRestart(deaths, performance.now())) return reject(died(`${deaths.length} times within a minute`))
      watcher.onDeath(`The studio's process ended unexpectedly (${signal ?? `code ${code}`}), and is started again.`)
      start()
    })
    const isOther = workspace !== typed.workspace
    const again = { ...typed, port: ready?.port ?? typed.port, trust: typed.trust && !isOther }
    const message: StartMessage = { typed: { ...again, ...(workspace === undefined ? {} : { workspace }) }, token }
    // One that died before it was told says so by its end.
    server.send(message, () => {})
  }
  start()
  return {
    ended: promise,
    stop: () => {
      if (isStopping) child?.kill('SIGKILL')
      isStopping = true
      if (child?.connected) child.disconnect()
      setTimeout(() => child?.kill('SIGKILL'), patience).unref()
    },
  }
}

function forkServer(): ChildProcess {
  return fork(join(import.meta.dirname, 'web.js'), [], {
    env: { ...process.env, [serving]: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

function died(how: string): StrobeError {
  return new StrobeError(
    'web.died',
    `The studio's process ended unexpectedly (${how}). What was measured until then is kept.`,
  )
}
