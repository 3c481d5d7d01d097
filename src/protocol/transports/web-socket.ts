import { StrobeError } from '../../base/index.ts'
import { parseDocument, stringifyDocument } from '../../trace/index.ts'
import { type Transport, TransportEnd } from '../transport.ts'

/** What a browser's WebSocket and that of the package `ws` have in common. */
export interface SocketLike {
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number
  /** Bytes that were sent and have not left yet. */
  readonly bufferedAmount: number
  send(text: string): void
  close(): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void
}

/** A side that takes nothing in while so many bytes wait for it is given up: memory must not grow for it. */
const mostWaiting = 256 * 2 ** 20

/**
 * A transport over an open socket: a text frame a message, written by `stringifyDocument`. What is no such text arrives as
 * `undefined`.
 */
export function webSocketTransport(socket: SocketLike): Transport {
  const end = new TransportEnd()
  const close = () => {
    socket.close()
    end.end()
  }
  socket.addEventListener('message', ({ data }) => {
    end.receive(typeof data === 'string' ? parseDocument(data) : undefined)
  })
  socket.addEventListener('close', () => end.end())
  // It is followed by `close`, which says all there is to know; without a listener, `ws` would throw.
  socket.addEventListener('error', () => {})
  if (socket.readyState > 1) end.end()
  return {
    canDieSilently: true,
    send: (message) => {
      if (end.isClosed) return
      const text = textOf(message)
      if (socket.readyState !== 1) return
      if (socket.bufferedAmount > mostWaiting) close()
      else socket.send(text)
    },
    onMessage: (listener) => end.onMessage(listener),
    onClose: (listener) => end.onClose(listener),
    close,
  }
}

/** The transport of a socket that is being opened. Rejects with `connection.lost` where it cannot be. */
export function openWebSocket(socket: SocketLike, signal: AbortSignal): Promise<Transport> {
  const { promise, resolve, reject } = Promise.withResolvers<Transport>()
  const fail = () => reject(new StrobeError('connection.lost', 'The engine cannot be reached.'))
  const abort = () => {
    socket.close()
    fail()
  }
  const transport = webSocketTransport(socket)
  transport.onClose(fail)
  if (socket.readyState === 1) resolve(transport)
  else socket.addEventListener('open', () => resolve(transport))
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return promise.finally(() => signal.removeEventListener('abort', abort))
}

function textOf(message: unknown): string {
  try {
    return stringifyDocument(message)
  } catch (cause) {
    throw new StrobeError('protocol.not-cloneable', 'This value cannot be written as text, or is too large.', { cause })
  }
}
