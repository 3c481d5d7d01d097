import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { StrobeError } from '../base/index.ts'

/** What a search for a workspace needs of the file system; tests pass their own. */
export interface FolderPorts {
  /** Names of what is in a folder; empty where there is no such folder. */
  readonly list: (folder: string) => readonly string[]
}

/**
 * The workspace that a folder belongs to: the nearest folder upwards that holds `.strobe/`, or a `*.workflow.ts` beside a
 * `tsconfig.json` or `package.json`; `undefined` where there is none.
 */
export function findWorkspace(start: string, ports: FolderPorts): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isWorkspace(ports.list(folder))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

function isWorkspace(names: readonly string[]): boolean {
  if (names.includes('.strobe')) return true
  const isProject = names.includes('tsconfig.json') || names.includes('package.json')
  return isProject && names.some((name) => name.endsWith('.workflow.ts'))
}

/**
 * The workspace of a command: the folder that `--workspace` names, or that of the file which the command is about where
 * it names one, or that of the current folder; where there is none, the folder itself. Throws `cli.no-folder`.
 */
export function chooseWorkspace(choice: {
  readonly cwd: string
  /** As typed after `--workspace`. */
  readonly asked?: string
  /** What the command is about, as typed: perhaps a file, perhaps a name. */
  readonly subject?: string
}): string {
  const { cwd, asked, subject } = choice
  if (asked !== undefined) {
    const folder = resolve(cwd, asked)
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder
    throw new StrobeError('cli.no-folder', `There is no folder ${folder}. Name one that is there after --workspace.`)
  }
  const ports = { list: listFolder }
  const file = subject === undefined ? undefined : resolve(cwd, subject)
  if (file !== undefined && statSync(file, { throwIfNoEntry: false })?.isFile()) {
    const folder = dirname(file)
    const found = findWorkspace(folder, ports) ?? findWorkspace(cwd, ports)
    return found ?? (file.startsWith(`${cwd}/`) ? cwd : folder)
  }
  return findWorkspace(cwd, ports) ?? cwd
}

/** Whether something was ever measured in a workspace. */
export function hasStore(workspace: string): boolean {
  return existsSync(resolve(workspace, '.strobe', 'strobe.db'))
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
