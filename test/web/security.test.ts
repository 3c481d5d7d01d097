import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ticketAddress } from '../../src/web/access.ts'
import {
  ask,
  exchange,
  type FakeShell,
  parseAnswer,
  type RawAnswer,
  type RawRequest,
  secretOfBlob,
  secretOfPage,
  startFakeShell,
} from './fake-studio.ts'

// Exploits. Each is sent over the wire to a real server, and must fail. All that get in are sent with everything that the user's
// own browser would send, so that only what the test is about can be what stops them.

let fake: FakeShell
beforeAll(async () => {
  fake = await startFakeShell()
})
afterAll(() => fake.end())

const send = (request: RawRequest) => ask(fake.shell.port, request)
const asUser = (request: RawRequest) => send({ ...request, headers: { cookie: fake.cookie, ...request.headers } })

/** What an answer says, but for the time of day. */
function said({ status, headers, body }: RawAnswer): object {
  const { date: _date, ...others } = headers
  return { status, headers: others, body }
}

function expectRefusal(answer: RawAnswer): void {
  expect(answer.status).toBe(403)
  const text = JSON.stringify(answer)
  for (const secret of [fake.token, fake.cookie, secretOfPage, secretOfBlob, fake.root])
    expect(text).not.toContain(secret)
  expect(answer.headers).not.toHaveProperty('set-cookie')
}

describe('the user', () => {
  it('gets the page and blobs', async () => {
    expect((await asUser({ target: '/' })).body).toContain(secretOfPage)
    expect((await asUser({ target: '/assets/index-B1a_-9xZ.js' })).body).toContain(secretOfPage)
    expect((await asUser({ target: '/blob/trace-r1' })).body).toBe(secretOfBlob)
  })
})

describe('DNS rebinding: a name of somebody else that leads to this server', () => {
  const names = (port: number): ReadonlyArray<string | null> => [
    'attacker.example',
    `attacker.example:${port}`,
    `127.0.0.1.attacker.example:${port}`,
    `localhost.attacker.example:${port}`,
    `attacker.example:${port}@127.0.0.1:${port}`,
    `127.0.0.1:${port}.attacker.example`,
    `127.0.0.1:${port + 1}`,
    '127.0.0.1',
    'localhost',
    `0.0.0.0:${port}`,
    `[::1]:${port}`,
    `127.1:${port}`,
    `2130706433:${port}`,
    `127.0.0.2:${port}`,
    `127.0.0.1:0${port}`,
    `127.0.0.1:${port} attacker.example`,
    `127.0.0.1:${port}, attacker.example`,
    '',
  ]

  it('is refused, with cookie and token', async () => {
    for (const host of names(fake.shell.port)) {
      for (const target of ['/', '/blob/trace-r1', `/?token=${fake.token}`]) {
        expectRefusal(await asUser({ target, host }))
      }
    }
  })

  it('is refused where two hosts are named, whichever comes first', async () => {
    for (const [first, second] of [
      [fake.host, 'attacker.example'],
      ['attacker.example', fake.host],
    ]) {
      const answer = parseAnswer(
        await exchange(
          fake.shell.port,
          `GET / HTTP/1.1\r\nhost: ${first}\r\nhost: ${second}\r\ncookie: ${fake.cookie}\r\nconnection: close\r\n\r\n`,
        ),
      )
      expect([400, 403]).toContain(answer.status)
      expect(answer.body).not.toContain(secretOfPage)
    }
  })

  it('is refused where none is named', async () => {
    const old = await exchange(fake.shell.port, `GET / HTTP/1.0\r\ncookie: ${fake.cookie}\r\n\r\n`)
    expectRefusal(parseAnswer(old))
    const none = await asUser({ target: '/', host: null })
    expect([400, 403]).toContain(none.status)
  })

  it('is refused where the target names another host than the header', async () => {
    for (const target of ['http://attacker.example/', `http://${fake.host}/`, '//attacker.example/']) {
      const answer = await asUser({ target })
      expect([400, 403, 404]).toContain(answer.status)
      expect(answer.body).not.toContain(secretOfPage)
    }
  })

  it.each(['x-forwarded-host', 'x-host', 'forwarded', 'x-original-url'])('is not changed by %s', async (name) => {
    expectRefusal(await asUser({ target: '/', host: 'attacker.example', headers: { [name]: fake.host } }))
    expect((await asUser({ target: '/', headers: { [name]: 'attacker.example' } })).status).toBe(200)
  })

  it('is told from the names of this server', async () => {
    for (const host of [fake.host, `localhost:${fake.shell.port}`, `LOCALHOST:${fake.shell.port}`]) {
      expect((await asUser({ target: '/', host })).status).toBe(200)
    }
  })
})

