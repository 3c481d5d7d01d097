import { type ErrorRecord, errorFrom, StrobeError } from '../base/index.ts'
import type { ConnectionState, StudioClient } from './client.ts'
import {
  contractVersion,
  type EventName,
  type MethodName,
  type ParamsOf,
  type PayloadOf,
  type ResultOf,
} from './contract.ts'
import type { ClientMessage, ServerMessage } from './messages.ts'
import { requirePlain } from './plain-data.ts'
import { callLater, callRepeatedly } from './timers.ts'
import type { OpenTransport, Transport } from './transport.ts'

export interface ConnectOptions {
  /** Milliseconds to wait before attempt `n` (from 1) to connect again; default: from 250 ms on twice as long each time, up to 5 s. */
  readonly backoff?: (attempt: number) => number
  /** Milliseconds between questions whether the engine is still there; it is given up after two without an answer. Default 15 000. */
  readonly heartbeat?: number
}

/**
 * Connects to an engine, and again after every loss. Calls made before the first connection wait for it; calls that are
 * open at a loss, and those made until it is mended, reject with `connection.lost`. What is listened to goes on by itself.
 */
export function connectClient(open: OpenTransport, options: ConnectOptions = {}): StudioClient {
  const client = new ConnectedClient(open, options)
  client.connect()
  return client
}

interface OpenCall {
  readonly method: string
  readonly params: unknown
  resolve(value: unknown): void
  reject(error: StrobeError): void
}

type Listener = (payload: never) => void

class ConnectedClient implements StudioClient {
  readonly #open: OpenTransport
  readonly #backoff: (attempt: number) => number
  readonly #heartbeat: number
  readonly #closing = new AbortController()
  readonly #calls = new Map<number, OpenCall>()
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #stateListeners = new Set<(state: ConnectionState) => void>()
  #state: ConnectionState = 'connecting'
  #problem: string | undefined
  #transport: Transport | undefined
  #nextId = 0
  #attempt = 0
  #silentTurns = 0
  #stopTimers: () => void = () => {}

  constructor(open: OpenTransport, options: ConnectOptions) {
    this.#open = open
    this.#backoff = options.backoff ?? ((attempt) => Math.min(250 * 2 ** (attempt - 1), 5000))
    this.#heartbeat = options.heartbeat ?? 15_000
  }

  get state(): ConnectionState {
    return this.#state
  }

  get problem(): string | undefined {
    return this.#problem
  }

