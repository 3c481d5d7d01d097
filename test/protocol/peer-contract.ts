import { afterEach, describe, expect, it } from 'vitest'
import { errorFrom, StrobeError } from '../../src/base/index.ts'
import {
  type ConnectionState,
  type ConnectOptions,
  connectClient,
  contractVersion,
  type OpenTransport,
  type ServeOptions,
  type StudioClient,
  serveClient,
  type Transport,
} from '../../src/protocol/index.ts'
import { type FakeService, fakeService, gate, until } from './fake-service.ts'

/** A way between a client and a server, as a test can make and break it. */
export interface PeerLink {
  readonly open: OpenTransport
  /** Cuts what is open, as a fault would. */
  cut(): void
  stop(): void | Promise<void>
}

/** Makes a link whose server side is handed to `accept`, once for each connection. */
export type LinkMaker = (accept: (transport: Transport) => void) => PeerLink | Promise<PeerLink>

const stops: Array<() => unknown> = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** Everything that holds over every transport. */
export function describePeer(name: string, makeLink: LinkMaker): void {
  async function connect(service: FakeService, options: ConnectOptions & ServeOptions = {}) {
    const { client, link } = await connectTo((transport) => serveClient(transport, service, options), options)
    await until(() => client.state === 'open')
    return { client, link }
  }

  async function connectTo(accept: (transport: Transport) => void, options: ConnectOptions = {}) {
    const link = await makeLink(accept)
    const client = connectClient(link.open, { backoff: () => 5, ...options })
    stops.push(
      () => link.stop(),
      () => client.close(),
    )
    return { client, link }
  }

  /** A raw transport, past the handshake, and all that it gets. */
  async function openRaw(service: FakeService, options: ServeOptions = {}) {
    const link = await makeLink((transport) => serveClient(transport, service, options))
    stops.push(() => link.stop())
    const transport = await link.open(new AbortController().signal)
    const received: unknown[] = []
    const closed = gate()
    transport.onMessage((message) => received.push(message))
    transport.onClose(() => closed.resolve())
    transport.send({ type: 'hello', contractVersion })
    await until(() => received.length === 1)
    return { transport, received, closed: closed.promise }
  }

  const rejection = (promise: Promise<unknown>) =>
    promise.then(
      () => 'it was kept',
      (thrown: unknown) => thrown,
    )

  describe(`calls over ${name}`, () => {
    it('answers, with params validated and completed', async () => {
      const { client } = await connect(fakeService({ 'jobs.log': (params) => ({ job: 'j', ...(params as object) }) }))
      expect(await client.call('jobs.log', { id: 'a' })).toEqual({ job: 'j', id: 'a', from: 0 })
    })

    it('those made before it is open wait for it, in order', async () => {
      const seen: unknown[] = []
      const service = fakeService({ 'runs.get': ({ id }: { id: string }) => seen.push(id) })
      const { client } = await connectTo((transport) => serveClient(transport, service))
      expect(client.state).toBe('connecting')
      await Promise.all([client.call('runs.get', { id: 'a' }), client.call('runs.get', { id: 'b' })])
      expect(seen).toEqual(['a', 'b'])
    })

    it('answers each with its own, whatever comes first', async () => {
      const gates = { slow: gate<string>(), quick: gate<string>() }
      const service = fakeService({ 'runs.get': ({ id }: { id: 'slow' | 'quick' }) => gates[id].promise })
      const { client } = await connect(service)
      const slow = client.call('runs.get', { id: 'slow' })
      const quick = client.call('runs.get', { id: 'quick' })
      gates.quick.resolve('q')
      expect(await quick).toBe('q')
      gates.slow.resolve('s')
      expect(await slow).toBe('s')
    })

    it('refuses bad params with their path, and does not call the handler', async () => {
      let calls = 0
      const { client } = await connect(fakeService({ 'runs.list': () => calls++, 'jobs.start': () => calls++ }))
      const error = await rejection(client.call('runs.list', { limit: 5000 }))
      expect(error).toMatchObject({ code: 'protocol.bad-params', data: { method: 'runs.list', path: 'limit' } })
      expect((error as Error).message).toMatch(/^runs\.list, at "limit": /)
      const nested = { kind: 'run', file: 'a', capture: { level: 'loud' } } as never
      expect(await rejection(client.call('jobs.start', nested))).toMatchObject({ data: { path: 'capture.level' } })
      expect(await rejection(client.call('runs.list', null as never))).toMatchObject({ code: 'protocol.bad-params' })
      expect(calls).toBe(0)
    })

    it.each(['runs.unknown', 'constructor', '__proto__', ''])('knows no method "%s"', async (method) => {
      const { client } = await connect(fakeService({}))
      expect(await rejection(client.call(method as 'studio.state', {}))).toMatchObject({
        code: 'protocol.unknown-method',
        data: { method },
      })
    })

    it('keeps what JSON loses: floats, NaN, infinities, bigints, keys of any name, nothing at all', async () => {
      const value = {
        floats: new Float64Array([1, Number.NaN, -0.5, Number.NEGATIVE_INFINITY]),
        list: [Number.NaN, Number.POSITIVE_INFINITY, 12n, null, '', '\ud800', 'ü'],
        $f64: 'mine',
        $$x: { $number: '1' },
        deep: { a: [{ b: [new Float64Array(0)] }] },
      }
      const { client } = await connect(fakeService({ 'runs.get': () => value, 'studio.state': () => undefined }))
      expect(await client.call('runs.get', { id: 'a' })).toStrictEqual(value)
      expect(await client.call('studio.state', {})).toBeUndefined()
    })

    it('carries params with the same care', async () => {
      const seen: unknown[] = []
      const { client } = await connect(fakeService({ 'jobs.start': (params) => seen.push(params) }))
      const request = {
        kind: 'run',
        file: 'a',
        params: { list: [Number.NaN, 3n], data: new Float64Array([2]) },
      } as const
      await client.call('jobs.start', request)
      expect(seen).toStrictEqual([request])
    })

    it('carries a large answer', async () => {
      const value = { text: 'x'.repeat(5_000_000), numbers: new Float64Array(1_000_000).fill(0.1) }
      const { client } = await connect(fakeService({ 'runs.get': () => value }))
      const answer: unknown = await client.call('runs.get', { id: 'a' })
      expect((answer as typeof value).text.length).toBe(5_000_000)
      expect((answer as typeof value).numbers.at(-1)).toBe(0.1)
    })
  })

  describe(`errors over ${name}`, () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    const foreign: ReadonlyArray<readonly [string, unknown, string]> = [
      ['a function', { a: [() => {}] }, 'result.a[0]'],
      ['a Map', { a: new Map() }, 'result.a'],
      ['a Date', new Date(), 'result'],
      ['a Uint32Array', { columns: { id: new Uint32Array(2) } }, 'result.columns.id'],
      ['an object of a class', { a: new (class Thing {})() }, 'result.a'],
      ['a hole in a list', [1, undefined], 'result[1]'],
      ['a symbol', { a: Symbol('a') }, 'result.a'],
      ['something with toJSON', { a: { toJSON: () => 1 } }, 'result.a.toJSON'],
    ]

    it.each(foreign)(
      '%s is an error of that call, which names its place; the connection lives',
      async (_what, value, place) => {
        const { client } = await connect(fakeService({ 'runs.get': () => value, 'studio.state': () => 'alive' }))
        const error = await rejection(client.call('runs.get', { id: 'a' }))
        expect(error).toMatchObject({ code: 'protocol.not-cloneable', data: { place } })
        expect(await client.call('studio.state', {})).toBe('alive')
      },
    )

    it('what contains itself is one too', async () => {
      const { client } = await connect(fakeService({ 'runs.get': () => circle, 'studio.state': () => 'alive' }))
      expect(await rejection(client.call('runs.get', { id: 'a' }))).toMatchObject({ code: 'protocol.not-cloneable' })
      expect(await client.call('studio.state', {})).toBe('alive')
    })

    it('params that cannot travel do not leave', async () => {
      let calls = 0
      const { client } = await connect(fakeService({ 'jobs.start': () => calls++, 'studio.state': () => 'alive' }))
      const request = { kind: 'run', file: 'a', params: { f: () => {} } } as const
      const error = await rejection(client.call('jobs.start', request))
      expect(error).toMatchObject({ code: 'protocol.not-cloneable', data: { place: 'params.params.f' } })
      expect(await client.call('studio.state', {})).toBe('alive')
      expect(calls).toBe(0)
    })

    it('an event that cannot travel is left out, and told to the server', async () => {
      const bugs: unknown[] = []
      const service = fakeService({})
      const { client } = await connect(service, {
        onBug: (thrown, where) => bugs.push([(thrown as StrobeError).code, where]),
      })
      const seen: unknown[] = []
      client.on('changed', (payload) => seen.push(payload))
      await until(() => service.listenersOf('changed') === 1)
      service.publish('changed', [() => {}])
      service.publish('changed', ['runs'])
      await until(() => seen.length === 1)
      expect(bugs).toEqual([['protocol.not-cloneable', 'changed']])
    })

    it('keep code, message, data and causes, without a stack of ours', async () => {
      const cause = new StrobeError('store.io', 'The disk failed.', { data: { path: '/x' } })
      const thrown = new StrobeError('engine.unknown-id', 'No run.', {
        data: { id: 'r', floats: new Float64Array([1]) },
        cause,
      })
      const { client } = await connect(fakeService({ 'runs.get': () => Promise.reject(thrown) }))
      const error = (await rejection(client.call('runs.get', { id: 'r' }))) as StrobeError
      expect(error).toBeInstanceOf(StrobeError)
      expect(error).toMatchObject({ code: 'engine.unknown-id', message: 'No run.', data: thrown.data })
      expect(error.cause).toMatchObject({ code: 'store.io', data: { path: '/x' } })
      expect(error.stack).not.toContain('fake-service')
    })

    it('of the user’s own code keep their stack', async () => {
      const record = { code: 'user.error', message: 'mine', stack: 'Error: mine\n    at step (orders.workflow.ts:3:5)' }
      const cause = { code: 'store.io', message: 'ours', stack: 'Error: ours\n    at inside (secret.ts:1:1)' }
      const { client } = await connect(
        fakeService({
          'runs.get': () => {
            throw errorFrom({ ...record, cause })
          },
        }),
      )
      const error = (await rejection(client.call('runs.get', { id: 'r' }))) as StrobeError
      expect(error.stack).toBe(record.stack)
      expect((error.cause as Error).stack).not.toContain('secret.ts')
    })

    it('without a code are ours: the page gets the message, the server is told', async () => {
      const bugs: unknown[] = []
      const service = fakeService({
        'runs.get': () => {
          throw new TypeError('x is not a function')
        },
      })
      const { client } = await connect(service, { onBug: (thrown, method) => bugs.push([String(thrown), method]) })
      const error = (await rejection(client.call('runs.get', { id: 'r' }))) as StrobeError
      expect(error.code).toBe('protocol.internal')
      expect(error.message).toContain('x is not a function')
      expect(bugs).toEqual([['TypeError: x is not a function', 'runs.get']])
    })

    it('with data that cannot travel come without it', async () => {
      const thrown = new StrobeError('engine.odd', 'Odd.', { data: { f: () => {} } })
      const { client } = await connect(fakeService({ 'runs.get': () => Promise.reject(thrown) }))
      expect(await rejection(client.call('runs.get', { id: 'r' }))).toMatchObject({
        code: 'engine.odd',
        message: 'Odd.',
        data: {},
      })
    })
  })

  describe(`cancelling over ${name}`, () => {
    it('reaches the handler, and rejects at once', async () => {
      const heard = gate<unknown>()
      const service = fakeService({
        'advice.find': (_params, { signal }) => {
          signal.addEventListener('abort', () => heard.resolve(signal.reason), { once: true })
          return new Promise(() => {})
        },
      })
      const { client } = await connect(service)
      const stop = new AbortController()
      const call = client.call('advice.find', {}, { signal: stop.signal })
      stop.abort()
      expect(await rejection(call)).toMatchObject({ code: 'cancelled' })
      expect(await heard.promise).toMatchObject({ code: 'cancelled' })
    })

    it('before it was sent, nothing is', async () => {
      let calls = 0
      const { client } = await connect(fakeService({ 'studio.state': () => ++calls }))
      expect(await rejection(client.call('studio.state', {}, { signal: AbortSignal.abort() }))).toMatchObject({
        code: 'cancelled',
      })
      expect(await client.call('studio.state', {})).toBe(1)
    })

    it('whatever the handler throws then, it was cancelled', async () => {
      const service = fakeService({
        'advice.find': (_params, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('Aborted by somebody')), { once: true })
          }),
      })
      const { transport, received } = await openRaw(service)
      transport.send({ type: 'call', id: 7, method: 'advice.find', params: {} })
      transport.send({ type: 'cancel', id: 7 })
      await until(() => received.length === 2)
      expect(received[1]).toMatchObject({ type: 'error', id: 7, error: { code: 'cancelled' } })
    })
  })

  describe(`events over ${name}`, () => {
    it('reach all listeners in order, from when they listen until they stop', async () => {
      const service = fakeService({ 'studio.state': () => null })
      const { client } = await connect(service)
      const seen: string[] = []
      const stopFirst = client.on('changed', ([what]) => seen.push(`1 ${what}`))
      const stopSecond = client.on('changed', ([what]) => seen.push(`2 ${what}`))
      await until(() => service.listenersOf('changed') === 1)
      service.publish('changed', ['runs'])
      service.publish('changed', ['advice'])
      await until(() => seen.length === 4)
      expect(seen).toEqual(['1 runs', '2 runs', '1 advice', '2 advice'])
      stopFirst()
      stopFirst()
      service.publish('changed', ['budgets'])
      await until(() => seen.length === 5)
      expect(seen.at(-1)).toBe('2 budgets')
      stopSecond()
      await until(() => service.listenersOf('changed') === 0)
    })

    it('a function that listens twice is told twice, and stops one at a time', async () => {
      const service = fakeService({})
      const { client } = await connect(service)
      let count = 0
      const listener = () => count++
      const stop = client.on('changed', listener)
      client.on('changed', listener)
      await until(() => service.listenersOf('changed') === 1)
      service.publish('changed', [])
      await until(() => count === 2)
      stop()
      service.publish('changed', [])
      await until(() => count === 3)
    })

    it('that nobody listens to do not travel', async () => {
      const service = fakeService({})
      const { transport, received } = await openRaw(service)
      transport.send({ type: 'subscribe', event: 'job' })
      transport.send({ type: 'subscribe', event: 'job' })
      transport.send({ type: 'subscribe', event: 'no such event' })
      await until(() => service.listenersOf('job') === 1)
      service.publish('changed', ['runs'])
      service.publish('job', { id: 'j' })
      await until(() => received.length === 2)
      expect(received[1]).toEqual({ type: 'event', event: 'job', payload: { id: 'j' } })
    })
  })

  describe(`losing the connection over ${name}`, () => {
    it('rejects what is open, cancels it in the server, connects again, and what was listened to goes on', async () => {
      const heard = gate()
      const service = fakeService({
        'advice.find': (_params, { signal }) => {
          signal.addEventListener('abort', () => heard.resolve(), { once: true })
          return new Promise(() => {})
        },
        'studio.state': () => 'again',
      })
      const { client, link } = await connect(service)
      const states: ConnectionState[] = []
      client.onState((state) => states.push(state))
      const seen: unknown[] = []
      client.on('changed', (payload) => seen.push(payload))
      const call = client.call('advice.find', {})
      await until(() => service.listenersOf('changed') === 1)
      link.cut()
      expect(await rejection(call)).toMatchObject({ code: 'connection.lost' })
      await heard.promise
      await until(() => client.state === 'open')
      expect(states).toEqual(['lost', 'open'])
      expect(client.problem).toBeUndefined()
      await until(() => service.listenersOf('changed') === 1)
      service.publish('changed', ['runs'])
      await until(() => seen.length === 1)
      expect(await client.call('studio.state', {})).toBe('again')
    })

    it('begins to count attempts anew once it was open again', async () => {
      const attempts: number[] = []
      const backoff = (attempt: number) => {
        attempts.push(attempt)
        return 1
      }
      const { client, link } = await connect(fakeService({}), { backoff })
      for (let time = 1; time <= 2; time++) {
        link.cut()
        await until(() => attempts.length === time)
        await until(() => client.state === 'open')
      }
      expect(attempts).toEqual([1, 1])
    })

    it('rejects what is asked meanwhile, and says why', async () => {
      const { client, link } = await connect(fakeService({}), { backoff: () => 60_000 })
      link.cut()
      await until(() => client.state === 'lost')
      expect(client.problem).toMatch(/lost/)
      expect(await rejection(client.call('studio.state', {}))).toMatchObject({ code: 'connection.lost' })
    })

    it('waits longer each time that it cannot be opened', async () => {
      const attempts: number[] = []
      const client = connectClient(() => Promise.reject(new Error('no')), {
        backoff: (attempt) => {
          attempts.push(attempt)
          return 1
        },
      })
      stops.push(() => client.close())
      const early = rejection(client.call('studio.state', {}))
      await until(() => attempts.length >= 4)
      expect(attempts.slice(0, 4)).toEqual([1, 2, 3, 4])
      expect(await early).toMatchObject({ code: 'connection.lost' })
    })

    it('leaves nothing behind in the server when the client goes', async () => {
      const heard = gate()
      const service = fakeService({
        'advice.find': (_params, { signal }) => {
          signal.addEventListener('abort', () => heard.resolve(), { once: true })
          return new Promise(() => {})
        },
      })
      const { client } = await connect(service)
      client.on('changed', () => {})
      client.on('job', () => {})
      const call = client.call('advice.find', {})
      await until(() => service.listenersOf('job') === 1)
      client.close()
      expect(await rejection(call)).toMatchObject({ code: 'connection.lost' })
      await heard.promise
      await until(() => service.listenersOf('changed') + service.listenersOf('job') === 0)
      expect(await rejection(client.call('studio.state', {}))).toMatchObject({ code: 'connection.lost' })
    })
  })

  it(`what comes over ${name} before somebody listens is kept, in order`, async () => {
    const accepted = gate<Transport>()
    const link = await makeLink(accepted.resolve)
    stops.push(() => link.stop())
    const client = await link.open(new AbortController().signal)
    const server = await accepted.promise
    for (let number = 0; number < 3; number++) client.send({ number })
    await new Promise((resolve) => setTimeout(resolve, 20))
    const received: unknown[] = []
    server.onMessage((message) => received.push(message))
    await until(() => received.length === 3)
    expect(received).toEqual([{ number: 0 }, { number: 1 }, { number: 2 }])
  })

  describe(`versions over ${name}`, () => {
    it('a client that finds another version is refused, says so, and does not try again', async () => {
      let connections = 0
      const { client } = await connectTo((transport) => {
        connections++
        transport.onMessage(() => transport.send({ type: 'hello', contractVersion: contractVersion + 1 }))
      })
      const waiting = rejection(client.call('studio.state', {}))
      await until(() => client.state === 'refused')
      expect(client.problem).toMatch(/another version/)
      expect(await waiting).toMatchObject({ code: 'protocol.version' })
      expect(await rejection(client.call('studio.state', {}))).toMatchObject({ code: 'protocol.version' })
      await new Promise((resolve) => setTimeout(resolve, 30))
      expect(connections).toBe(1)
    })

    it('a server does nothing for a client of another version', async () => {
      let calls = 0
      const link = await makeLink((transport) => serveClient(transport, fakeService({ 'studio.state': () => ++calls })))
      stops.push(() => link.stop())
      const transport = await link.open(new AbortController().signal)
      const received: unknown[] = []
      transport.onMessage((message) => received.push(message))
      transport.send({ type: 'call', id: 0, method: 'studio.state', params: {} })
      transport.send({ type: 'hello', contractVersion: contractVersion + 1 })
      transport.send({ type: 'call', id: 1, method: 'studio.state', params: {} })
      transport.send({ type: 'subscribe', event: 'job' })
      await until(() => received.length === 1)
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(received).toEqual([{ type: 'hello', contractVersion }])
      expect(calls).toBe(0)
    })
  })

  describe(`a client that means no good, over ${name}`, () => {
    const noise: ReadonlyArray<readonly [string, unknown]> = [
      ['no object', 'hello'],
      ['nothing', null],
      ['a list', []],
      ['an unknown type', { type: 'shutdown' }],
      ['a call without an id', { type: 'call', method: 'studio.state', params: {} }],
      ['a call with a number for a method', { type: 'call', id: 1, method: 7, params: {} }],
      ['a negative id', { type: 'call', id: -1, method: 'studio.state', params: {} }],
      ['an endless name', { type: 'subscribe', event: 'x'.repeat(1000) }],
    ]

    it.each(noise)('%s ends its connection and nobody else’s', async (_what, message) => {
      const service = fakeService({ 'studio.state': () => 'alive' })
      const { transport, closed } = await openRaw(service)
      transport.send(message)
      await closed
      const { client } = await connect(service)
      expect(await client.call('studio.state', {})).toBe('alive')
    })

    it('has so many calls open and no more, those that it cancelled included', async () => {
      const service = fakeService({ 'advice.find': () => new Promise(() => {}), 'studio.state': () => 'alive' })
      const { transport, received } = await openRaw(service, { mostCalls: 3 })
      for (let id = 0; id < 3; id++) {
        transport.send({ type: 'call', id, method: 'advice.find', params: {} })
        transport.send({ type: 'cancel', id })
      }
      transport.send({ type: 'call', id: 3, method: 'studio.state', params: {} })
      await until(() => received.length === 2)
      expect(received[1]).toMatchObject({ type: 'error', id: 3, error: { code: 'protocol.too-many-calls' } })
    })

    it('gets no second answer under one number', async () => {
      const { transport, closed } = await openRaw(fakeService({ 'advice.find': () => new Promise(() => {}) }))
      transport.send({ type: 'call', id: 1, method: 'advice.find', params: {} })
      transport.send({ type: 'call', id: 1, method: 'advice.find', params: {} })
      await closed
    })
  })
}

/** A client over a link that is there already. */
export function clientOver(open: OpenTransport, options: ConnectOptions = {}): StudioClient {
  const client = connectClient(open, { backoff: () => 5, ...options })
  stops.push(() => client.close())
  return client
}
