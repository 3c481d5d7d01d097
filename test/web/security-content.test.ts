import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  exchange,
  type FakeShell,
  type RawRequest,
  secretOfBlob,
  secretOfPage,
  startFakeShell,
} from './fake-studio.ts'

// Exploits of those who got in, or of what is served to them: each must fail.

let fake: FakeShell
beforeAll(async () => {
  fake = await startFakeShell()
})
afterAll(() => fake.end())

const send = (request: RawRequest) => ask(fake.shell.port, request)
const asUser = (request: RawRequest) => send({ ...request, headers: { cookie: fake.cookie, ...request.headers } })

describe('paths out of the folder', () => {
  it.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/assets/..;/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/%2e%2e%2fsecret.json',
    '/%252e%252e/secret.json',
    '/%252e%252e%252fsecret.json',
    '/..%255csecret.json',
    '/..\\secret.json',
    '/..%5csecret.json',
    '/%c0%ae%c0%ae/secret.json',
    '/link.json',
    '/folder.js',
    '/secret.json%00.html',
    '/index.html%00',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/etc/passwd',
    '/C:/Windows/win.ini',
    '/c%3a%5cWindows%5cwin.ini',
    '/index.html::$DATA',
    '/assets/',
    '/blob/../secret.json',
    '/blob/..%2fsecret.json',
    '/blob/trace-r1%00',
    '/blob/trace-r1%0d%0aset-cookie:%20a=b',
    '/blob/',
    '/blob/none',
    '/blob/__proto__',
    '/blob/constructor',
    '/none.html',
  ])('%s leads to nothing', async (target) => {
    const answer = await asUser({ target })
    expect(answer.status).toBe(404)
    expect(answer.body).not.toMatch(/secret|root:/)
    expect(answer.headers).not.toHaveProperty('set-cookie')
  })

  it('are not asked of the studio, where no id can be', async () => {
    fake.studio.asked.length = 0
    await asUser({ target: '/blob/..%2fsecret.json' })
    await asUser({ target: '/blob/trace-r1%00' })
    expect(fake.studio.asked).toEqual([])
  })
})

describe('methods', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE'])('%s does nothing', async (method) => {
    expect((await send({ target: '/', method })).status).toBe(403)
    const answer = await asUser({ target: '/', method })
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
    expect(answer.body).not.toContain(secretOfPage)
  })

  it('are not changed by a header', async () => {
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'POST' }
    expect((await asUser({ target: '/', headers })).status).toBe(200)
    expect((await asUser({ target: '/', method: 'POST', headers: { 'x-http-method-override': 'GET' } })).status).toBe(
      405,
    )
  })

  it('HEAD tells what GET would, without the body', async () => {
    const head = await asUser({ target: '/blob/trace-r1', method: 'HEAD' })
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': String(secretOfBlob.length) } })
    expect((await send({ target: '/', method: 'HEAD' })).status).toBe(403)
  })

  it('CONNECT opens no way through', async () => {
    const text = await exchange(
      fake.shell.port,
      `CONNECT attacker.example:80 HTTP/1.1\r\nhost: ${fake.host}\r\ncookie: ${fake.cookie}\r\n\r\n`,
    )
    expect(text).not.toMatch(/ 200 /)
  })

  it('an expectation is no way around', async () => {
    for (const expectation of ['100-continue', 'something']) {
      expect((await send({ target: '/', headers: { expect: expectation } })).status).toBe(403)
    }
  })

  it('a second request behind the first is a request of its own', async () => {
    const smuggled = `GET / HTTP/1.1\r\nhost: ${fake.host}\r\n\r\n`
    const text = await exchange(
      fake.shell.port,
      `POST / HTTP/1.1\r\nhost: ${fake.host}\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n0\r\n\r\n${smuggled}`,
    )
    expect(text).not.toContain(secretOfPage)
  })
})

describe('headers that an answer is made from', () => {
  it('do not become other headers', async () => {
    const report = await asUser({ target: '/blob/report-1' })
    expect(report.status).toBe(200)
    expect(report.headers).not.toHaveProperty('set-cookie')
    expect(report.headers['content-disposition']).toMatch(/^attachment; filename="[^"]*"; filename\*=UTF-8''\S*$/)
    const odd = await asUser({ target: '/blob/odd-1' })
    expect(odd).toMatchObject({ status: 200, headers: { 'content-type': 'application/octet-stream' } })
    expect(odd.headers).not.toHaveProperty('set-cookie')
  })

  it('are not the asker’s', async () => {
    const answer = await send({
      target: '/<script>alert(1)</script>',
      headers: { 'user-agent': '<script>', referer: 'http://a.example/' },
    })
    expect(answer.status).toBe(403)
    expect(JSON.stringify(answer)).not.toContain('script>')
    const missing = await asUser({ target: '/<script>alert(1)</script>' })
    expect(missing.body).not.toContain('script>')
  })
})

describe('a script in a report', () => {
  it('has no origin and may not run where it is shown', async () => {
    const shown = await asUser({ target: '/blob/report-1?preview' })
    expect(shown.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    })
    expect(shown.headers).not.toHaveProperty('content-disposition')
    const policy = (shown.headers['content-security-policy'] ?? '').split('; ')
    expect(policy).toContain('sandbox')
    expect(policy).toContain("default-src 'none'")
    expect(policy.filter((directive) => directive.startsWith('script-src'))).toEqual([])
    const saved = await asUser({ target: '/blob/report-1' })
    expect(saved.headers['content-disposition']).toMatch(/^attachment/)
    expect(saved.headers['content-security-policy']).toContain('sandbox')
  })
})

describe('what goes wrong inside', () => {
  it('is not told to the page, unless it is a sentence for people', async () => {
    fake.studio.problem = new Error('/home/somebody/private')
    const answer = await asUser({ target: '/blob/trace-r1' })
    expect(answer.status).toBe(500)
    expect(answer.body).not.toContain('private')
    expect(fake.bugs).toEqual([fake.studio.problem])
    fake.studio.problem = undefined
  })
})
