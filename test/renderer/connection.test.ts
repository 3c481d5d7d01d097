import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { messagePortTransport, type StudioClient, serveClient, webSocketTransport } from '../../src/protocol/index.ts'
import { fakeService, until } from '../protocol/fake-service.ts'

const stops: Array<() => unknown> = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
  vi.unstubAllGlobals()
})

/** A window as far as the connection needs one, at an address. */
function stubWindow(href: string) {
  const { protocol, host } = new URL(href)
  const origin = `${protocol}//${host}`
  const page = Object.assign(new EventTarget(), { location: { protocol, host, origin } })
  vi.stubGlobal('window', page)
  const tell = (parts: object) =>
    page.dispatchEvent(Object.assign(new Event('message'), { source: page, origin, ports: [], data: undefined }, parts))
  return { tell }
}

async function openClient(): Promise<StudioClient> {
  // By its address: the module is a page's, whose types are not those of this test.
  const { href } = new URL('../../src/renderer/connection.ts', import.meta.url)
  const { openClient } = (await import(href)) as { openClient: () => StudioClient }
  const client = openClient()
  stops.push(() => client.close())
  return client
}

/** A port at whose other end an engine of that version serves. */
function engineOf(version: string): { port: MessagePort; other: MessagePort } {
  const { port1, port2 } = new MessageChannel()
  serveClient(messagePortTransport(port2), fakeService({ 'studio.state': () => ({ version }) }))
  stops.push(() => port2.close())
  return { port: port1, other: port2 }
}

describe('the page in the desktop app', () => {
  it('takes the port that it is handed, and the next one when the engine was started anew', async () => {
    const { tell } = stubWindow('app://strobe/index.html')
    const client = await openClient()
    const first = engineOf('1')
    tell({ data: 'engine-port', ports: [first.port] })
    expect(await client.call('studio.state', {})).toMatchObject({ version: '1' })
    first.other.close()
    await until(() => client.state === 'lost')
    tell({ data: 'engine-port', ports: [engineOf('2').port] })
    await until(() => client.state === 'open')
    expect(await client.call('studio.state', {})).toMatchObject({ version: '2' })
  })

  it('leaves a port that says nothing for one that is handed in', async () => {
    const { tell } = stubWindow('app://strobe/index.html')
    const client = await openClient()
    const { port1, port2 } = new MessageChannel()
    stops.push(() => port2.close())
    tell({ data: 'engine-port', ports: [port1] })
    tell({ data: 'engine-port', ports: [engineOf('2').port] })
    await until(() => client.state === 'open')
    expect(await client.call('studio.state', {})).toMatchObject({ version: '2' })
  })

  it('takes no port of anybody else', async () => {
    const { tell } = stubWindow('app://strobe/index.html')
    const client = await openClient()
    const { port } = engineOf('evil')
    tell({ data: 'engine-port', ports: [port], source: {} })
    tell({ data: 'engine-port', ports: [port], origin: 'https://evil.example' })
    tell({ data: 'another', ports: [port] })
    tell({ data: 'engine-port' })
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(client.state).toBe('connecting')
  })
})

describe('the page in a browser', () => {
  it('opens a socket to the server that it came from', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/socket' })
    await new Promise((resolve) => server.once('listening', resolve))
    stops.push(() => server.close())
    server.on('connection', (socket) => {
      serveClient(webSocketTransport(socket), fakeService({ 'studio.state': () => ({ version: 'web' }) }))
    })
    stubWindow(`http://127.0.0.1:${(server.address() as { port: number }).port}/`)
    const client = await openClient()
    expect(await client.call('studio.state', {})).toMatchObject({ version: 'web' })
  })
})
