import { Session } from 'node:inspector'
import { fileURLToPath } from 'node:url'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { type CpuProfile, type CpuProfileFrame, type FramePosition, readCpuProfile } from '../../formats/index.ts'
import type { FrameOrigin, Samples } from '../../trace/index.ts'
import type { WorkflowModel } from '../../workflow/index.ts'
import type { TransformedFile } from '../messages.ts'
import { attributeSamples, type NodeEvent } from './attribution.ts'
import type { TraceClock } from './clock.ts'
import { functionsOf, locateFunctions } from './node-functions.ts'
import type { StringTable } from './strings.ts'

/** CPU samples of this thread, taken by V8's own sampling profiler. */
export class CpuSampler {
  readonly #session = new Session()
  readonly #interval: number
  readonly #bundle: string

  /** `interval` in microseconds; `bundle` is the folder of Strobe's own code. */
  constructor(interval: number, bundle: string) {
    this.#interval = interval
    this.#bundle = bundle
    this.#session.connect()
    this.#session.post('Profiler.enable')
    this.#session.post('Profiler.setSamplingInterval', { interval })
  }

  start(): void {
    this.#session.post('Profiler.start')
  }

  /** Ends sampling and gives the samples with the user's own lines and, where that is certain, their nodes. */
  stop(
    workflow: WorkflowModel,
    files: ReadonlyMap<string, TransformedFile>,
    events: readonly NodeEvent[],
    clock: TraceClock,
    strings: StringTable,
  ): Samples | undefined {
    let profile: CpuProfile | undefined
    this.#session.post('Profiler.stop', (_error: Error | null, result?: { profile: object }) => {
      profile = result?.profile as CpuProfile | undefined
    })
    if (!profile) return undefined
    const extents = locateFunctions(this.#session, functionsOf(workflow.nodes))
    this.#session.disconnect()
    const locator = new Locator(files, this.#bundle)
    const isUser = (frame: CpuProfileFrame) => locator.originOf(frame) === 'user'
    return readCpuProfile(profile, {
      interval: this.#interval * 1000,
      locate: (frame) => locator.locate(frame),
      locateLine: (frame, line) => locator.locateLine(frame, line),
      instant: (microseconds) => clock.fromHrtime(microseconds * 1000),
      nodeOf: attributeSamples(profile, isUser, extents, events),
      intern: (text) => strings.idOf(text),
    })
  }
}

/** Leads positions in the running code back to the files that the user wrote. */
class Locator {
  readonly #files: ReadonlyMap<string, TransformedFile>
  readonly #bundle: string
  readonly #maps = new Map<string, TraceMap | undefined>()

  constructor(files: ReadonlyMap<string, TransformedFile>, bundle: string) {
    this.#files = files
    this.#bundle = bundle
  }

  originOf({ url }: CpuProfileFrame): FrameOrigin {
    if (url === '') return 'native'
    if (url.startsWith('node:')) return 'node'
    if (!url.startsWith('file:')) return 'native'
    const path = fileURLToPath(url)
    if (path.includes('/node_modules/') || path.includes('\\node_modules\\')) return 'package'
    return path.startsWith(this.#bundle) ? 'strobe' : 'user'
  }

  locate(frame: CpuProfileFrame): FramePosition {
    const origin = this.originOf(frame)
    const file = frame.url.startsWith('file:') ? fileURLToPath(frame.url) : frame.url
    const map = this.#mapOf(frame.url)
    if (!map) return { file, line: frame.lineNumber + 1, column: frame.columnNumber + 1, origin }
    const { line, column } = originalPositionFor(map, { line: frame.lineNumber + 1, column: frame.columnNumber })
    return { file, line: line ?? 0, column: column === null ? 0 : column + 1, origin }
  }

  locateLine(frame: CpuProfileFrame, line: number): number {
    const map = this.#mapOf(frame.url)
    if (!map) return line
    // A tick tells its line only: any segment on it will do, and the last one is never before the line's first statement.
    return originalPositionFor(map, { line, column: 10_000 }).line ?? 0
  }

  #mapOf(url: string): TraceMap | undefined {
    if (!this.#maps.has(url)) {
      const file = this.#files.get(url)
      this.#maps.set(url, file && new TraceMap(file.map))
    }
    return this.#maps.get(url)
  }
}
