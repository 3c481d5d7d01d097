import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { contractVersion } from '../../src/protocol/index.ts'
import { largestMessage, mostSockets } from '../../src/web/sockets.ts'
import { ask, exchange, type FakeShell, openSocket, startFakeShell } from './fake-studio.ts'

// Exploits through the socket, which browsers let every page open to everywhere: each must fail.

let fake: FakeShell
beforeAll(async () => {
  fake = await startFakeShell()
})
afterAll(() => fake.end())

const own = () => ({ cookie: fake.cookie, origin: `http://${fake.host}` })

async function open(headers: Readonly<Record<string, string>>, path = '/socket') {
  const { socket, outcome } = await openSocket(fake.shell.port, { path, headers })
  const { promise, resolve } = Promise.withResolvers<number>()
  socket.on('close', (code) => resolve(code))
  socket.on('error', () => {})
  return { socket, outcome, closed: promise }
}

const hello = { type: 'hello', contractVersion }
const call = (id: number) => ({ type: 'call', id, method: 'studio.state', params: {} })

/** Says things and gives the first answers. */
async function converse(socket: WebSocket, messages: readonly object[], answers: number): Promise<unknown[]> {
  const heard: unknown[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.on('message', (data) => {
    heard.push(JSON.parse(data.toString()))
    if (heard.length === answers) resolve()
  })
  for (const message of messages) socket.send(JSON.stringify(message))
  await promise
  return heard
}

describe('the own page', () => {
  it('is served', async () => {
    const { socket, outcome } = await open(own())
    expect(outcome).toBe('open')
    const [, answer] = await converse(socket, [hello, call(1)], 2)
    expect(answer).toMatchObject({ type: 'result', id: 1, value: { version: '1' } })
    expect(fake.studio.asked).toEqual(['studio.state'])
    socket.close()
  })

  it('is served under the other name of this machine', async () => {
    const host = `localhost:${fake.shell.port}`
    const { socket, outcome } = await open({ ...own(), host, origin: `http://${host}` })
    expect(outcome).toBe('open')
    socket.close()
  })
})

describe('a socket of somebody else', () => {
  it('is refused by its origin, though the browser sends the cookie', async () => {
    const { port } = fake.shell
    const origins = [
      'http://attacker.example',
      `http://attacker.example:${port}`,
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
      'http://127.0.0.1',
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}.attacker.example`,
      `http://127.0.0.1:${port}/`,
      `http://127.0.0.1:${port}@attacker.example`,
      `ws://127.0.0.1:${port}`,
      'null',
      'file://',
      '',
    ]
    for (const origin of origins)
      expect({ origin, outcome: (await open({ ...own(), origin })).outcome }).toEqual({ origin, outcome: 403 })
  })

  it('is refused without an origin: no page is without one', async () => {
    expect((await open({ cookie: fake.cookie })).outcome).toBe(403)
  })

  it('is refused by a name that was made to lead here', async () => {
    const host = `attacker.example:${fake.shell.port}`
    expect((await open({ ...own(), host })).outcome).toBe(403)
    expect((await open({ ...own(), host, origin: `http://${host}` })).outcome).toBe(403)
  })

  it('is refused without the cookie, whatever else it shows', async () => {
    const { origin } = own()
    expect((await open({ origin })).outcome).toBe(403)
    expect((await open({ origin, cookie: `${fake.cookie}x` })).outcome).toBe(403)
    expect((await open({ origin }, `/socket?token=${fake.token}`)).outcome).toBe(403)
    expect((await open({ origin, authorization: `Bearer ${fake.token}` })).outcome).toBe(403)
    expect((await open({ origin, 'sec-websocket-protocol': fake.token })).outcome).toBe(403)
  })

  it('opens nowhere else', async () => {
    for (const path of ['/', '/socket/', '/socket?x', '//socket', '/Socket', '/%73ocket', '/blob/trace-r1']) {
      expect({ path, outcome: (await open(own(), path)).outcome }).toEqual({ path, outcome: 403 })
    }
  })

  it('is nothing but a WebSocket', async () => {
    const upgrades = ['h2c', 'TLS/1.0', 'websocket, h2c', '']
    for (const upgrade of upgrades) {
      const text = await exchange(
        fake.shell.port,
        `GET /socket HTTP/1.1\r\nhost: ${fake.host}\r\ncookie: ${fake.cookie}\r\norigin: http://${fake.host}\r\nconnection: upgrade, close\r\nupgrade: ${upgrade}\r\n\r\n`,
      )
      expect(text).not.toMatch(/^HTTP\/1.1 (?:101|200)/)
    }
  })
})

describe('what a page sends', () => {
  it.each<[string, string | Buffer, number]>([
    ['a frame that is too large', 'x'.repeat(largestMessage + 1), 1009],
    ['bytes', Buffer.from([1, 2, 3]), 1005],
    ['no JSON', '{', 1005],
    ['no message of the protocol', '{"type":"drop"}', 1005],
  ])('%s ends its socket and nothing else', async (_what, data, code) => {
    const { socket, closed } = await open(own())
    socket.send(JSON.stringify(hello))
    socket.send(data)
    expect(await closed).toBe(code)
    expect((await open(own())).outcome).toBe('open')
  })

  it('in many frames of one message is too large, too', async () => {
    const { socket, closed } = await open(own())
    const part = 'x'.repeat(largestMessage / 4)
    for (let count = 0; count < 6; count++) socket.send(part, { fin: false })
    expect(await closed).toBe(1009)
  })

  it('as a frame that says it is huge costs no memory and ends', async () => {
    const stream = connect(fake.shell.port, '127.0.0.1')
    stream.write(
      `GET /socket HTTP/1.1\r\nhost: ${fake.host}\r\ncookie: ${fake.cookie}\r\norigin: http://${fake.host}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    )
    await once(stream, 'data')
    // A text frame, masked, of 2^40 bytes.
    stream.write(Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4]))
    const [frame] = (await once(stream, 'data')) as [Buffer]
    expect(frame.readUInt16BE(2)).toBe(1009)
    stream.destroy()
  })

  it('compressed is not taken: a small bomb cannot grow', async () => {
    const { socket } = await open({ ...own(), 'sec-websocket-extensions': 'permessage-deflate' })
    expect(socket.extensions).toBe('')
    socket.close()
  })
})

describe('many sockets', () => {
  it('are refused beyond a number, and those that are there go on', async () => {
    const sockets: WebSocket[] = []
    let refused: 'open' | number = 'open'
    while (refused === 'open' && sockets.length <= mostSockets) {
      const { socket, outcome } = await open(own())
      if (outcome === 'open') sockets.push(socket)
      refused = outcome
    }
    expect(refused).toBe(503)
    const [first] = sockets
    expect(await converse(first as WebSocket, [hello], 1)).toHaveLength(1)
    expect((await ask(fake.shell.port, { target: '/', headers: { cookie: fake.cookie } })).status).toBe(200)
    for (const socket of sockets) socket.close()
  })
})
