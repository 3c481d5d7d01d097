import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { silentProgress } from '../../src/base/index.ts'
import {
  checkFile,
  type Engine,
  type EngineOptions,
  findExperiment,
  findRun,
  listExperiments,
  listRuns,
  openEngine,
  type RunRecord,
  runExperiment,
  runOnce,
  traceOf,
} from '../../src/engine/index.ts'
import { builtFile } from '../../src/runtime/index.ts'
import { frameOf } from '../../src/trace/index.ts'
import { recordRun } from '../fixtures/record-run.ts'
import { newWorkspace } from '../loop/workspace.ts'

const progress = silentProgress()
const tiny = { file: 'tiny.workflow.ts' }
const opened: Engine[] = []

afterEach(() => {
  for (const engine of opened.splice(0)) engine.close()
})

function open(workspace = newWorkspace('engine'), options: Partial<EngineOptions> = {}): Engine {
  const engine = openEngine({ workspace, ...options })
  opened.push(engine)
  return engine
}

/** A process that lives until it is killed. */
function bystander() {
  return spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
}

const lockOf = ({ workspace }: Engine) => join(workspace, '.strobe', 'measuring.lock')

describe('one engine measures in a workspace at a time', () => {
  it('a second one refuses and says who measures; when that is done, it may', async () => {
    const first = open()
    const second = open(first.workspace)
    const running = runOnce(first, { ...tiny, params: { pause: 700 } }, progress)
    const refusal = await runOnce(second, tiny, progress).catch((thrown: unknown) => thrown)
    expect(refusal).toMatchObject({ code: 'engine.busy', data: { pid: process.pid } })
    expect((refusal as Error).message).toContain(`Process ${process.pid} is measuring`)
    expect(await running).toMatchObject({ reason: 'finished' })
    expect(existsSync(lockOf(first))).toBe(false)
    expect(await runOnce(second, tiny, progress)).toMatchObject({ reason: 'finished' })
  })

  it('the lock of another process counts as long as that process lives', async () => {
    const engine = open()
    const other = bystander()
    writeFileSync(lockOf(engine), String(other.pid))
    const request = {
      ...tiny,
      variants: [
        { name: 'a', patch: {} },
        { name: 'b', patch: {} },
      ],
    }
    await expect(runExperiment(engine, request, progress)).rejects.toMatchObject({
      code: 'engine.busy',
      data: { pid: other.pid },
    })
    // Looking is always allowed.
    expect(await checkFile(open(engine.workspace), tiny.file, progress)).toMatchObject({ diagnostics: [] })
    other.kill('SIGKILL')
    await new Promise((resolve) => other.once('exit', resolve))
    expect(await runOnce(engine, tiny, progress)).toMatchObject({ reason: 'finished' })
    expect(existsSync(lockOf(engine))).toBe(false)
  })

  it('a lock with this process’s own number that it does not hold is an old one: numbers come again in containers', async () => {
    const engine = open()
    writeFileSync(lockOf(engine), String(process.pid))
    expect(await runOnce(engine, tiny, progress)).toMatchObject({ reason: 'finished' })
  })

  it('a lock without a number is waited for while it may be being written, and then taken over', async () => {
    const engine = open()
    writeFileSync(lockOf(engine), '')
    let aged = Number.POSITIVE_INFINITY
    setTimeout(() => {
      aged = Date.now()
      utimesSync(lockOf(engine), 0, 0)
    }, 300)
    const run = await runOnce(engine, tiny, progress)
    expect(run.reason).toBe('finished')
    expect(run.startedAt).toBeGreaterThanOrEqual(aged)
  })

  it('waits where it was told to, says for whom, and can be cancelled meanwhile', async () => {
    const other = bystander()
    const engine = open(undefined, { wait: true })
    writeFileSync(lockOf(engine), String(other.pid))
    const messages: Array<string | undefined> = []
    const stop = new AbortController()
    const watched = {
      ...silentProgress(stop.signal),
      update: ({ message }: { message?: string }) => messages.push(message),
    }
    setTimeout(() => stop.abort(), 300)
    await expect(runOnce(engine, tiny, watched)).rejects.toMatchObject({ code: 'cancelled' })
    expect(messages).toContain(`waiting for process ${other.pid}, which is measuring`)
    setTimeout(() => other.kill('SIGKILL'), 300)
    expect(await runOnce(engine, tiny, progress)).toMatchObject({ reason: 'finished' })
  })
})

