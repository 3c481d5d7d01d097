import { describe, expect, it } from 'vitest'
import { serveClient } from '../../src/protocol/index.ts'
import { fakeService, gate, until } from './fake-service.ts'
import { type Peer, rejection } from './peer-link.ts'

/** What is called, answered and cancelled. */
export function describeCalls({ name, connect, connectTo, openRaw }: Peer): void {
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
}
