import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'strobe-typed-'))
afterAll(() => rmSync(folder, { recursive: true }))

function start(cwd: string, environment: Readonly<Record<string, string>>, ...args: string[]) {
  const env: NodeJS.ProcessEnv = { ...process.env, ...environment }
  if (!('npm_package_json' in environment)) delete env.npm_package_json
  const { status, stdout } = spawnSync(process.execPath, [resolve('scripts/strobe.mjs'), ...args], {
    cwd,
    env,
    encoding: 'utf8',
  })
  return { status, stdout }
}

it('takes paths from where they were typed when npm starts it in the folder of the project', () => {
  const typedIn = join(folder, 'typed')
  mkdirSync(typedIn)
  const environment = { INIT_CWD: typedIn, npm_package_json: resolve('package.json') }
  expect(start(process.cwd(), environment, 'init', 'place').status).toBe(0)
  expect(existsSync(join(typedIn, 'place/tsconfig.json'))).toBe(true)
})

it('and from its own folder where npm started something else', () => {
  const own = join(folder, 'own')
  mkdirSync(own)
  // As in a script of the user's own package, which npm runs in that package's folder.
  const environment = { INIT_CWD: folder, npm_package_json: join(folder, 'package.json') }
  expect(start(own, environment, 'init', 'place').status).toBe(0)
  expect(existsSync(join(own, 'place/tsconfig.json'))).toBe(true)
})

it('says what it can do, and ends as the command line says', () => {
  const help = start(folder, {}, '--help')
  expect(help.status).toBe(0)
  expect(help.stdout).toContain('Usage: strobe')
  expect(start(folder, {}, 'no-such-command').status).not.toBe(0)
})
