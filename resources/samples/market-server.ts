import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort } from 'node:worker_threads'

// The market answers GET /quote/<sku> with the price of one piece in cents. It works for each quote (the price curve below)
// and then holds the answer back for two milliseconds, as a server in the next city would: the time that a request spends
// on the network costs nobody's CPU, and requests can share it.
const networkMilliseconds = 2

const server = createServer((request, response) => {
  const sku = decodeURIComponent(request.url?.split('/').at(-1) ?? '')
  const cents = priceOf(sku)
  setTimeout(() => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ sku, cents }))
  }, networkMilliseconds)
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))

/** The price of a product: a base that its SKU decides, moved along a curve of 60 daily steps. Always the same for the same SKU. */
function priceOf(sku: string): number {
  let digest = createHash('sha256').update(sku).digest()
  let price = 200 + (digest.readUInt32LE(0) % 20_000)
  for (let day = 0; day < 60; day++) {
    if (day % 8 === 7) digest = createHash('sha256').update(digest).digest()
    const step = (digest.readUInt8(day % 32) - 127.5) / 127.5
    price *= 1 + 0.01 * step
  }
  return Math.round(price)
}
