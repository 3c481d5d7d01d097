import { StrobeError } from '../../base/index.ts'
import { type Transport, TransportEnd } from '../transport.ts'

/** What the ports of browsers, of Node's worker threads and of Electron's main and utility processes have in common. */
interface PortBase {
  postMessage(message: unknown): void
  start(): void
  close(): void
}

/** A message port: of a browser and of Node … */
interface EventTargetPort extends PortBase {
  addEventListener(type: 'message' | 'close', listener: (event: unknown) => void): void
}

/** … or of Electron's main and utility processes, which tells its events another way. */
interface EmitterPort extends PortBase {
  on(type: 'message' | 'close', listener: (event: unknown) => void): unknown
}

export type PortLike = EventTargetPort | EmitterPort

/** A transport over one end of a message channel. The other end's death is told by the port itself. */
export function messagePortTransport(port: PortLike): Transport {
  const end = new TransportEnd()
  const listen = (type: 'message' | 'close', listener: (event: unknown) => void) => {
    if ('addEventListener' in port) port.addEventListener(type, listener)
    else port.on(type, listener)
  }
  listen('message', (event) => end.receive((event as { data?: unknown }).data))
  listen('close', () => end.end())
  port.start()
  return {
    canDieSilently: false,
    send: (message) => {
      if (end.isClosed) return
      try {
        port.postMessage(message)
      } catch (cause) {
        throw new StrobeError('protocol.not-cloneable', 'This value cannot be cloned.', { cause })
      }
    },
    onMessage: (listener) => end.onMessage(listener),
    onClose: (listener) => end.onClose(listener),
    close: () => {
      port.close()
      end.end()
    },
  }
}
