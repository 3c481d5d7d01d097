import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { makeFolder } from '../make-folder.ts'

/** What a file of the studio's own holds; `fallback` where it is not there, or holds something else. */
export function readDataFile<Content>(path: string, schema: z.ZodType<Content>, fallback: Content): Content {
  try {
    const { success, data } = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return success ? data : fallback
  } catch {
    return fallback
  }
}

/** Writes a file in one step: whoever reads it sees the old content or the new one. Nobody but its owner may read it, where `mode` says so. */
export function writeDataFile(path: string, content: unknown, mode = 0o600): void {
  makeFolder(dirname(path))
  const next = `${path}.${randomUUID()}`
  try {
    writeFileSync(next, `${JSON.stringify(content, null, 2)}\n`, { mode })
    renameSync(next, path)
  } catch (thrown) {
    rmSync(next, { force: true })
    throw thrown
  }
}
