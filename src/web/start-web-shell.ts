import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { StrobeError } from '../base/index.ts'
import { openStudio, type StudioOptions } from '../engine/index.ts'
import type { StudioService } from '../protocol/index.ts'
import { Access, newSecret } from './access.ts'
import { answerRequest } from './answer-request.ts'
import { openServer } from './open-server.ts'
import { hostsOf } from './request-policy.ts'
import { addressOf, isRunning } from './running-studio.ts'
import { Sockets } from './sockets.ts'
import { type StudioLock, takeLock } from './studio-lock.ts'

export interface WebShellOptions extends Pick<StudioOptions, 'workspace' | 'trustWorkspace' | 'dataDirectory'> {
  /** To listen on; default: any that is free. */
  readonly port?: number
  /** Absolute path of the built page. */
  readonly rendererFolder: string
  /** What lets in; default: a new secret. */
  readonly token?: string
  /** Told the absolute path of a workspace that was opened later. */
  readonly onWorkspace?: (path: string) => void
  /** The engine behind the contract; default: {@link openStudio}. */
  readonly openService?: (options: StudioOptions) => StudioService
  /** Told what went wrong inside, and must not. */
  readonly onBug?: (thrown: unknown) => void
}

/** A studio that is served to browsers of this machine. */
export interface WebShell {
  readonly port: number
  /** The address that lets a browser in, as often as it is opened. Whoever has it can do what the user can. */
  readonly address: string
  /** Cancels what is going on and keeps what was measured, closes all pages, and gives back the port and the lock. */
  close(): Promise<void>
}

/**
 * Serves the studio on this machine's own address, to nobody without the token. Throws `web.no-build`, `web.port-taken`,
 * `web.port-refused`, `web.data-folder`, `web.running` where one runs with this data folder already, and `studio.no-folder`.
 */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const { dataDirectory, rendererFolder } = options
  const build = buildOf(rendererFolder)
  const { server, port } = await openServer(options.port ?? 0)
  const { token = newSecret() } = options
  let lock: StudioLock | undefined
  try {
    lock = await takeLock(dataDirectory, { pid: process.pid, port, token, build }, (other) => isRunning(other))
    // From here to the end nothing waits: who asks whether this studio is there is answered as soon as it says so.
    const close = serve(options, { server, port, token, lock })
    let closing: Promise<void> | undefined
    return {
      port,
      address: addressOf({ port, token }),
      close: () => {
        closing ??= close()
        return closing
      },
    }
  } catch (thrown) {
    lock?.release()
    server.close()
    server.closeAllConnections()
    throw thrown
  }
}

/** Opens the studio and answers for it; returns what ends it all. */
function serve(
  options: WebShellOptions,
  {
    server,
    port,
    token,
    lock,
  }: { readonly server: Server; readonly port: number; readonly token: string; readonly lock: StudioLock },
): () => Promise<void> {
  const {
    dataDirectory,
    rendererFolder,
    workspace,
    trustWorkspace,
    openService = openStudio,
    onBug = () => {},
  } = options
  const service = openService({
    dataDirectory,
    ...(workspace === undefined ? {} : { workspace }),
    ...(trustWorkspace === undefined ? {} : { trustWorkspace }),
  })
  service.on('studio', ({ workspace: opened }) => {
    if (opened) options.onWorkspace?.(opened.path)
  })
  const guard = { access: new Access(token, port), hosts: hostsOf(port), onBug }
  const answers = { ...guard, rendererFolder, blob: (id: string) => service.blob(id) }
  const sockets = new Sockets({ ...guard, service })
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    answerRequest(request, response, answers).catch(onBug)
  }
  // What Node would answer by itself is answered like the rest.
  server.on('request', answer).on('checkContinue', answer).on('checkExpectation', answer)
  server.on('upgrade', (request, stream, head) => sockets.upgrade(request, stream, head))
  return async () => {
    server.close()
    sockets.close()
    try {
      await service.close()
    } finally {
      server.closeAllConnections()
      lock.release()
    }
  }
}

/** Names the build of the page: another build has other files, and perhaps another contract. Throws `web.no-build`. */
export function buildOf(rendererFolder: string): string {
  const page = join(rendererFolder, 'index.html')
  if (!existsSync(page)) {
    throw new StrobeError('web.no-build', `There is no built page in ${rendererFolder}. Run "npm run build" first.`)
  }
  const stamp = join(rendererFolder, '..', 'stamp')
  return createHash('sha256')
    .update(readFileSync(existsSync(stamp) ? stamp : page))
    .digest('hex')
    .slice(0, 16)
}
