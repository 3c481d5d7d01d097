import { describe, expect, it } from 'vitest'
import { WebSocket as SocketOfPackage, WebSocketServer } from 'ws'
import {
  connectClient,
  contractVersion,
  openWebSocket,
  type SocketLike,
  type StudioClient,
  serveClient,
  type Transport,
  webSocketTransport,
} from '../../src/protocol/index.ts'
import { fakeService, gate, until } from './fake-service.ts'
import { describePeer } from './peer-contract.ts'
import { afterTest, type LinkMaker } from './peer-link.ts'

async function listen(): Promise<{ server: WebSocketServer; url: string }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  return { server, url: `ws://127.0.0.1:${port}` }
}

async function stop(server: WebSocketServer): Promise<void> {
  for (const socket of server.clients) socket.terminate()
  await new Promise((resolve) => server.close(resolve))
}

function linkBy(connect: (url: string) => SocketLike): LinkMaker {
  return async (accept) => {
    const { server, url } = await listen()
    server.on('connection', (socket) => accept(webSocketTransport(socket)))
    return {
      open: (signal) => openWebSocket(connect(url), signal),
      cut: () => {
        for (const socket of server.clients) socket.terminate()
      },
      stop: () => stop(server),
    }
  }
}

describePeer(
  'a WebSocket like a browser’s',
  linkBy((url) => new WebSocket(url)),
)
describePeer(
  'a WebSocket of ws',
  linkBy((url) => new SocketOfPackage(url)),
)

describe('a socket whose other side is silent', () => {
  function connect(url: string): StudioClient {
    const options = { heartbeat: 10, backoff: () => 5 }
    const client = connectClient((signal) => openWebSocket(new WebSocket(url), signal), options)
    afterTest(() => client.close())
    return client
  }

  it('is given up by the client, which connects again', async () => {
    const { server, url } = await listen()
    let connections = 0
    const service = fakeService({ 'studio.state': () => 'alive' })
    server.on('connection', (socket) => {
      // The first one takes everything and says nothing.
      if (++connections > 1) serveClient(webSocketTransport(socket), service)
    })
    const client = connect(url)
    await until(() => client.state === 'open')
    expect(connections).toBe(2)
    expect(await client.call('studio.state', {})).toBe('alive')
    client.close()
    await stop(server)
  })

  it('stays open as long as it answers, however little is said', async () => {
    const { server, url } = await listen()
    server.on('connection', (socket) => serveClient(webSocketTransport(socket), fakeService({}), { heartbeat: 10 }))
    const client = connect(url)
    await until(() => client.state === 'open')
    const states: string[] = []
    client.onState((state) => states.push(state))
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(states).toEqual([])
    client.close()
    await stop(server)
  })

  it('is given up by the server', async () => {
    const { server, url } = await listen()
    server.on('connection', (socket) => serveClient(webSocketTransport(socket), fakeService({}), { heartbeat: 10 }))
    const socket = new WebSocket(url)
    const closed = gate()
    socket.addEventListener('close', () => closed.resolve())
    await closed.promise
    await stop(server)
  })
})

describe('a socket', () => {
  it('that cannot be opened rejects, and so does one that is given up before', async () => {
    const { server, url } = await listen()
    await stop(server)
    const { signal } = new AbortController()
    await expect(openWebSocket(new WebSocket(url), signal)).rejects.toMatchObject({ code: 'connection.lost' })
    const other = await listen()
    const abort = AbortSignal.abort()
    await expect(openWebSocket(new WebSocket(other.url), abort)).rejects.toMatchObject({ code: 'connection.lost' })
    await stop(other.server)
  })

  it.each([
    ['bytes', Buffer.from(JSON.stringify({ type: 'hello', contractVersion }))],
    ['text that is no document', '{"type":'],
    ['text that nests for ever', '['.repeat(200_000)],
  ])('%s end the connection', async (_what, frame) => {
    const { server, url } = await listen()
    server.on('connection', (socket) => serveClient(webSocketTransport(socket), fakeService({})))
    const socket = new SocketOfPackage(url)
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send(frame)
    await new Promise((resolve) => socket.once('close', resolve))
    await stop(server)
  })

  it('that takes nothing in while messages pile up is given up', () => {
    const closed: string[] = []
    const listeners = new Map<string, (event: never) => void>()
    const stuck = {
      readyState: 1,
      bufferedAmount: 300 * 2 ** 20,
      send: () => expect.unreachable('nothing more is sent'),
      close: () => closed.push('closed'),
      addEventListener: (type: string, listener: (event: never) => void) => listeners.set(type, listener),
    }
    const transport: Transport = webSocketTransport(stuck)
    transport.onClose(() => closed.push('told'))
    transport.send({ type: 'pong' })
    expect(closed).toEqual(['closed', 'told'])
  })
})
