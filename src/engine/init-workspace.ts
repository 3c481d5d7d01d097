import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { builtFile } from '../runtime/index.ts'
import { workspaceFiles } from './workspace-template.ts'

/** What `init` did: paths relative to the workspace. */
export interface InitResult {
  readonly created: readonly string[]
  /** Files that were there already, and were left as they are. */
  readonly kept: readonly string[]
}

/** Makes a folder a workspace: settings for the editor, a first workflow, an ignore file. Nothing that is there is changed. */
export function initWorkspace(directory: string): InitResult {
  mkdirSync(directory, { recursive: true })
  const types = join(dirname(builtFile('strobe.js')), '..', 'types')
  const files = workspaceFiles({
    strobeTypes: join(types, 'workflow', 'index.d.ts'),
    toolkitTypes: join(types, 'toolkit', 'index.d.ts'),
  })
  const created: string[] = []
  const kept: string[] = []
  for (const { path, content } of files) {
    const target = join(directory, path)
    if (existsSync(target)) {
      kept.push(path)
      continue
    }
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
    created.push(path)
  }
  return { created, kept }
}

/** Copies the sample workflows into a folder, without data or traces that earlier runs left beside the originals. */
export function copySamples(directory: string): void {
  const samples = join(dirname(builtFile('strobe.js')), '..', '..', 'resources', 'samples')
  const leftBehind = new Set(['data', '.strobe', 'node_modules'])
  cpSync(samples, directory, {
    recursive: true,
    filter: (source) => !leftBehind.has(relative(samples, source).split(/[\\/]/)[0] ?? ''),
  })
}
