import { describe, expect, it } from 'vitest'
import {
  type ConnectionState,
  connectClient,
  contractVersion,
  serveClient,
  type Transport,
} from '../../src/protocol/index.ts'
import { fakeService, gate, until } from './fake-service.ts'
import { afterTest, type Peer, rejection } from './peer-link.ts'

/** What is listened to, what is lost, and who is refused. */
export function describeConnection({ name, makeLink, connect, connectTo, openRaw }: Peer): void {
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
      afterTest(() => client.close())
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
    afterTest(() => link.stop())
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
      afterTest(() => link.stop())
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
}
