import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { silentProgress } from '../../src/base/index.ts'
import type { WorkspaceStore } from '../../src/engine/documents.ts'
import { type Engine, listRuns, openEngine } from '../../src/engine/index.ts'
import { whileMeasuring } from '../../src/engine/measuring-lock.ts'
import { recoverRuns } from '../../src/engine/recover.ts'
import { frameOf } from '../../src/trace/index.ts'
import { recordRun } from '../fixtures/record-run.ts'

const progress = silentProgress()
const opened: Engine[] = []

afterEach(() => {
  for (const engine of opened.splice(0)) engine.close()
})

function open(workspace = mkdtempSync(join(tmpdir(), 'strobe-recover-'))): Engine {
  const engine = openEngine({ workspace })
  opened.push(engine)
  return engine
}

const running = (id: string) =>
  recordRun({ id, workflow: 'tiny', file: 'tiny.workflow.ts', reason: 'running', value: null })

function leaveLog({ store }: Engine, id: string): void {
  store.runs.insertRunning(running(id))
  writeFileSync(join(store.runsDirectory, `${id}.log`), Buffer.from(frameOf('header', { run: running(id) })))
}

const lockOf = ({ workspace }: Engine) => join(workspace, '.strobe', 'measuring.lock')
const reasonOf = ({ store }: Engine, id: string) => store.runs.get(id)?.reason

/** The store, and what happens in the middle of recovering: when it asks which runs are running, to end them. */
function storeWith(store: WorkspaceStore, inTheMiddle: () => void): WorkspaceStore {
  const list: typeof store.runs.list = (filter) => {
    if (filter?.limit === undefined) inTheMiddle()
    return store.runs.list(filter)
  }
  const runs = new Proxy(store.runs, {
    get: (target, name) => {
      if (name === 'list') return list
      const value = Reflect.get(target, name, target) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return new Proxy(store, { get: (target, name) => (name === 'runs' ? runs : Reflect.get(target, name, target)) })
}

describe('recovering holds the measuring lock', () => {
  it('so that a run which begins in the middle of it is not taken for an interrupted one', async () => {
    const engine = open()
    leaveLog(engine, 'r-left')
    let measured: Promise<void> | undefined
    const store = storeWith(engine.store, () => {
      measured = whileMeasuring(engine.workspace, { wait: false, progress }, async () => leaveLog(engine, 'r-new'))
    })
    recoverRuns(engine.workspace, store)
    // It has waited, and did not refuse: nobody measures.
    await measured
    expect(reasonOf(engine, 'r-left')).toBe('interrupted')
    expect(reasonOf(engine, 'r-new')).toBe('running')
    expect(existsSync(join(engine.store.runsDirectory, 'r-new.log'))).toBe(true)
    expect(existsSync(lockOf(engine))).toBe(false)
  })

  it('and gives it back where it fails', () => {
    const engine = open()
    leaveLog(engine, 'r-left')
    const broken = storeWith(engine.store, () => {
      throw new Error('The disk is full.')
    })
    expect(() => recoverRuns(engine.workspace, broken)).toThrow('The disk is full.')
    expect(existsSync(lockOf(engine))).toBe(false)
  })

  it('and nothing is touched while another measures', async () => {
    const engine = open()
    await whileMeasuring(engine.workspace, { wait: false, progress }, async () => {
      leaveLog(engine, 'r-its-own')
      open(engine.workspace)
      expect(reasonOf(engine, 'r-its-own')).toBe('running')
    })
    open(engine.workspace)
    expect(reasonOf(engine, 'r-its-own')).toBe('interrupted')
  })

  it('takes over a lock that a process which died in recovering has left', () => {
    const engine = open()
    leaveLog(engine, 'r-left')
    // No process has this number: Linux ends at 2^22.
    writeFileSync(lockOf(engine), '4194305 recovering')
    open(engine.workspace)
    expect(reasonOf(engine, 'r-left')).toBe('interrupted')
    expect(existsSync(lockOf(engine))).toBe(false)
  })

  it('does not touch the lock where nothing is left', () => {
    const engine = open()
    mkdirSync(lockOf(engine))
    expect(listRuns(open(engine.workspace))).toEqual([])
  })
})

describe('processes that open a workspace at the same moment', () => {
  const logs = 30
  const processes = 4

  it('take in each log once, and all see the same', async () => {
    const engine = open()
    for (let run = 0; run < logs; run++) leaveLog(engine, `r-${run}`)
    const ready = join(engine.workspace, 'go')
    const index = pathToFileURL(join(import.meta.dirname, '..', '..', 'src', 'engine', 'index.ts')).href
    const script = `
      import { existsSync } from 'node:fs'
      import { listRuns, openEngine } from '${index}'
      process.stdout.write('ready ')
      while (!existsSync(process.argv[1])) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
      const engine = openEngine({ workspace: process.argv[2] })
      process.stdout.write(listRuns(engine).filter(({ reason }) => reason === 'interrupted').length + '')
      engine.close()`
    const typed = ['--input-type=module', '-e', script, ready, engine.workspace]
    const children = Array.from({ length: processes }, () => {
      const child = spawn(process.execPath, typed, { stdio: ['ignore', 'pipe', 'inherit'] })
      const said = { text: '' }
      child.stdout.on('data', (chunk: Buffer) => {
        said.text += chunk.toString()
      })
      return { said, ended: new Promise<number | null>((resolve) => child.once('close', resolve)) }
    })
    while (!children.every(({ said }) => said.text === 'ready ')) await new Promise((done) => setTimeout(done, 20))
    writeFileSync(ready, '')
    const codes = await Promise.all(children.map(({ ended }) => ended))
    expect(codes).toEqual(children.map(() => 0))
    expect(children.map(({ said }) => said.text)).toEqual(children.map(() => `ready ${logs}`))
    expect(readdirSync(engine.store.runsDirectory)).toEqual([])
  })
})
