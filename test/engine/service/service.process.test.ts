import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type JobRequest, type JobState, type StudioClient, traceBlob } from '../../../src/protocol/index.ts'
import { forkRunner, type Spawner } from '../../../src/runtime/index.ts'
import { decodeTrace, readLog } from '../../../src/trace/index.ts'
import { connectTo, openTestStudio, refusal, type TestStudio, temporaryFolder, until } from './test-studio.ts'

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures')
const tiny = 'tiny.workflow.ts'

/** A studio at a trusted workspace, and the ids of the runner processes that it started. */
async function openTrusted(files = join(fixtures, 'workspaces', 'engine')): Promise<TestStudio & { pids: number[] }> {
  const workspace = temporaryFolder()
  cpSync(files, workspace, { recursive: true })
  const pids: number[] = []
  const watched: Spawner = (environment) => {
    const runner = forkRunner(environment)
    if (runner.pid !== undefined) pids.push(runner.pid)
    return runner
  }
  return { ...(await openTestStudio({ workspace, trustWorkspace: true, spawn: watched })), pids }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The state in which a job ended. */
async function ended({ told }: TestStudio, { id }: JobState): Promise<JobState> {
  const states = () => told('job').filter((job) => job.id === id)
  await until(() => states().at(-1)?.endedAt != null)
  return states().at(-1)!
}

const variants = (count: number, pause: number) =>
  Array.from({ length: count }, (_, number) => ({ name: `v${number}`, patch: { params: { pause: pause + number } } }))

/** An experiment that goes on for as long as a test needs it. */
const long: JobRequest = { kind: 'compare', file: tiny, variants: variants(2, 20), preset: 'rigorous' }

describe('a run as a job', () => {
  it('is told from its beginning to its end, with its id as soon as it is made', async () => {
    const studio = await openTrusted()
    const { client, told, pids } = studio
    const job = await client.call('jobs.start', { kind: 'run', file: tiny, params: { pause: 200 } })
    expect(job).toMatchObject({ status: 'running', title: 'Running tiny', result: {} })
    const last = await ended(studio, job)
    expect(last).toMatchObject({ status: 'done', result: { run: expect.stringMatching(/^r/) } })
    const early = told('job').find(({ result }) => result.run !== undefined)
    expect(early?.status).toBe('running')
    const { record, hasTrace } = await client.call('runs.get', { id: last.result.run! })
    expect(record).toMatchObject({ reason: 'finished', workflow: 'tiny', params: { pause: 200 } })
    expect(hasTrace).toBe(true)
    expect(pids.filter(isAlive)).toEqual([])
    expect(told('changed')).toEqual([['workflows', 'runs', 'experiments', 'advice']])
    expect(await client.call('workflows.list', {})).toContainEqual(
      expect.objectContaining({ file: tiny, name: 'tiny', runs: 1, experiments: 0 }),
    )
    expect(studio.bugs).toEqual([])
  })

  it('that cannot begin fails with its reason, and leaves no run', async () => {
    const studio = await openTrusted()
    const job = await studio.client.call('jobs.start', { kind: 'run', file: 'none.workflow.ts' })
    expect(await ended(studio, job)).toMatchObject({ status: 'failed', error: { code: 'engine.unknown-workflow' } })
    expect((await studio.client.call('runs.list', {})).total).toBe(0)
  })

  it('that fails is a run, and a job that failed', async () => {
    const studio = await openTrusted(join(fixtures, 'hostile'))
    const job = await studio.client.call('jobs.start', { kind: 'run', file: 'process-exit.workflow.ts' })
    const last = await ended(studio, job)
    expect(last.status).toBe('failed')
    expect(last.error?.message).toBeTruthy()
    const { record } = await studio.client.call('runs.get', { id: last.result.run! })
    expect(record.reason).toBe('exited')
  })

  it('is cancelled: acknowledged at once, then ended, with its process gone', async () => {
    const studio = await openTrusted()
    const { client, told, pids } = studio
    const job = await client.call('jobs.start', { kind: 'run', file: tiny, params: { pause: 60_000 } })
    await until(() => told('job').some(({ result }) => result.run !== undefined))
    expect((await client.call('jobs.cancel', { id: job.id })).status).toBe('cancelling')
    const last = await ended(studio, job)
    expect(last.status).toBe('cancelled')
    expect((await client.call('runs.get', { id: last.result.run! })).record.reason).toBe('cancelled')
    expect(pids.filter(isAlive)).toEqual([])
  })

  it('that hangs in native code is ended with its process, and what it had done is kept', async () => {
    const studio = await openTrusted(join(fixtures, 'hostile'))
    const { client, told, pids } = studio
    const job = await client.call('jobs.start', { kind: 'run', file: 'native-block.workflow.ts' })
    await until(() => told('job').some(({ result }) => result.run !== undefined))
    const { path } = (await client.call('studio.state', {})).workspace!
    const [{ result }] = (await client.call('jobs.list', {})) as [JobState]
    const log = join(path, '.strobe', 'runs', `${result.run}.log`)
    await until(() => readLog(readFileSync(log)).trace.iterations.index.length === 3)
    await client.call('jobs.cancel', { id: job.id })
    const last = await ended(studio, job)
    expect(last.status).toBe('cancelled')
    expect(pids.filter(isAlive)).toEqual([])
    const { record, hasTrace } = await client.call('runs.get', { id: last.result.run! })
    expect(record.reason).toBe('cancelled')
    expect(hasTrace).toBe(true)
    expect(decodeTrace((await studio.service.blob(traceBlob(record.id)))!.bytes).trace?.iterations.index.length).toBe(3)
  })
})

describe('a run that leaves a process of its own behind', () => {
  it('ends all the same, although that process holds on to its output', async () => {
    const files = temporaryFolder()
    const text = `import { spawn } from 'node:child_process'
      import { workflow } from 'strobe'
      export default workflow('leaving').task('leave', {}, () =>
        spawn('sleep', ['45'], { detached: true, stdio: 'inherit' }).pid)
        .result(({ leave }) => leave)`
    writeFileSync(join(files, 'leaving.workflow.ts'), text)
    const studio = await openTrusted(files)
    const job = await studio.client.call('jobs.start', { kind: 'run', file: 'leaving.workflow.ts' })
    const last = await ended(studio, job)
    const { record } = await studio.client.call('runs.get', { id: last.result.run! })
    const left = Number(record.result?.preview)
    const wasAlive = isAlive(left)
    if (wasAlive) process.kill(left, 'SIGKILL')
    expect(last.status).toBe('done')
    // Else nothing was tried here.
    expect(wasAlive).toBe(true)
  })
})

describe('an experiment as a job', () => {
  it('is told while it goes on, at a pace, and once more when it has ended', async () => {
    const studio = await openTrusted()
    const { client, told } = studio
    const request: JobRequest = { kind: 'compare', file: tiny, variants: variants(2, 1), preset: 'quick', maxBlocks: 8 }
    const begin = performance.now()
    const job = await client.call('jobs.start', request)
    expect(job.title).toBe('Comparing 2 variants of tiny')
    const last = await ended(studio, job)
    const seconds = (performance.now() - begin) / 1000
    expect(last).toMatchObject({ status: 'done', result: { experiment: expect.stringMatching(/^x/) } })
    const known = told('job').findIndex(({ result }) => result.experiment !== undefined)
    expect(told('job')[known]?.status).toBe('running')
    const record = await client.call('experiments.get', { id: last.result.experiment! })
    expect(record).toMatchObject(told('experiment').at(-1)!)
    expect(told('experiment').length).toBeLessThanOrEqual(seconds * 4 + 2)
    expect((await client.call('experiments.list', {})).rows[0]).toMatchObject({ id: record.id, status: 'finished' })
    expect((await client.call('runs.list', { experiment: record.id })).total).toBe(record.trials.length)
  })

  it('that is cancelled keeps what was measured, and can be gone on with', async () => {
    const studio = await openTrusted()
    const { client, told } = studio
    const job = await client.call('jobs.start', long)
    await until(() => told('experiment').some(({ trials }) => trials.length >= 4))
    await client.call('jobs.cancel', { id: job.id })
    const last = await ended(studio, job)
    expect(last.status).toBe('cancelled')
    const id = last.result.experiment!
    const before = await client.call('experiments.get', { id })
    expect(before).toMatchObject({ status: 'stopped', stop: 'cancelled' })
    expect(before.trials.length).toBeGreaterThanOrEqual(4)
    const extension = await client.call('jobs.start', { kind: 'extend', id })
    expect(extension.title).toBe('Going on with the comparison of tiny')
    await until(() => told('job').some((state) => state.id === extension.id && state.result.experiment === id))
    await until(() => told('experiment').at(-1)!.trials.length > before.trials.length)
    await client.call('jobs.cancel', { id: extension.id })
    expect(await ended(studio, extension)).toMatchObject({ status: 'cancelled' })
    const after = await client.call('experiments.get', { id })
    expect(after.trials.slice(0, before.trials.length)).toEqual(before.trials)
    expect(after.extensions?.length).toBe(1)
  })

  it('keeps everything else that would disturb it waiting, and says why', async () => {
    const studio = await openTrusted()
    const { client, told } = studio
    const job = await client.call('jobs.start', long)
    await until(() => told('experiment').length > 0)
    const busy = { code: 'studio.busy', data: { job: job.id } }
    expect(await refusal(client.call('jobs.start', { kind: 'run', file: tiny }))).toMatchObject(busy)
    expect(await refusal(client.call('workflows.check', { file: tiny }))).toMatchObject(busy)
    expect(await refusal(client.call('workspace.open', { path: temporaryFolder() }))).toMatchObject(busy)
    // Looking is always allowed.
    expect((await client.call('runs.list', {})).total).toBeGreaterThan(0)
    await client.call('jobs.cancel', { id: job.id })
    await ended(studio, job)
  })

  it('goes on when the page goes away, and the next page finds it', async () => {
    const studio = await openTrusted()
    const page = connectTo(studio.service)
    const job = await page.call('jobs.start', long)
    page.close()
    const next = connectTo(studio.service)
    expect((await next.call('jobs.list', {}))[0]).toMatchObject({ id: job.id, status: 'running' })
    const heard: unknown[] = []
    next.on('experiment', (record) => heard.push(record))
    await until(() => heard.length > 0)
    await next.call('jobs.cancel', { id: job.id })
    expect((await ended(studio, job)).status).toBe('cancelled')
  })

  it('ends with the trust in its code', async () => {
    const studio = await openTrusted()
    const job = await studio.client.call('jobs.start', long)
    await until(() => studio.told('experiment').length > 0)
    await studio.client.call('workspace.trust', { trusted: false })
    expect((await ended(studio, job)).status).toBe('cancelled')
    expect(await refusal(studio.client.call('jobs.start', long))).toMatchObject({ code: 'studio.untrusted' })
  })

  it('ends with the studio: its processes are gone and the database is closed when that is closed', async () => {
    const { client, service, told, pids } = await openTrusted()
    await client.call('jobs.start', long)
    await until(() => told('experiment').length > 0)
    const { path } = (await client.call('studio.state', {})).workspace!
    await service.close()
    expect(pids.length).toBeGreaterThan(0)
    expect(pids.filter(isAlive)).toEqual([])
    expect(existsSync(join(path, '.strobe', 'measuring.lock'))).toBe(false)
    expect(existsSync(join(path, '.strobe', 'strobe.db-wal'))).toBe(false)
  })
})

describe('checks of workflow files', () => {
  it('are done one after the other, and leave no process behind', async () => {
    const { client, pids } = await openTrusted()
    const files = [tiny, 'thread.workflow.ts', 'routes.workflow.ts']
    const checks = await Promise.all(files.map((file) => client.call('workflows.check', { file })))
    expect(checks.map(({ description }) => description?.name)).toEqual(['tiny', 'thread', 'routes'])
    expect(pids.length).toBe(1)
    expect(pids.filter(isAlive)).toEqual([])
  })

  it('that are cancelled end, and those behind them are done', async () => {
    const { client } = await openTrusted(join(fixtures, 'hostile'))
    const stop = new AbortController()
    const waiting = client.call('workflows.check', { file: 'healthy.workflow.ts' }, { signal: stop.signal })
    const next = client.call('workflows.check', { file: 'healthy.workflow.ts' })
    stop.abort()
    expect(await refusal(waiting)).toMatchObject({ code: 'cancelled' })
    expect((await next).diagnostics).toEqual([])
  })
})

describe('a studio that was killed in the middle of an experiment', () => {
  const host = fileURLToPath(new URL('./killed-studio.ts', import.meta.url))

  async function startHost(dataDirectory: string, workspace: string): Promise<{ child: ChildProcess; id: string }> {
    const child = spawn(process.execPath, [host, dataDirectory, workspace], { stdio: ['ignore', 'pipe', 'inherit'] })
    const id = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', (text: Buffer) => resolve(String(text).trim()))
      child.once('exit', () => reject(new Error('The studio ended before it had measured anything.')))
    })
    return { child, id }
  }

  it('finds it interrupted when it is opened again, with everything that was measured', async () => {
    const workspace = temporaryFolder()
    const dataDirectory = temporaryFolder()
    cpSync(join(fixtures, 'workspaces', 'engine'), workspace, { recursive: true })
    const { child, id } = await startHost(dataDirectory, workspace)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    const { client } = await openTestStudio({ dataDirectory, workspace })
    const record = await client.call('experiments.get', { id })
    expect(record.status).toBe('interrupted')
    expect(record.trials.length).toBeGreaterThanOrEqual(4)
    const { rows } = await client.call('runs.list', { experiment: id })
    expect(rows.length).toBeGreaterThanOrEqual(record.trials.length)
    expect(rows.filter(({ reason }) => reason === 'running')).toEqual([])
    for (const { runId } of record.trials) {
      expect((await client.call('runs.get', { id: runId })).record.reason).toBe('finished')
    }
    expect((await client.call('studio.state', {})).workspace).toMatchObject({ trusted: true })
    expect(readFileSync(join(dataDirectory, 'trust.json'), 'utf8')).toContain(workspace)
    expect(await client.call('jobs.list', {})).toEqual([])
  })
})

