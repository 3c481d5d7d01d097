import { join } from 'node:path'
import { z } from 'zod'
import { readDataFile, writeDataFile } from './data-file.ts'

const schema = z.object({ folders: z.array(z.string()) })

/**
 * Folders whose owner said that their code may run, by real path, so that a link to another folder is that folder. Only the folder
 * itself counts: what somebody puts into a trusted folder (a download, a checkout) was not seen when it was trusted.
 */
export class TrustedFolders {
  readonly #path: string

  constructor(dataDirectory: string) {
    this.#path = join(dataDirectory, 'trust.json')
  }

  /** Reads the file each time: another studio may have written it. */
  isTrusted(realPath: string): boolean {
    return this.#read().includes(realPath)
  }

  set(realPath: string, trusted: boolean): void {
    const others = this.#read().filter((folder) => folder !== realPath)
    writeDataFile(this.#path, { folders: trusted ? [...others, realPath] : others })
  }

  #read(): readonly string[] {
    return readDataFile(this.#path, schema, { folders: [] }).folders
  }
}
