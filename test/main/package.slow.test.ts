import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { forkUtility } from './utility-process.ts'

// Packages the app for Linux, with a stand-in for Electron's own files: what is in the archive, what beside it, and whether the latter
// works by itself. Electron's program is a few bytes that hold its fuses and nothing else.

const root = mkdtempSync(join(tmpdir(), 'strobe-package-'))
const resources = join(root, 'packages', 'linux-unpacked', 'resources')
const unpacked = join(resources, 'app.asar.unpacked')
const own = createRequire(import.meta.url)
const builder = own.resolve('electron-builder')
const packager = createRequire(createRequire(builder).resolve('app-builder-lib'))
const asar = packager('@electron/asar') as {
  createPackage(folder: string, file: string): Promise<void>
  listPackage(file: string, options: { isPack: boolean }): string[]
  extractFile(file: string, path: string): Buffer
}
/** Where the fuses stand in Electron's program, a version and their number in front of them. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

describe.runIf(process.platform === 'linux')('the packaged app', () => {
  beforeAll(async () => {
    const dist = join(root, 'dist')
    mkdirSync(join(dist, 'resources'), { recursive: true })
    mkdirSync(join(root, 'empty'))
    writeFileSync(join(root, 'empty', 'package.json'), '{}')
    await asar.createPackage(join(root, 'empty'), join(dist, 'resources', 'default_app.asar'))
    writeFileSync(join(dist, 'electron'), `\x7fELF${sentinel}\x01\x09110111101`, { mode: 0o755 })
    const words = ['--config', 'electron-builder.config.mjs', '--publish', 'never', '--dir', '--linux']
    const places = [`-c.electronDist=${dist}`, `-c.directories.output=${join(root, 'packages')}`]
    execFileSync(process.execPath, [join(builder, '..', '..', 'cli.js'), ...words, ...places], {
      stdio: 'pipe',
    })
  }, 300_000)
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  const entries = () => {
    const lines = asar
      .listPackage(join(resources, 'app.asar'), { isPack: true })
      .map((line) => line.split(/\s*:\s+/, 2))
    const named = (kind: string) =>
      lines.filter(([pack, path]) => pack === kind && /\.\w+$/.test(path ?? '')).map(([, path]) => path ?? '')
    return { packed: named('pack'), beside: named('unpack') }
  }

  it('has its fuses as they were meant', () => {
    const program = readFileSync(join(root, 'packages', 'linux-unpacked', 'strobe'), 'latin1')
    const wire = program.slice(program.indexOf(sentinel) + sentinel.length + 2).slice(0, 8)
    expect(wire).toBe('01001100')
  })

  it('verifies the main process, the preload and the page; nothing else is in the archive', () => {
    const { packed } = entries()
    const others = packed.filter((path) => !path.startsWith('/out/renderer/'))
    expect(others.toSorted()).toEqual([
      '/out/main/index.js',
      '/out/preload/index.cjs',
      '/package.json',
      '/resources/icons/icon.png',
    ])
    expect(packed).toContain('/out/renderer/index.html')
    const index = asar.extractFile(join(resources, 'app.asar'), 'out/main/index.js').toString()
    const imports = [...index.matchAll(/^import .*? from "([^"]+)"/gm)].map(([, name]) => name ?? '')
    expect(imports).toContain('electron')
    expect(imports.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([])
  })

  it('has beside it what is forked, what users get, and one native program of each package', () => {
    const { beside } = entries()
    for (const name of ['engine-host', 'runner-host', 'runner', 'trial', 'strobe', 'toolkit', 'sqlite-thread']) {
      expect(beside).toContain(`/out/main/${name}.js`)
    }
    expect(beside).toContain('/out/types/workflow/index.d.ts')
    expect(beside).toContain('/resources/samples/orders.workflow.ts')
    expect(beside).not.toContain('/out/main/cli.js')
    const native = beside.filter((path) => path.endsWith('.node') && path.includes('sqlite'))
    expect(native).toEqual([`/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`])
    expect(JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'))).toEqual({
      name: 'strobe',
      version: JSON.parse(readFileSync('package.json', 'utf8')).version,
      type: 'module',
    })
  })

  /** Talks to a process of the package until it said something of a type. */
  async function ask(entry: string, message: object, answer: string) {
    const child = forkUtility(join(unpacked, 'out', 'main', entry))
    const { port1, port2 }: { port1: MessagePort; port2: MessagePort } = new MessageChannel()
    child.postMessage({}, [port2])
    const replies: Array<{ type: string }> = []
    port1.on('message', (reply) => replies.push(reply))
    port1.postMessage(message)
    try {
      return await vi.waitFor(
        () => {
          const found = replies.find(({ type }) => type === answer)
          expect(found, child.stderr?.read()?.toString()).toBeDefined()
          return found
        },
        { timeout: 30_000, interval: 50 },
      )
    } finally {
      port1.close()
      child.kill()
    }
  }

  it('loads workflows with what lies there, and needs nothing of the project', async () => {
    const workspace = resolve(unpacked, 'resources', 'samples')
    const limits = { timeout: 30_000, grace: 1000, heap: 512, memory: 2 ** 31 }
    const source = { workspace, file: join(workspace, 'orders.workflow.ts') }
    const reply = await ask('runner-host.js', { type: 'check', id: 1, source, limits }, 'checked')
    expect(reply).toMatchObject({ check: { diagnostics: [], description: { name: expect.any(String) } } })
  })

  it('opens its samples with the engine that lies there', async () => {
    const start = { type: 'start', dataDirectory: join(root, 'data'), workspace: { samples: true } }
    expect(await ask('engine-host.js', start, 'workspace')).toMatchObject({ open: { samples: true } })
  })
})
