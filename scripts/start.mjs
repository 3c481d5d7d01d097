// Opens the studio: `npm start`, `npm start -- <folder>`. In Electron where that can be had, else in a browser.
import './require-packages.mjs'
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBuilt, projectRoot } from './build.mjs'
import { chooseShell } from './choose-shell.mjs'
import { electronFolder, fetchElectron, findElectron, firstSentence } from './electron-binary.mjs'

/** A desktop app that ends with an error so soon never opened: milliseconds. */
const stillborn = 10_000

const help = `Opens the studio: npm start -- [folder] [options]

  folder             what to open (default: the samples)
  --shell <name>     electron or browser (default: electron where it can be had)
  --port <number>    port of the browser shell (default: any that is free)
  --no-open          open no browser, only print the address
`

/** @typedef {Exclude<import('./choose-shell.mjs').ShellChoice, { shell: 'fetch-electron' }>} FinalChoice */

/**
 * @typedef {object} Typed
 * @property {boolean} help
 * @property {'electron' | 'browser' | undefined} shell
 * @property {string | undefined} port
 * @property {boolean} open
 * @property {string | undefined} folder absolute path
 */

try {
  const code = await start(process.argv.slice(2))
  if (code !== undefined) process.exitCode = code
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/**
 * @param {string[]} words
 * @returns {Promise<number | undefined>} the exit code; `undefined` where this process goes on as the browser shell
 */
async function start(words) {
  const typed = readTyped(words)
  if (typed.help) {
    console.log(help)
    return 0
  }
  await ensureBuilt()
  const choice = await choose(typed)
  if (choice.shell === 'none') throw new Error(`The desktop app cannot be opened, ${choice.why}`)
  if (choice.shell === 'electron') {
    const { code, why } = await runElectron(choice.binary, typed.folder)
    if (why === undefined || typed.shell === 'electron') return code
    await openInBrowser(typed, `as Electron could not start (${why})`)
  } else {
    await openInBrowser(typed, choice.why)
  }
  return undefined
}

/** @param {string[]} words @returns {Typed} */
function readTyped(words) {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    allowNegative: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      shell: { type: 'string' },
      port: { type: 'string' },
      open: { type: 'boolean', default: true },
    },
  })
  const { help, shell, port, open } = values
  if (shell !== undefined && shell !== 'electron' && shell !== 'browser') {
    throw new Error(`There is no shell "${shell}": write --shell electron or --shell browser.`)
  }
  const [folder, ...others] = positionals
  if (others.length > 0) throw new Error('Name one folder.')
  return { help, shell, port, open, folder: folder === undefined ? undefined : absolute(folder) }
}

/** `npm start` starts this in the project's folder; what was typed is relative to where it was typed. @param {string} folder */
function absolute(folder) {
  const { INIT_CWD: typedIn, npm_lifecycle_event: script } = process.env
  const path = resolve(script === 'start' && typedIn ? typedIn : process.cwd(), folder)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path
  throw new Error(`There is no folder ${path}. Name one that is there.`)
}

/**
 * @param {Typed} typed
 * @returns {Promise<FinalChoice>}
 */
async function choose({ shell, port }) {
  const folder = electronFolder()
  const facts = {
    asked: shell,
    hasPort: port !== undefined,
    platform: process.platform,
    variables: process.env,
    isRoot: process.getuid?.() === 0,
  }
  const choice = chooseShell({ ...facts, binary: findElectron(folder, process.env) })
  if (choice.shell !== 'fetch-electron') return choice
  const why = await fetchElectron(folder, join(projectRoot, 'tmp/electron-fetch.json'))
  const missing = why ?? 'it is not where it should be'
  const binary = findElectron(folder, process.env)
  return /** @type {FinalChoice} */ (chooseShell({ ...facts, binary, missing }))
}

/**
 * Runs the desktop app to its end. `why` says what it said where it never opened.
 * @param {string} binary
 * @param {string | undefined} folder
 * @returns {Promise<{ code: number, why?: string }>}
 */
function runElectron(binary, folder) {
  const env = { ...process.env }
  // It would make a plain Node of it.
  delete env.ELECTRON_RUN_AS_NODE
  const words = folder === undefined ? [projectRoot] : [projectRoot, folder]
  const begun = performance.now()
  return new Promise((resolve) => {
    const child = spawn(binary, words, { env, stdio: ['inherit', 'inherit', 'pipe'] })
    let said = ''
    const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, forward)
    child.stderr.on('data', (chunk) => {
      process.stderr.write(chunk)
      said = (said + chunk).slice(-4000)
    })
    child.on('error', (error) => resolve({ code: 1, why: error.message }))
    child.on('close', (code) => {
      for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.off(signal, forward)
      const isStillborn = code !== null && code !== 0 && performance.now() - begun < stillborn
      resolve({ code: code ?? 1, ...(isStillborn ? { why: firstSentence(said) } : {}) })
    })
  })
}

/**
 * @param {Typed} typed
 * @param {string} why
 */
async function openInBrowser({ folder, port, open }, why) {
  console.log(`Opening the studio in the browser, ${why}${why.endsWith('.') ? '' : '.'}`)
  const web = join(projectRoot, 'out/main/web.js')
  const options = [...(port === undefined ? [] : ['--port', port]), ...(open ? [] : ['--no-open'])]
  // The studio runs in this process.
  process.argv = [process.execPath, web, '--with-parent', ...options, ...(folder === undefined ? [] : ['--', folder])]
  await import(pathToFileURL(web).href)
}
