import { Worker } from 'node:worker_threads'

/** A running market: an HTTP server on this machine that quotes prices. */
export interface Market extends AsyncDisposable {
  /** `http://127.0.0.1:…` */
  readonly url: string
}

/** Starts the market in a thread of its own, on a port that is free. */
export async function openMarket(): Promise<Market> {
  const server = new Worker(new URL('./market-server.ts', import.meta.url), { name: 'market', execArgv: [] })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('message', resolve)
    server.once('error', reject)
  })
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await server.terminate()
    },
  }
}
