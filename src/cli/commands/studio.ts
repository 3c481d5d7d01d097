import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ErrorRecord, errorFrom, StrobeError } from '../../base/index.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { flag, optional, parsed, parseWhole, text } from '../values.ts'
import { findWorkspace } from '../workspace.ts'

/** What the studio's process tells, once. */
type WebMessage =
  | {
      readonly type: 'ready'
      readonly address: string
      readonly pid: number
      readonly port: number
      readonly isElsewhere: boolean
    }
  | { readonly type: 'failed'; readonly error: ErrorRecord }

export const studio = defineCommand({
  name: 'studio',
  summary: 'Open the studio in a browser: all screens, served to this machine only, until Ctrl-C',
  arguments: {
    folder: optional('folder', 'folder to open (default: the workspace of the current folder, else the samples)'),
  },
  options: {
    port: parsed('--port <number>', 'port to listen on (default: any that is free)', parseWhole(0)),
    trust: flag('--trust', 'let the code of the folder run without asking, as long as this studio lives'),
    data: text(
      '--data <folder>',
      "the studio's own folder, for recent folders, trust and samples (default: this user's)",
    ),
    open: flag('--no-open', 'open no browser, only print the address'),
  },
  examples: [
    { line: 'strobe studio', does: 'Opens the workspace of the current folder; prints an address that lets you in.' },
    { line: 'strobe studio pipelines --port 4711 --no-open', does: 'For a browser that comes through an SSH tunnel.' },
  ],
  exits: ['done', 'failure', 'cancelled'],
  json: {
    address: 'where it was; whoever had it could do what you can',
    pid: 'process of the studio',
    port: 'what it listened on',
    isElsewhere: 'whether it was running before, and goes on',
  },
  async run(context, { folder, port, trust, data, open }) {
    const workspace = workspaceOf(context, folder)
    const words = [
      ...(port === undefined ? [] : ['--port', String(port)]),
      ...(data === undefined ? [] : ['--data', resolve(context.cwd, data)]),
      ...(trust ? ['--trust'] : []),
      ...(open === false ? ['--no-open'] : []),
      // What follows is no option, whatever it is called.
      ...(workspace === undefined ? [] : ['--', workspace]),
    ]
    const { ready } = await watch(startStudio(context, words), context)
    const { address, pid, isElsewhere } = ready
    return { exit: 'done', json: { address, pid, port: ready.port, isElsewhere } }
  },
})

/** The folder that was named, or that is worked in; `undefined` where none is. */
function workspaceOf(context: CommandContext, named: string | undefined): string | undefined {
  if (named === undefined && context.global.workspace !== undefined) return context.workspace()
  if (named === undefined) return findWorkspace(context.cwd, { list })
  const path = resolve(context.cwd, named)
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? context.workspace(named) : path
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The studio is a process of its own: what happens in it does not end the terminal, and it ends with this one. */
function startStudio(context: CommandContext, words: readonly string[]): ChildProcess {
  const out = context.global.json ? 'ignore' : 'inherit'
  return fork(join(import.meta.dirname, 'web.js'), words, {
    cwd: context.cwd,
    stdio: ['ignore', out, 'inherit', 'ipc'],
    execArgv: [],
  })
}

/** Waits for the studio's end, and ends it when the command is told to. Throws what the studio could not start for. */
function watch(
  child: ChildProcess,
  { progress, global }: CommandContext,
): Promise<{ readonly ready: Extract<WebMessage, { type: 'ready' }> }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    readonly ready: Extract<WebMessage, { type: 'ready' }>
  }>()
  let message: WebMessage | undefined
  const stop = () => {
    if (child.connected) child.disconnect()
  }
  child.on('message', (told: WebMessage) => {
    message = told
    if (told.type === 'ready' && global.json) progress.log(`Strobe is running: ${told.address}`)
  })
  child.on('error', reject)
  child.on('exit', (code, signal) => {
    progress.signal.removeEventListener('abort', stop)
    if (message?.type === 'failed') reject(errorFrom(message.error))
    else if (code === 0 && message) resolve({ ready: message })
    else if (progress.signal.aborted) reject(new StrobeError('cancelled', 'The studio was stopped.'))
    else reject(new StrobeError('web.died', `The studio ended by itself (${signal ?? `code ${code}`}).`))
  })
  progress.signal.addEventListener('abort', stop, { once: true })
  return promise
}
