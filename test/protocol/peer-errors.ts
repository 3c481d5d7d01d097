import { describe, expect, it } from 'vitest'
import { errorFrom, StrobeError } from '../../src/base/index.ts'
import { fakeService, until } from './fake-service.ts'
import { type Peer, rejection } from './peer-link.ts'

/** What goes wrong in a call. */
export function describeErrors({ name, connect }: Peer): void {
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
}
