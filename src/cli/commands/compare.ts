import { type ExperimentRecord, runExperiment } from '../../engine/index.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { presetOption, timeBudgetOption } from '../measuring-options.ts'
import { formatPairs } from '../table.ts'
import { paramsOf, parsed, parseParam, parseRope, parseWhole, repeated, required, several, text } from '../values.ts'
import { experimentSummary } from '../views/experiment-page.ts'
import { rankingOf } from '../views/experiment-view.ts'

export const compare = defineCommand({
  name: 'compare',
  summary: 'Measure variants of a workflow against each other until it is clear which is faster',
  arguments: {
    workflow: required('workflow', 'its file, or its name'),
    variants: several('variants', 'the variants to compare with the baseline (default: all that it names)'),
  },
  options: {
    baseline: text('--baseline <variant>', 'what the others are compared with (default: the workflow as written)'),
    preset: presetOption,
    rope: parsed('--rope <share>', 'differences up to this do not matter, such as 2% (default)', parseRope),
    maxBlocks: parsed('--max-blocks <number>', 'stop after so many blocks', parseWhole(1)),
    timeBudget: timeBudgetOption,
    param: repeated('--param <name=value>', 'set a param: JSON, else text; may be repeated', parseParam),
    seed: parsed('--seed <number>', 'seed of the order of trials and of random numbers', parseWhole(0)),
  },
  examples: [
    {
      line: 'strobe compare orders.workflow.ts --preset quick',
      does: 'Compares all its variants with the workflow as written.',
    },
    {
      line: 'strobe compare orders overlapped --rope 5% --time-budget 2min',
      does: 'Only one of them; below 5 % does not matter.',
    },
  ],
  exits: ['done', 'failure', 'unknown', 'refused', 'busy', 'cancelled'],
  json: {
    experiment: 'the experiment as it is stored: id, settings, plan, status, stop, blocks, trials, look, results',
    ranking: 'variants, fastest first: name, verdict, ratio, low, high, level, median (ns), trials, failed, sentence',
  },
  async run(context, options) {
    const { workflow, preset, rope, maxBlocks, timeBudget, param, seed } = options
    const engine = context.open(context.workspace(workflow))
    const record = await runExperiment(
      engine,
      {
        file: workflow,
        ...variantsOf(options.baseline, options.variants),
        ...(preset === undefined ? {} : { preset }),
        ...(rope === undefined ? {} : { rope }),
        ...(maxBlocks === undefined ? {} : { maxBlocks }),
        ...(timeBudget === undefined ? {} : { timeBudget }),
        ...(param ? { params: paramsOf(param) } : {}),
        ...(seed === undefined ? {} : { seed }),
      },
      context.progress,
    )
    context.print(...experimentSummary(record, context), '', ...nextLines(record, context))
    return { exit: exitAfter(record), json: { experiment: record, ranking: rankingOf(record) } }
  },
})

/** Nothing where nothing was named: then the engine compares all. The first is what the others are compared with. */
function variantsOf(baseline: string | undefined, named: readonly string[]): { variants?: readonly string[] } {
  if (named.length === 0 && baseline === undefined) return {}
  const first = baseline ?? 'baseline'
  return { variants: [first, ...new Set(named.filter((name) => name !== first))] }
}

/** How a command that measured an experiment ends. */
function exitAfter(record: ExperimentRecord): CommandResult['exit'] {
  if (record.status === 'stopped') return 'cancelled'
  if (record.status !== 'finished') return 'failure'
  return record.results.differences.length > 0 ? 'refused' : 'done'
}

function nextLines(record: ExperimentRecord, { colours, command }: CommandContext): string[] {
  const show = command(`show ${record.id}`)
  if (record.status === 'stopped') {
    const count = record.trials.filter(({ value }) => value !== null).length
    return [`Stopped. ${count} finished ${count === 1 ? 'trial is' : 'trials are'} kept: ${show}`]
  }
  const pairs = [
    ['all trials', show],
    ['what to change', command(`advise --experiment ${record.id}`)],
    ['a page to send', command(`report ${record.id}`)],
  ] as const
  return formatPairs(pairs, { title: colours.dim })
}
