import { type Dirent, existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { StrobeError } from '../../base/index.ts'
import type { FolderListing } from '../../protocol/index.ts'
import { isFolder } from './recent-workspaces.ts'

const mostFolders = 1000

/** The subfolders of a folder, by name, without those that are hidden. Throws `studio.no-folder`. */
export function listFolders(asked: string = homedir()): FolderListing {
  const path = resolve(homedir(), asked)
  const folders = entriesOf(path)
    .filter((entry) => !entry.name.startsWith('.') && isFolderEntry(path, entry))
    .map(({ name }) => name)
    .sort((left, right) => left.localeCompare(right))
    .slice(0, mostFolders)
    .map((name) => ({ name, path: join(path, name), isWorkspace: isWorkspace(join(path, name)) }))
  const parent = dirname(path)
  return { path, folders, ...(parent === path ? {} : { parent }) }
}

/** Whether it is a folder, or a link to one. */
function isFolderEntry(path: string, entry: Dirent): boolean {
  return entry.isDirectory() || (entry.isSymbolicLink() && isFolder(join(path, entry.name)))
}

/** Whether something was measured in a folder, or it holds a workflow. */
function isWorkspace(folder: string): boolean {
  try {
    return existsSync(join(folder, '.strobe')) || readdirSync(folder).some((name) => name.endsWith('.workflow.ts'))
  } catch {
    return false
  }
}

function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (cause) {
    throw new StrobeError('studio.no-folder', `${path} is no folder that can be read. Choose another one.`, {
      data: { path },
      cause,
    })
  }
}
