import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { StrobeError } from '../base/index.ts'

/** What the process was told when it was started. */
export interface Typed {
  /** Absolute path of a folder, or the studio's own copy of the samples; absent: whatever a studio that runs has open, else the samples. */
  readonly workspace?: string | { readonly samples: true }
  /** Whether that folder's code may run, as long as this studio lives. */
  readonly trust: boolean
  /** 0: any that is free. */
  readonly port: number
  /** Absolute path of the studio's own folder, where it was named. */
  readonly data?: string
  /** Whether to open a browser. */
  readonly open: boolean
  /** Whether to print one line of JSON instead of lines for people. */
  readonly json: boolean
  /** Whether to end when the process that started this one has ended. */
  readonly withParent: boolean
}

/** Reads the arguments of the process. Throws `web.usage` where they are wrong, `web.no-folder` where there is no such folder. */
export function readTyped(words: readonly string[], cwd: string): Typed {
  const { values, positionals } = parse(words)
  const [folder, ...others] = positionals
  if (others.length > 0) throw usage(`Name one folder: ${positionals.join(', ')} are ${positionals.length}.`)
  if (folder !== undefined && values.samples) throw usage('Name a folder or --samples, not both.')
  const workspace = values.samples ? ({ samples: true } as const) : folderOf(folder, cwd)
  return {
    ...(workspace === undefined ? {} : { workspace }),
    ...(values.data === undefined ? {} : { data: resolve(cwd, values.data) }),
    port: portOf(values.port),
    open: values.open ?? true,
    trust: values.trust ?? false,
    json: values.json ?? false,
    withParent: values['with-parent'] ?? false,
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      allowNegative: true,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        samples: { type: 'boolean' },
        trust: { type: 'boolean' },
        open: { type: 'boolean' },
        json: { type: 'boolean' },
        'with-parent': { type: 'boolean' },
      },
    })
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function folderOf(folder: string | undefined, cwd: string): string | undefined {
  if (folder === undefined) return undefined
  const path = resolve(cwd, folder)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path
  throw new StrobeError('web.no-folder', `There is no folder ${path}. Name one that is there.`, { data: { path } })
}

function portOf(text = '0'): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw usage(`${text} is no port: write a whole number up to 65535, or leave --port out to take any that is free.`)
}

function usage(message: string, cause?: unknown): StrobeError {
  return new StrobeError('web.usage', message, cause === undefined ? {} : { cause })
}
