import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EngineToMain, MainToEngine } from '../../src/main/engine-messages.ts'
import { hostEngine, type MainChannel } from '../../src/main/host-engine.ts'
import { killTree } from '../../src/main/process-tree.ts'
import { createRunnerForks } from '../../src/main/runner-forks.ts'
import {
  type BlobAnswer,
  connectClient,
  type JobRequest,
  type JobState,
  messagePortTransport,
  type StudioClient,
} from '../../src/protocol/index.ts'
import { builtFile } from '../../src/runtime/index.ts'
import { decodeTrace } from '../../src/trace/index.ts'
import { hostileWorkspace } from '../hostile/workspace.ts'
import { writeFiles } from '../loop/workspace.ts'
import { forkUtility } from './utility-process.ts'

// Everything of the desktop's engine but Electron: the engine's host with its spawner in this process, the main process's side of
// runners, and real runner processes with the entry that Electron would fork. `utility-process.ts` stands in for its processes.

const ends: Array<() => void> = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

async function startEngine(workspace: string) {
  let listen: Parameters<MainChannel['on']>[1] = () => {}
  const heard: EngineToMain[] = []
  const children: Array<ReturnType<typeof forkUtility>> = []
  const enginePorts: MessagePort[] = []
  const tell = (message: MainToEngine, port?: MessagePort) => listen({ data: message, ports: port ? [port] : [] })
  const forks = createRunnerForks<MessagePort>({
    fork: (environment) => {
      const child = forkUtility(builtFile('runner-host.js'), environment)
      children.push(child)
      return child
    },
    openChannel: () => new MessageChannel(),
    killTree,
    tell: (message, port) => {
      if (port) enginePorts.push(port)
      tell(message, port)
    },
    signals: constants.signals,
  })
  hostEngine({
    on: (_event, listener) => {
      listen = listener
    },
    postMessage: (message) => {
      const copy = structuredClone(message) as EngineToMain
      heard.push(copy)
      forks.receive(copy)
    },
  })
  ends.push(() => forks.killAll())
  tell({ type: 'start', dataDirectory: mkdtempSync(join(tmpdir(), 'strobe-desktop-')), workspace })
  const { port1, port2 } = new MessageChannel()
  tell({ type: 'page' }, port1)
  const client = connectClient(async () => messagePortTransport(port2))
  ends.push(() => client.close())
  await vi.waitFor(async () => expect((await client.call('studio.state', {})).workspace?.path).toBe(workspace))
  await client.call('workspace.trust', { trusted: true })
  return { client, tell, heard, children, enginePorts }
}

/** Starts a job; gives its id and how it ends. */
async function startJob(client: StudioClient, request: JobRequest) {
  const { promise: ended, resolve } = Promise.withResolvers<JobState>()
  const ids = new Set<string>()
  client.on('job', (job) => {
    if (ids.has(job.id) && job.endedAt !== null) resolve(job)
  })
  const { id } = await client.call('jobs.start', request)
  ids.add(id)
  const now = (await client.call('jobs.list', {})).find((job) => job.id === id)
  if (now?.endedAt) resolve(now)
  return { id, ended }
}

async function runOf(client: StudioClient, request: JobRequest) {
  const job = await (await startJob(client, request)).ended
  const record = job.result.run === undefined ? undefined : await client.call('runs.get', { id: job.result.run })
  return { job, record: record?.record }
}

const file = (name: string): JobRequest => ({ kind: 'run', file: `${name}.workflow.ts` })
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('the engine of the desktop', () => {
  it('runs workflows in processes that the main process forked, CPU samples and all, and serves what they recorded', async () => {
    const { client, tell, heard, children } = await startEngine(hostileWorkspace())
    const sampled: JobRequest = {
      ...{ kind: 'run', file: 'healthy.workflow.ts' },
      capture: { level: 'standard', sampleInterval: 500 },
    }
    const { job, record } = await runOf(client, sampled)
    expect(job.error).toBeUndefined()
    expect(record?.reason).toBe('finished')
    expect(children.length).toBeGreaterThan(0)
    expect(children.every(({ pid }) => pid !== process.pid)).toBe(true)

    const ask = async (range?: string) => {
      const number = heard.length + 1
      tell({
        type: 'blob',
        number,
        request: { id: `trace-${record?.id}`, isPreview: false },
        conditions: range === undefined ? {} : { range },
      })
      return vi.waitFor(() => {
        const found = heard.find((message) => message.type === 'blob' && message.number === number)
        expect(found).toBeDefined()
        return (found as { answer?: BlobAnswer }).answer
      })
    }
    const whole = await ask()
    expect(whole?.status).toBe(200)
    expect(decodeTrace(whole!.body!).trace?.spans.start.length).toBeGreaterThan(0)
    const part = await ask('bytes=4-11')
    expect(part?.status).toBe(206)
    expect(part?.body).toEqual(whole?.body?.slice(4, 12))
    expect(part?.body?.buffer.byteLength, 'the part alone travels').toBe(8)
  })

  it('tells the main process which workspace is open', async () => {
    const workspace = hostileWorkspace()
    const { heard } = await startEngine(workspace)
    expect(heard).toContainEqual({ type: 'workspace', open: workspace, recent: [workspace] })
  })

  it('survives a runner that dies by a signal, and says by which; the next run works', async () => {
    const { client } = await startEngine(hostileWorkspace())
    const { record } = await runOf(client, file('segfault'))
    expect(record?.reason).toBe('crashed')
    expect(record?.error?.message).toMatch(/SIGSEGV|SIGABRT/)
    expect((await runOf(client, file('healthy'))).record?.reason).toBe('finished')
  })

  it('ends a runner that does not end, and what it started', async () => {
    const workspace = hostileWorkspace()
    const note = join(workspace, 'child.pid')
    writeFiles(workspace, {
      'blocked.workflow.ts': `
        import { execFileSync, spawn } from 'node:child_process'
        import { writeFileSync } from 'node:fs'
        import { workflow } from 'strobe'
        export default workflow('blocked').task('wait', () => {
          const child = spawn('sleep', ['300'])
          writeFileSync(${JSON.stringify(note)}, String(child.pid))
          execFileSync('sleep', ['300'])
        })`,
    })
    const { client, children } = await startEngine(workspace)
    const { id, ended } = await startJob(client, file('blocked'))
    const pid = await vi.waitFor(
      () => {
        expect(existsSync(note)).toBe(true)
        return Number(readFileSync(note, 'utf8'))
      },
      { timeout: 30_000, interval: 50 },
    )
    await client.call('jobs.cancel', { id })
    expect((await ended).status).toBe('cancelled')
    await vi.waitFor(() => expect(children.some(({ pid }) => pid !== undefined && isAlive(pid))).toBe(false), 5000)
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5000)
  })

  it('a runner ends by itself when its engine is gone', async () => {
    const { client, children, enginePorts } = await startEngine(hostileWorkspace())
    await startJob(client, file('endless-loop'))
    await vi.waitFor(() => expect(children.at(-1)?.pid).toBeDefined(), 10_000)
    const gone = new Promise((resolve) => children.at(-1)!.child.once('exit', (_code, signal) => resolve(signal)))
    // The engine's end of the port closes with its process.
    enginePorts.at(-1)?.close()
    expect(await gone).toBe('SIGKILL')
  })

  it('closes when it is told to, and says so', async () => {
    const { tell, heard } = await startEngine(hostileWorkspace())
    tell({ type: 'close' })
    await vi.waitFor(() => expect(heard.at(-1)).toEqual({ type: 'closed' }), 10_000)
  })
})
