import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { type StudioService, serveClient, webSocketTransport } from '../protocol/index.ts'
import type { Access } from './access.ts'
import { factsOf, refusal } from './answer-request.ts'
import { maySocketOpen } from './request-policy.ts'

/** Bytes of one message that a page may send: what it says is small, what it gets may be large. */
export const largestMessage = 2 ** 20
/** Pages that are open at a time. */
export const mostSockets = 32

/** What sockets are granted by, and what serves them. */
export interface SocketAnswers {
  readonly access: Access
  readonly hosts: ReadonlySet<string>
  readonly service: StudioService
  readonly onBug: (thrown: unknown) => void
}

/** The pages' sockets. */
export class Sockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    // Nothing leaves the machine: compressing would only cost time, and could be made to cost memory.
    perMessageDeflate: false,
    handleProtocols: () => false,
  })
  readonly #answers: SocketAnswers

  constructor(answers: SocketAnswers) {
    this.#answers = answers
  }

  /** Answers a request to become a WebSocket. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // Whoever goes away in the middle is nobody's error.
    stream.on('error', () => {})
    const { access, hosts } = this.#answers
    if (!maySocketOpen(factsOf(request, access), hosts)) {
      end(stream, refusal.status, 'Forbidden', refusal.headers, refusal.body)
      return
    }
    if (this.#server.clients.size >= mostSockets) {
      end(stream, 503, 'Service Unavailable', {}, `There are ${mostSockets} pages open. Close some of them.\n`)
      return
    }
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#serve(socket))
  }

  /** Says goodbye to all pages; those that do not answer are cut off. */
  close(): void {
    for (const socket of this.#server.clients) {
      socket.close(1001)
      setTimeout(() => socket.terminate(), 500).unref()
    }
    this.#server.close()
  }

  #serve(socket: WebSocket): void {
    const { service, onBug } = this.#answers
    serveClient(webSocketTransport(socket), service, { onBug })
  }
}

/** Answers over the bare stream, as no response object is there after an upgrade. */
function end(
  stream: Duplex,
  status: number,
  reason: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  stream.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n${body}`)
}
