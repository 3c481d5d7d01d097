import type { CommandSettings, ExperimentRecord, TrialMetrics } from '../analysis/index.ts'
import { type Progress, StrobeError } from '../base/index.ts'
import { type CommandOutcome, executeCommand } from '../runtime/index.ts'
import type { RunReason } from '../trace/index.ts'
import type { Arm, ArmTrial, TrialDraw } from './experiment-arm.ts'

/** The arms of an experiment on shell commands, and the control arm where its plan has one. */
export function commandArms({ settings, plan }: ExperimentRecord): Arm[] {
  const { commands } = settings
  if (!commands) throw new StrobeError('engine.no-commands', 'This experiment compares no shell commands.')
  const lines = plan.controlArm ? [...commands.lines, commands.lines[0]!] : commands.lines
  return lines.map((line) => commandArm(commands, line))
}

function commandArm(settings: CommandSettings, line: string): Arm {
  return {
    async runTrial({ variables }: TrialDraw, progress: Progress): Promise<ArmTrial> {
      const execute = (text: string, signal = progress.signal) =>
        executeCommand(
          {
            ...{ words: wordsOf(settings.shell, text), directory: settings.directory, variables },
            ...{ output: settings.output, timer: settings.timer, timeout: settings.timeout },
          },
          signal,
        )
      const unprepared = await sideCommand('prepare', settings.prepare, execute)
      if (unprepared !== undefined) return { runId: '', reason: 'failed', metrics: {}, precondition: unprepared }
      const outcome = await execute(line)
      if (outcome.problem !== undefined) progress.log(`${line}: ${outcome.problem}`)
      // What was prepared is cleaned up after a cancelled trial, too.
      const unclean = await sideCommand('cleanup', settings.cleanup, (text) => execute(text, neverCancelled))
      const reason = reasonOf(outcome, settings.ignoreFailure)
      return {
        ...{ runId: '', reason, metrics: reason === 'finished' ? metricsOf(outcome) : {} },
        exit: { code: outcome.code, signal: outcome.signal },
        ...(unclean === undefined ? {} : { precondition: unclean }),
      }
    },
  }
}

const neverCancelled = new AbortController().signal

/** What keeps the trial from counting, where the command before or after it failed. */
async function sideCommand(
  name: string,
  line: string | undefined,
  execute: (line: string) => Promise<CommandOutcome>,
): Promise<string | undefined> {
  if (line === undefined) return undefined
  const { ended, code, signal, problem } = await execute(line)
  if (ended === 'cancelled' || code === 0) return undefined
  return `--${name} failed: ${problem ?? (signal === null ? `exit code ${code}` : `signal ${signal}`)}`
}

/** Program and arguments. Without a shell the command is split at spaces; quotes group words. */
export function wordsOf(shell: string, line: string): string[] {
  if (shell !== 'none') return [shell, '-c', line]
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  )
}

function reasonOf({ ended, code, signal }: CommandOutcome, ignoreFailure: boolean): RunReason {
  if (ended === 'cancelled' || ended === 'timeout') return ended
  if (ended === 'not-started') return 'failed'
  if (signal !== null) return 'crashed'
  return code === 0 || ignoreFailure ? 'finished' : 'failed'
}

function metricsOf({ wall, user, system }: CommandOutcome): TrialMetrics {
  return {
    ...(wall === null ? {} : { wall }),
    ...(user === null || system === null ? {} : { user, system, cpu: user + system }),
  }
}
