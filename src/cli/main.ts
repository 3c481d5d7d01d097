import { isAbsolute, relative } from 'node:path'
import { CommanderError } from 'commander'
import pico from 'picocolors'
import { type Clock, StrobeError } from '../base/index.ts'
import { type Engine, openEngine } from '../engine/index.ts'
import type { CommandDeclaration, CommandResult } from './command.ts'
import { commands } from './commands/index.ts'
import type { CommandContext, GlobalOptions } from './context.ts'
import { type ExitName, exitOf, exits } from './exit-codes.ts'
import { describeFailure } from './failure.ts'
import { type Interrupt, listenForInterrupt } from './interrupt.ts'
import { errorDocument, jsonDocument } from './json-document.ts'
import { buildProgram } from './program.ts'
import { liveDisplay, type ProgressDisplay, plainDisplay, silentDisplay } from './progress/progress-display.ts'
import { chooseWorkspace, hasStore } from './workspace.ts'

/** A stream that text is written to. */
export interface TextStream {
  readonly write: (text: string) => void
  readonly isTerminal: boolean
  /** Width of the terminal now. */
  readonly columns: () => number
}

/** What the command line needs of its process. */
export interface Host {
  /** What was typed after `strobe`. */
  readonly typed: readonly string[]
  readonly cwd: string
  readonly version: string
  /** How Strobe was called, as it would be typed again. */
  readonly calledAs: string
  readonly out: TextStream
  readonly err: TextStream
  readonly clock: Clock
  /** Whether the environment wants colours, as `NO_COLOR` and `FORCE_COLOR` say. */
  readonly wantsColour: boolean
  readonly after: (milliseconds: number, callback: () => void) => () => void
  readonly onRequestToEnd: (callback: () => void) => () => void
  readonly kill: () => void
}

/** Runs one command line and resolves with the exit code. Never throws: whatever happens is said and has a code. */
export async function main(host: Host): Promise<number> {
  let exit: ExitName = 'done'
  // Known before anything is parsed, so that a command line that is wrong is told in the form that was asked for.
  const json = beforeSeparator(host.typed).includes('--json')
  const output = { out: host.out.write, err: json ? () => {} : host.err.write }
  const program = buildProgram(commands, host.version, output, async (declaration, values, given) => {
    exit = await runCommand(host, declaration, values, globalOptions(given))
  })
  try {
    await program.parseAsync(host.typed as string[], { from: 'user' })
  } catch (thrown) {
    exit = exitOf(thrown)
    if (!(thrown instanceof CommanderError)) reportFailure(host, thrown, { json, debug: true })
    else if (json && exit !== 'done') host.out.write(errorDocument(thrown, exit, usageMessage(thrown)))
  }
  return exits[exit].code
}

async function runCommand(
  host: Host,
  declaration: CommandDeclaration,
  values: Readonly<Record<string, unknown>>,
  global: GlobalOptions & { readonly color: boolean },
): Promise<ExitName> {
  const colour = (stream: TextStream) => pico.createColors(stream.isTerminal && host.wantsColour && global.color)
  const display = makeDisplay(host, global, colour(host.err))
  const interrupt = listenForInterrupt({
    onRequest: host.onRequestToEnd,
    say: (line) => display.log(line),
    kill: () => {
      display.clear()
      host.kill()
    },
    now: () => performance.now(),
  })
  const engines: Engine[] = []
  try {
    const context = makeContext(host, global, { colours: colour(host.out), display, interrupt, engines })
    const result = await declaration.run(context, values)
    display.clear()
    if (global.json) host.out.write(documentOf(result))
    return result.exit
  } catch (thrown) {
    display.clear()
    return reportFailure(host, thrown, { ...global, colours: colour(host.err), cancelled: interrupt.signal.aborted })
  } finally {
    for (const engine of engines) engine.close()
    interrupt.end()
  }
}

