import type { ExperimentRecord } from '../../engine/index.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import { measureComparison } from '../compare-experiment.ts'
import type { CommandContext } from '../context.ts'
import { exitOfUnfinished, tooNoisyLines } from '../experiment-exit.ts'
import { disturbedOption, presetOption, samplesOption, timeBudgetOption } from '../measuring-options.ts'
import { formatPairs } from '../table.ts'
import {
  choice,
  flag,
  optional,
  parsed,
  parseParam,
  parseRope,
  parseWhole,
  repeated,
  several,
  text,
} from '../values.ts'
import { experimentSummary } from '../views/experiment-page.ts'
import { capLine, contenderNames, rankingOf, secondaryMetricsOf } from '../views/experiment-view.ts'

export const compare = defineCommand({
  name: 'compare',
  summary: 'Measure variants of a workflow, or shell commands, against each other until it is clear which is faster',
  arguments: {
    workflow: optional('workflow', 'its file, or its name'),
    variants: several('variants', 'the variants to compare with the baseline (default: all that it names)'),
  },
  options: {
    baseline: text('--baseline <variant>', 'what the others are compared with (default: the workflow as written)'),
    preset: presetOption,
    controlArm: flag('--control', 'run the baseline once more under a second label, as --preset rigorous does'),
    rope: parsed('--rope <share>', 'differences up to this do not matter, such as 2% (default)', parseRope),
    metric: choice('--metric <name>', 'what the verdict is about (default: wall); of commands also user, system', [
      'wall',
      'cpu',
      'user',
      'system',
    ]),
    goal: choice('--goal <name>', 'stop at a verdict (default), or as soon as the direction is clear', [
      'verdict',
      'direction',
    ]),
    maxBlocks: parsed('--max-blocks <number>', 'stop after so many blocks', parseWhole(1)),
    timeBudget: timeBudgetOption,
    isolation: choice('--isolation <kind>', 'fresh thread per trial (default), with repeats in it, or fresh process', [
      'thread',
      'repeats',
      'process',
    ]),
    repeats: parsed('--repeats <number>', 'repetitions in a thread, of which the steady part counts', parseWhole(2)),
    disturbed: disturbedOption,
    samples: samplesOption,
    param: repeated('--param <name=value>', 'set a param: JSON, else text; may be repeated', parseParam),
    seed: parsed('--seed <number>', 'seed of the order of trials and of random numbers', parseWhole(0)),
    extend: text('--extend <experiment>', 'go on with an experiment that has ended, to the next look of its plan'),
    command: repeated(
      '--command <line>',
      'a shell command to compare; at least two, the first is the baseline',
      String,
    ),
    shell: text('--shell <program>', 'what runs commands by -c (default: /bin/sh); none runs them directly'),
    prepare: text('--prepare <line>', 'run before each trial of a command, outside of its time'),
    cleanup: text('--cleanup <line>', 'run after each trial of a command, outside of its time'),
    ignoreFailure: flag('--ignore-failure', 'count commands that exit with another code than 0'),
    showOutput: flag('--show-output', 'let commands print (default: their output is discarded)'),
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
    {
      line: "strobe compare --command 'sleep 0.01' --command 'sleep 0.0105'",
      does: 'Two shell commands. The start of the shell is part of both times.',
    },
    { line: 'strobe compare --extend x0k3 --max-blocks 160', does: 'More blocks of an experiment that was undecided.' },
  ],
  exits: ['done', 'failure', 'unknown', 'refused', 'busy', 'cancelled'],
  json: {
    experiment: 'the experiment as it is stored: id, settings, plan, status, stop, blocks, trials, look, results',
    ranking: 'variants, fastest first: name, verdict, ratio, low, high, level, median (ns), trials, failed, sentence',
    contenders: 'names of the variants that may still be the fastest; null before the first block',
    secondary: 'other metrics: metric, unit, step, rows with median, interval and unadjusted effect; no verdict',
  },
  async run(context, options) {
    const record = await measureComparison(context, options)
    const cap = capLine(record, options.maxBlocks)
    const cautions = cap === undefined ? [] : [context.colours.yellow(cap)]
    context.print(...experimentSummary(record, context), ...cautions, '', ...nextLines(record, context))
    const contenders = contenderNames(record)
    const json = { experiment: record, ranking: rankingOf(record), contenders, secondary: secondaryMetricsOf(record) }
    return { exit: exitAfter(record), json }
  },
})

/** How a command that measured an experiment ends. */
function exitAfter(record: ExperimentRecord): CommandResult['exit'] {
  const early = exitOfUnfinished(record)
  if (early) return early
  return record.results.differences.length > 0 ? 'refused' : 'done'
}

function nextLines(record: ExperimentRecord, context: CommandContext): string[] {
  const { colours, command } = context
  const show = command(`show ${record.id}`)
  if (record.stop === 'cancelled') {
    const count = record.trials.filter(({ value }) => value !== null).length
    return [`Stopped. ${count} finished ${count === 1 ? 'trial is' : 'trials are'} kept: ${show}`]
  }
  const { look, stop, settings } = record
  const next = look?.nextLook ?? null
  const pairs = [
    ['all trials', show],
    ['what to change', settings.commands ? undefined : command(`advise --experiment ${record.id}`)],
    [
      'go on',
      next === null || stop === 'failed' || stop === 'different-results'
        ? undefined
        : command(`compare --extend ${record.id}`),
    ],
    ['a page to send', command(`report ${record.id}`)],
  ] as const
  return [...tooNoisyLines(record, command('compare …')), ...formatPairs(pairs, { title: colours.dim })]
}
