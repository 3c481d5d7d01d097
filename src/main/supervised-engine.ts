import { StrobeError } from '../base/index.ts'
import type { BlobAnswer, BlobConditions, BlobRequest } from '../protocol/index.ts'
import type { EngineToMain, FirstWorkspace, MainToEngine } from './engine-messages.ts'
import { decideAfterCrash } from './restart-policy.ts'
import type { ForkedProcess, RunnerForks } from './runner-forks.ts'

/** The engine's process as Electron gives it; tests pass their own. */
export interface EngineFork<Port> extends ForkedProcess<Port> {
  on(event: 'spawn', listener: () => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  on(event: 'error', listener: (type: string, location: string, report: string) => void): unknown
  on(event: 'message', listener: (message: EngineToMain) => void): unknown
  kill(): boolean
}

/** What keeping an engine alive needs of the world. */
export interface EnginePorts<Port> {
  readonly fork: () => EngineFork<Port>
  readonly openChannel: () => { readonly port1: Port; readonly port2: Port }
  /** Runners belong to the engine that asked for them: each engine's process gets its own. */
  readonly createForks: (tell: (message: MainToEngine, port?: Port) => void) => RunnerForks
  readonly dataDirectory: string
  /** Workspace to open first; absent: as it was last time. */
  readonly workspace?: FirstWorkspace
  /** Milliseconds, on a clock that does not jump. */
  readonly now: () => number
  readonly log: (line: string) => void
  /** The engine runs again; whoever is to be served needs a new port. */
  readonly onRestarted: () => void
  /** It crashed too often. `lastWords`: the end of what it said. */
  readonly onGivenUp: (sentence: string, lastWords: string) => void
  readonly onRecent: (folders: readonly string[]) => void
}

/** How long the engine may take to close a workspace, in milliseconds. */
const closingTime = 5000
const longestWords = 4000

interface Waiting {
  resolve(answer: BlobAnswer | undefined): void
  reject(error: StrobeError): void
}

/** The engine in a process of its own: started again when it crashes, a limited number of times. */
export class SupervisedEngine<Port> {
  readonly #ports: EnginePorts<Port>
  #child: EngineFork<Port> | undefined
  /** What is open, to be opened again after a crash. */
  #workspace: FirstWorkspace | undefined
  #crashes: number[] = []
  #lastWords = ''
  #blobs = new Map<number, Waiting>()
  #lastRequest = 0
  #restartTimer: NodeJS.Timeout | undefined
  #closed: PromiseWithResolvers<void> | undefined

  constructor(ports: EnginePorts<Port>) {
    this.#ports = ports
    this.#workspace = ports.workspace
  }

  /** Starts it; also the way back after it was given up. */
  start(): void {
    if (this.#child || this.#closed) return
    const child = this.#ports.fork()
    this.#child = child
    this.#lastWords = ''
    const tell = (message: MainToEngine, port?: Port) => {
      if (this.#child === child) child.postMessage(message, port === undefined ? [] : [port])
    }
    const forks = this.#ports.createForks(tell)
    const remember = (chunk: Buffer) => {
      const text = chunk.toString()
      this.#lastWords = (this.#lastWords + text).slice(-longestWords)
      this.#ports.log(`engine: ${text.trimEnd()}`)
    }
    child.stdout?.on('data', remember)
    child.stderr?.on('data', remember)
    child.on('error', (type, location) => remember(Buffer.from(`${type}: ${location}`)))
    child.on('message', (message) => {
      if (!forks.receive(message)) this.#receive(message)
    })
    child.on('exit', (code) => {
      forks.killAll()
      if (this.#child === child) this.#end(code)
    })
    const { dataDirectory } = this.#ports
    tell({ type: 'start', dataDirectory, ...(this.#workspace === undefined ? {} : { workspace: this.#workspace }) })
  }

  /** Starts it after it was given up, as if it had never crashed. */
  startAfresh(): void {
    this.#crashes = []
    this.start()
    this.#ports.onRestarted()
  }

  /** A page's end of a port to the engine; `undefined` while there is no engine. */
  connect(): Port | undefined {
    if (!this.#child) return undefined
    const { port1, port2 } = this.#ports.openChannel()
    this.#child.postMessage({ type: 'page' } satisfies MainToEngine, [port2])
    return port1
  }

  /** The answer to a request for `/blob/<id>`; `undefined` where nothing is. Rejects with `connection.lost`, `engine.blob-failed`. */
  blob(request: BlobRequest, conditions: BlobConditions): Promise<BlobAnswer | undefined> {
    const child = this.#child
    if (!child) return Promise.reject(lost())
    const number = ++this.#lastRequest
    const { promise, resolve, reject } = Promise.withResolvers<BlobAnswer | undefined>()
    this.#blobs.set(number, { resolve, reject })
    child.postMessage({ type: 'blob', number, request, conditions } satisfies MainToEngine)
    return promise
  }

  /** Ends it: what is going on is ended and kept. Resolves when it is gone, after some seconds at the latest. */
  async close(): Promise<void> {
    clearTimeout(this.#restartTimer)
    const child = this.#child
    const closed = Promise.withResolvers<void>()
    this.#closed = closed
    if (!child) return
    const timer = setTimeout(closed.resolve, closingTime)
    child.postMessage({ type: 'close' } satisfies MainToEngine)
    await closed.promise
    clearTimeout(timer)
    child.kill()
  }

  #receive(message: EngineToMain): void {
    switch (message.type) {
      case 'blob': {
        const waiting = this.#blobs.get(message.number)
        this.#blobs.delete(message.number)
        if (message.problem === undefined) waiting?.resolve(message.answer)
        else waiting?.reject(new StrobeError('engine.blob-failed', message.problem))
        return
      }
      case 'workspace':
        this.#workspace = message.open
        this.#ports.onRecent(message.recent)
        return
      case 'closed':
        this.#closed?.resolve()
        return
      default:
    }
  }

  #end(code: number): void {
    this.#child = undefined
    for (const { reject } of this.#blobs.values()) reject(lost())
    this.#blobs.clear()
    if (this.#closed) {
      this.#closed.resolve()
      return
    }
    const now = this.#ports.now()
    this.#crashes = [...this.#crashes, now].slice(-100)
    const decision = decideAfterCrash(this.#crashes, now)
    this.#ports.log(`engine: ended by itself (${code}); ${decision.action}`)
    if (decision.action === 'give-up') {
      this.#ports.onGivenUp(decision.sentence, this.#lastWords)
      return
    }
    this.#restartTimer = setTimeout(() => {
      this.start()
      this.#ports.onRestarted()
    }, decision.delay)
  }
}

function lost(): StrobeError {
  return new StrobeError('connection.lost', 'The engine is not running. It is started again by itself; try again then.')
}
