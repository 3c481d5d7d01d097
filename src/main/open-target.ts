import { dirname, resolve } from 'node:path'

/** What a search needs of the file system; tests pass their own. */
export interface PathPorts {
  readonly kind: (path: string) => 'file' | 'folder' | 'none'
}

/** A folder to open as a workspace, or why there is none. */
export type OpenTarget = { readonly folder: string } | { readonly problem: string }

const workflowEnding = '.workflow.ts'

/**
 * The paths among a process's arguments, made absolute: without the program itself, without switches (Chromium and Playwright
 * put theirs in front), and where Electron runs a folder of sources, without that folder.
 */
export function pathsInArguments(argv: readonly string[], cwd: string, isPackaged: boolean): string[] {
  const words = argv.slice(1).filter((word) => word !== '' && !word.startsWith('-') && !isUrl(word))
  return words.slice(isPackaged ? 0 : 1).map((word) => resolve(cwd, word))
}

/**
 * The folder that opening a path means: a folder itself; for a workflow's file the nearest folder upwards in which
 * something was measured, or the one that it lies in.
 */
export function decideOpen(path: string, { kind }: PathPorts): OpenTarget {
  const what = kind(path)
  if (what === 'folder') return { folder: path }
  if (what === 'none') return { problem: `There is no file or folder ${path}.` }
  if (!path.endsWith(workflowEnding)) {
    return { problem: `${path} is no workflow: Strobe opens folders, and files that end in ${workflowEnding}.` }
  }
  const home = dirname(path)
  for (let folder = home; ; folder = dirname(folder)) {
    if (kind(resolve(folder, '.strobe')) === 'folder') return { folder }
    if (dirname(folder) === folder) return { folder: home }
  }
}

/** The paths that a second instance hands over; whatever is none is left out. */
export function readHandedOver(value: unknown): string[] {
  const { open } = (typeof value === 'object' && value !== null ? value : {}) as { open?: unknown }
  if (!Array.isArray(open)) return []
  return open.filter((path): path is string => typeof path === 'string' && path !== '' && path.length <= 4096)
}

function isUrl(word: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(word)
}
