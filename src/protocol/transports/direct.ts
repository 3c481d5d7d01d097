import { StrobeError } from '../../base/index.ts'
import { type Transport, TransportEnd } from '../transport.ts'

/**
 * Two ends that lie in one process. Messages are cloned and come later, never within `send`, as on any other transport: what
 * works here works there.
 */
export function directTransports(): readonly [Transport, Transport] {
  const left = new TransportEnd()
  const right = new TransportEnd()
  const close = () => {
    left.end()
    right.end()
  }
  return [endOf(left, right, close), endOf(right, left, close)]
}

function endOf(own: TransportEnd, other: TransportEnd, close: () => void): Transport {
  return {
    canDieSilently: false,
    send: (message) => {
      if (own.isClosed) return
      const copy = cloneOf(message)
      void Promise.resolve().then(() => other.receive(copy))
    },
    onMessage: (listener) => own.onMessage(listener),
    onClose: (listener) => own.onClose(listener),
    close,
  }
}

function cloneOf(message: unknown): unknown {
  try {
    return structuredClone(message)
  } catch (cause) {
    throw new StrobeError('protocol.not-cloneable', 'This value cannot be cloned.', { cause })
  }
}
