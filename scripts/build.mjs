import './require-packages.mjs'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { isAlive, withLock } from './build-lock.mjs'
import { sourceStamp } from './source-stamp.mjs'

/** The project's folder. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** @typedef {(root: string, outFolder: string) => Promise<void>} Builder makes a whole build in an empty folder, or throws */

/**
 * Sees to it that `out/` is a build of the source as it is now, and makes one where it is not. Safe to call from many
 * processes at once: each build is made in a folder of its own and moved into place when it is whole, so that `out/` never
 * holds half of one, and a build that fails leaves the one before. Says on standard error what it does when it takes time.
 * @param {{ root?: string, force?: boolean, build?: Builder, say?: (line: string) => void }} [options]
 * @returns {Promise<boolean>} whether it built
 */
export async function ensureBuilt(options = {}) {
  const { root = projectRoot, force = false, build = buildAll, say = (line) => console.error(line) } = options
  if (!force && isFresh(root)) return false
  const work = async () => {
    if (!force && isFresh(root)) return false
    say('Building Strobe, as its source has changed or was never built (some seconds) …')
    await buildInto(root, build)
    return true
  }
  return withLock(join(root, 'tmp/build/lock'), work, () => say('Waiting for another process that builds Strobe …'))
}

/** @param {string} root */
function isFresh(root) {
  const file = join(root, 'out/stamp')
  return existsSync(file) && readFileSync(file, 'utf8') === sourceStamp(root)
}

/**
 * @param {string} root
 * @param {Builder} build
 */
async function buildInto(root, build) {
  removeLeftovers(root)
  // Taken before the build: a file written while it runs makes the next call build again.
  const stamp = sourceStamp(root)
  const staging = join(root, `tmp/build/next-${process.pid}`)
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { recursive: true })
  try {
    await build(root, staging)
    writeFileSync(join(staging, 'stamp'), stamp)
    moveIntoPlace(root, staging)
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

/** There is no exchange of two folders in one step here; another builder may come between, then it is tried again.
 * @param {string} root
 * @param {string} staging
 */
function moveIntoPlace(root, staging) {
  const out = join(root, 'out')
  const previous = join(root, `tmp/build/previous-${process.pid}`)
  for (let attempt = 1; ; attempt++) {
    try {
      if (existsSync(out)) renameSync(out, previous)
      renameSync(staging, out)
      break
    } catch (error) {
      if (attempt === 10) throw error
    } finally {
      rmSync(previous, { recursive: true, force: true })
    }
  }
}

/** What builders that were killed left behind. @param {string} root */
function removeLeftovers(root) {
  const folder = join(root, 'tmp/build')
  for (const name of readdirSync(folder)) {
    const owner = /^(?:next|previous)-(\d+)$/.exec(name)?.[1]
    if (owner !== undefined && !isAlive(Number(owner))) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/** The bundles by electron-vite and the types for users' editors by tsc, side by side. @type {Builder} */
async function buildAll(root, outFolder) {
  const vite = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  for (const file of [vite, tsc]) {
    if (!existsSync(file)) throw new Error('Strobe is not installed whole: run "npm ci" in its folder, then try again.')
  }
  // Types are checked by `npm run check`; a build says what the source says.
  const types = ['-p', 'tsconfig.types.json', '--noCheck', '--outDir', join(outFolder, 'types')]
  await Promise.all([
    run(root, [vite, 'build', '--logLevel', 'warn', '--outDir', outFolder]),
    run(root, [tsc, ...types]),
  ])
}

/**
 * @param {string} root
 * @param {string[]} script
 * @returns {Promise<void>}
 */
function run(root, script) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, script, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', (code) => {
      // Where in the bundler it failed says nothing; what it says of the source does.
      const lines = stripVTControlCharacters(output)
        .split('\n')
        .filter((line) => !/^\s+at .*node_modules/.test(line))
      if (code === 0) resolve()
      else reject(new Error(`The build failed:\n${lines.join('\n').trim()}`))
    })
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureBuilt({ force: true })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
