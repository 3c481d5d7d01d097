import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contractVersion } from '../../src/protocol/index.ts'
import { newSecret } from '../../src/web/access.ts'
import { runStudio } from '../../src/web/run-studio.ts'
import { isRunning, openThere } from '../../src/web/running-studio.ts'
import { startWebShell } from '../../src/web/start-web-shell.ts'
import { lockFile, type RunningStudio, readLock } from '../../src/web/studio-lock.ts'
import { readTyped } from '../../src/web/typed.ts'
import { ask, type FakeShell, openSocket, startFakeShell } from './fake-studio.ts'

let fake: FakeShell
beforeEach(async () => {
  fake = await startFakeShell()
})
afterEach(() => fake.end())

const asUser = (target: string, headers: Readonly<Record<string, string>> = {}) =>
  ask(fake.shell.port, { target, headers: { cookie: fake.cookie, ...headers } })
const code = (value: string) => expect.objectContaining({ code: value })

describe('what is served', () => {
  it('the page is asked for each time, its hashed files are kept', async () => {
    const page = await asUser('/')
    expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ws://${fake.host};`)
    const script = await asUser('/assets/index-B1a_-9xZ.js')
    expect(script.headers['cache-control']).toBe('private, max-age=31536000, immutable')
  })

  it('blobs have ranges, and are not sent again to who has them', async () => {
    expect(await asUser('/blob/trace-r1', { range: 'bytes=4-8' })).toMatchObject({ status: 206, body: 'bytes' })
    expect(await asUser('/blob/trace-r1', { range: 'bytes=900-' })).toMatchObject({ status: 416, body: '' })
    expect(await asUser('/blob/trace-r1', { 'if-none-match': '"trace-r1"' })).toMatchObject({ status: 304, body: '' })
    expect(await asUser('/blob/trace-r1', { range: 'bytes=4-8', 'if-range': '"x"' })).toMatchObject({ status: 200 })
  })
})

describe('the end', () => {
  it('closes pages, studio, port and lock', async () => {
    const headers = { cookie: fake.cookie, origin: `http://${fake.host}` }
    const { socket } = await openSocket(fake.shell.port, { headers })
    socket.send(JSON.stringify({ type: 'hello', contractVersion }))
    await once(socket, 'message')
    const closed = once(socket, 'close')
    expect(existsSync(lockFile(fake.options.dataDirectory))).toBe(true)
    await Promise.all([fake.shell.close(), fake.shell.close()])
    expect((await closed)[0]).toBe(1001)
    expect(fake.studio.isClosed).toBe(true)
    expect(existsSync(lockFile(fake.options.dataDirectory))).toBe(false)
    await expect(asUser('/')).rejects.toThrow('ECONNREFUSED')
  })

  it('comes also where a page does not say goodbye', async () => {
    const { socket } = await openSocket(fake.shell.port, {
      headers: { cookie: fake.cookie, origin: `http://${fake.host}` },
    })
    socket.pause()
    await fake.shell.close()
    await expect(asUser('/')).rejects.toThrow('ECONNREFUSED')
    socket.terminate()
  })
})

