import { request } from 'node:http'
import { WebSocket } from 'ws'
import { StrobeError } from '../base/index.ts'
import { connectClient, openWebSocket, type StudioState } from '../protocol/index.ts'
import type { RunningStudio } from './studio-lock.ts'

/** How long a studio may take to say that it is there: milliseconds. */
const patience = 5000

/** The address that lets in, until the studio ends. */
export function addressOf({ port, token }: Pick<RunningStudio, 'port' | 'token'>): string {
  return `http://127.0.0.1:${port}/?token=${token}`
}

/**
 * Whether a studio that a lock speaks of is there: its process lives, and it takes its token. One that does not answer in time is
 * busy, not gone; where nobody listens, or somebody else does, the process has its number by chance.
 */
export async function isRunning(studio: RunningStudio, wait = patience): Promise<boolean> {
  if (!processLives(studio.pid)) return false
  const greeting = await greet(studio, wait)
  return greeting === 'silent' || typeof greeting === 'object'
}

/** Opens a folder in a studio that runs already. Throws what the studio says (`studio.busy`, `studio.no-folder`), or `connection.lost`. */
export async function openThere(
  studio: RunningStudio,
  folder: string | { readonly samples: true },
): Promise<StudioState> {
  const greeting = await greet(studio, patience)
  if (typeof greeting !== 'object') {
    throw new StrobeError('connection.lost', `The studio that is process ${studio.pid} does not answer.`)
  }
  const { cookie } = greeting
  const origin = `http://127.0.0.1:${studio.port}`
  const client = connectClient((signal) =>
    openWebSocket(new WebSocket(`ws://127.0.0.1:${studio.port}/socket`, { origin, headers: { cookie } }), signal),
  )
  try {
    const signal = AbortSignal.timeout(patience)
    if (typeof folder !== 'string') return await client.call('workspace.openSamples', {}, { signal })
    return await client.call('workspace.open', { path: folder }, { signal })
  } finally {
    client.close()
  }
}

/** What a studio says to its token: its cookie, nothing in time, or nothing that a studio of that token would say. */
function greet(studio: RunningStudio, wait: number): Promise<{ readonly cookie: string } | 'silent' | 'gone'> {
  const { promise, resolve } = Promise.withResolvers<{ readonly cookie: string } | 'silent' | 'gone'>()
  const signal = AbortSignal.timeout(wait)
  const asked = request(addressOf(studio), { agent: false, signal }, (response) => {
    response.resume()
    const cookie = response.headers['set-cookie']?.[0]?.split(';')[0]
    resolve(response.statusCode === 303 && cookie !== undefined ? { cookie } : 'gone')
  })
  asked.on('error', () => resolve(signal.aborted ? 'silent' : 'gone'))
  asked.end()
  return promise
}

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}
