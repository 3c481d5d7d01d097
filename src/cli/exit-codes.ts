import { CommanderError } from 'commander'
import { StrobeError } from '../base/index.ts'

/** How a command can end, as programs see it. The codes are stable. */
export const exits = {
  done: { code: 0, meaning: 'done' },
  failure: { code: 1, meaning: 'something failed: a run, a check, a file that cannot be read or written' },
  usage: { code: 2, meaning: 'the command line is wrong' },
  unknown: { code: 3, meaning: 'no workflow, variant, run, experiment or recommendation of that name or id' },
  refused: {
    code: 4,
    meaning: 'measured, and the answer is no: a variant computes another result, or a recommendation was not proved',
  },
  busy: { code: 5, meaning: 'another process measures in this workspace (--wait waits for it)' },
  bug: { code: 70, meaning: 'a bug of Strobe' },
  cancelled: { code: 130, meaning: 'cancelled; what was measured until then is kept' },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly meaning: string }>>

export type ExitName = keyof typeof exits

/** Codes of errors that do not end in `failure`; the longest prefix that fits counts. */
const exitsOfErrors: ReadonlyArray<readonly [prefix: string, exit: ExitName]> = [
  ['cancelled', 'cancelled'],
  ['cli.', 'usage'],
  ['engine.ambiguous-id', 'unknown'],
  ['engine.busy', 'busy'],
  ['engine.metric', 'usage'],
  ['engine.one-variant', 'usage'],
  ['engine.repeats', 'usage'],
  ['engine.unknown-', 'unknown'],
  ['store.missing', 'unknown'],
  ['statistics.invalid-plan', 'usage'],
  ['workflow.unknown-variant', 'unknown'],
]

/** What a workflow's file and a command line can both have wrong. Without a place in a file it was typed. */
const typedOrWritten: ReadonlySet<string> = new Set([
  'workflow.unknown-knob',
  'workflow.knob-range',
  'workflow.unknown-node',
  'workflow.invalid-patch',
  'workflow.unknown-param',
  'workflow.param-type',
])

/** How a command that threw `error` ends. What is neither an error of ours nor of the operating system is a bug. */
export function exitOf(error: unknown): ExitName {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 'done' : 'usage'
  if (!(error instanceof StrobeError)) return isSystemError(error) ? 'failure' : 'bug'
  if (typedOrWritten.has(error.code) && error.data.place === undefined) return 'usage'
  const fitting = exitsOfErrors.filter(([prefix]) => error.code.startsWith(prefix))
  return fitting.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? 'failure'
}

/** A file that cannot be read or written, a full disk: the message of such an error names the path. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'errno' in error
}
