import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** What the compiler said: error codes by file (`'a.ts': ['TS2304']`), and its whole output. */
export interface Compilation {
  readonly errors: Readonly<Record<string, readonly string[]>>
  readonly output: string
}

/**
 * Compiles files under the options of one of the project's configurations, or of a plain object, in a folder inside the
 * project: there `node_modules/@types` is within reach, so that only the options keep them out.
 */
export function compile(config: string | object, files: Readonly<Record<string, string>>): Compilation {
  mkdirSync('tmp', { recursive: true })
  const folder = mkdtempSync(resolve('tmp/compile-'))
  try {
    const own = typeof config === 'string' ? { extends: resolve(config) } : config
    const include = Object.keys(files)
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...own, files: include, include: [] }))
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    const tsc = resolve('node_modules/typescript/bin/tsc')
    const run = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })
    const output = run.stdout + run.stderr
    const found: Record<string, string[]> = {}
    for (const [, file = '', code = ''] of output.matchAll(/^(.+?)\(\d+,\d+\): error (TS\d+)/gm)) {
      found[file] = [...(found[file] ?? []), code]
    }
    if ((run.status === 0) !== (output.trim() === '')) throw new Error(`tsc ended with ${run.status}: ${output}`)
    return { errors: found, output }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