describe('what an interrupted run has left is taken in when a workspace is opened', () => {
  const cut = (id: string) => recordRun({ id, workflow: 'tiny', ...tiny, reason: 'running', value: null })
  const iterations = {
    ...{ cycle: Uint32Array.of(1, 1), index: Uint32Array.of(0, 1), start: Float64Array.of(0, 5) },
    ...{ duration: Float64Array.of(5, 5), cpu: Float64Array.of(1, 1), heap: Float64Array.of(0, 0) },
    ...{ gc: Float64Array.of(0, 0), metric: Float64Array.of(3, 2) },
    ...{ digestHigh: Uint32Array.of(0, 0), digestLow: Uint32Array.of(0, 0) },
  }

  /** A workspace that was open once, with a log in it. */
  function withLog(name: string, ...frames: Uint8Array[]): { workspace: string; path: string } {
    const { workspace, store } = open()
    const path = join(store.runsDirectory, name)
    writeFileSync(path, Buffer.concat(frames))
    return { workspace, path }
  }

  it('with the iterations that were whole, and the reason', () => {
    const torn = frameOf('iterations', iterations).subarray(0, 40)
    const { workspace, path } = withLog(
      'r-cut.log',
      frameOf('header', { run: cut('r-cut') }),
      frameOf('strings', { first: 1, strings: ['loop'] }),
      frameOf('iterations', iterations),
      torn,
    )
    const engine = open(workspace)
    expect(findRun(engine, 'r-cut')).toMatchObject({
      reason: 'interrupted',
      error: { code: 'run.interrupted' },
      cycles: [{ path: 'loop', iterations: 2, metric: 2 }],
    })
    expect([...traceOf(engine, 'r-cut')!.iterations.metric]).toEqual([3, 2])
    expect(existsSync(path)).toBe(false)
  })

  it('a run that had come to its end keeps that, also when it was stored already', () => {
    const phases = { threadStart: 1, moduleLoad: 1, resourcesOpen: 1, resourcesClose: 1 }
    const frames = [
      frameOf('header', { run: cut('r-whole') }),
      frameOf('end', { reason: 'finished', value: 7, phases, cycles: [] }),
    ]
    const { workspace, path } = withLog('r-whole.log', ...frames)
    const first = open(workspace)
    const stored = findRun(first, 'r-whole')
    expect(stored).toMatchObject({ reason: 'finished', value: 7 })
    // Committed, and killed before the log was removed.
    writeFileSync(path, Buffer.concat(frames))
    expect(findRun(open(workspace), 'r-whole')).toEqual(stored)
    expect(listRuns(open(workspace)).length).toBe(1)
  })

  it('a run without a log, and an experiment in the middle, are interrupted too', async () => {
    const engine = open()
    const variants = [
      { name: 'a', patch: {} },
      { name: 'b', patch: {} },
    ]
    const stop = new AbortController()
    const record = await runExperiment(engine, { ...tiny, variants }, silentProgress(stop.signal), () => stop.abort())
    expect(record.status).toBe('stopped')
    engine.store.experiments.update({ ...record, workflow: 'tiny', status: 'running' })
    engine.store.runs.insertRunning(cut('r-lost'))
    const again = open(engine.workspace)
    expect(findExperiment(again, record.id).status).toBe('interrupted')
    expect(findRun(again, 'r-lost')).toMatchObject({ reason: 'interrupted' })
    expect(listExperiments(again).length).toBe(1)
  })

  it('a log that cannot be read is set aside, and hinders nobody', async () => {
    const { workspace, path } = withLog('r-noise.log', Buffer.from('no record of anything'))
    mkdirSync(join(workspace, '.strobe', 'runs', 'r-folder.log'))
    const engine = open(workspace)
    expect(existsSync(path)).toBe(false)
    expect(readdirSync(engine.store.runsDirectory).sort()).toEqual([
      'r-folder.log.unreadable',
      'r-noise.log.unreadable',
    ])
    expect(await runOnce(open(workspace), tiny, progress)).toMatchObject({ reason: 'finished' })
  })

  it('is left alone while another process measures: it is that one’s', async () => {
    const { workspace, path } = withLog('r-going-on.log', frameOf('header', { run: cut('r-going-on') }))
    const other = bystander()
    writeFileSync(join(workspace, '.strobe', 'measuring.lock'), String(other.pid))
    expect(listRuns(open(workspace))).toEqual([])
    expect(existsSync(path)).toBe(true)
    other.kill('SIGKILL')
    await new Promise((resolve) => other.once('exit', resolve))
    expect(listRuns(open(workspace)).map(({ reason }) => reason)).toEqual(['interrupted'])
  })
})

