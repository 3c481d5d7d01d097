import { afterEach } from 'vitest'
import {
  type ConnectOptions,
  connectClient,
  contractVersion,
  type OpenTransport,
  type ServeOptions,
  type StudioClient,
  serveClient,
  type Transport,
} from '../../src/protocol/index.ts'
import { type FakeService, gate, until } from './fake-service.ts'

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

/** Stops something after the test, what came last first. */
export function afterTest(...actions: ReadonlyArray<() => unknown>): void {
  stops.push(...actions)
}

/** A transport under test: its name, and ways to speak over it. */
export interface Peer {
  readonly name: string
  readonly makeLink: LinkMaker
  /** A client that is connected to a service. */
  connect(
    service: FakeService,
    options?: ConnectOptions & ServeOptions,
  ): Promise<{ readonly client: StudioClient; readonly link: PeerLink }>
  /** A client whose other side does what a test says. */
  connectTo(
    accept: (transport: Transport) => void,
    options?: ConnectOptions,
  ): Promise<{ readonly client: StudioClient; readonly link: PeerLink }>
  /** A bare transport, past the handshake, and all that it gets. */
  openRaw(
    service: FakeService,
    options?: ServeOptions,
  ): Promise<{ readonly transport: Transport; readonly received: readonly unknown[]; readonly closed: Promise<void> }>
}

export function peerOver(name: string, makeLink: LinkMaker): Peer {
  const connectTo: Peer['connectTo'] = async (accept, options = {}) => {
    const link = await makeLink(accept)
    const client = connectClient(link.open, { backoff: () => 5, ...options })
    afterTest(
      () => link.stop(),
      () => client.close(),
    )
    return { client, link }
  }
  return {
    ...{ name, makeLink, connectTo },
    connect: async (service, options = {}) => {
      const { client, link } = await connectTo((transport) => serveClient(transport, service, options), options)
      await until(() => client.state === 'open')
      return { client, link }
    },
    openRaw: async (service, options = {}) => {
      const link = await makeLink((transport) => serveClient(transport, service, options))
      afterTest(() => link.stop())
      const transport = await link.open(new AbortController().signal)
      const received: unknown[] = []
      const closed = gate()
      transport.onMessage((message) => received.push(message))
      transport.onClose(() => closed.resolve())
      transport.send({ type: 'hello', contractVersion })
      await until(() => received.length === 1)
      return { transport, received, closed: closed.promise }
    },
  }
}

/** What a promise is rejected with. */
export function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'it was kept',
    (thrown: unknown) => thrown,
  )
}
