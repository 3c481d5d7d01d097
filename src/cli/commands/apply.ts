import { resolve } from 'node:path'
import {
  type ApplyOutcome,
  applyRecommendation,
  type ExperimentRecord,
  findExperiment,
  type RecommendationStatus,
} from '../../engine/index.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { exitOfUnfinished, tooNoisyLines } from '../experiment-exit.ts'
import { disturbedOption, presetOption, timeBudgetOption } from '../measuring-options.ts'
import { flag, required, text } from '../values.ts'
import { predictedBesideMeasured } from '../views/advice-view.ts'
import { diffLines } from '../views/diff-view.ts'
import { experimentSummary } from '../views/experiment-page.ts'
import { rankingOf } from '../views/experiment-view.ts'

export const apply = defineCommand({
  name: 'apply',
  summary: 'Try a recommendation: measure the workflow with it against the workflow without it',
  arguments: { id: required('advice-id', 'the recommendation, or the beginning of its id') },
  options: {
    preset: presetOption,
    name: text('--name <variant>', 'name of the new variant (default: made from the recommendation)'),
    write: flag('--write', 'add the variant to the source of the workflow, where it is proved to be faster'),
    timeBudget: timeBudgetOption,
    disturbed: disturbedOption,
  },
  examples: [
    { line: 'strobe apply a0k3 --preset quick', does: 'Measures it, and shows the variant that it would add.' },
    { line: 'strobe apply a0k3 --write', does: 'The same, and adds the variant to the workflow.' },
  ],
  exits: ['done', 'failure', 'unknown', 'refused', 'busy', 'cancelled'],
  json: {
    advice: 'the recommendation as it is now: id, recommendation (prediction, proof, status, …)',
    experiment: 'the experiment that measured it, as it is stored',
    ranking: 'both variants, fastest first: name, verdict, ratio, low, high, median (ns), …',
    variant: 'name of the variant',
    'byHand?': 'what to add by hand, where the source is written in a way that no program can change',
    'diff?': 'unified diff of the source that adds the variant; not there where the source has it',
    written: 'whether the source was changed',
  },
  async run(context, { id, preset, name, write, timeBudget, disturbed }) {
    const engine = context.open(context.workspace())
    const outcome = await applyRecommendation(
      engine,
      {
        id,
        ...(preset === undefined ? {} : { preset }),
        ...(name === undefined ? {} : { name }),
        ...(write === undefined ? {} : { write }),
        ...(timeBudget === undefined ? {} : { timeBudget }),
        ...(disturbed === undefined ? {} : { disturbed }),
      },
      context.progress,
    )
    const record = findExperiment(engine, outcome.experiment)
    const { entry, variant, diff, byHand, written } = outcome
    context.print(...experimentSummary(record, context), '')
    context.print(...predictedBesideMeasured(entry.recommendation, context.colours))
    context.print(...changeLines(outcome, write === true, engine.workspace, context))
    const exit = exitAfter(entry.recommendation.status, record, context)
    if (record.stop === 'too-noisy') context.print('', ...tooNoisyLines(record, context.command(`apply ${entry.id}`)))
    if (exit === 'cancelled')
      context.print('', `Stopped. What was measured is kept: ${context.command(`show ${record.id}`)}`)
    const json = { advice: entry, experiment: record, ranking: rankingOf(record), variant, written }
    const change = { ...(byHand === undefined ? {} : { byHand }), ...(diff === undefined ? {} : { diff }) }
    return { exit, json: { ...json, ...change } }
  },
})

function changeLines(
  { entry, diff, byHand, written, variant }: ApplyOutcome,
  write: boolean,
  workspace: string,
  context: CommandContext,
): string[] {
  const file = context.shown(resolve(workspace, entry.file))
  if (byHand !== undefined) return ['', byHand]
  if (diff === undefined) return ['', `${file} has this variant already: ${variant}`]
  const isProved = entry.recommendation.status === 'proved'
  const head = written
    ? `Added to ${file}:`
    : isProved
      ? `Would be added to ${file} (--write does it):`
      : write
        ? `Not proved, so that it was not added to ${file}:`
        : `Not proved, so that --write would not add it to ${file}:`
  return ['', head, ...diffLines(diff, context.colours)]
}

/** How an application ends: only what is proved is done. */
function exitAfter(
  advice: RecommendationStatus,
  experiment: ExperimentRecord,
  { progress }: CommandContext,
): CommandResult['exit'] {
  const early = exitOfUnfinished(experiment)
  if (early) return early
  if (progress.signal.aborted && advice !== 'proved') return 'cancelled'
  return advice === 'proved' ? 'done' : 'refused'
}
