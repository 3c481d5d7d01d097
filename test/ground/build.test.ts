import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../../scripts/build.mjs'

let root = ''
let lines: string[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'strobe-build-'))
  lines = []
  mkdirSync(join(root, 'src/room'), { recursive: true })
  writeFileSync(join(root, 'src/room/one.ts'), '1')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A build that notes the source's text; slow enough that two at once would meet. */
const build = async (from: string, out: string) => {
  writeFileSync(join(out, 'text'), readFileSync(join(from, 'src/room/one.ts')))
}
const ensure = (builder = build) => ensureBuilt({ root, build: builder, say: (line) => lines.push(line) })
const built = () => readFileSync(join(root, 'out/text'), 'utf8')

describe('the build on demand', () => {
  it('builds what was never built, says so, and then leaves it alone', async () => {
    expect(await ensure()).toBe(true)
    expect(built()).toBe('1')
    expect(lines).toHaveLength(1)
    expect(await ensure()).toBe(false)
    expect(lines).toHaveLength(1)
  })

  it.each<[string, () => void]>([
    ['written', () => writeFileSync(join(root, 'src/room/one.ts'), '22')],
    ['added', () => writeFileSync(join(root, 'src/room/two.ts'), '')],
    ['removed', () => rmSync(join(root, 'src/room/two.css'))],
    ['renamed', () => renameSync(join(root, 'src/room/two.css'), join(root, 'src/room/three.css'))],
  ])('builds again after a file was %s', async (_what, change) => {
    writeFileSync(join(root, 'src/room/two.css'), '')
    await ensure()
    change()
    expect(await ensure()).toBe(true)
    expect(built()).toBe(readFileSync(join(root, 'src/room/one.ts'), 'utf8'))
    expect(await ensure()).toBe(false)
  })

  it('does not build again for a page of documentation', async () => {
    await ensure()
    writeFileSync(join(root, 'src/room/README.md'), '# room')
    expect(await ensure()).toBe(false)
  })

  it('builds again where the source changed during a build', async () => {
    await ensure(async (from, out) => {
      await build(from, out)
      writeFileSync(join(root, 'src/room/one.ts'), 'later')
    })
    expect(await ensure()).toBe(true)
    expect(built()).toBe('later')
  })

  it('keeps the build before where one fails, fails again, and leaves nothing behind', async () => {
    await ensure()
    writeFileSync(join(root, 'src/room/one.ts'), 'broken')
    const fail = async (_from: string, out: string) => {
      writeFileSync(join(out, 'text'), 'half')
      throw new Error('no build')
    }
    await expect(ensure(fail)).rejects.toThrow('no build')
    await expect(ensure(fail)).rejects.toThrow('no build')
    expect(built()).toBe('1')
    expect(readdirSync(join(root, 'tmp/build'))).toEqual([])
  })
})

/** Starts a process that ensures the build, whose builder counts itself and takes a while. */
function startBuilder(milliseconds: number) {
  const module = JSON.stringify(pathToFileURL('scripts/build.mjs').href)
  const code = `
    import { appendFileSync, writeFileSync } from 'node:fs'
    import { setTimeout } from 'node:timers/promises'
    import { ensureBuilt } from ${module}
    await ensureBuilt({ root: ${JSON.stringify(root)}, async build(from, out) {
      appendFileSync(from + '/builds', 'x')
      writeFileSync(out + '/text', 'half')
      await setTimeout(${milliseconds})
      writeFileSync(out + '/text', 'whole')
    } })`
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' })
}

describe('many processes at once', () => {
  it('build once, and what is in place is whole', async () => {
    const exits = Array.from({ length: 5 }, () => once(startBuilder(300), 'exit'))
    const codes = (await Promise.all(exits)).map(([code]) => code as number | null)
    expect(codes).toEqual([0, 0, 0, 0, 0])
    expect(built()).toBe('whole')
    expect(readFileSync(join(root, 'builds'), 'utf8')).toBe('x')
    expect(readdirSync(join(root, 'tmp/build'))).toEqual([])
  })

  it('take over the lock of one that was killed, and clear away what it left', async () => {
    const killed = startBuilder(60_000)
    while (!existsSync(join(root, 'builds'))) await new Promise((resolve) => setTimeout(resolve, 10))
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    expect(readdirSync(join(root, 'tmp/build')).length).toBe(2)
    expect(existsSync(join(root, 'out'))).toBe(false)
    expect(await ensure()).toBe(true)
    expect(built()).toBe('1')
    expect(readdirSync(join(root, 'tmp/build'))).toEqual([])
  })

  it('take over a lock that was left empty', async () => {
    mkdirSync(join(root, 'tmp/build'), { recursive: true })
    writeFileSync(join(root, 'tmp/build/lock'), '')
    expect(await ensure()).toBe(true)
    expect(lines[0]).toContain('Waiting')
  })
})
