import type { ExperimentRecord } from '../engine/index.ts'
import type { CommandResult } from './command.ts'

/** How a command ends whose experiment did not come to its end by its plan; `undefined` where it did. */
export function exitOfUnfinished({
  status,
  stop,
}: Pick<ExperimentRecord, 'status' | 'stop'>): CommandResult['exit'] | undefined {
  // Whatever its status: nobody cancelled what a busy machine ended.
  if (stop === 'too-noisy') return 'failure'
  if (stop === 'cancelled') return 'cancelled'
  return status === 'finished' ? undefined : 'failure'
}

/** What to do about an experiment that a busy machine ended; nothing for others. `again`: what to type for another one. */
export function tooNoisyLines(
  { stop, settings }: Pick<ExperimentRecord, 'stop' | 'settings'>,
  again: string,
): string[] {
  if (stop !== 'too-noisy') return []
  const what = 'Too many blocks were disturbed and discarded, so that it ended before its plan did.'
  if (settings.disturbed === 'flag') return [`${what} The cautions above say by what: mend that, and measure again.`]
  return [
    `${what} End what else is running, or let disturbed blocks count,`,
    `which is valid and less sharp: ${again} --disturbed flag`,
  ]
}