describe('without the token', () => {
  const wrong = () => [
    '',
    'x',
    fake.token.slice(0, -1),
    `${fake.token}x`,
    fake.token.toUpperCase(),
    `${fake.token}%00`,
    `%20${fake.token}`,
    'undefined',
    'null',
    'true',
    fake.cookie.split('=')[1],
  ]

  it('nothing is there', async () => {
    for (const target of [
      '/',
      '/index.html',
      '/blob/trace-r1',
      '/blob/none',
      '/none',
      '/socket',
      '/assets/index-B1a_-9xZ.js',
    ]) {
      expectRefusal(await send({ target }))
    }
  })

  it('a wrong one lets nobody in', async () => {
    for (const token of wrong()) expectRefusal(await send({ target: `/?token=${token}` }))
    expectRefusal(await send({ target: `/?token[]=${fake.token}` }))
    expectRefusal(await send({ target: `/?token=x&token=${fake.token}` }))
    expectRefusal(await send({ target: `/?TOKEN=${fake.token}` }))
  })

  it('a wrong cookie lets nobody in', async () => {
    const name = fake.cookie.split('=')[0]
    const cookies = [
      '',
      `${name}=`,
      `${name}=${fake.token}`,
      `${name}=x`,
      fake.cookie.slice(0, -1),
      `${fake.cookie}x`,
      `other=1, ${fake.cookie}`,
    ]
    for (const cookie of cookies) expectRefusal(await send({ target: '/', headers: { cookie } }))
    expectRefusal(
      await send({ target: '/', headers: { authorization: `Bearer ${fake.token}`, 'x-token': fake.token } }),
    )
  })

  it('the cookie is found among others', async () => {
    for (const cookie of [`a=b; ${fake.cookie}`, `${fake.cookie}; a=b`, `a=b;${fake.cookie};c=d`]) {
      expect((await send({ target: '/', headers: { cookie } })).status).toBe(200)
    }
  })
})

describe('the token', () => {
  it('is exchanged for a cookie that is another secret, and is gone from the address', async () => {
    const { status, headers, body } = await send({ target: `/?token=${fake.token}` })
    expect(status).toBe(303)
    expect(headers.location).toBe('/')
    expect(body).toBe('')
    expect(headers['set-cookie']).toMatch(/^strobe-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(headers['set-cookie']).not.toContain(fake.token)
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  })

  it('counts at the first address only', async () => {
    for (const target of ['/index.html', '/blob/trace-r1', '/assets/index-B1a_-9xZ.js', '/socket', '//', '/./']) {
      expectRefusal(await send({ target: `${target}?token=${fake.token}` }))
    }
    expectRefusal(await send({ target: '/', headers: { referer: `http://${fake.host}/?token=${fake.token}` } }))
    expectRefusal(await send({ target: `/?token=${fake.token}`, method: 'HEAD' }))
    expectRefusal(await send({ target: `/?token=${fake.token}`, method: 'POST' }))
    expectRefusal(
      await send({
        target: '/',
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(6 + fake.token.length),
        },
        body: `token=${fake.token}`,
      }),
    )
  })

  it('lets in from a link of another site by a page of its own, as a redirect would lose the cookie', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    const answer = await send({ target: `/?token=${fake.token}`, headers })
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toContain('HttpOnly')
    expect(answer.body).toContain('http-equiv="refresh" content="0; url=/"')
    expect(answer.body).not.toContain(fake.token)
  })

  it('in a ticket lets in once', async () => {
    const { pathname, search } = new URL(ticketAddress(fake.shell.address, Date.now()))
    expect(search).not.toContain(fake.token)
    expect((await send({ target: pathname + search })).status).toBe(303)
    expectRefusal(await send({ target: pathname + search }))
  })
})

describe('another page in the same browser, which sends the cookie along', () => {
  it.each([
    [
      'a page of another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
    ],
    ['a page of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    [
      'a script of another port',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
    ],
    [
      'a frame of another port',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    ],
  ])('is refused: %s', async (_what, headers) => {
    for (const target of ['/', '/blob/trace-r1', '/assets/index-B1a_-9xZ.js'])
      expectRefusal(await asUser({ target, headers }))
  })

  it('may lead to the page, and to nothing in it', async () => {
    const headers = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect((await asUser({ target: '/', headers })).status).toBe(200)
    expectRefusal(await asUser({ target: '/blob/report-1', headers }))
  })

  it('is not told that it may read anything', async () => {
    const headers = { origin: 'http://attacker.example', 'access-control-request-method': 'GET' }
    const answers = [
      await asUser({ target: '/', headers }),
      await asUser({ target: '/blob/trace-r1', headers }),
      await send({ target: '/', method: 'OPTIONS', headers }),
      await asUser({ target: '/', method: 'OPTIONS', headers }),
    ]
    for (const answer of answers) {
      const names = Object.keys(answer.headers)
      expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([])
      expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin')
    }
  })
})

describe('refusals', () => {
  it('are all one answer, whatever the reason is', async () => {
    const answers = [
      await send({ target: '/' }),
      await send({ target: '/blob/trace-r1' }),
      await send({ target: '/blob/none' }),
      await send({ target: '/?token=wrong' }),
      await send({ target: '/', method: 'DELETE' }),
      await send({ target: '/', headers: { cookie: 'strobe-1=wrong' } }),
      await asUser({ target: '/', host: 'attacker.example' }),
      await asUser({ target: '/', headers: { 'sec-fetch-site': 'cross-site' } }),
      await send({ target: `/?token=${fake.token}`, host: 'attacker.example' }),
    ]
    for (const answer of answers) expect(said(answer)).toEqual(said(answers[0] as RawAnswer))
    expectRefusal(answers[0] as RawAnswer)
  })

  it('of sockets too', async () => {
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    const answer = await asUser({ target: '/socket', headers: upgrade })
    expect(said(answer)).toEqual(said(await send({ target: '/' })))
  })
})
