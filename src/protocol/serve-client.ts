import { type ErrorRecord, recordOf, StrobeError } from '../base/index.ts'
import type { CallContext, StudioService } from './client.ts'
import { contractVersion, type EventName, events, type MethodName, methods } from './contract.ts'
import { type ClientMessage, clientMessage, type ServerMessage } from './messages.ts'
import { requirePlain } from './plain-data.ts'
import { callRepeatedly } from './timers.ts'
import type { Transport } from './transport.ts'

export interface ServeOptions {
  /** Calls of one client that may be open at a time, those it cancelled included until their handlers have ended; default 500. */
  readonly mostCalls?: number
  /** Milliseconds; a client of whom nothing was heard for three times as long is given up. Default 60 000: pages in the background ping once a minute. */
  readonly heartbeat?: number
  /** Told what went wrong inside, and must not: an error without a code. The client gets its message only. */
  readonly onBug?: (thrown: unknown, method: string) => void
}

/**
 * Serves one client until its transport ends; then its calls are cancelled and its subscriptions end. Nothing that a client
 * sends throws here: what is no message of the protocol ends the transport.
 */
export function serveClient(transport: Transport, service: StudioService, options: ServeOptions = {}): void {
  const served = new ServedClient(transport, service, options)
  transport.onMessage((message) => served.receive(message))
  transport.onClose(() => served.end())
}

class ServedClient {
  readonly #transport: Transport
  readonly #service: StudioService
  readonly #mostCalls: number
  readonly #onBug: NonNullable<ServeOptions['onBug']>
  readonly #calls = new Map<number, AbortController>()
  readonly #subscriptions = new Map<string, () => void>()
  readonly #stopHeartbeat: () => void
  #isWelcome = false
  #isGone = false
  #silentTurns = 0

  constructor(transport: Transport, service: StudioService, options: ServeOptions) {
    this.#transport = transport
    this.#service = service
    this.#mostCalls = options.mostCalls ?? 500
    this.#onBug = options.onBug ?? (() => {})
    const listen = () => {
      if (++this.#silentTurns > 3) transport.close()
    }
    this.#stopHeartbeat = transport.canDieSilently ? callRepeatedly(options.heartbeat ?? 60_000, listen) : () => {}
  }

  receive(received: unknown): void {
    if (this.#isGone) return
    this.#silentTurns = 0
    const { success, data: message } = clientMessage.safeParse(received)
    if (!success || (!this.#isWelcome && message.type !== 'hello')) {
      // One that was refused may have gone on before it knew.
      if (this.#isWelcome || !success) this.#transport.close()
      return
    }
    this.#handle(message)
  }

  end(): void {
    if (this.#isGone) return
    this.#isGone = true
    this.#stopHeartbeat()
    for (const stop of this.#subscriptions.values()) stop()
    this.#subscriptions.clear()
    for (const call of this.#calls.values()) call.abort(cancelled())
  }

  #handle(message: ClientMessage): void {
    switch (message.type) {
      case 'hello':
        this.#isWelcome = message.contractVersion === contractVersion
        this.#send({ type: 'hello', contractVersion })
        return
      case 'ping':
        this.#send({ type: 'pong' })
        return
      case 'cancel':
        this.#calls.get(message.id)?.abort(cancelled())
        return
      case 'subscribe':
        this.#subscribe(message.event)
        return
      case 'unsubscribe':
        this.#subscriptions.get(message.event)?.()
        this.#subscriptions.delete(message.event)
        return
      case 'call':
        void this.#call(message)
    }
  }

  #subscribe(event: string): void {
    // There are as many subscriptions as events at most; what the contract does not name never happens.
    if (!Object.hasOwn(events, event) || this.#subscriptions.has(event)) return
    const stop = this.#service.on(event as EventName, (payload) => {
      try {
        requirePlain(payload, event)
        this.#send({ type: 'event', event, payload })
      } catch (thrown) {
        this.#onBug(thrown, event)
      }
    })
    this.#subscriptions.set(event, stop)
  }

  /** Never rejects. */
  async #call({ id, method, params }: Extract<ClientMessage, { type: 'call' }>): Promise<void> {
    if (this.#calls.has(id)) {
      // Two answers under one number would be nobody's.
      this.#transport.close()
      return
    }
    if (this.#calls.size >= this.#mostCalls) {
      const message = `There are ${this.#mostCalls} calls open. Wait for some of them to end.`
      this.#answerError(id, method, new StrobeError('protocol.too-many-calls', message))
      return
    }
    const controller = new AbortController()
    this.#calls.set(id, controller)
    try {
      const value = await this.#execute(method, params, controller.signal)
      requirePlain(value, 'result')
      this.#send({ type: 'result', id, value })
    } catch (thrown) {
      this.#answerError(id, method, controller.signal.aborted ? cancelled() : thrown)
    } finally {
      this.#calls.delete(id)
    }
  }

  #execute(name: string, params: unknown, signal: AbortSignal): unknown {
    if (!Object.hasOwn(methods, name)) {
      const message = `The engine knows no method "${name}".`
      throw new StrobeError('protocol.unknown-method', message, { data: { method: name } })
    }
    const method = name as MethodName
    const parsed = methods[method].params.safeParse(params)
    if (!parsed.success) throw badParams(method, parsed.error.issues)
    // The map says that the handler of a method takes what its schema gives; a type cannot follow that over all methods.
    const handler = this.#service.handlers[method] as (input: unknown, context: CallContext) => unknown
    return handler(parsed.data, { signal })
  }

  #answerError(id: number, method: string, thrown: unknown): void {
    if (!(thrown instanceof StrobeError)) this.#onBug(thrown, method)
    const error = errorForClient(thrown)
    try {
      requirePlain(error, 'error')
      this.#send({ type: 'error', id, error })
    } catch {
      this.#send({ type: 'error', id, error: { code: error.code, message: error.message } })
    }
  }

  #send(message: ServerMessage): void {
    if (!this.#isGone) this.#transport.send(message)
  }
}

function cancelled(): StrobeError {
  return new StrobeError('cancelled', 'The operation was cancelled.')
}

function badParams(method: string, issues: ReadonlyArray<{ path: PropertyKey[]; message: string }>): StrobeError {
  const first = issues[0]
  const path = first?.path.map(String).join('.') ?? ''
  const where = path === '' ? method : `${method}, at "${path}"`
  return new StrobeError('protocol.bad-params', `${where}: ${first?.message ?? 'Invalid input'}.`, {
    data: {
      method,
      path,
      issues: issues.slice(0, 10).map(({ path, message }) => ({ path: path.map(String), message })),
    },
  })
}

/**
 * An error as a client may see it. Stacks stay here, but for those of the user's own code, which came as data; what has no
 * code is a bug of ours or of the system, and says so.
 */
export function errorForClient(thrown: unknown): ErrorRecord {
  const record = withoutStacks(recordOf(thrown, 'protocol.internal'))
  if (record.code !== 'protocol.internal') return record
  return { ...record, message: `Something went wrong in the engine that it did not expect: ${record.message}` }
}

function withoutStacks({ stack, cause, ...record }: ErrorRecord): ErrorRecord {
  return {
    ...record,
    ...(record.code === 'user.error' && stack !== undefined ? { stack } : {}),
    ...(cause === undefined ? {} : { cause: withoutStacks(cause) }),
  }
}
