import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { BlobContent, StudioHandlers, StudioService, StudioState } from '../../src/protocol/index.ts'
import { startWebShell, type WebShell, type WebShellOptions } from '../../src/web/start-web-shell.ts'

/** What no answer to a stranger may hold. */
export const secretOfPage = 'the page of the studio'
export const secretOfBlob = 'the bytes of a blob'

/** What there is under `/blob/`. */
const blobs: ReadonlyMap<string, BlobContent> = new Map([
  ['trace-r1', { bytes: bytesOf(secretOfBlob), mediaType: 'application/octet-stream', immutable: true }],
  [
    'report-1',
    {
      bytes: bytesOf('<script>window.ran = true</script>'),
      mediaType: 'text/html; charset=utf-8',
      fileName: 'orders\r\nset-cookie: stolen=1.html',
      immutable: false,
    },
  ],
  ['odd-1', { bytes: bytesOf('x'), mediaType: 'text/plain\r\nset-cookie: stolen=1', immutable: false }],
])

/** A service that knows one method, and counts what it was asked for. */
export class FakeStudio implements StudioService {
  readonly asked: string[] = []
  isClosed = false
  /** Thrown by the next call of `blob`. */
  problem: Error | undefined
  readonly handlers = {
    'studio.state': () => {
      this.asked.push('studio.state')
      return { version: '1', workspace: null, recent: [] } satisfies StudioState
    },
  } as unknown as StudioHandlers

  on() {
    return () => {}
  }

  async blob(id: string) {
    this.asked.push(id)
    if (this.problem) throw this.problem
    return blobs.get(id)
  }

  async close() {
    this.isClosed = true
  }
}

/** A shell over a fake studio, on a folder of its own. */
export interface FakeShell {
  readonly shell: WebShell
  readonly studio: FakeStudio
  /** Folder of everything. */
  readonly root: string
  readonly options: WebShellOptions
  readonly bugs: unknown[]
  readonly token: string
  /** The cookie that the token was exchanged for. */
  readonly cookie: string
  readonly host: string
  end(): Promise<void>
}

export async function startFakeShell(): Promise<FakeShell> {
  const root = mkdtempSync(join(tmpdir(), 'strobe-web-'))
  const studio = new FakeStudio()
  const bugs: unknown[] = []
  const options: WebShellOptions = {
    dataDirectory: join(root, 'data'),
    rendererFolder: writePage(root),
    openService: () => studio,
    onBug: (thrown) => bugs.push(thrown),
  }
  const shell = await startWebShell(options)
  const host = `127.0.0.1:${shell.port}`
  const token = new URL(shell.address).searchParams.get('token') ?? ''
  const welcome = await ask(shell.port, { target: `/?token=${token}` })
  const cookie = welcome.headers['set-cookie']?.split(';')[0] ?? ''
  return {
    ...{ shell, studio, root, options, bugs, token, cookie, host },
    end: async () => {
      await shell.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** A build of a page, and beside it what must never be served. */
function writePage(root: string): string {
  const folder = join(root, 'renderer')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), `<!doctype html><p>${secretOfPage}</p>`)
  writeFileSync(join(folder, 'assets', 'index-B1a_-9xZ.js'), `'${secretOfPage}'`)
  writeFileSync(join(root, 'secret.json'), '"secret"')
  symlinkSync(join(root, 'secret.json'), join(folder, 'link.json'))
  mkdirSync(join(folder, 'folder.js'))
  return folder
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

/** A request as it goes over the wire: nothing is tidied up on the way, as a client library would. */
export interface RawRequest {
  readonly target: string
  readonly method?: string
  /** `null`: no such header at all. */
  readonly host?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface RawAnswer {
  readonly status: number
  /** By names in small letters; those that came several times are joined. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends a request to a port of this machine and reads the answer to its end. */
export async function ask(port: number, request: RawRequest): Promise<RawAnswer> {
  const { target, method = 'GET', host = `127.0.0.1:${port}`, headers = {}, body = '' } = request
  const lines = Object.entries({ ...(host === null ? {} : { host }), connection: 'close', ...headers })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return parseAnswer(await exchange(port, `${method} ${target} HTTP/1.1\r\n${head}\r\n${body}`))
}

/** Sends bytes and resolves with all that comes back until the other side closes. */
export function exchange(port: number, text: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let received = ''
  const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
  socket.setTimeout(10_000, () => reject(new Error(`No end after: ${received}`)))
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
  })
  socket.on('error', reject)
  socket.on('close', () => resolve(received))
  return promise.finally(() => socket.destroy())
}

export function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
    const key = name.toLowerCase()
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`
  }
  return { status: Number(first.split(' ')[1]), headers, body: rest.join('\r\n\r\n') }
}

/** Opens a socket as a page would, and says how that went: `open`, or the status of the refusal. */
export async function openSocket(
  port: number,
  options: { readonly path?: string; readonly headers?: Readonly<Record<string, string>> },
): Promise<{ readonly socket: WebSocket; readonly outcome: 'open' | number }> {
  const { promise, resolve, reject } = Promise.withResolvers<'open' | number>()
  const socket = new WebSocket(`ws://127.0.0.1:${port}${options.path ?? '/socket'}`, { headers: options.headers ?? {} })
  socket.on('open', () => resolve('open'))
  socket.on('unexpected-response', (_request, response) => {
    response.resume()
    resolve(response.statusCode ?? 0)
  })
  socket.on('error', reject)
  return { socket, outcome: await promise }
}
