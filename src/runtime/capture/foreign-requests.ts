import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { describeRequest } from '../../toolkit/index.ts'
import type { Capture } from './capture.ts'
import { enclosingSpan } from './context.ts'
import { kindNumber, statusNumber } from './span-recorder.ts'

interface UndiciRequest {
  readonly origin: string | URL
  readonly path: string
  readonly method: string
}

/**
 * Records the requests of every http client that Node or undici know of: the built-in `fetch`, undici itself, and
 * `node:http`. Those of the toolkit's own resource are calls already and left out by {@link ignore}.
 */
export class ForeignRequests {
  readonly #capture: Capture
  readonly #open = new WeakMap<object, number>()
  #ignoring = false

  constructor(capture: Capture) {
    this.#capture = capture
  }

  /** Leaves out requests that are created while this is set. */
  ignore(ignoring: boolean): void {
    this.#ignoring = ignoring
  }

  /** Begins to listen; ends when the returned function is called. */
  watch(): () => void {
    const listeners: Record<string, (message: never) => void> = {
      'undici:request:create': ({ request }: { request: UndiciRequest }) => {
        const url = `${String(request.origin)}${request.path}`
        this.#begin(request, 'fetch', request.method, url)
      },
      'undici:request:trailers': ({ request }: { request: object }) => this.#end(request, true),
      'undici:request:error': ({ request, error }: { request: object; error: Error }) => {
        this.#end(request, false, error.message)
      },
      'http.client.request.created': ({ request }: { request: ClientRequest }) => {
        // The header names the port, too, where it is not the usual one.
        const host = request.getHeader('host') ?? request.host
        this.#begin(request, 'http', request.method, `${request.protocol}//${String(host)}${request.path}`)
      },
      // Published when the headers are there: the call goes on until the body is.
      'http.client.response.finish': ({ request, response }: { request: ClientRequest; response: IncomingMessage }) => {
        response.once('close', () => this.#end(request, response.complete, response.complete ? '' : 'aborted'))
      },
      'http.client.request.error': ({ request, error }: { request: object; error: Error }) => {
        this.#end(request, false, error.message)
      },
    }
    for (const [name, listener] of Object.entries(listeners)) subscribe(name, listener as (message: unknown) => void)
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        unsubscribe(name, listener as (message: unknown) => void)
    }
  }

  #begin(request: object, client: string, method: string, url: string): void {
    const { spans, strings, clock } = this.#capture
    if (this.#ignoring || !spans) return
    const detail = strings.idOf(describeRequest(method, url))
    const span = spans.begin(kindNumber.call, strings.idOf(client), enclosingSpan(), -1, detail, clock.now())
    this.#open.set(request, span)
  }

  #end(request: object, ok: boolean, error = ''): void {
    const span = this.#open.get(request)
    if (span === undefined) return
    this.#open.delete(request)
    const { spans, strings, clock } = this.#capture
    spans?.end(span, clock.now(), ok ? statusNumber.ok : statusNumber.failed, -1, 0, strings.idOf(error))
  }
}
