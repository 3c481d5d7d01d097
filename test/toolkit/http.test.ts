import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { http } from '../../src/toolkit/index.ts'
import { recordCalls } from './recorder.ts'

let server: Server
let origin: string
let open = 0
let mostOpen = 0
/** Answers that `/held` requests wait for, in the order of their arrival. */
const held: (() => void)[] = []
const arrived: string[] = []

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? ''
  arrived.push(path)
  open++
  mostOpen = Math.max(mostOpen, open)
  response.on('close', () => open--)
  if (path.startsWith('/held')) {
    held.push(() => response.end(JSON.stringify({ path })))
  } else if (path.startsWith('/echo')) {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, headers } = request
      response.end(
        JSON.stringify({
          method,
          path,
          type: headers['content-type'],
          own: headers['x-own'],
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
  } else if (path.startsWith('/missing')) {
    response.writeHead(404).end('nothing here')
  } else if (path.startsWith('/broken')) {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
    setImmediate(() => response.destroy())
  } else {
    response.end(`Grüße von ${path}`)
  }
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

beforeAll(async () => {
  server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

describe('requests', () => {
  it('reads JSON, text and whole answers, and sends bodies', async () => {
    await using api = await http(origin)
    expect(await api.json('/echo?a=1')).toMatchObject({ method: 'GET', path: '/echo?a=1', body: '' })
    expect(await api.json('echo', { body: { a: 1 }, headers: { 'x-own': 'yes' } })).toMatchObject({
      method: 'POST',
      type: 'application/json',
      own: 'yes',
      body: '{"a":1}',
    })
    expect(await api.json('/echo', { method: 'put', body: 'as it is' })).toMatchObject({
      method: 'PUT',
      body: 'as it is',
    })
    expect(await api.text('/hello')).toBe('Grüße von /hello')
    const missing = await api.request('/missing')
    expect([missing.status, Buffer.from(missing.body).toString()]).toEqual([404, 'nothing here'])
    expect(await api.text(`${origin}/whole`)).toBe('Grüße von /whole')
    await using under = await http(`${origin}/base/`)
    expect(await under.text('/hello')).toBe('Grüße von /base/hello')
  })

  it('never has more requests under way than connections, serves in order, and tells who waits', async () => {
    const recorder = recordCalls('api')
    await using api = await http(origin, { connections: 2 })
    mostOpen = 0
    arrived.length = 0
    const answers = Promise.all(Array.from({ length: 6 }, (_, index) => api.json(`/held/${index}`)))
    for (let served = 0; served < 6; served++) {
      await waitFor(() => held.length > 0)
      held.shift()?.()
    }
    expect((await answers).map((each) => each.path)).toEqual(Array.from({ length: 6 }, (_, index) => `/held/${index}`))
    recorder.stop()
    expect(mostOpen).toBe(2)
    // The first two go over two connections at once: which of them the server sees first is chance.
    expect(arrived.slice(2)).toEqual(['/held/2', '/held/3', '/held/4', '/held/5'])
    expect(recorder.of('waiting').map((event) => event.count)).toEqual([1, 2, 3, 4, 3, 2, 1, 0])
    expect(recorder.of('waiting').every((event) => event.resource === 'api')).toBe(true)
    const waits = new Map(recorder.of('end').map((end) => [end.call, end.waitNanoseconds]))
    const inOrder = recorder.of('start').map((start) => waits.get(start.call) ?? -1)
    expect(inOrder.slice(0, 2)).toEqual([0, 0])
    expect(inOrder.slice(2).every((wait) => wait > 0)).toBe(true)
    expect(recorder.of('start').every((start) => start.detail === 'GET /held/:id')).toBe(true)
  })

  it('sends several over one connection where pipelining says so', async () => {
    await using api = await http(origin, { connections: 1, pipelining: 3 })
    await api.text('/warm')
    const texts = await Promise.all(['/a', '/b', '/c', '/d'].map((path) => api.text(path)))
    expect(texts).toEqual(['/a', '/b', '/c', '/d'].map((path) => `Grüße von ${path}`))
  })
})

describe('failures', () => {
  it('says the status and the URL without what may be secret', async () => {
    await using api = await http(origin)
    await expect(api.json('/missing/7?token=geheim')).rejects.toMatchObject({
      code: 'toolkit.http-status',
      message: `GET ${origin}/missing/7?… answered with status 404.`,
      data: { status: 404, url: `${origin}/missing/7?…` },
    })
    await expect(api.json('/hello')).rejects.toMatchObject({ code: 'toolkit.http-not-json' })
  })

  it('gives up after the timeout and frees the connection', async () => {
    await using api = await http(origin, { timeout: 40, connections: 1 })
    await expect(api.json('/held/for-ever')).rejects.toMatchObject({
      code: 'toolkit.http-timeout',
      data: { timeout: 40 },
    })
    held.length = 0
    expect(await api.text('/after')).toContain('/after')
  })

  it('tells a server that is not there from one that breaks off', async () => {
    await using nobody = await http('http://127.0.0.1:1')
    await expect(nobody.text('/')).rejects.toMatchObject({ code: 'toolkit.http-refused' })
    await using api = await http(origin)
    await expect(api.text('/broken')).rejects.toMatchObject({ code: 'toolkit.http-broken' })
    expect(await api.text('/after')).toContain('/after')
  })

  it('ends with the reason of the caller, under way or in the queue, and serves the others', async () => {
    const recorder = recordCalls()
    await using api = await http(origin, { connections: 1 })
    const controllers = [new AbortController(), new AbortController()]
    const first = api.json('/held/a', { signal: controllers[0]!.signal })
    const second = api.json('/held/b', { signal: controllers[1]!.signal })
    const third = api.text('/c')
    const outcomes = Promise.allSettled([first, second])
    await waitFor(() => held.length === 1)
    controllers[1]!.abort(new Error('changed my mind'))
    controllers[0]!.abort(new Error('me too'))
    expect((await outcomes).map((outcome) => outcome.status === 'rejected' && outcome.reason.message)).toEqual([
      'me too',
      'changed my mind',
    ])
    expect(await third).toContain('/c')
    await expect(api.text('/d', { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
    recorder.stop()
    held.length = 0
    expect(recorder.of('end').map((end) => end.ok)).toEqual([false, false, true, false])
    expect(recorder.of('waiting').at(-1)?.count).toBe(0)
  })

  it('refuses a base that is none, credentials in it, and knobs out of range', async () => {
    for (const attempt of [http('shop'), http('ftp://x'), http('http://me:pw@x'), http(origin, { connections: 0 })]) {
      await expect(attempt).rejects.toMatchObject({ code: 'toolkit.option' })
    }
  })

  it('close waits for what was asked before it and refuses what comes after', async () => {
    const api = await http(origin, { connections: 1 })
    const pending = Promise.all([api.text('/one'), api.text('/two')])
    const closing = api.close()
    await expect(api.text('/three')).rejects.toMatchObject({ code: 'toolkit.closed' })
    let answered = false
    void pending.then(() => {
      answered = true
    })
    await closing
    expect(answered).toBe(true)
    await api.close()
  })
})

describe('a subscriber that also listens to undici', () => {
  it('sees every request of the toolkit created between send and sent', async () => {
    const log: string[] = []
    const toolkit = (event: unknown) => log.push((event as { type: string }).type)
    const undici = () => log.push('created')
    subscribe('strobe:call', toolkit)
    subscribe('undici:request:create', undici)
    await using api = await http(origin, { connections: 2 })
    await Promise.all(Array.from({ length: 20 }, () => api.text('/x')))
    unsubscribe('strobe:call', toolkit)
    unsubscribe('undici:request:create', undici)
    const places = log.flatMap((entry, index) => (entry === 'created' ? [index] : []))
    expect(places).toHaveLength(20)
    for (const place of places) expect([log[place - 1], log[place + 1]]).toEqual(['send', 'sent'])
  })
})