function makeContext(
  host: Host,
  global: GlobalOptions,
  parts: {
    readonly colours: ReturnType<typeof pico.createColors>
    readonly display: ProgressDisplay
    readonly interrupt: Interrupt
    readonly engines: Engine[]
  },
): CommandContext {
  const { colours, display, interrupt, engines } = parts
  let printed = false
  const print = (...lines: readonly string[]) => {
    if (global.json || lines.length === 0) return
    display.clear()
    host.out.write(`${lines.join('\n')}\n`)
    printed = true
  }
  const open = (workspace: string, readOnly: boolean) => {
    const engine = openEngine({ workspace, readOnly, wait: global.wait })
    engines.push(engine)
    return engine
  }
  /** Opened to write where that is possible: opening tells which runs were interrupted. Else as it lies there. */
  const openToRead = (workspace: string) => {
    try {
      return open(workspace, false)
    } catch (thrown) {
      if (thrown instanceof StrobeError && thrown.code.startsWith('store.')) return open(workspace, true)
      throw thrown
    }
  }
  return {
    ...{ cwd: host.cwd, global, clock: host.clock, colours, print },
    heading: (text) => print(...(printed ? [''] : []), colours.bold(text)),
    progress: {
      signal: interrupt.signal,
      update: (update) => display.update(update),
      log: (line) => display.log(line),
    },
    workspace: (subject) =>
      chooseWorkspace({
        cwd: host.cwd,
        ...(global.workspace === undefined ? {} : { asked: global.workspace }),
        ...(subject === undefined ? {} : { subject }),
      }),
    open: (workspace) => open(workspace, false),
    read: (workspace) => (hasStore(workspace) ? openToRead(workspace) : undefined),
    command: (words, workspace) => {
      const folder = workspace === undefined ? global.workspace : shownPath(host.cwd, workspace)
      return `${host.calledAs} ${words}${folder === undefined ? '' : ` --workspace ${folder}`}`
    },
    shown: (path) => shownPath(host.cwd, path),
  }
}

/** Says what was thrown, in the form that was asked for, and how the command ends. */
function reportFailure(
  host: Host,
  thrown: unknown,
  how: {
    readonly json: boolean
    readonly debug: boolean
    readonly colours?: ReturnType<typeof pico.createColors>
    readonly cancelled?: boolean
  },
): ExitName {
  const own = exitOf(thrown)
  const exit = how.cancelled && own !== 'bug' ? 'cancelled' : own
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (how.json) host.out.write(errorDocument(thrown, exit, message))
  const shown = (path: string) => shownPath(host.cwd, path)
  const style = { colours: how.colours ?? pico.createColors(false), shown, debug: how.debug }
  if (!how.json || how.debug) host.err.write(`${describeFailure(thrown, style).join('\n')}\n`)
  return exit
}

/** A command's document with how it ended, so that a program that has only the document knows. */
function documentOf({ exit, json }: CommandResult): string {
  return jsonDocument({ ...json, exitCode: exits[exit].code })
}

function makeDisplay(
  host: Host,
  global: GlobalOptions,
  colours: ReturnType<typeof pico.createColors>,
): ProgressDisplay {
  if (global.quiet) return silentDisplay()
  const ports = {
    ...{ clock: host.clock, write: host.err.write, columns: host.err.columns, after: host.after },
    style: { bar: colours.cyan, quiet: colours.dim },
  }
  return host.err.isTerminal && !global.json ? liveDisplay(ports) : plainDisplay(ports)
}

function globalOptions(given: Readonly<Record<string, unknown>>): GlobalOptions & { readonly color: boolean } {
  const { workspace, color = true } = given
  const on = (name: string) => given[name] === true
  if (workspace !== undefined && typeof workspace !== 'string') {
    throw new StrobeError('cli.workspace', 'Name one folder after --workspace.')
  }
  return {
    ...(workspace === undefined ? {} : { workspace }),
    ...{ json: on('json'), quiet: on('quiet'), wait: on('wait'), debug: on('debug'), color: color === true },
  }
}

/** A path as people in a folder would type it. */
function shownPath(cwd: string, path: string): string {
  if (!isAbsolute(path)) return path
  const near = relative(cwd, path)
  return near === '' ? '.' : near.length < path.length ? near : path
}

function usageMessage({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'Name a command: strobe --help lists them.'
  return message.replace(/^error: /, '')
}

function beforeSeparator(typed: readonly string[]): readonly string[] {
  const separator = typed.indexOf('--')
  return separator < 0 ? typed : typed.slice(0, separator)
}
