import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { vi } from 'vitest'
import type { EngineToMain, MainToEngine } from '../../src/main/engine-messages.ts'

/** A port that only has a name. */
export interface NamedPort {
  readonly name: string
}

/** A utility process that does nothing by itself; its events are told by the test. */
export class FakeFork {
  readonly #events = new EventEmitter()
  pid: number | undefined = 4711
  readonly stdout = new PassThrough()
  readonly stderr = new PassThrough()
  readonly posted: Array<{ message: MainToEngine; ports: readonly NamedPort[] }> = []
  readonly kill = vi.fn(() => true)

  readonly on = (event: string, listener: (...values: never[]) => void) =>
    this.#events.on(event, listener as () => void)

  postMessage(message: unknown, ports: NamedPort[] = []): void {
    this.posted.push({ message: message as MainToEngine, ports })
  }

  spawned(): void {
    this.#events.emit('spawn')
  }

  says(message: EngineToMain): void {
    this.#events.emit('message', message)
  }

  /** As Electron does it: the listeners of the streams go with the event. */
  exits(status: number): void {
    this.pid = undefined
    this.#events.emit('exit', status)
    this.stdout.removeAllListeners()
    this.stderr.removeAllListeners()
  }

  breaks(location: string): void {
    this.#events.emit('error', 'FatalError', location, '{}')
  }
}

/** Channels whose ports say which they are. */
export function namedChannels(): () => { port1: NamedPort; port2: NamedPort } {
  let count = 0
  return () => {
    count++
    return { port1: { name: `${count}a` }, port2: { name: `${count}b` } }
  }
}
