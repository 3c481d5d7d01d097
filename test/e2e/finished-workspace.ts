import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const cli = join(root, 'out/main/cli.js')

/** What the command line answers as JSON. */
export function strobe(workspace: string, ...args: readonly string[]): unknown {
  const words = [cli, '--workspace', workspace, '--json', '--quiet', ...args]
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 2 ** 28 }))
}

/** A new workspace with the sample workflows, of which nothing was ever run. */
export function copySamples(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const left = new Set(['data', '.strobe', 'node_modules'])
  const samples = join(root, 'resources/samples')
  cpSync(samples, folder, {
    recursive: true,
    filter: (source) => !left.has(source.slice(samples.length + 1).split(/[\\/]/)[0] ?? ''),
  })
}

/** Where the workspace is that this build's engine has made of these samples: the page has no part in it. */
export function finishedFolder(): string {
  const hash = createHash('sha256')
  for (const folder of ['out/main', 'resources/samples']) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    for (const file of files.filter((entry) => entry.isFile() && !/[\\/](?:data|\.strobe)$/.test(entry.parentPath))) {
      hash.update(file.name).update(readFileSync(join(file.parentPath, file.name)))
    }
  }
  return join(root, 'tmp/e2e', `finished-${hash.digest('hex').slice(0, 16)}`)
}

/**
 * Makes a workspace with runs of both samples (with CPU samples), an experiment on each, and advice, by the command line. Where it is
 * made is where its traces say that the source is.
 */
export function makeWorkspace(folder: string): void {
  copySamples(folder)
  strobe(folder, 'run', 'orders', '--samples')
  strobe(folder, 'run', 'k-means', '--samples')
  strobe(folder, 'compare', 'orders', '--preset', 'quick')
  strobe(folder, 'compare', 'k-means', '--preset', 'quick', '--samples')
  strobe(folder, 'advise', 'orders')
}

/** Makes the workspace that specs get copies of: once for each build, before any of them. */
export default function makeFinished(): void {
  const folder = finishedFolder()
  if (existsSync(folder)) return
  const staging = `${folder}.new`
  rmSync(staging, { recursive: true, force: true })
  makeWorkspace(staging)
  renameSync(staging, folder)
}
