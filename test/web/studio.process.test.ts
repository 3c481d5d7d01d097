import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { connectClient, openWebSocket, type StudioClient } from '../../src/protocol/index.ts'
import { lockFile, readLock } from '../../src/web/studio-lock.ts'
import { ask } from './fake-studio.ts'

const web = 'out/main/web.js'
const cli = 'out/main/cli.js'
const start = 'scripts/start.mjs'

let root = ''
let data = ''
let workspace = ''
let children: ChildProcess[] = []
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'strobe-studio-'))
  data = join(root, 'data')
  workspace = join(root, 'workspace')
  mkdirSync(workspace)
  writeFileSync(
    join(workspace, 'endless.workflow.ts'),
    "import { workflow } from 'strobe'\nexport default workflow('endless').task('spin', {}, () => { for (;;) Math.random() }).result(() => 1)\n",
  )
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await until(() => !lockedBy().some(isAlive))
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
})

/** Starts a script with the studio's folder, and collects what it says. */
function run(script: string, ...words: string[]) {
  const env: NodeJS.ProcessEnv = { ...process.env, STROBE_DATA: data, CI: '1', NO_COLOR: '1' }
  for (const name of ['npm_lifecycle_event', 'INIT_CWD', 'DISPLAY', 'WAYLAND_DISPLAY', 'SSH_CONNECTION'])
    delete env[name]
  const child = spawn(process.execPath, [script, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const address = async () => {
    await until(() => /http:\/\/\S+/.test(said) || child.exitCode !== null)
    return new URL(/http:\/\/\S+/.exec(said)?.[0] ?? `nothing: ${said}`)
  }
  return { child, ended, address, said: () => said }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let attempt = 0; !isSo(); attempt++) {
    if (attempt === 400) throw new Error('Waited in vain.')
    await sleep(50)
  }
}

function lockedBy(): number[] {
  const pid = readLock(data)?.pid
  return pid === undefined ? [] : [pid]
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function cookieOf({ port, pathname, search }: URL): Promise<string> {
  const { headers } = await ask(Number(port), { target: pathname + search })
  return headers['set-cookie']?.split(';')[0] ?? ''
}

async function connect(address: URL): Promise<StudioClient> {
  const { host, origin } = address
  const headers = { cookie: await cookieOf(address) }
  return connectClient((signal) => openWebSocket(new WebSocket(`ws://${host}/socket`, { origin, headers }), signal))
}

describe.each([
  ['web.js', web, []],
  ['strobe studio', cli, ['studio']],
  ['npm start', start, []],
])('%s', (_name, script, words) => {
  it('serves the page and the samples until it is interrupted', async () => {
    const studio = run(script, ...words, ...(script === cli ? ['--workspace', workspace] : []))
    const address = await studio.address()
    const page = await ask(Number(address.port), { target: '/', headers: { cookie: await cookieOf(address) } })
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
    const client = await connect(address)
    const state = await client.call('studio.state', {})
    expect(state.workspace).toMatchObject(
      script === cli ? { path: workspace, trusted: false } : { samples: true, trusted: true },
    )
    client.close()
    studio.child.kill('SIGINT')
    expect(await studio.ended).toBe(0)
    expect(existsSync(lockFile(data))).toBe(false)
  })
})

describe('a job that goes on at the end', () => {
  it('is cancelled, and what it measured is kept', async () => {
    const studio = run(web, workspace, '--trust')
    const client = await connect(await studio.address())
    const job = await client.call('jobs.start', { kind: 'run', file: 'endless.workflow.ts' })
    let isMade = false
    while (!isMade) isMade = (await client.call('jobs.list', {})).some(({ result }) => result.run !== undefined)
    expect(job.status).toBe('running')
    client.close()
    studio.child.kill('SIGTERM')
    expect(await studio.ended).toBe(0)
    // What was recorded is in the store already: no log is left to be taken in.
    expect(readdirSync(join(workspace, '.strobe', 'runs'))).toEqual([])
    const again = await connect(await run(web, workspace).address())
    const { rows } = await again.call('runs.list', {})
    expect(rows.map(({ workflow, reason }) => ({ workflow, reason }))).toEqual([
      { workflow: 'endless', reason: 'cancelled' },
    ])
    again.close()
  })
})

describe('a parent that dies', () => {
  it('takes the studio of strobe studio with it', async () => {
    const studio = run(cli, 'studio', workspace)
    await studio.address()
    const [pid = 0] = lockedBy()
    expect(pid).not.toBe(studio.child.pid)
    studio.child.kill('SIGKILL')
    await until(() => !isAlive(pid))
    expect(existsSync(lockFile(data))).toBe(false)
  })

  it('takes the studio of npm start with it', async () => {
    const code = `require('node:child_process').spawn(process.execPath, ['${web}', '--with-parent'], { stdio: 'inherit' })`
    const parent = run('-e', code)
    await parent.address()
    const [pid = 0] = lockedBy()
    parent.child.kill('SIGKILL')
    await until(() => !isAlive(pid))
    expect(existsSync(lockFile(data))).toBe(false)
  })
})

describe('a server that dies', () => {
  it('is started again with what was open, and the page finds its way back', async () => {
    const studio = run(web)
    const client = await connect(await studio.address())
    const { workspace: opened } = await client.call('workspace.open', { path: workspace })
    const [pid = 0] = lockedBy()
    process.kill(pid, 'SIGKILL')
    await until(() => client.state !== 'open')
    await until(() => client.state === 'open')
    expect(lockedBy()).not.toEqual([pid])
    expect((await client.call('studio.state', {})).workspace).toEqual(opened)
    expect(studio.said()).toContain('ended unexpectedly (SIGKILL), and is started again')
    client.close()
    studio.child.kill('SIGINT')
    expect(await studio.ended).toBe(0)
  })

  it('again and again is not started for ever', async () => {
    const studio = run(web)
    await studio.address()
    for (let death = 0; death < 4; death++) {
      await until(() => lockedBy().some(isAlive))
      const [pid = 0] = lockedBy()
      process.kill(pid, 'SIGKILL')
      await until(() => !isAlive(pid))
    }
    expect(await studio.ended).toBe(1)
    expect(studio.said()).toContain('4 times within a minute')
  })
})

describe('a second start', () => {
  it('says where the first one is, opens its folder there, and ends', async () => {
    const first = run(web)
    const address = await first.address()
    const second = run(start, workspace)
    expect(await second.ended).toBe(0)
    expect(second.said()).toContain('running already')
    expect(second.said()).toContain(address.href)
    const client = await connect(address)
    expect((await client.call('studio.state', {})).workspace).toMatchObject({ path: workspace, trusted: false })
    client.close()
    const third = run(cli, 'studio', '--json', '--workspace', workspace)
    expect(await third.ended).toBe(0)
    expect(third.said()).toContain('"isElsewhere": true')
    expect(first.child.exitCode).toBeNull()
  })

  it('takes over from one that was killed', async () => {
    const first = run(web)
    const before = await first.address()
    // Nobody is left to clear up, and nobody to start again.
    const [pid = 0] = lockedBy()
    process.kill(pid, 'SIGSTOP')
    first.child.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    await until(() => !isAlive(pid))
    expect(existsSync(lockFile(data))).toBe(true)
    expect((await run(web).address()).href).not.toBe(before.href)
  })
})

describe('a start that fails', () => {
  it('says a sentence and its code', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const port = String((taken.address() as AddressInfo).port)
    for (const [script, words] of [
      [web, []],
      [cli, ['studio']],
      [start, []],
    ] as const) {
      const failed = run(script, ...words, '--port', port)
      expect(await failed.ended).toBe(1)
      expect(failed.said()).toContain(`Port ${port} is taken by another program.`)
      expect(failed.said()).not.toMatch(/^\s+at /m)
    }
    taken.close()
  })

  it.each([
    [web, ['--port', 'x'], 2, 'is no port'],
    [web, ['nowhere'], 1, 'There is no folder'],
    [cli, ['studio', 'nowhere'], 1, 'There is no folder'],
    [start, ['nowhere'], 1, 'There is no folder'],
    [start, ['--shell', 'x'], 1, 'There is no shell'],
  ])('%s %j ends with %i', async (script, words, code, sentence) => {
    const failed = run(script, ...words)
    expect(await failed.ended).toBe(code)
    expect(failed.said()).toContain(sentence)
    expect(failed.said()).not.toMatch(/^\s+at /m)
  })
})

it('npm start says in one line why it is not the desktop app', async () => {
  const studio = run(start)
  await studio.address()
  const lines = studio
    .said()
    .split('\n')
    .filter((line) => line.includes('in the browser'))
  expect(lines).toHaveLength(1)
  studio.child.kill('SIGINT')
  expect(await studio.ended).toBe(0)
})
