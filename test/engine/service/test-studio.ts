import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { openEngine, openStudio, type StudioOptions } from '../../../src/engine/index.ts'
import {
  connectClient,
  directTransports,
  type EventName,
  type PayloadOf,
  type StudioClient,
  type StudioService,
  serveClient,
} from '../../../src/protocol/index.ts'
import type { RunRecord } from '../../../src/trace/index.ts'
import { recordRun } from '../../fixtures/record-run.ts'

const cleanups: Array<() => unknown> = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

/** An empty folder, by its real path, that is gone after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'strobe-service-')))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A studio as a page sees it. */
export interface TestStudio {
  readonly service: StudioService
  readonly client: StudioClient
  readonly dataDirectory: string
  /** All payloads of an event so far. */
  told<Name extends EventName>(name: Name): ReadonlyArray<PayloadOf<Name>>
  /** Anything that threw without a code. */
  readonly bugs: readonly unknown[]
}

/** Opens a studio with a client over a direct transport; both are closed after the test. */
export async function openTestStudio(options: Partial<StudioOptions> = {}): Promise<TestStudio> {
  const dataDirectory = options.dataDirectory ?? join(temporaryFolder(), 'data')
  const service = openStudio({ ...options, dataDirectory })
  const bugs: unknown[] = []
  const client = connectTo(service, bugs)
  cleanups.push(async () => {
    client.close()
    await service.close()
  })
  const told = new Map<EventName, unknown[]>()
  for (const name of ['studio', 'job', 'job-log', 'experiment', 'changed'] as const) {
    const payloads: unknown[] = []
    told.set(name, payloads)
    client.on(name, (payload) => payloads.push(payload))
  }
  // When it answers, it has heard what is listened to.
  await client.call('studio.state', {})
  return { service, client, dataDirectory, bugs, told: (name) => told.get(name) as never }
}

/** One more page at a studio. */
export function connectTo(service: StudioService, bugs: unknown[] = []): StudioClient {
  const client = connectClient(async () => {
    const [own, other] = directTransports()
    serveClient(other, service, { onBug: (thrown) => bugs.push(thrown) })
    return own
  })
  cleanups.push(() => client.close())
  return client
}

/** A folder in which runs were stored, with what each says otherwise than a run that finished. */
export function folderWithRuns(runs: ReadonlyArray<Partial<RunRecord>>, folder = temporaryFolder()): string {
  const engine = openEngine({ workspace: folder })
  for (const [place, run] of runs.entries()) engine.store.runs.put(recordRun({ startedAt: 1000 + place, ...run }))
  engine.close()
  return folder
}

/** What a call is refused with. */
export function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expectNothing(value),
    (thrown: unknown) => thrown,
  )
}

function expectNothing(value: unknown): never {
  throw new Error(`It was not refused, but answered ${JSON.stringify(value)?.slice(0, 200)}`)
}

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}