describe('the environment of a run', () => {
  it('names the commit, and whether files differ from it', async () => {
    const engine = open()
    const { workspace } = engine
    const git = (...args: string[]) => execFileSync('git', args, { cwd: workspace, encoding: 'utf8' }).trim()
    expect((await runOnce(engine, tiny, progress)).environment).not.toHaveProperty('git')
    git('init', '--quiet')
    git('add', tiny.file)
    git('-c', 'user.name=t', '-c', 'user.email=t@localhost', 'commit', '--quiet', '-m', 'first')
    const { environment } = await runOnce(engine, tiny, progress)
    expect(environment!.git).toEqual({ commit: git('rev-parse', 'HEAD'), dirty: false })
    expect(environment).toMatchObject({ node: process.versions.node, source: expect.stringMatching(/^[0-9a-f]{64}$/) })
    writeFileSync(join(workspace, tiny.file), '\n// another line\n', { flag: 'a' })
    const changed = await runOnce(engine, tiny, progress)
    expect(changed.environment!.git).toMatchObject({ dirty: true })
    expect(changed.environment!.source).not.toBe(environment!.source)
    expect(changed.environment!.machine).toBe(environment!.machine)
  })
})

describe('records are found by the beginning of their id', () => {
  it('one, none, or several, of which all are named', () => {
    const engine = open()
    for (const id of ['r-one', 'r-other', 's-third']) engine.store.runs.put(recordRun({ id }))
    expect(findRun(engine, 's').id).toBe('s-third')
    expect(findRun(engine, 'r-one').id).toBe('r-one')
    const codeOf = (id: string) => {
      try {
        return findRun(engine, id) && 'found'
      } catch (thrown) {
        return thrown
      }
    }
    expect(codeOf('t')).toMatchObject({ code: 'engine.unknown-id', data: { kind: 'run', id: 't' } })
    expect(codeOf('r-o')).toMatchObject({ code: 'engine.ambiguous-id', data: { ids: ['r-one', 'r-other'] } })
    expect(() => findExperiment(engine, 'r-one')).toThrow(/no experiment "r-one"/)
  })
})

describe('a workspace that is only looked at', () => {
  it('shows its runs and traces, and nothing in it is made or changed', async () => {
    const engine = open()
    const run = await runOnce(engine, tiny, progress)
    opened.splice(opened.indexOf(engine), 1)
    engine.close()
    // SQLite's own files beside the database come and go with whoever reads it.
    const files = () =>
      readdirSync(join(engine.workspace, '.strobe'), { recursive: true, encoding: 'utf8' })
        .filter((name) => !/^strobe\.db-(shm|wal)$/.test(name))
        .sort()
    const before = files()
    const reader = open(engine.workspace, { readOnly: true })
    expect(listRuns(reader).map(({ id }) => id)).toEqual([run.id])
    expect(traceOf(reader, run.id)!.spans.start.length).toBeGreaterThan(1)
    await expect(runOnce(reader, tiny, progress)).rejects.toMatchObject({ code: 'store.read-only' })
    opened.splice(opened.indexOf(reader), 1)
    reader.close()
    expect(files()).toEqual(before)
  })

  const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0
  it.skipIf(!canMount)('may lie on a medium that cannot be written', async () => {
    const engine = open()
    const run: RunRecord = await runOnce(engine, tiny, progress)
    opened.splice(opened.indexOf(engine), 1)
    engine.close()
    const script = `mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" && ! touch x 2>/dev/null && "$2" "$3" list --json`
    const arguments_ = ['-rm', 'sh', '-c', script, 'sh', engine.workspace, process.execPath, builtFile('cli.js')]
    const { stdout, stderr, status } = spawnSync('unshare', arguments_, { encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    expect(stdout).toContain(run.id)
  })
})

describe('what is declared and not executed yet', () => {
  for (const file of ['thread', 'routes']) {
    it(`${file}: is said by the check, and refused by a run, before anything of it ran`, async () => {
      const engine = open()
      const { diagnostics } = await checkFile(engine, `${file}.workflow.ts`, progress)
      expect(diagnostics.length).toBeGreaterThan(0)
      for (const { code, severity, message } of diagnostics) {
        expect({ code, severity }).toEqual({ code: 'workflow.not-executed', severity: 'warning' })
        expect(message).toMatch(/yet/)
      }
      await expect(runOnce(engine, { file: `${file}.workflow.ts` }, progress)).rejects.toMatchObject({
        code: 'workflow.not-executed',
        message: expect.stringMatching(/^[A-Z].{20,}/),
      })
      expect(listRuns(engine)).toEqual([])
    })
  }
})
