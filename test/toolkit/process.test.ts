import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'

const toolkit = new URL('../../src/toolkit/index.ts', import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), 'strobe-toolkit-'))

afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a module in a Node of its own and gives what it printed. Kills it, and fails, where it does not end. */
async function runModule(source: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', source], {
    cwd: folder,
    timeout: 20_000,
    killSignal: 'SIGKILL',
  })
  return stdout.trim()
}

describe('a process that uses the toolkit', () => {
  it('has loaded neither undici nor SQLite by importing it', async () => {
    const loaded = `Object.keys(createRequire('/').cache).filter((file) => /undici|better-sqlite3/.test(file)).length`
    const output = await runModule(`
      import { createRequire } from 'node:module'
      import { http } from '${toolkit}'
      const before = ${loaded}
      await http('http://127.0.0.1:9')
      console.log(before, ${loaded} > 0)`)
    expect(output).toBe('0 true')
  })

  it('ends with a database open that nobody closed', async () => {
    const output = await runModule(`
      import { sqlite } from '${toolkit}'
      await sqlite(':memory:')
      const used = await sqlite(':memory:')
      console.log((await used.get('SELECT 7 AS seven')).seven)`)
    expect(output).toBe('7')
  })

  it('does not end before what it asked for is answered', async () => {
    const output = await runModule(`
      import { sqlite } from '${toolkit}'
      const db = await sqlite(':memory:')
      setTimeout(() => {
        db.get('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT sum(i) AS sum FROM n')
          .then((row) => console.log(row.sum))
      }, 30)`)
    expect(output).toBe('45000150000')
  })
})
