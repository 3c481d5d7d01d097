import { relative } from 'node:path'
import { StrobeError } from '../../base/index.ts'
import { type Engine, advise as findAdvice, findWorkflow, listWorkflows } from '../../engine/index.ts'
import { defineCommand } from '../command.ts'
import { optional, text } from '../values.ts'
import { adviceLines } from '../views/advice-view.ts'

export const advise = defineCommand({
  name: 'advise',
  summary: 'Say what to change, with evidence and the gain to expect, from what was measured',
  arguments: { workflow: optional('workflow', 'its file, or its name: its latest runs (default: of the latest run)') },
  options: {
    experiment: text('--experiment <id>', 'look at the runs of this experiment'),
    run: text('--run <id>', 'look at this run'),
  },
  examples: [{ line: 'strobe advise orders', does: 'Lists what to change in it, the largest gain first.' }],
  exits: ['done', 'failure', 'unknown', 'cancelled'],
  json: {
    advice:
      'recommendations, best first: id, workflow, file, createdAt, recommendation (title, action, patch, prediction, evidence, status, proof)',
  },
  async run(context, { workflow, experiment, run }) {
    if ([workflow, experiment, run].filter((subject) => subject !== undefined).length > 1) {
      throw new StrobeError('cli.one-subject', 'Name a workflow, --experiment or --run, not several of them.')
    }
    const engine = context.open(context.workspace(workflow))
    const entries = await findAdvice(
      engine,
      {
        ...(workflow === undefined ? {} : { workflow: nameOf(engine, workflow) }),
        ...(experiment === undefined ? {} : { experiment }),
        ...(run === undefined ? {} : { run }),
      },
      context.progress,
    )
    if (entries.length === 0) context.print('Nothing to change was found in what was measured.')
    for (const [place, entry] of entries.entries()) {
      context.print(...(place > 0 ? [''] : []), ...adviceLines(entry, context.colours))
    }
    const first = entries.find(({ recommendation }) => recommendation.patch && recommendation.status === 'open')
    if (first) context.print('', context.colours.dim(`Try it: ${context.command(`apply ${first.id}`)}`))
    return { exit: 'done', json: { advice: entries } }
  },
})

/** The name under which the runs of a workflow are kept. Throws `engine.unknown-workflow`. */
function nameOf(engine: Engine, named: string): string {
  const file = relative(engine.workspace, findWorkflow(engine, named))
  const name = listWorkflows(engine).find((workflow) => workflow.file === file)?.name
  if (name !== undefined) return name
  throw new StrobeError('engine.nothing-to-advise-on', `${file} was never run here. Run it first: strobe run ${file}`)
}
