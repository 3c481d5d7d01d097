import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../../base/index.ts'
import type { RecentWorkspace } from '../../protocol/index.ts'
import { readDataFile, writeDataFile } from './data-file.ts'

const schema = z.object({ folders: z.array(z.object({ path: z.string(), openedAt: z.number() })) })
const mostFolders = 30

/** The folders that were opened last. */
export class RecentWorkspaces {
  readonly #path: string
  readonly #clock: Clock

  constructor(dataDirectory: string, clock: Clock) {
    this.#path = join(dataDirectory, 'recent.json')
    this.#clock = clock
  }

  /** Latest first, without those that are gone. */
  list(): RecentWorkspace[] {
    return this.#read()
      .filter(({ path }) => isFolder(path))
      .map(({ path, openedAt }) => ({ path, openedAt, name: basename(path) || path }))
  }

  add(path: string): void {
    const others = this.#read().filter((folder) => folder.path !== path)
    const folders = [{ path, openedAt: this.#clock() }, ...others].slice(0, mostFolders)
    writeDataFile(this.#path, { folders })
  }

  remove(path: string): void {
    writeDataFile(this.#path, { folders: this.#read().filter((folder) => folder.path !== path) })
  }

  #read() {
    return readDataFile(this.#path, schema, { folders: [] }).folders
  }
}

/** Whether there is a folder at a path. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
