import type { Colors } from 'picocolors/types.js'
import type { Clock, Progress } from '../base/index.ts'
import type { Engine } from '../engine/index.ts'

/** Options that every command has. */
export interface GlobalOptions {
  readonly workspace?: string
  readonly json: boolean
  readonly quiet: boolean
  readonly wait: boolean
  readonly debug: boolean
}

/** What a command may do to the world, besides through the engine. */
export interface CommandContext {
  /** The folder that typed paths are relative to. */
  readonly cwd: string
  readonly global: GlobalOptions
  readonly clock: Clock
  readonly colours: Colors
  /** Prints lines for people, the progress taken away first; with `--json` nothing. */
  print(...lines: readonly string[]): void
  /** Prints a heading line, with a blank line before it where something was printed already. */
  heading(text: string): void
  /** Of the whole command; cancelled by Ctrl-C. */
  readonly progress: Progress
  /** The workspace of the command, as an absolute path; `subject` is what was named: perhaps a file, perhaps a name. */
  workspace(subject?: string): string
  /** Opens a workspace for measuring; it is closed when the command ends. */
  open(workspace: string): Engine
  /** Opens a workspace for reading; `undefined` where nothing was ever measured there. */
  read(workspace: string): Engine | undefined
  /**
   * A command line of Strobe, as it would be typed here: `strobe show r0k3`. `workspace` is named in it where another folder
   * than the current one's is meant.
   */
  command(words: string, workspace?: string): string
  /** A path as people here would type it: relative to the current folder where that is shorter. */
  shown(path: string): string
}
