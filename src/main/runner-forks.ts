import type { EngineToMain, MainToEngine } from './engine-messages.ts'
import { endingOf } from './runner-exit.ts'

/** What of Electron's `UtilityProcess` is needed; tests pass their own. */
export interface ForkedProcess<Port> {
  readonly pid: number | undefined
  readonly stdout: NodeJS.ReadableStream | null
  readonly stderr: NodeJS.ReadableStream | null
  postMessage(message: unknown, transfer?: Port[]): void
  on(event: 'spawn', listener: () => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  on(event: 'error', listener: (type: string, location: string, report: string) => void): unknown
}

/** What forking runners needs of the world. */
export interface ForkPorts<Port> {
  readonly fork: (environment: Readonly<Record<string, string>>) => ForkedProcess<Port>
  readonly openChannel: () => { readonly port1: Port; readonly port2: Port }
  readonly killTree: (pid: number) => Promise<void>
  /** To the engine that asked. */
  readonly tell: (message: MainToEngine, port?: Port) => void
  readonly signals: Readonly<Record<string, number>>
}

/** The main process's side of runners: forks them for the engine and tells it how they end. */
export interface RunnerForks {
  /** Does what the engine asks for; false for messages about something else. */
  receive(message: EngineToMain): boolean
  /** Ends all runners: their engine is gone. */
  killAll(): void
}

/** How much of a runner's last words is kept, in characters: as much as elsewhere. */
const longestWords = 4000
/** How long the error output of a process that has ended may take to be read, in milliseconds. */
const readingTime = 200

export function createRunnerForks<Port>(ports: ForkPorts<Port>): RunnerForks {
  const runners = new Map<number, { readonly kill: () => void }>()

  const start = (runner: number, environment: Readonly<Record<string, string>>) => {
    const child = ports.fork(environment)
    let isKilled = false
    let lastWords = ''
    const kill = () => {
      isKilled = true
      // Without an id it has not started yet; it is ended when it has.
      if (child.pid !== undefined) void ports.killTree(child.pid)
    }
    runners.set(runner, { kill })
    const hear = (chunk: Buffer | string) => {
      lastWords = (lastWords + chunk.toString()).slice(-longestWords)
    }
    const { stderr } = child
    child.stdout?.resume()
    stderr?.on('data', hear)
    child.on('error', (type, location) => hear(`\n${type}: ${location}`))
    child.on('spawn', () => {
      if (isKilled) kill()
      else {
        const { port1, port2 } = ports.openChannel()
        child.postMessage({ type: 'engine' }, [port2])
        ports.tell({ type: 'runner-forked', runner, pid: child.pid }, port1)
      }
    })
    child.on('exit', (status) => {
      const ending = endingOf(status, isKilled, process.platform, ports.signals)
      void readToEnd(stderr, hear).then(() => {
        runners.delete(runner)
        ports.tell({ type: 'runner-ended', runner, ...ending, lastWords })
      })
    })
  }

  return {
    receive: (message) => {
      if (message.type === 'fork-runner') start(message.runner, message.environment)
      else if (message.type === 'kill-runner') runners.get(message.runner)?.kill()
      else return false
      return true
    },
    killAll: () => {
      for (const { kill } of runners.values()) kill()
    },
  }
}

/**
 * Reads what a process has left in its error output. Electron takes all listeners off a stream right after it has told that
 * the process ended, with the last words still on their way: they are put back. A process below may hold the stream open, so
 * this does not wait for its end for ever.
 */
async function readToEnd(stream: NodeJS.ReadableStream | null, hear: (chunk: Buffer) => void): Promise<void> {
  await Promise.resolve()
  if (stream === null || !stream.readable) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, readingTime)
  for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve())
  if (stream.listenerCount('data') === 0) stream.on('data', hear)
  await promise
  clearTimeout(timer)
}
