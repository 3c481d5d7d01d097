import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** The bytes of a file below a folder; `undefined` where there is none, or where it is a link out of the folder. */
export async function readPageFile(folder: string, path: string): Promise<Uint8Array | undefined> {
  try {
    const [target, root] = await Promise.all([realpath(join(folder, path)), realpath(folder)])
    return target.startsWith(root + sep) ? await readFile(target) : undefined
  } catch {
    return undefined
  }
}
