import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { StrobeError } from '../base/index.ts'

/**
 * Makes a folder, with those above it that are missing. One by one: Node's own recursive `mkdirSync` never returns where
 * a file system refuses new folders with "no such file", as /proc does. Throws `engine.no-folder`, which names what is in
 * the way.
 */
export function makeFolder(folder: string): void {
  const missing: string[] = []
  let above = resolve(folder)
  while (!existsSync(above) && dirname(above) !== above) {
    missing.unshift(above)
    above = dirname(above)
  }
  if (!statSync(above).isDirectory()) throw noFolder(folder, `${above} is a file. Name another folder.`)
  if (missing.length === 0) return
  try {
    accessSync(above, constants.W_OK)
  } catch (cause) {
    throw noFolder(folder, `${above} cannot be written to. Name another folder.`, cause)
  }
  for (const path of missing) {
    try {
      mkdirSync(path)
    } catch (cause) {
      // Somebody else may have made it in between.
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
        throw noFolder(folder, `${path} cannot be made there (${reasonOf(cause)}). Name another folder.`, cause)
      }
    }
  }
}

function noFolder(folder: string, why: string, cause?: unknown): StrobeError {
  const options = { data: { folder }, ...(cause === undefined ? {} : { cause }) }
  return new StrobeError('engine.no-folder', `There is no folder ${folder}, and none can be made: ${why}`, options)
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
}
