import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StrobeError, throwIfCancelled } from '../../base/index.ts'
import {
  type AdviceEntry,
  advise,
  applyRecommendation,
  checkFile,
  copySamples,
  type Engine,
  type ExperimentRecord,
  findExperiment,
  runExperiment,
  runOnce,
  traceOf,
} from '../../engine/index.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { exitOfUnfinished, tooNoisyLines } from '../experiment-exit.ts'
import { writeReport } from '../report-file.ts'
import { text } from '../values.ts'
import { adviceLines, predictedBesideMeasured } from '../views/advice-view.ts'
import { diffLines } from '../views/diff-view.ts'
import { experimentSummary } from '../views/experiment-page.ts'
import { rankingOf } from '../views/experiment-view.ts'
import { analyseRun } from '../views/run-page.ts'
import { nodeTable, phaseLine, runSentence } from '../views/run-view.ts'

const sample = 'orders.workflow.ts'

/** The baseline and so many of the sample's variants: three at once keep the demo short. */
const candidates = 2

export const demo = defineCommand({
  name: 'demo',
  summary: 'Show the whole loop on a sample in about a minute: measure, find, predict, apply, re-measure, prove',
  options: { dir: text('--dir <folder>', 'where the samples go (default: strobe-demo); used again where it is there') },
  examples: [
    { line: 'strobe demo', does: 'Copies the samples to strobe-demo/ and finds, proves and reports an improvement.' },
  ],
  exits: ['done', 'failure', 'refused', 'busy', 'cancelled'],
  json: {
    workspace: 'absolute path of the folder with the samples',
    'run?': 'the first run, as it is stored',
    'experiment?': 'the experiment on the variants of the sample, as it is stored',
    'ranking?': 'its variants, fastest first',
    'advice?': 'recommendations, best first',
    'applied?': 'the best one as it is now, with prediction and proof',
    'proof?': 'the experiment that measured it, as it is stored',
    'written?': 'whether its variant was added to the copy of the sample',
    'report?': 'absolute path of the HTML report',
  },
  async run(context, { dir }) {
    const workspace = resolve(context.cwd, dir ?? context.global.workspace ?? 'strobe-demo')
    prepareFolder(workspace)
    const json: Record<string, unknown> = { workspace }
    const exit = await tellStory(context, context.open(workspace), json)
    if (exit === 'cancelled') {
      context.print('', `Stopped. What was measured is kept: ${context.command('list', workspace)}`)
    }
    return { exit, json }
  },
})

/** Throws `cli.folder-taken` where the folder holds something else. */
function prepareFolder(workspace: string): void {
  if (existsSync(join(workspace, sample))) return
  if (existsSync(workspace) && (!statSync(workspace).isDirectory() || readdirSync(workspace).length > 0)) {
    throw new StrobeError(
      'cli.folder-taken',
      `${workspace} is, or holds, something else. Name another folder with --dir.`,
    )
  }
  copySamples(workspace)
}

/** For who sees an interval for the first time. */
const explanation = [
  'Each variant ran once in every block, in random order. In brackets is where the true effect may lie: as long as',
  'it does not reach 0, the difference is not chance. All results were compared: a variant must compute the same.',
]

async function tellStory(
  context: CommandContext,
  engine: Engine,
  json: Record<string, unknown>,
): Promise<CommandResult['exit']> {
  const { progress, print, colours } = context
  const file = join(engine.workspace, sample)
  print(
    `The workflow is ${context.shown(file)}: it reads orders from a database, looks up the`,
    'details of each, asks a local HTTP server for its price, and sums up. Nothing in it is slow on purpose.',
  )

  context.heading('1  Measure: where does the time of one run go?')
  const run = await runOnce(engine, { file }, progress)
  json.run = run
  const { nodes } = analyseRun(run, traceOf(engine, run.id))
  print(runSentence(run), colours.dim(phaseLine(run)), '', ...(nodes ? nodeTable(nodes, colours) : []))
  print('', colours.dim('"wait" is time in which a node did nothing but wait for a database or a server.'))
  if (run.reason !== 'finished') return run.reason === 'cancelled' ? 'cancelled' : 'failure'

  context.heading('2  Compare: are the variants that somebody already thought of any faster?')
  const variants = await firstVariants(context, engine, file)
  const experiment = await runExperiment(engine, { file, variants, preset: 'quick' }, progress)
  Object.assign(json, { experiment, ranking: rankingOf(experiment) })
  print(...experimentSummary(experiment, context))
  const early = exitOfUnfinished(experiment)
  if (early) {
    print('', ...tooNoisyLines(experiment, context.command(`compare ${sample}`, engine.workspace)))
    return early
  }
  print('', ...explanation.map((line) => colours.dim(line)))

  context.heading('3  Find and predict: what should be changed, and what will it bring?')
  const entries = await advise(engine, { experiment: experiment.id }, progress)
  json.advice = entries
  for (const [place, entry] of entries.entries())
    print(...(place > 0 ? [''] : []), ...adviceLines(entry, colours, 'brief'))
  const best = entries.find(({ recommendation }) => recommendation.patch !== undefined)
  if (!best) {
    print('Nothing that a knob can do was found.')
    return 'refused'
  }
  throwIfCancelled(progress)
  return proveAndReport(context, engine, { best, experiment }, json)
}

async function proveAndReport(
  context: CommandContext,
  engine: Engine,
  { best, experiment }: { readonly best: AdviceEntry; readonly experiment: ExperimentRecord },
  json: Record<string, unknown>,
): Promise<CommandResult['exit']> {
  const { progress, print, colours } = context
  context.heading('4  Apply and re-measure: the best of them as a new variant, against the workflow as it is')
  const outcome = await applyRecommendation(engine, { id: best.id, preset: 'quick', write: true }, progress)
  const proof = findExperiment(engine, outcome.experiment)
  const { entry, written, diff } = outcome
  Object.assign(json, { applied: entry, proof, written })
  print(...experimentSummary(proof, context))
  const early = exitOfUnfinished(proof)
  if (early) {
    print('', ...tooNoisyLines(proof, context.command(`apply ${best.id}`, engine.workspace)))
    return early
  }

  context.heading('5  Prove: did it bring what was predicted?')
  print(...predictedBesideMeasured(entry.recommendation, colours))
  const same = proof.results.differences.length === 0
  print(`${same ? 'All' : 'Not all'} results are the same: ${proof.results.compared} were compared.`)
  if (diff !== undefined && written) print('', `Added to ${sample}:`, ...diffLines(diff, colours))

  const request = { experiments: [experiment.id, proof.id] }
  const report = await writeReport(engine, request, { format: 'html' }, progress)
  json.report = report
  context.heading('6  Report: a page to send, and how to look further')
  const hint = (words: string, does: string) => `${context.command(words, engine.workspace)}\n      ${does}`
  print(
    `The report is ${colours.bold(context.shown(report))}: one file, it needs no network.`,
    '',
    hint('list', 'everything that was done here'),
    hint(`show ${experiment.id}`, 'the first experiment, trial by trial'),
    hint(`show ${entry.id}`, 'the recommendation: evidence, predicted beside measured'),
    hint(`compare ${sample}`, 'measure again, with the new variant among the others'),
  )
  return entry.recommendation.status === 'proved' ? 'done' : 'refused'
}

/** The workflow as written and the variants that its author named first. */
async function firstVariants({ progress }: CommandContext, engine: Engine, file: string): Promise<string[]> {
  const { description } = await checkFile(engine, file, progress)
  return ['baseline', ...(description?.variants ?? []).slice(0, candidates).map(({ name }) => name)]
}
