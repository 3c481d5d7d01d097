import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StrobeError } from '../base/index.ts'

/** Connections at a time, pages' sockets and requests together: a browser opens six to a server. */
const mostConnections = 256

/** The only address that the studio listens on. */
const loopback = '127.0.0.1'

/** A server on this machine's own address that answers nothing yet, and its port. Throws `web.port-taken`, `web.port-refused`. */
export async function openServer(port: number): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    maxHeaderSize: 16 * 1024,
    // Two `Host` headers are to be seen as two.
    joinDuplicateHeaders: false,
  })
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(port, cause)))
    server.listen({ host: loopback, port, exclusive: true }, resolve)
  })
  return { server, port: (server.address() as AddressInfo).port }
}

function cannotListen(port: number, cause: NodeJS.ErrnoException): StrobeError {
  const options = { cause, data: { port } }
  if (cause.code === 'EADDRINUSE') {
    const message = `Port ${port} is taken by another program. Name another one with --port, or leave it out to take any that is free.`
    return new StrobeError('web.port-taken', message, options)
  }
  const why = cause.code === 'EACCES' ? 'this user may not have it' : cause.message
  return new StrobeError('web.port-refused', `Port ${port} cannot be had: ${why}. Leave --port out.`, options)
}
