import type { EngineOptions } from '../engine/index.ts'
import type { PortLike } from '../protocol/index.ts'
import type { EngineToMain, MainToEngine } from './engine-messages.ts'

type Spawner = NonNullable<EngineOptions['spawn']>
type RunnerProcess = ReturnType<Spawner>
type Request = Parameters<RunnerProcess['send']>[0]
type ReplyListener = Parameters<RunnerProcess['onReply']>[0]
type ExitListener = Parameters<RunnerProcess['onExit']>[0]

/** A runner that was asked for. */
interface Runner {
  pid: number | undefined
  port: PortLike | undefined
  /** Requests that came before the port did. */
  waiting: Request[]
  readonly replyListeners: ReplyListener[]
  readonly exitListeners: ExitListener[]
}

/** The engine's side of runners that the main process forks. */
export interface ElectronSpawner {
  readonly spawn: Spawner
  /** Takes what the main process tells of a runner; false for messages about something else. */
  receive(message: MainToEngine, port?: PortLike): boolean
}

/**
 * Starts runners where only the main process can fork: it is asked to, and hands over a port to the new process. Requests and
 * replies then go over that port, directly; that it has ended, and being ended, goes through the main process.
 */
export function createSpawner(tell: (message: EngineToMain) => void): ElectronSpawner {
  const runners = new Map<number, Runner>()
  let lastRunner = 0

  const spawn: Spawner = (environment) => {
    const number = ++lastRunner
    const runner: Runner = { pid: undefined, port: undefined, waiting: [], replyListeners: [], exitListeners: [] }
    runners.set(number, runner)
    tell({ type: 'fork-runner', runner: number, environment })
    return {
      get pid() {
        return runner.pid
      },
      send: (request) => {
        if (runner.port) runner.port.postMessage(request)
        else runner.waiting.push(request)
      },
      onReply: (listener) => void runner.replyListeners.push(listener),
      onExit: (listener) => void runner.exitListeners.push(listener),
      kill: () => {
        if (runners.has(number)) tell({ type: 'kill-runner', runner: number })
      },
    }
  }

  const adopt = (runner: Runner, port: PortLike, pid: number | undefined) => {
    runner.pid = pid
    runner.port = port
    listen(port, (reply) => {
      for (const listener of runner.replyListeners) listener(reply as Parameters<ReplyListener>[0])
    })
    for (const request of runner.waiting.splice(0)) port.postMessage(request)
  }

  return {
    spawn,
    receive: (message, port) => {
      if (message.type !== 'runner-forked' && message.type !== 'runner-ended') return false
      const runner = runners.get(message.runner)
      if (!runner) return true
      if (message.type === 'runner-forked') {
        if (port) adopt(runner, port, message.pid)
        return true
      }
      runners.delete(message.runner)
      runner.port?.close()
      for (const listener of runner.exitListeners) listener(message.code, message.signal, message.lastWords)
      return true
    },
  }
}

/** Starts a port and hands over the data of its messages. */
function listen(port: PortLike, listener: (data: unknown) => void): void {
  const receive = (event: unknown) => listener((event as { data: unknown }).data)
  if ('addEventListener' in port) port.addEventListener('message', receive)
  else port.on('message', receive)
  port.start()
}
