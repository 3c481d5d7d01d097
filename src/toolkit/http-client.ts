import type { Client } from 'undici'
import { StrobeError } from '../base/index.ts'
import { type CallHandle, hrtimeNanoseconds, publish } from './call-channel.ts'
import type { CallReporter } from './calls.ts'
import { exchangeError, notJsonError, statusError, timeoutError } from './http-failures.ts'
import { Slots } from './slots.ts'
import { describeRequest } from './url-pattern.ts'

export interface HttpRequest {
  /** Default GET, or POST where there is a body. */
  readonly method?: string
  /** Text and bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
}

/**
 * A client of one HTTP server. Paths are appended to the base URL; a whole URL goes where it says, over as many connections of its own.
 * Rejects with `toolkit.http-refused`, `toolkit.http-timeout`, `toolkit.http-broken`, `toolkit.closed`, or the reason of the caller's signal.
 */
export interface HttpClient extends AsyncDisposable {
  /** The answer as JSON. Rejects with `toolkit.http-status` where the status is not 2xx, with `toolkit.http-not-json` where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: what a server answers is known by the caller only, who would have to cast every field
  json<Value = any>(path: string, request?: HttpRequest): Promise<Value>
  /** The answer as text. Rejects with `toolkit.http-status` where the status is not 2xx. */
  text(path: string, request?: HttpRequest): Promise<string>
  /** The whole answer, whatever its status. */
  request(path: string, request?: HttpRequest): Promise<HttpAnswer>
  /** Waits for what was asked before, then closes the connections. May be called again. */
  close(): Promise<void>
}

export interface HttpClientParts {
  readonly base: string
  readonly connections: number
  readonly pipelining: number
  /** Milliseconds. */
  readonly timeout: number
  readonly connect: (origin: string) => Client
  readonly reporter: CallReporter
}

/** Connections to one origin: one undici client each, so that a slot is a connection. */
interface Origin {
  readonly clients: readonly Client[]
  readonly slots: Slots<Client>
}

export function createHttpClient(parts: HttpClientParts): HttpClient {
  const { base, timeout, reporter } = parts
  const origins = new Map<string, Origin>()
  const queues = new Map<string, number>()
  let closed: Promise<void> | undefined

  function originOf(origin: string): Origin {
    const known = origins.get(origin)
    if (known !== undefined) return known
    const clients = Array.from({ length: parts.connections }, () => parts.connect(origin))
    const slots = new Slots(Array.from({ length: parts.pipelining }, () => clients).flat(), (length) => {
      queues.set(origin, length)
      reporter.waiting([...queues.values()].reduce((sum, each) => sum + each, 0))
    })
    const made = { clients, slots }
    origins.set(origin, made)
    return made
  }

  async function exchange<Value>(
    operation: string,
    path: string,
    request: HttpRequest,
    read: (answer: HttpAnswer, method: string, url: URL) => Value,
  ): Promise<Value> {
    const method = (request.method ?? (request.body === undefined ? 'GET' : 'POST')).toUpperCase()
    const call = reporter.start(operation, reporter.listened ? describeRequest(method, path) : '')
    let waited = 0
    try {
      if (closed !== undefined) throw closedError(base)
      request.signal?.throwIfAborted()
      const url = resolveUrl(base, path)
      const { slots } = originOf(url.origin)
      let client = slots.takeNow()
      if (client === undefined) {
        const queuedAt = hrtimeNanoseconds()
        try {
          client = await slots.take(request.signal)
        } finally {
          waited = hrtimeNanoseconds() - queuedAt
        }
      }
      const answer = await ask(client, method, url, request, timeout, call).finally(() => slots.give(client))
      const value = read(answer, method, url)
      reporter.end(call, answer.body.length, waited)
      return value
    } catch (error) {
      reporter.fail(call, error, waited)
      throw error
    }
  }

  async function finish(): Promise<void> {
    await Promise.all([...origins.values()].map(({ slots }) => slots.idle()))
    await Promise.all([...origins.values()].flatMap(({ clients }) => clients.map((client) => client.close())))
  }

  function close(): Promise<void> {
    closed ??= finish()
    return closed
  }

  return {
    json: (path, request = {}) => exchange('json', path, withAccept(request), readJson),
    text: (path, request = {}) => exchange('text', path, request, readText),
    request: (path, request = {}) => exchange('request', path, request, (answer) => answer),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** One request and its whole answer over one connection. */
async function ask(
  client: Client,
  method: string,
  url: URL,
  request: HttpRequest,
  timeout: number,
  call: CallHandle | undefined,
): Promise<HttpAnswer> {
  const { body, type } = encodeBody(request.body)
  const headers = { ...(type === undefined ? {} : { 'content-type': type }), ...request.headers }
  const stop = new AbortController()
  const stopForCaller = () => stop.abort(request.signal?.reason)
  request.signal?.addEventListener('abort', stopForCaller, { once: true })
  if (request.signal?.aborted) stopForCaller()
  const timer = setTimeout(() => stop.abort(timeoutError(method, url, timeout)), timeout)
  try {
    if (call !== undefined) publish({ type: 'send', call })
    const sent = client.request({ method, path: `${url.pathname}${url.search}`, headers, body, signal: stop.signal })
    if (call !== undefined) publish({ type: 'sent', call })
    const answer = await sent
    const bytes = await answer.body.bytes()
    return { status: answer.statusCode, headers: answer.headers, body: bytes }
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason
    throw exchangeError(method, url, error)
  } finally {
    clearTimeout(timer)
    request.signal?.removeEventListener('abort', stopForCaller)
  }
}

function readText(answer: HttpAnswer, method: string, url: URL): string {
  if (answer.status < 200 || answer.status > 299) throw statusError(method, url, answer.status)
  return new TextDecoder().decode(answer.body)
}

// biome-ignore lint/suspicious/noExplicitAny: as in HttpClient.json
function readJson(answer: HttpAnswer, method: string, url: URL): any {
  const text = readText(answer, method, url)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw notJsonError(method, url, error)
  }
}

function withAccept(request: HttpRequest): HttpRequest {
  return { ...request, headers: { accept: 'application/json', ...request.headers } }
}

function encodeBody(body: unknown): { body: string | Uint8Array | null; type?: string } {
  if (body === undefined) return { body: null }
  if (typeof body === 'string' || body instanceof Uint8Array) return { body }
  return { body: JSON.stringify(body), type: 'application/json' }
}

function resolveUrl(base: string, path: string): URL {
  const text = /^https?:\/\//i.test(path) ? path : `${base}${path === '' || /^[/?#]/.test(path) ? '' : '/'}${path}`
  if (URL.canParse(text)) return new URL(text)
  throw new StrobeError(
    'toolkit.option',
    `No request can be made of ${JSON.stringify(path)}: take a path, as in /quote/12.`,
  )
}

function closedError(base: string): StrobeError {
  return new StrobeError('toolkit.closed', `The HTTP client of ${base} is closed: it was asked after close().`)
}
