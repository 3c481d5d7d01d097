import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import type { MessagePort } from 'node:worker_threads'
import type { ForkedProcess } from '../../src/main/runner-forks.ts'

/** Makes a plain Node process look like one of Electron's utility processes, from inside. */
const shim = fileURLToPath(new URL('./utility-process-shim.mjs', import.meta.url))

/**
 * A stand-in for `utilityProcess.fork`: a plain Node process that has a `process.parentPort`, and a port to whoever holds the
 * other end. Messages are cloned as V8 does it, over a pipe of their own.
 */
export function forkUtility(
  file: string,
  environment: Readonly<Record<string, string>> = {},
): ForkedProcess<MessagePort> & { kill(): boolean; readonly child: ChildProcess } {
  const child = spawn(process.execPath, ['--import', shim, file], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const pipe = child.stdio[3] as Duplex
  // A process that dies closes its end while something may be on its way to it.
  pipe.on('error', () => {})
  const events = new EventEmitter()
  let port: MessagePort | undefined
  readFrames(pipe, (data) => port?.postMessage(data))
  child.on('spawn', () => events.emit('spawn'))
  child.on('exit', (code, signal) => {
    // As `waitpid` says it, and as Electron hands it on: then the streams lose their listeners.
    events.emit('exit', signal === null ? (code ?? 0) << 8 : signalNumbers[signal])
    child.stdout?.removeAllListeners('data')
    child.stderr?.removeAllListeners('data')
    port?.close()
  })
  return {
    child,
    get pid() {
      return child.exitCode === null && child.signalCode === null ? child.pid : undefined
    },
    stdout: child.stdout,
    stderr: child.stderr,
    postMessage: (_message, [transferred] = []) => {
      port = transferred
      transferred?.on('message', (data) => pipe.write(frameOf(data)))
      transferred?.on('close', () => pipe.end())
    },
    on: (event: string, listener: (...values: never[]) => void) => events.on(event, listener as () => void),
    kill: () => child.kill(),
  }
}

const signalNumbers: Readonly<Record<string, number>> = { SIGKILL: 9, SIGSEGV: 11, SIGABRT: 6, SIGTERM: 15 }

function frameOf(data: unknown): string {
  return `${serialize(data).toString('base64')}\n`
}

function readFrames(pipe: Duplex, take: (data: unknown) => void): void {
  let rest = ''
  pipe.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(deserialize(Buffer.from(line, 'base64')))
  })
}
