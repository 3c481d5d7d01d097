import { openStudio } from '../engine/index.ts'
import {
  answerBlob,
  type BlobAnswer,
  messagePortTransport,
  type PortLike,
  type StudioService,
  type StudioState,
  serveClient,
} from '../protocol/index.ts'
import type { EngineToMain, FirstWorkspace, MainToEngine } from './engine-messages.ts'
import { createSpawner } from './engine-spawner.ts'

/** The channel to the main process, as a utility process has it; tests pass their own. */
export interface MainChannel {
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: PortLike[] }) => void): unknown
  postMessage(message: unknown): void
}

/** Runs the engine in this process and serves it to the main process and to pages, as the main process says. */
export function hostEngine(main: MainChannel): void {
  const tell = (message: EngineToMain) => main.postMessage(message)
  const spawner = createSpawner(tell)
  let service: StudioService | undefined
  main.on('message', ({ data, ports }) => {
    const message = data as MainToEngine
    const [port] = ports
    if (spawner.receive(message, port)) return
    if (message.type === 'start') {
      service = openStudio({ dataDirectory: message.dataDirectory, spawn: spawner.spawn })
      service.on('studio', (state) => tell(workspaceMessage(state)))
      void openFirst(service, message.workspace).then((state) => tell(workspaceMessage(state)))
    } else if (service) handle(service, message, port, tell)
  })
}

function handle(
  service: StudioService,
  message: MainToEngine,
  port: PortLike | undefined,
  tell: (message: EngineToMain) => void,
): void {
  if (message.type === 'page' && port) {
    serveClient(messagePortTransport(port), service, {
      onBug: (thrown, method) => console.error(`${method}:`, thrown),
    })
  } else if (message.type === 'blob') {
    const { number } = message
    answer(service, message).then(
      (answer) => tell({ type: 'blob', number, ...(answer ? { answer } : {}) }),
      (thrown) => tell({ type: 'blob', number, problem: thrown instanceof Error ? thrown.message : String(thrown) }),
    )
  } else if (message.type === 'close') {
    service.close().then(
      () => tell({ type: 'closed' }),
      (thrown) => {
        console.error(thrown)
        tell({ type: 'closed' })
      },
    )
  }
}

async function answer(
  service: StudioService,
  { request, conditions }: Extract<MainToEngine, { type: 'blob' }>,
): Promise<BlobAnswer | undefined> {
  const content = await service.blob(request.id)
  const made = content && answerBlob(content, request, conditions)
  // A message carries the whole buffer under a view: a part of a large trace must not bring all of it along.
  const { body } = made ?? {}
  return body === undefined || body.length === body.buffer.byteLength ? made : { ...made!, body: body.slice() }
}

/** Opens the workspace that was asked for; else the one of last time; else the samples, so that there is something to see. */
async function openFirst(service: StudioService, asked: FirstWorkspace | undefined): Promise<StudioState> {
  const context = { signal: new AbortController().signal }
  const state = await service.handlers['studio.state']({}, context)
  const first = asked ?? state.recent[0]?.path
  try {
    if (typeof first === 'string') return await service.handlers['workspace.open']({ path: first }, context)
    return await service.handlers['workspace.openSamples']({}, context)
  } catch (thrown) {
    // Nothing is open then; the page says so, and how to open a folder.
    console.error(thrown)
    return state
  }
}

function workspaceMessage({ workspace, recent }: StudioState): EngineToMain {
  const open = workspace && (workspace.samples ? ({ samples: true } as const) : workspace.path)
  return { type: 'workspace', ...(open ? { open } : {}), recent: recent.map(({ path }) => path) }
}
