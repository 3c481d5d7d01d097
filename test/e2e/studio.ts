import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { startElectron } from './shells/electron.ts'
import type { RunningStudio, ShellOptions } from './shells/shell.ts'
import { startWeb } from './shells/web.ts'

export { expect }

const root = join(import.meta.dirname, '../..')
const cli = join(root, 'out/main/cli.js')

/** What the command line answers as JSON. */
export function strobe(workspace: string, ...args: readonly string[]): unknown {
  const words = [cli, '--workspace', workspace, '--json', '--quiet', ...args]
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 2 ** 28 }))
}

/** What a spec gets: folders of its own, and studios that end with it. */
interface Fixtures {
  /** A new workspace with the sample workflows, of which nothing was ever run. */
  readonly fresh: string
  /** A workspace with runs of both samples (with CPU samples), an experiment on each and advice, all finished. */
  readonly finished: string
  /** Starts a studio; it ends with the test. */
  readonly start: (options?: Partial<ShellOptions>) => Promise<RunningStudio>
}

/** Made once by the command line, and copied for every spec that asks for it. */
function makeFinished(): string {
  const folder = join(root, 'tmp/e2e/finished')
  const stamp = readFileSync(join(root, 'out/stamp'), 'utf8').slice(0, 16)
  const made = join(folder, stamp.replace(/[^\w]/g, '_'))
  if (existsSync(made)) return made
  rmSync(folder, { recursive: true, force: true })
  const staging = `${made}.new`
  copySamples(staging)
  strobe(staging, 'run', 'orders', '--samples')
  strobe(staging, 'run', 'k-means', '--samples')
  strobe(staging, 'compare', 'orders', '--preset', 'quick')
  strobe(staging, 'compare', 'k-means', '--preset', 'quick', '--samples')
  strobe(staging, 'advise', 'orders')
  renameSync(staging, made)
  return made
}

function copySamples(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const left = new Set(['data', '.strobe', 'node_modules'])
  const samples = join(root, 'resources/samples')
  cpSync(samples, folder, {
    recursive: true,
    filter: (source) => !left.has(source.slice(samples.length + 1).split(/[\\/]/)[0] ?? ''),
  })
}

function temporary(name: string): string {
  return mkdtempSync(join(tmpdir(), `strobe-e2e-${name}-`))
}

/** Playwright's test, with studios. The project's name is the shell. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  fresh: async ({}, use) => {
    const folder = temporary('fresh')
    copySamples(folder)
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  finished: async ({}, use) => {
    const folder = temporary('finished')
    cpSync(makeFinished(), folder, { recursive: true })
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  start: async ({}, use, { project }) => {
    const data = temporary('data')
    const running: RunningStudio[] = []
    await use(async (options = {}) => {
      const start = project.name === 'electron' ? startElectron : startWeb
      const studio = await start({ data, ...options })
      running.push(studio)
      return studio
    })
    for (const studio of running) await studio.close()
    rmSync(data, { recursive: true, force: true })
  },
})
