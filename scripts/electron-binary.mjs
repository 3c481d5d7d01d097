import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** How long fetching may take, so that nobody waits for the desktop app: milliseconds. */
const patience = 5000
/** How long a failure is remembered: milliseconds. */
const memory = 24 * 60 * 60_000

/** The folder of the package `electron`. It is never imported here: in plain Node it begins to download. */
export function electronFolder() {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return undefined
  }
}

/**
 * Electron's program, where it is there; what Electron's own `index.js` would run.
 * @param {string | undefined} folder of the package
 * @param {Readonly<Record<string, string | undefined>>} variables of the environment
 * @returns {string | undefined}
 */
export function findElectron(folder, variables) {
  if (folder === undefined) return undefined
  const name = textOf(join(folder, 'path.txt'))
  const elsewhere = variables.ELECTRON_OVERRIDE_DIST_PATH
  if (!elsewhere && name === undefined) return undefined
  const program = elsewhere ? join(elsewhere, name ?? 'electron') : join(folder, 'dist', name ?? '')
  return existsSync(program) ? program : undefined
}

/**
 * Fetches Electron's program, unless that failed a short while ago. Resolves with why it is not there, or with `undefined` where it is.
 * @param {string | undefined} folder of the package
 * @param {string} memoryFile where a failure is remembered
 * @param {{ script?: string, patience?: number, now?: number }} [options]
 * @returns {Promise<string | undefined>}
 */
export async function fetchElectron(folder, memoryFile, options = {}) {
  if (folder === undefined) return 'its package is not installed'
  const { script = join(folder, 'install.js'), now = Date.now() } = options
  const version = versionOf(folder)
  const known = failureIn(memoryFile)
  if (known?.version === version && now - known.at < memory) return known.why
  const why = await install(script, options.patience ?? patience)
  if (why === undefined) return undefined
  try {
    mkdirSync(dirname(memoryFile), { recursive: true })
    writeFileSync(memoryFile, JSON.stringify({ version, at: now, why }))
  } catch {
    // It is only tried again the next time.
  }
  return why
}

/**
 * @param {string} script
 * @param {number} wait
 * @returns {Promise<string | undefined>}
 */
function install(script, wait) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true })
    let said = ''
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, wait)
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => {
      clearTimeout(timer)
      if (code === 0) resolve(undefined)
      else resolve(isLate ? `it takes longer than ${wait / 1000} s` : firstSentence(said))
    })
  })
}

/** What went wrong, of an error with its stack. @param {string} said */
export function firstSentence(said) {
  const lines = said.split('\n').map((line) => line.trim())
  const line = lines.find((each) => /error/i.test(each) && !each.startsWith('at ')) ?? lines.find((each) => each !== '')
  return (line ?? 'nothing was said').replace(/^(?:\w*Error: )+/, '').slice(0, 160)
}

/**
 * @param {string} file
 * @returns {{ version: string, at: number, why: string } | undefined}
 */
function failureIn(file) {
  try {
    const { version, at, why } = JSON.parse(readFileSync(file, 'utf8'))
    return typeof at === 'number' && typeof why === 'string' ? { version, at, why } : undefined
  } catch {
    return undefined
  }
}

/** @param {string} folder */
function versionOf(folder) {
  try {
    return String(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version)
  } catch {
    return ''
  }
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