describe('the samples', () => {
  it('leave something to look at on every screen', async () => {
    const studio = await openTestStudio({ workspace: { samples: true } })
    const { client, told } = studio
    const job = await client.call('jobs.start', { kind: 'samples' })
    const last = await ended(studio, job)
    expect(last.error).toBeUndefined()
    expect(last.status).toBe('done')
    const fractions = told('job').flatMap(({ progress }) => progress.done ?? [])
    expect(fractions).toEqual(fractions.toSorted((left, right) => left - right))
    const cards = await client.call('workflows.list', {})
    for (const card of cards) {
      expect(card).toMatchObject({ lastRun: expect.anything(), lastExperiment: { status: 'finished' } })
      expect(card.trend?.points.length).toBeGreaterThan(0)
    }
    const plain = (await client.call('runs.list', { experiment: null })).rows
    expect(plain.map(({ workflow, reason }) => `${workflow} ${reason}`).sort()).toEqual([
      'k-means finished',
      'orders finished',
    ])
    for (const { capture } of plain) expect(capture.sampleInterval).toBeGreaterThan(0)
    expect((await client.call('advice.list', { workflow: 'orders' })).length).toBeGreaterThan(0)
    expect(await anyCycle(client)).toBe(true)
  }, 300_000)
})

async function anyCycle(client: StudioClient): Promise<boolean> {
  const { rows } = await client.call('runs.list', { workflow: 'k-means' })
  const { record } = await client.call('runs.get', { id: rows[0]!.id })
  return record.cycles.length > 0
}
