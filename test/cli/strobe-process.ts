import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The built command line. */
const cli = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js')

/** A command line that is running in a process of its own. */
export interface Strobe {
  readonly process: ChildProcess
  /** What it said on standard error so far. */
  said(): string
  readonly ended: Promise<Ended>
}

/** How it ended. */
export interface Ended {
  /** `null` where a signal ended it. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the built command line in a folder. */
export function startStrobe(folder: string, ...typed: readonly string[]): Strobe {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' }
  delete env.npm_lifecycle_event
  const child = spawn(process.execPath, [cli, ...typed], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
  return { process: child, said: () => err, ended }
}

/** Runs the built command line in a folder to its end. */
export function strobe(folder: string, ...typed: readonly string[]): Promise<Ended> {
  return startStrobe(folder, ...typed).ended
}

/** A document of `--json`: as loose as JSON is, because tests look at what is in it. */
export type Document = Readonly<Record<string, unknown>> & { readonly exitCode: number }

/** Runs a command with `--json` and gives its document; standard output must hold that and nothing else. */
export async function strobeJson<Keys = Document>(
  folder: string,
  ...typed: readonly string[]
): Promise<{ readonly code: number | null; readonly document: Keys; readonly err: string }> {
  const { code, out, err } = await strobe(folder, ...typed, '--json')
  return { code, document: JSON.parse(out) as Keys, err }
}

/** Waits until something is so. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Waited in vain for ${what}.`)
}

/**
 * A workspace with one small workflow whose time is waiting for a local server, with a variant that is faster (and whose
 * knob has a value that no advice gives) and one that computes something else; and a file with a mistake in it.
 */
export function sampleWorkspace(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'strobe-cli-')))
  mkdirSync(join(folder, 'below'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  writeFileSync(join(folder, 'parcels.workflow.ts'), parcels)
  writeFileSync(join(folder, 'mistaken.workflow.ts'), mistaken)
  return folder
}

const parcels = `import { createServer } from 'node:http'
import { knob, workflow } from 'strobe'
import { http } from 'strobe/toolkit'

export default workflow('parcels', { params: { count: 16, wait: 12, broken: false, endless: false } })
  .resource('scale', ({ params }) => openScale(params.wait))
  .resource('api', { use: ['scale'] }, ({ scale }) => http(scale.url))
  .task('parcels', { effects: 'pure' }, ({ params, log }) => {
    log('weighing ' + params.count + ' parcels')
    while (params.endless) Math.random()
    return Array.from({ length: params.count }, (_, number) => number)
  })
  .map(
    'weights',
    { over: 'parcels', use: ['api'], effects: 'read-only', knobs: { concurrency: knob.integer(1, { min: 1, max: 16 }) } },
    async (parcel, { api, params }) => {
      if (params.broken) throw new Error('The scale is broken.')
      return api.json<{ grams: number }>('/weigh/' + parcel)
    },
  )
  .cycle('settle', { from: ['weights'] }, (cycle) =>
    cycle
      .start(() => 8)
      .task('halve', {}, ({ state }) => state / 2)
      .next(({ halve }) => halve)
      .metric('rest', ({ state }) => state, { goal: 'minimise' })
      .limits({ maxIterations: 5 }),
  )
  .result(({ weights, settle }) => ({ weights, rest: settle.state }))
  .variant('overlapped', { weights: { concurrency: 3 } })
  .variant('fewer', { params: { count: 3 } })

async function openScale(wait: number) {
  const server = createServer((request, response) => {
    const grams = Number(request.url?.split('/').at(-1)) * 10
    setTimeout(() => response.setHeader('content-type', 'application/json').end(JSON.stringify({ grams })), wait)
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  return {
    url: 'http://127.0.0.1:' + port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
`

const mistaken = `import { workflow } from 'strobe'

export default workflow('mistaken', { params: {} })
  .task('one', {}, () => 1)
  .task('two', { from: ['oen' as 'one'] }, () => 2)
`
