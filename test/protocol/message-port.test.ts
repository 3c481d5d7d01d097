import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { messagePortTransport, type PortLike } from '../../src/protocol/index.ts'
import { describePeer } from './peer-contract.ts'
import type { LinkMaker } from './peer-link.ts'

function linkBy(wrap: (port: MessagePort) => PortLike): LinkMaker {
  return (accept) => {
    let current: MessagePort | undefined
    return {
      open: async () => {
        const { port1, port2 } = new MessageChannel()
        current = port2
        accept(messagePortTransport(wrap(port2)))
        return messagePortTransport(wrap(port1))
      },
      cut: () => current?.close(),
      stop: () => current?.close(),
    }
  }
}

/** A port as Electron's main and utility processes have it: an emitter whose messages are events. */
function asInElectron(port: MessagePort): PortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
    on: (type, listener) =>
      port.on(type, (data: unknown) => listener(type === 'message' ? { data, ports: [] } : undefined)),
  }
}

describePeer(
  'a message port',
  linkBy((port) => port),
)
describePeer('a port of Electron’s', linkBy(asInElectron))
