import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Progress, StrobeError, throwIfCancelled } from '../base/index.ts'
import { type FoundBrowser, findBrowser } from './find-browser.ts'

/** Milliseconds that printing may take; a report of 2 000 rows takes three seconds. */
const printTimeout = 90_000

/** Characters of what the browser said that an error repeats. */
const saidAtMost = 2000

/** For tests: which browser, and how long it may take. */
export interface PrintOptions {
  readonly browser?: FoundBrowser
  readonly timeout?: number
}

/**
 * Prints a page that needs nothing else as PDF (A4, light), by the Chromium of this machine: in a process of its own with
 * an empty profile, which can reach no other host and leaves nothing behind. Throws `report.no-browser`,
 * `report.print-failed` with what the browser said, and `cancelled`.
 */
export async function printPdf(page: string, progress: Progress, options: PrintOptions = {}): Promise<Uint8Array> {
  const { browser = findBrowser(), timeout = printTimeout } = options
  if ('missing' in browser) throw new StrobeError('report.no-browser', browser.missing)
  throwIfCancelled(progress)
  progress.update({ message: 'printing the report' })
  const folder = mkdtempSync(join(tmpdir(), 'strobe-print-'))
  try {
    const [source, target] = [join(folder, 'report.html'), join(folder, 'report.pdf')]
    writeFileSync(source, page)
    const ended = await runBrowser(browser.path, argumentsFor(folder, source, target), progress.signal, timeout)
    throwIfCancelled(progress)
    const pdf = readPdf(target)
    if (pdf) return pdf
    throw printFailed(browser.path, ended, timeout)
  } finally {
    // A browser that was just killed may still be writing to its profile.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

function argumentsFor(folder: string, source: string, target: string): string[] {
  return [
    ...['--headless=new', '--disable-gpu', '--no-pdf-header-footer', `--print-to-pdf=${target}`],
    ...[`--user-data-dir=${join(folder, 'profile')}`, '--no-first-run', '--no-default-browser-check'],
    // A report refers to nothing outside of itself, and a browser has no reason to talk to anybody meanwhile.
    ...['--host-resolver-rules=MAP * ~NOTFOUND', '--disable-background-networking', '--disable-component-update'],
    ...['--disable-sync', '--disable-extensions', '--disable-default-apps', '--no-pings', '--metrics-recording-only'],
    // Chromium refuses its sandbox to root, as in containers. The page is our own, and runs no script.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    pathToFileURL(source).href,
  ]
}

/** How the browser's process ended. */
interface BrowserEnd {
  readonly code: number | null
  readonly said: string
  readonly late: boolean
}

/** Runs it to its end, or ends it with everything that it started, when it is cancelled or late. */
function runBrowser(path: string, typed: readonly string[], signal: AbortSignal, timeout: number): Promise<BrowserEnd> {
  return new Promise((resolve) => {
    // A group of its own, so that it can be ended with its helpers.
    const child = spawn(path, typed, { stdio: ['ignore', 'ignore', 'pipe'], detached: process.platform !== 'win32' })
    let said = ''
    let late = false
    const kill = () => killTree(child)
    const timer = setTimeout(() => {
      late = true
      kill()
    }, timeout)
    signal.addEventListener('abort', kill, { once: true })
    const end = (code: number | null, error = '') => {
      clearTimeout(timer)
      signal.removeEventListener('abort', kill)
      // What it has started may outlive it.
      kill()
      resolve({ code, said: (said + error).trim().slice(-saidAtMost), late })
    }
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2 * saidAtMost)
    })
    child.once('error', (error) => end(null, error.message))
    child.once('exit', (code) => end(code))
  })
}

function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}

function readPdf(path: string): Uint8Array | undefined {
  try {
    const bytes = readFileSync(path)
    return bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? bytes : undefined
  } catch {
    return undefined
  }
}

function printFailed(path: string, { code, said, late }: BrowserEnd, timeout: number): StrobeError {
  const how = late ? `did not print within ${Math.round(timeout / 1000)} s` : `ended with code ${code} and no PDF`
  const words = said === '' ? '' : ` It said: ${said.split('\n').at(-1)}`
  return new StrobeError(
    'report.print-failed',
    `${path} ${how}.${words} Name another Chromium in STROBE_CHROMIUM, or take HTML and print it from any browser.`,
    { data: { browser: path, code, said } },
  )
}
