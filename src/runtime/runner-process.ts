import { fork } from 'node:child_process'
import { builtFile } from './built-file.ts'
import type { RunnerReply, RunnerRequest } from './messages.ts'

/** A runner process as its engine sees it, whatever started it. */
export interface RunnerProcess {
  readonly pid: number | undefined
  send(request: RunnerRequest): void
  onReply(listener: (reply: RunnerReply) => void): void
  /** Called once, with the exit code or signal and the end of what the process wrote to its error output. */
  onExit(listener: (code: number | null, signal: string | null, lastWords: string) => void): void
  /** Ends it and what it started, at once. */
  kill(): void
}

/**
 * Starts runner processes: each shell of the studio brings its own way. `environment` holds variables on top of this
 * process's own.
 */
export type Spawner = (environment: Readonly<Record<string, string>>) => RunnerProcess

/** Milliseconds that a process's last words may take after its end. */
const lastWordsTime = 500

/** Starts runners with Node itself: for the terminal, the web process and tests. */
export function forkRunner(environment: Readonly<Record<string, string>> = {}): RunnerProcess {
  const ownGroup = process.platform !== 'win32'
  const child = fork(builtFile('runner.js'), {
    serialization: 'advanced',
    detached: ownGroup,
    env: { ...process.env, ...environment },
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let lastWords = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-4000)
  })
  child.stdout?.resume()
  return {
    pid: child.pid,
    send: (request) => {
      if (child.connected) child.send(request)
    },
    onReply: (listener) => child.on('message', (reply) => listener(reply as RunnerReply)),
    onExit: (listener) => {
      let isTold = false
      const tell = (code: number | null, signal: string | null) => {
        if (!isTold) listener(code, signal, lastWords)
        isTold = true
      }
      child.once('close', tell)
      // What the user's code started may hold on to the output, which is not closed then: only the last words are waited for.
      child.once('exit', (code, signal) => setTimeout(tell, lastWordsTime, code, signal))
      // Errors come from a process that could not be started, and from messages to one that is gone: its end is told by itself.
      child.on('error', (error) => {
        if (child.pid === undefined) listener(null, null, error.message)
      })
    },
    kill: () => {
      if (child.pid === undefined) return
      try {
        process.kill(ownGroup ? -child.pid : child.pid, 'SIGKILL')
      } catch {
        // It is gone already, and that is what was asked for.
      }
    },
  }
}
