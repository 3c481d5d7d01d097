import type { CommandContext } from './context.ts'
import type { ExitName } from './exit-codes.ts'

/** A positional argument. `Value` is what the action gets. */
export interface ArgumentDeclaration<Value> {
  /** As in the usage line: `<workflow>`, `[dir]`, `[variants...]`. */
  readonly syntax: string
  readonly description: string
  readonly choices?: readonly string[]
  /** Turns what was typed into a value; throws a `CommanderError` (`InvalidArgumentError`) that says what is wrong. */
  readonly parse?: (text: string) => unknown
  /** Only there for the type. */
  readonly value?: Value
}

/** An option of a command. `Value` is what the action gets where it was given. */
export interface OptionDeclaration<Value> {
  /** As commander writes them: `--preset <name>`. */
  readonly flags: string
  readonly description: string
  readonly choices?: readonly string[]
  readonly parse?: (text: string) => unknown
  /** What stands for the value of `--samples [µs]` where it is given without one. */
  readonly preset?: string
  /** May be given several times; the value is a list. */
  readonly repeated?: boolean
  /** Only there for the type. */
  readonly value?: Value
}

type Arguments = Readonly<Record<string, ArgumentDeclaration<unknown>>>
type Options = Readonly<Record<string, OptionDeclaration<unknown>>>
type ArgumentValues<Declared extends Arguments> = {
  readonly [Name in keyof Declared]: Declared[Name] extends ArgumentDeclaration<infer Value> ? Value : never
}
type OptionValues<Declared extends Options> = {
  readonly [Name in keyof Declared]: Declared[Name] extends OptionDeclaration<infer Value> ? Value | undefined : never
}

/** How a command ended, and what it has to say to a program. */
export interface CommandResult {
  readonly exit: ExitName
  /** The document that `--json` prints; its keys are those that the command declares. */
  readonly json: Readonly<Record<string, unknown>>
}

/** A command line that does something, and what it does. */
export interface Example {
  readonly line: string
  readonly does: string
}

interface Declaration<DeclaredArguments extends Arguments, DeclaredOptions extends Options> {
  readonly name: string
  /** What it does, as one sentence without a full stop. */
  readonly summary: string
  readonly arguments?: DeclaredArguments
  readonly options?: DeclaredOptions
  /** At least one. */
  readonly examples: readonly [Example, ...Example[]]
  /** How it can end, besides `usage` and `bug`, which every command can. */
  readonly exits: readonly ExitName[]
  /** Keys of the document that `--json` prints, and what they hold. A key that is not always there ends in `?`. */
  readonly json: Readonly<Record<string, string>>
  readonly run: (
    context: CommandContext,
    values: ArgumentValues<DeclaredArguments> & OptionValues<DeclaredOptions>,
  ) => Promise<CommandResult>
}

/** A command as the program sees it, whatever its arguments and options are. */
export interface CommandDeclaration extends Omit<Declaration<Arguments, Options>, 'run'> {
  /** Gets the values of all arguments and options by their names. */
  readonly run: (context: CommandContext, values: Readonly<Record<string, unknown>>) => Promise<CommandResult>
}

/** Declares a command. The names of its arguments and options must differ. */
export function defineCommand<
  const DeclaredArguments extends Arguments = Record<never, never>,
  const DeclaredOptions extends Options = Record<never, never>,
>(declaration: Declaration<DeclaredArguments, DeclaredOptions>): CommandDeclaration {
  return declaration as unknown as CommandDeclaration
}
