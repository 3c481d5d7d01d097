import { Argument, Command, Option } from 'commander'
import type { ArgumentDeclaration, CommandDeclaration, OptionDeclaration } from './command.ts'
import { type ExitName, exits } from './exit-codes.ts'

/** Runs a command with the values of its arguments and options, and those of all options of the program. */
export type Dispatch = (
  declaration: CommandDeclaration,
  values: Readonly<Record<string, unknown>>,
  global: Readonly<Record<string, unknown>>,
) => Promise<void>

/** Where help and complaints about the command line go, and whether with colours. */
export interface ProgramOutput {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** The command line as commander knows it. Parsing throws `CommanderError`; commands are run by `dispatch`. */
export function buildProgram(
  declarations: readonly CommandDeclaration[],
  version: string,
  output: ProgramOutput,
  dispatch: Dispatch,
): Command {
  const program = new Command('strobe')
    .description('Runs workflows, shows where the time goes, says what to change, and proves what the change brought.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .configureOutput({
      writeOut: output.out,
      writeErr: output.err,
      outputError: (text, write) => write(text.replace(/^error: /, 'Error: ')),
      // One look everywhere: help is compared in tests and read in logs.
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(strobe --help lists the commands, strobe <command> --help explains one)')
  for (const declaration of declarations) program.addCommand(buildCommand(program, declaration, dispatch))
  program.addHelpText('after', () => `\n${exitTable(Object.keys(exits) as ExitName[])}`)
  return addGlobalOptions(program)
}

/** Options that every command takes, before or after its name. */
function addGlobalOptions(command: Command): Command {
  return command
    .option('--workspace <folder>', 'folder of the workflows (default: the nearest one upwards that is a workspace)')
    .option('--json', 'print one JSON document and nothing else on standard output')
    .option('--quiet', 'say nothing on the way: no progress, no log lines')
    .option('--wait', 'wait while another process measures in the workspace')
    .option('--no-color', 'print without colours, as NO_COLOR does')
    .option('--debug', 'print the stack of an error')
}

function buildCommand(program: Command, declaration: CommandDeclaration, dispatch: Dispatch): Command {
  const command = new Command(declaration.name).copyInheritedSettings(program).description(`${declaration.summary}.`)
  const names = Object.keys(declaration.arguments ?? {})
  for (const argument of Object.values(declaration.arguments ?? {})) command.addArgument(makeArgument(argument))
  const options = Object.entries(declaration.options ?? {}).map(([name, option]) => [name, makeOption(option)] as const)
  for (const [, option] of options) command.addOption(option)
  command.optionsGroup('Options of all commands:')
  addGlobalOptions(command).helpOption('-h, --help', 'show this help')
  command.addHelpText('after', () => `\n${helpAfter(declaration)}`)
  return command.action(async () => {
    const given = command.opts()
    const values = Object.fromEntries([
      ...names.map((name, place) => [name, command.processedArgs[place]]),
      ...options.map(([name, option]) => [name, given[option.attributeName()]]),
    ])
    await dispatch(declaration, values, mergeGlobals(program, command))
  })
}

/** A global option counts wherever it was typed: `--no-color` of the program is not undone by the command's default. */
function mergeGlobals(program: Command, command: Command): Record<string, unknown> {
  const merged: Record<string, unknown> = {}
  for (const source of [program, command]) {
    for (const [name, value] of Object.entries(source.opts())) {
      if (source.getOptionValueSource(name) !== 'default') merged[name] = value
    }
  }
  return merged
}

function makeArgument(declaration: ArgumentDeclaration<unknown>): Argument {
  const argument = new Argument(declaration.syntax, declaration.description)
  if (declaration.choices) argument.choices(declaration.choices)
  return argument
}

function makeOption(declaration: OptionDeclaration<unknown>): Option {
  const option = new Option(declaration.flags, declaration.description)
  const { parse, choices, repeated, preset } = declaration
  if (choices) option.choices(choices)
  if (preset !== undefined) option.preset(preset)
  if (parse && repeated) {
    option.argParser((typed, previous: readonly unknown[] | undefined) => [...(previous ?? []), parse(typed)])
  } else if (parse) option.argParser((typed) => parse(typed))
  return option
}

function helpAfter({ examples, exits: possible, json }: CommandDeclaration): string {
  const keys = { ...json, exitCode: 'the exit code' }
  const width = Math.max(...Object.keys(keys).map((key) => key.length))
  return [
    'Examples:',
    ...examples.flatMap(({ line, does }) => [`  $ ${line}`, `      ${does}`]),
    '',
    'Document of --json (a key with ? is not always there):',
    ...Object.entries(keys).map(([key, holds]) => `  ${key.padEnd(width)}  ${holds}`),
    '',
    exitTable([...possible, 'usage', 'bug']),
  ].join('\n')
}

function exitTable(names: readonly ExitName[]): string {
  const rows = [...new Set(names)].map((name) => exits[name]).sort((a, b) => a.code - b.code)
  return ['Exit codes:', ...rows.map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`)].join('\n')
}
