import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Environment } from '../trace/index.ts'

const run = promisify(execFile)

/** What runs are made on, without the part that each workflow adds (the digest of its source). */
export async function readEnvironment(workspace: string): Promise<Omit<Environment, 'source'>> {
  const processors = cpus()
  const cpuModel = processors[0]?.model.trim() || 'unknown processor'
  const stable = { cpuModel, cores: processors.length, memory: totalmem(), os: `${platform()} ${release()} ${arch()}` }
  const git = await readGit(workspace)
  return {
    ...stable,
    machine: createHash('sha256').update(JSON.stringify(stable)).digest('hex').slice(0, 16),
    node: process.versions.node,
    v8: process.versions.v8,
    strobe: strobeVersion(),
    ...(git ? { git } : {}),
  }
}

async function readGit(workspace: string): Promise<Environment['git'] | undefined> {
  const options = { cwd: workspace, timeout: 5000 }
  try {
    const { stdout: commit } = await run('git', ['rev-parse', 'HEAD'], options)
    const { stdout: changes } = await run('git', ['status', '--porcelain', '--untracked-files=no'], options)
    return { commit: commit.trim(), dirty: changes.trim() !== '' }
  } catch {
    // No repository, no commit yet, or no git: there is nothing to tell.
    return undefined
  }
}

let version: string | undefined

/** The version of this copy of Strobe, from its package file. */
export function strobeVersion(): string {
  version ??= readVersion(import.meta.dirname)
  return version
}

function readVersion(folder: string): string {
  for (const up of ['..', '../..', '../../..']) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, up, 'package.json'), 'utf8'))
      if (name === 'strobe') return String(version)
    } catch {
      // Not there: one further up.
    }
  }
  return 'unknown'
}
