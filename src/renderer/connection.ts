import {
  connectClient,
  messagePortTransport,
  type OpenTransport,
  openWebSocket,
  type StudioClient,
  type Transport,
} from '../protocol/index.ts'

/**
 * Connects the page to its engine: through the port that the desktop app hands in, or through a socket to the server that the
 * page came from. The only file that knows which of the two it is.
 */
export function openClient(): StudioClient {
  return connectClient(window.location.protocol === 'app:' ? takePorts() : openSocket)
}

/** The cookie that the page was given is what lets it in. */
const openSocket: OpenTransport = (signal) => {
  const { protocol, host } = window.location
  const scheme = protocol === 'https:' ? 'wss' : 'ws'
  return openWebSocket(new WebSocket(`${scheme}://${host}/socket`), signal)
}

/** Ports come by themselves: one when the page is ready, and another one each time that the engine was started anew. */
function takePorts(): OpenTransport {
  let current: Transport | undefined
  let isTaken = true
  let wake = () => {}
  window.addEventListener('message', (event) => {
    const [port] = event.ports
    if (event.source !== window || event.origin !== window.location.origin) return
    if (event.data !== 'engine-port' || port === undefined) return
    const last = current
    current = messagePortTransport(port)
    isTaken = false
    // Whoever was on the old one loses it, and asks for the next.
    last?.close()
    wake()
  })
  return async () => {
    while (isTaken || current === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    isTaken = true
    return current
  }
}