describe('the lock', () => {
  it('says where the studio is, to its user only', () => {
    const path = lockFile(fake.options.dataDirectory)
    expect(readLock(fake.options.dataDirectory)).toMatchObject({
      pid: process.pid,
      port: fake.shell.port,
      token: fake.token,
    })
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('lets one studio run with a data folder', async () => {
    await expect(startWebShell(fake.options)).rejects.toThrow(code('web.running'))
    expect((await asUser('/')).status).toBe(200)
  })

  it('lets one of two through that start at once', async () => {
    await fake.shell.close()
    const starts = await Promise.allSettled([startWebShell(fake.options), startWebShell(fake.options)])
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    for (const start of starts) {
      if (start.status === 'fulfilled') await start.value.close()
      else expect(start.reason).toEqual(code('web.running'))
    }
  })

  const leftBy: Record<string, (found: RunningStudio) => Promise<string> | string> = {
    'a process that was killed': async (found) => JSON.stringify({ ...found, pid: await deadProcess() }),
    'a process whose number another one has': (found) => JSON.stringify({ ...found, port: 1 }),
    'a studio whose port another one has': (found) => JSON.stringify({ ...found, token: 'x'.repeat(43) }),
    'a full disk': () => '',
    'something else': () => '{"pid":"x"}',
  }
  it.each(Object.entries(leftBy))('is taken over where it was left by %s', async (_what, left) => {
    const { dataDirectory } = fake.options
    writeFileSync(lockFile(dataDirectory), await left(readLock(dataDirectory) as RunningStudio))
    const next = await startWebShell(fake.options)
    expect(readLock(dataDirectory)?.port).toBe(next.port)
    // The one before gives back only what is its own.
    await fake.shell.close()
    expect(readLock(dataDirectory)?.port).toBe(next.port)
    await next.close()
    expect(existsSync(lockFile(dataDirectory))).toBe(false)
  })

  it('counts where the studio is too busy to answer', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    expect(await isRunning({ pid: process.pid, port, token: fake.token, build: '' }, 100)).toBe(true)
    silent.closeAllConnections()
    silent.close()
  })
})

describe('a start that fails says why', () => {
  const start = (changes: object) => startWebShell({ ...fake.options, ...changes })

  it('a port that is taken', async () => {
    const dataDirectory = join(fake.root, 'other')
    await expect(start({ dataDirectory, port: fake.shell.port })).rejects.toThrow(code('web.port-taken'))
    expect(existsSync(dataDirectory)).toBe(false)
  })

  it('no build', async () => {
    await expect(start({ rendererFolder: fake.root })).rejects.toThrow(code('web.no-build'))
  })

  it('a data folder that is a file', async () => {
    writeFileSync(join(fake.root, 'file'), '')
    await expect(start({ dataDirectory: join(fake.root, 'file', 'data') })).rejects.toThrow(code('web.data-folder'))
  })

  // Permissions are in nobody's way where the tests run as root.
  it.runIf(process.platform === 'linux')('a data folder in which nothing can be written', async () => {
    await expect(start({ dataDirectory: '/proc/self' })).rejects.toThrow(code('web.data-folder'))
  })

  it('a studio that cannot be opened, and leaves no lock and no port', async () => {
    const dataDirectory = join(fake.root, 'other')
    const openService = () => {
      throw new Error('no studio')
    }
    await expect(start({ dataDirectory, openService })).rejects.toThrow('no studio')
    expect(existsSync(lockFile(dataDirectory))).toBe(false)
  })
})

describe('a second start', () => {
  const surroundings = () => ({ ...fake.options, onBug: () => {} })
  const start = (words: readonly string[]) => ({ typed: readTyped(words, fake.root), token: newSecret() })

  it('finds the studio that runs, with the address that lets in', async () => {
    const { ready, shell } = await runStudio(start([]), surroundings())
    expect(ready).toMatchObject({ address: fake.shell.address, pid: process.pid, isElsewhere: true, notes: [] })
    expect(shell).toBeUndefined()
  })

  it('says that it is of another build', async () => {
    writeFileSync(join(fake.options.rendererFolder, 'index.html'), 'newer')
    const { notes } = (await runStudio(start([]), surroundings())).ready
    expect(notes).toHaveLength(1)
    expect(notes[0]).toContain('another build')
  })

  it('opens its folder there', async () => {
    // The fake knows no such method; that it is asked for it is what counts.
    await expect(runStudio(start(['.']), surroundings())).rejects.toThrow(fake.shell.address)
    expect(fake.bugs).toHaveLength(1)
  })

  it('loses a studio that goes away in between', async () => {
    const studio = readLock(fake.options.dataDirectory) as RunningStudio
    await fake.shell.close()
    await expect(openThere(studio, fake.root)).rejects.toThrow(code('connection.lost'))
  })
})

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}
