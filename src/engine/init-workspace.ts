import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { builtFile } from '../runtime/index.ts'
import { makeFolder } from './make-folder.ts'
import { typePathsOf, workspaceFiles } from './workspace-template.ts'

/** What `init` did: paths relative to the workspace. */
export interface InitResult {
  readonly created: readonly string[]
  /** Files that were there already, and were left as they are. */
  readonly kept: readonly string[]
  /** What to add to `paths` of a tsconfig.json that was there and does not know the types; absent where nothing is missing. */
  readonly typePaths?: Readonly<Record<string, readonly string[]>>
}

/** Makes a folder a workspace: settings for the editor, a first workflow, an ignore file. Nothing that is there is changed. Throws `engine.no-folder`. */
export function initWorkspace(directory: string): InitResult {
  makeFolder(directory)
  const types = join(dirname(builtFile('strobe.js')), '..', 'types')
  const declarations = {
    strobeTypes: join(types, 'workflow', 'index.d.ts'),
    toolkitTypes: join(types, 'toolkit', 'index.d.ts'),
  }
  const files = workspaceFiles(declarations)
  const created: string[] = []
  const kept: string[] = []
  for (const { path, content } of files) {
    const target = join(directory, path)
    if (existsSync(target)) {
      kept.push(path)
      continue
    }
    makeFolder(dirname(target))
    writeFileSync(target, content)
    created.push(path)
  }
  const settings = join(directory, 'tsconfig.json')
  const isMissing = kept.includes('tsconfig.json') && !readFileSync(settings, 'utf8').includes('"strobe"')
  return { created, kept, ...(isMissing ? { typePaths: typePathsOf(declarations) } : {}) }
}

/** Copies the sample workflows into a folder, without data or traces that earlier runs left beside the originals. */
export function copySamples(directory: string): void {
  const samples = join(dirname(builtFile('strobe.js')), '..', '..', 'resources', 'samples')
  const leftBehind = new Set(['data', '.strobe', 'node_modules'])
  makeFolder(directory)
  cpSync(samples, directory, {
    recursive: true,
    filter: (source) => !leftBehind.has(relative(samples, source).split(/[\\/]/)[0] ?? ''),
  })
}
