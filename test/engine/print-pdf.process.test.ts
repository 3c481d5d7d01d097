import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { silentProgress } from '../../src/base/index.ts'
import { findBrowser } from '../../src/engine/find-browser.ts'
import { type PrintOptions, printPdf } from '../../src/engine/print-pdf.ts'
import { buildReport, renderHtml } from '../../src/report/index.ts'
import { until } from '../cli/strobe-process.ts'
import { sampleInput } from '../report/sample-report.ts'

const browser = findBrowser()
const page = renderHtml(buildReport(sampleInput()))
const progress = silentProgress()

const leftFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('strobe-print-'))

/** A program in place of a browser: it writes its own number, and that of a helper that it starts, and goes on as the script says. */
function standIn(script: string): { readonly options: PrintOptions; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'strobe-stand-in-'))
  const path = join(folder, 'browser')
  writeFileSync(path, `#!/bin/sh\nsleep 600 &\necho "$! $$" > '${folder}/pids'\n${script}\n`)
  chmodSync(path, 0o755)
  return { options: { browser: { path } }, folder }
}

/** Whether a process that was started by a stand-in lives, zombies not counted. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

const pidsOf = (folder: string) =>
  existsSync(join(folder, 'pids')) ? readFileSync(join(folder, 'pids'), 'utf8').trim().split(' ').map(Number) : []

if ('missing' in browser) console.warn(`Skipped: printing a report as PDF. ${browser.missing}`)

describe.skipIf('missing' in browser)('a report as PDF', () => {
  it('is made by the browser of this machine, which leaves nothing behind', async () => {
    const before = leftFolders()
    const messages: Array<string | undefined> = []
    const bytes = await printPdf(page, { ...progress, update: ({ message }) => messages.push(message) })
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-')
    expect(bytes.length).toBeGreaterThan(20_000)
    expect(messages).toEqual(['printing the report'])
    expect(leftFolders()).toEqual(before)
  })
})

describe.skipIf(process.platform === 'win32')('printing', () => {
  it('says what to do where there is no browser', async () => {
    const none = { browser: { missing: 'There is none. Install one.' } }
    await expect(printPdf(page, progress, none)).rejects.toMatchObject({
      code: 'report.no-browser',
      message: 'There is none. Install one.',
    })
  })

  it('that fails repeats what the browser said', async () => {
    const { options, folder } = standIn('echo "first line" >&2; echo "no display" >&2; exit 3')
    const before = leftFolders()
    await expect(printPdf(page, progress, options)).rejects.toMatchObject({
      code: 'report.print-failed',
      message: expect.stringMatching(/ended with code 3 and no PDF\. It said: no display Name another/),
    })
    expect(leftFolders()).toEqual(before)
    await until('the helper of the browser to end', () => !pidsOf(folder).some(isAlive))
  })

  it('that gives no PDF is no success, whatever the exit code says', async () => {
    const script = `for word; do echo "$word" | sed -n 's/^--print-to-pdf=//p'; done | while read -r file; do echo '<html>' > "$file"; done`
    await expect(printPdf(page, progress, standIn(script).options)).rejects.toMatchObject({
      code: 'report.print-failed',
    })
    const pdf = script.replace('<html>', '%PDF-1.4 made up')
    expect(Buffer.from(await printPdf(page, progress, standIn(pdf).options)).toString()).toBe('%PDF-1.4 made up\n')
  })

  it('that is cancelled ends the browser with what it has started', async () => {
    const { options, folder } = standIn('wait')
    const stop = new AbortController()
    const printed = printPdf(page, silentProgress(stop.signal), options).catch((thrown: unknown) => thrown)
    await until('the browser to start', () => pidsOf(folder).length === 2)
    const pids = pidsOf(folder)
    expect(pids.map(isAlive)).toEqual([true, true])
    stop.abort()
    expect(await printed).toMatchObject({ code: 'cancelled' })
    await until('the browser to end', () => !pids.some(isAlive))
  })

  it('that takes too long ends too', async () => {
    const { options, folder } = standIn('wait')
    const late = { ...options, timeout: 300 }
    await expect(printPdf(page, progress, late)).rejects.toMatchObject({
      code: 'report.print-failed',
      message: expect.stringContaining('did not print within'),
    })
    await until('the browser to end', () => !pidsOf(folder).some(isAlive))
  })

  it('that cannot be started says so', async () => {
    const gone = { browser: { path: '/nowhere/chromium' } }
    await expect(printPdf(page, progress, gone)).rejects.toMatchObject({
      code: 'report.print-failed',
      message: expect.stringContaining('ENOENT'),
    })
  })

  it('that was cancelled before starts nothing', async () => {
    const { options, folder } = standIn('exit 0')
    await expect(printPdf(page, silentProgress(AbortSignal.abort()), options)).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(pidsOf(folder)).toEqual([])
  })
})
