import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchElectron, findElectron, firstSentence } from '../../scripts/electron-binary.mjs'

let root = ''
let folder = ''
let memory = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'strobe-electron-'))
  folder = join(root, 'electron')
  memory = join(root, 'tmp', 'fetch.json')
  mkdirSync(join(folder, 'dist'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "version": "45.0.0" }')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe("Electron's program", () => {
  it('is there where its package says, and the file is', () => {
    expect(findElectron(folder, {})).toBeUndefined()
    writeFileSync(join(folder, 'path.txt'), 'electron')
    expect(findElectron(folder, {})).toBeUndefined()
    writeFileSync(join(folder, 'dist', 'electron'), '')
    expect(findElectron(folder, {})).toBe(join(folder, 'dist', 'electron'))
    expect(findElectron(undefined, {})).toBeUndefined()
  })

  it('is where the environment says', () => {
    const variables = { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'other') }
    expect(findElectron(folder, variables)).toBeUndefined()
    mkdirSync(join(root, 'other'))
    writeFileSync(join(root, 'other', 'electron'), '')
    expect(findElectron(folder, variables)).toBe(join(root, 'other', 'electron'))
  })
})

describe('fetching it', () => {
  /** Takes the place of the package's own script; counts its starts. */
  const install = (code: string) => {
    const started = JSON.stringify(join(root, 'started'))
    writeFileSync(join(folder, 'install.js'), `require('fs').appendFileSync(${started}, 'x');${code}`)
  }
  const starts = () => (existsSync(join(root, 'started')) ? readFileSync(join(root, 'started'), 'utf8').length : 0)

  it('is done where it can be', async () => {
    install('')
    expect(await fetchElectron(folder, memory)).toBeUndefined()
    expect(existsSync(memory)).toBe(false)
  })

  it('fails with the reason, which is remembered for a day and for this version', async () => {
    install("console.error('RequestError: getaddrinfo EAI_AGAIN github.com\\n    at x'); process.exit(1)")
    const now = Date.now()
    const why = 'getaddrinfo EAI_AGAIN github.com'
    expect(await fetchElectron(folder, memory, { now })).toBe(why)
    expect(await fetchElectron(folder, memory, { now: now + 3_600_000 })).toBe(why)
    expect(starts()).toBe(1)
    expect(await fetchElectron(folder, memory, { now: now + 25 * 3_600_000 })).toBe(why)
    expect(starts()).toBe(2)
    writeFileSync(join(folder, 'package.json'), '{ "version": "45.0.1" }')
    await fetchElectron(folder, memory, { now: now + 25 * 3_600_000 })
    expect(starts()).toBe(3)
  })

  it('is given up where it takes too long', async () => {
    install('setTimeout(() => {}, 60_000)')
    expect(await fetchElectron(folder, memory, { patience: 300 })).toBe('it takes longer than 0.3 s')
  })

  it('is not tried without its package, and again where the memory is damaged', async () => {
    expect(await fetchElectron(undefined, memory)).toContain('not installed')
    install("console.error('no'); process.exit(1)")
    mkdirSync(join(root, 'tmp'))
    writeFileSync(memory, '{')
    expect(await fetchElectron(folder, memory)).toBe('no')
  })
})

it.each([
  ['Error: one\n    at two', 'one'],
  ['TypeError: fetch failed\n    at x', 'fetch failed'],
  [
    'warning\n\nelectron: error while loading shared libraries: libnss3.so',
    'electron: error while loading shared libraries: libnss3.so',
  ],
  ['\n  something  \n', 'something'],
  ['', 'nothing was said'],
])('of %j the first sentence is %j', (said, sentence) => {
  expect(firstSentence(said)).toBe(sentence)
})
