import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

// The tools of `npm run check`, under this project's own configuration, on projects that must not pass.

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strobe-tools-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

function run(script: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('node_modules', script), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { status, output: stdout + stderr }
}

describe('knip', () => {
  const used = {
    'src/cli/index.ts': "import { used } from './used.ts'\nimport 'one'\nconsole.log(used)\n",
    'src/cli/used.ts': 'export const used = 1\n',
    'test/cli/used.test.ts': "import { onlyTested } from '../../src/cli/tested.ts'\nonlyTested()\n",
    'src/cli/tested.ts': 'export function onlyTested() {}\n',
  }
  const manifest = (dependencies: object) => JSON.stringify({ name: 'probe', type: 'module', dependencies })
  const knip = () => run('knip/bin/knip.js', '--no-progress', '--no-config-hints')

  beforeEach(() => {
    copyFileSync('knip.json', join(folder, 'knip.json'))
    write(used)
  })

  it('passes what is used, if only by a test', () => {
    write({ 'package.json': manifest({ one: '1.0.0' }) })
    expect(knip()).toEqual({ status: 0, output: '' })
  })

  it('fails on an unused file, an unused export, an unused dependency, and one that is not listed', () => {
    write({
      'package.json': manifest({ one: '1.0.0', two: '1.0.0' }),
      'src/cli/alone.ts': 'export const alone = 1\n',
      'src/cli/used.ts': "import 'three'\nexport const used = 1\nexport const spare = 2\nexport type Spare = string\n",
    })
    const { status, output } = knip()
    expect(status).toBe(1)
    expect(output).toMatch(/Unused files \(1\)\nsrc\/cli\/alone\.ts/)
    expect(output).toMatch(/Unused dependencies \(1\)\ntwo /)
    expect(output).toMatch(/Unlisted dependencies \(1\)\nthree /)
    expect(output).toMatch(/Unused exports \(1\)\nspare /)
    expect(output).toMatch(/Unused exported types \(1\)\nSpare /)
  })

  it('is told of every process and thread of the bundle', () => {
    const bundle = readFileSync('electron.vite.config.ts', 'utf8')
    const entries = [...bundle.matchAll(/'(src\/[^']+\.ts)'/g)].map(([, path]) => path)
    const { entry } = JSON.parse(readFileSync('knip.json', 'utf8')) as { entry: string[] }
    // The entries of main and preload are known to its plug-in for electron-vite.
    const told = [...entry, 'src/main/index.ts', 'src/preload/index.ts']
    expect(entries.length).toBeGreaterThanOrEqual(8)
    expect(told).toEqual(expect.arrayContaining(entries))
  })
})

describe('biome', () => {
  const lint = () => run('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--reporter=concise', 'one.ts')

  beforeEach(() => {
    const configuration = { root: true, extends: [resolve('biome.json')], vcs: { enabled: false } }
    write({ 'biome.json': JSON.stringify(configuration), '.gitignore': '' })
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  })

  it('passes what is clean', () => {
    write({ 'one.ts': "export async function one() {\n  await Promise.resolve('one')\n}\n" })
    expect(lint().status).toBe(0)
  })

  it.each([
    ['a floating promise', 'async function one() {}\nexport function two() {\n  one()\n}\n', 'noFloatingPromises'],
    [
      'a promise as a condition',
      'export async function one() {}\nexport const two = () => {\n  if (one()) return 1\n  return 2\n}\n',
      'noMisusedPromises',
    ],
    ['a type imported as a value', "import { Two } from './two.ts'\nexport type One = Two\n", 'useImportType'],
    [
      'a module of Node without its prefix',
      "import { join } from 'path'\nexport const one = join('a', 'b')\n",
      'useNodejsImportProtocol',
    ],
    ['an unused variable', 'const one = 1\nexport {}\n', 'noUnusedVariables'],
    ['another format', 'export const one = "1";\n', 'format'],
  ])('fails on %s', (_what, text, rule) => {
    write({ 'one.ts': text, 'two.ts': 'export interface Two {\n  readonly two: 2\n}\n' })
    const { status, output } = lint()
    expect(status).toBe(1)
    expect(output).toContain(rule)
  })
})
