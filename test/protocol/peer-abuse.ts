import { describe, expect, it } from 'vitest'
import { fakeService, until } from './fake-service.ts'
import type { Peer } from './peer-link.ts'

/** What a client may not do. */
export function describeAbuse({ name, connect, openRaw }: Peer): void {
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