  call<Name extends MethodName>(
    name: Name,
    params: ParamsOf<Name>,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<ResultOf<Name>> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const id = this.#nextId++
    const cancel = () => {
      this.#calls.delete(id)
      if (this.#state === 'open') this.#send({ type: 'cancel', id })
      reject(new StrobeError('cancelled', 'The operation was cancelled.'))
    }
    const call: OpenCall = { method: name, params, resolve, reject }
    if (signal?.aborted) cancel()
    else if (this.#closing.signal.aborted) reject(lost('The connection to the engine was closed.'))
    else if (this.#state === 'refused') reject(new StrobeError('protocol.version', this.#problem ?? ''))
    else if (this.#state === 'lost') reject(lost(this.#problem))
    else {
      this.#calls.set(id, call)
      signal?.addEventListener('abort', cancel, { once: true })
      if (this.#state === 'open') this.#sendCall(id, call)
    }
    return promise.finally(() => signal?.removeEventListener('abort', cancel)) as Promise<ResultOf<Name>>
  }

  on<Name extends EventName>(name: Name, listener: (payload: PayloadOf<Name>) => void): () => void {
    // One set entry a call: the same function may listen twice.
    const own: Listener = (payload) => listener(payload)
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(own))
    if (listeners.size === 1 && this.#state === 'open') this.#send({ type: 'subscribe', event: name })
    return () => {
      if (!listeners.delete(own) || listeners.size > 0) return
      this.#listeners.delete(name)
      if (this.#state === 'open') this.#send({ type: 'unsubscribe', event: name })
    }
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    const own = (state: ConnectionState) => listener(state)
    this.#stateListeners.add(own)
    return () => void this.#stateListeners.delete(own)
  }

  close(): void {
    this.#closing.abort()
    this.#stopTimers()
    this.#transport?.close()
    this.#rejectCalls(lost('The connection to the engine was closed.'))
  }

  connect(): void {
    void this.#open(this.#closing.signal).then(
      (transport) => this.#begin(transport),
      () => this.#lose(undefined),
    )
  }

  #begin(transport: Transport): void {
    if (this.#closing.signal.aborted) {
      transport.close()
      return
    }
    this.#transport = transport
    this.#silentTurns = 0
    transport.onMessage((message) => {
      if (this.#transport === transport) this.#receive(message as ServerMessage | undefined)
    })
    transport.onClose(() => this.#lose(transport))
    if (this.#transport !== transport) return
    const ask = () => {
      if (++this.#silentTurns > 2) transport.close()
      else this.#send({ type: 'ping' })
    }
    this.#stopTimers = transport.canDieSilently ? callRepeatedly(this.#heartbeat, ask) : () => {}
    this.#send({ type: 'hello', contractVersion })
  }

  #receive(message: ServerMessage | undefined): void {
    this.#silentTurns = 0
    switch (message?.type) {
      case 'hello':
        this.#welcome(message.contractVersion)
        return
      case 'result':
        this.#take(message.id)?.resolve(message.value)
        return
      case 'error':
        this.#take(message.id)?.reject(errorFrom(message.error satisfies ErrorRecord))
        return
      case 'event':
        for (const listener of [...(this.#listeners.get(message.event) ?? [])]) listener(message.payload as never)
        return
      default:
    }
  }

  #welcome(version: number): void {
    if (version !== contractVersion) {
      this.#problem =
        'The engine is of another version of Strobe than this window. Reload it; if that does not help, start Strobe again.'
      this.#rejectCalls(
        new StrobeError('protocol.version', this.#problem, { data: { version, known: contractVersion } }),
      )
      this.#setState('refused')
      this.#transport?.close()
      return
    }
    this.#attempt = 0
    this.#problem = undefined
    // What is listened to comes first: whoever asks for a state when it is open hears of every change after it.
    for (const event of this.#listeners.keys()) this.#send({ type: 'subscribe', event })
    const waiting = [...this.#calls]
    this.#setState('open')
    for (const [id, call] of waiting) if (this.#calls.has(id)) this.#sendCall(id, call)
  }

  /** `transport`: the one that ended; `undefined` where none could be opened. */
  #lose(transport: Transport | undefined): void {
    if (this.#transport !== transport) return
    this.#transport = undefined
    this.#stopTimers()
    if (this.#closing.signal.aborted || this.#state === 'refused') return
    this.#problem = 'The connection to the engine is lost. It is being opened again.'
    this.#stopTimers = callLater(this.#backoff(++this.#attempt), () => this.connect())
    this.#rejectCalls(lost(this.#problem))
    this.#setState('lost')
  }

  #sendCall(id: number, { method, params }: OpenCall): void {
    try {
      requirePlain(params, 'params')
      this.#transport?.send({ type: 'call', id, method, params } satisfies ClientMessage)
    } catch (thrown) {
      this.#take(id)?.reject(thrown as StrobeError)
    }
  }

  #send(message: ClientMessage): void {
    this.#transport?.send(message)
  }

  #take(id: number): OpenCall | undefined {
    const call = this.#calls.get(id)
    this.#calls.delete(id)
    return call
  }

  #rejectCalls(error: StrobeError): void {
    const calls = [...this.#calls.values()]
    this.#calls.clear()
    for (const call of calls) call.reject(error)
  }

  #setState(state: ConnectionState): void {
    if (this.#state === state) return
    this.#state = state
    for (const listener of [...this.#stateListeners]) listener(state)
  }
}

function lost(message = 'The connection to the engine is lost.'): StrobeError {
  return new StrobeError('connection.lost', message)
}
